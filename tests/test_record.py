"""Records are what `dataclass(frozen=True, slots=True)` makes, in all that the program and its readers use."""

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import TypeAdapter

from rmccomply.record import record
from rmccomply.sources.rsct.lssrc import Lssrc, Subsystem


def pair(decorate: Callable[..., Any]) -> tuple[Any, Any]:
    """A class and one that extends it."""

    @decorate(frozen=True, slots=True)
    class Row:
        """A row."""

        name: str
        number: int | None = None

        @property
        def shown(self) -> str:
            return f"{self.name}{self.number}"

    @decorate(frozen=True, slots=True)
    class Placed(Row):
        """A row and its place."""

        places: tuple[int, ...] = ()

    return Row, Placed


OURS, THEIRS = pair(record), pair(dataclasses.dataclass)
USES: dict[str, Callable[[Any, Any], object]] = {
    "fields": lambda row, placed: [(one.name, one.type, one.default) for one in dataclasses.fields(placed)],
    "repr": lambda row, placed: (repr(row("a", 1)), repr(placed("b", places=(3,)))),
    "equal": lambda row, placed: (row("a") == row("a"), row("a") == row("b"), row("a") == placed("a"), row("a") == "a"),
    "hash": lambda row, placed: (hash(row("a", 1)) == hash(row("a", 1)), len({row("a"), row("a"), row("b")})),
    "replace": lambda row, placed: repr(dataclasses.replace(placed("a"), number=7)),
    "slots": lambda row, placed: (row.__slots__, placed.__slots__, hasattr(row("a"), "__dict__")),
    "match": lambda row, placed: placed.__match_args__,
    "property": lambda row, placed: placed("a", 2).shown,
    "pydantic": lambda row, placed: repr(TypeAdapter(placed).validate_python({"name": "a", "places": [1, 2]})),
    "schema": lambda row, placed: TypeAdapter(placed).json_schema(),
    "state": lambda row, placed: placed("a", 1, (2,)).__getstate__(),
    "copy": lambda row, placed: [repr(how(placed("a", 1, (2,)))) for how in (copy.copy, copy.deepcopy)],
    "asdict": lambda row, placed: dataclasses.asdict(placed("a", 1, (2,))),
}


@pytest.mark.parametrize("use", USES)
def test_a_record_is_a_frozen_dataclass_with_slots(use: str) -> None:
    assert USES[use](*OURS) == USES[use](*THEIRS)


@pytest.mark.parametrize(("row", "placed"), [OURS, THEIRS])
def test_nothing_of_a_record_changes(row: Any, placed: Any) -> None:
    one = placed("a")
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'name'"):
        one.name = "b"
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'name'"):
        del one.name
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'name'"):
        row()


def test_a_record_is_pickled() -> None:
    one = Lssrc("all", (Subsystem("ctrmc", "rsct", 7, "active", 2),))
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(one, protocol)) == one


def _post_init(self: object) -> None: ...


def _equal(self: object, other: object) -> bool:
    return self is other


def _text(self: object) -> str:
    return ""


def by_name(decorate: Callable[..., Any]) -> Any:
    """A class whose fields are given by name, and looked at when all are."""

    @decorate(frozen=True, slots=True, kw_only=True)
    class Judged:
        number: int = 1
        name: str

        def __post_init__(self) -> None:
            if self.number < 0:
                raise ValueError(f"{self.name} is {self.number}")

    return Judged


NAMED: dict[str, Callable[[Any], object]] = {
    "repr": lambda made: (repr(made(name="a")), repr(made(number=2, name="a"))),
    "match": lambda made: made.__match_args__,
    "replace": lambda made: repr(dataclasses.replace(made(name="a"), number=7)),
    "fields": lambda made: [(one.name, one.default, one.kw_only) for one in dataclasses.fields(made)],
}


@pytest.mark.parametrize("use", NAMED)
def test_the_fields_of_a_record_may_be_given_by_name_alone(use: str) -> None:
    assert NAMED[use](by_name(record)) == NAMED[use](by_name(dataclasses.dataclass))


@pytest.mark.parametrize("decorate", [record, dataclasses.dataclass])
def test_a_record_of_names_refuses(decorate: Callable[..., Any]) -> None:
    made = by_name(decorate)
    with pytest.raises(TypeError, match="takes 1 positional argument but 2 were given"):
        made("a")
    with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'name'"):
        made(number=3)
    with pytest.raises(ValueError, match="a is -1"):
        made(name="a", number=-1)


def test_a_field_of_a_record_without_a_default_follows_none_that_has_it() -> None:
    plain = type("Odd", (), {"__annotations__": {"x": int, "y": int}, "x": 1})
    with pytest.raises(TypeError, match=r"^Odd: a field without a default follows one that has it"):
        record(frozen=True, slots=True)(plain)


NOT_DONE: dict[str, dict[str, Any]] = {
    "__eq__": {"__eq__": _equal},
    "__repr__": {"__repr__": _text},
    "__init__": {"__init__": _post_init},
    "compare": {"x": dataclasses.field(compare=False)},
    "init": {"x": dataclasses.field(default=1, init=False)},
    "repr": {"x": dataclasses.field(repr=False)},
    "kw_only": {"x": dataclasses.field(kw_only=True)},
    "default_factory": {"x": dataclasses.field(default_factory=list)},
    "no field": {"__annotations__": {}},
}


@pytest.mark.parametrize("what", NOT_DONE)
def test_what_a_record_does_not_do_is_told_where_it_is_made(what: str) -> None:
    plain = type("Odd", (), {"__annotations__": {"x": int}, **NOT_DONE[what]})
    with pytest.raises(TypeError, match=r"^Odd(\.x)?: a (field of a )?record has"):
        record(frozen=True, slots=True)(plain)
