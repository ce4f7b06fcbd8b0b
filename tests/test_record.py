"""Records are what `dataclass(frozen=True, slots=True)` makes, in all that the program and its readers use; so are
named tuples what `typing.NamedTuple` makes.
"""

import copy
import dataclasses
import inspect
import pickle
import types
import typing
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import pytest
from pydantic import TypeAdapter

from rmccomply.evidence.model import Notification
from rmccomply.record import NamedTuple, record
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


T = TypeVar("T")


class OfAny(NamedTuple, Generic[T]):
    """A row of something."""

    what: T


def made_of(base: object, name: str, body: dict[str, Any]) -> Any:
    """A class on a base that gives tuples names."""
    return types.new_class(name, (base,), {}, lambda space: space.update(body))


def tuples(base: object) -> tuple[Any, Any]:
    """A class with defaults, something of its own and a field that is written as text, and a plain one."""
    shown = property(lambda row: f"{row.name}{row.number}")
    noted = {"name": str, "number": int | None, "places": "tuple[int, ...]"}
    head = {"__module__": __name__, "__doc__": "A row.", "shown": shown}
    row = {**head, "__annotations__": noted, "number": None, "places": ()}
    return made_of(base, "Row", row), made_of(base, "Plain", {**head, "__annotations__": {"name": str}})


OUR_TUPLES, THEIR_TUPLES = tuples(NamedTuple), tuples(typing.NamedTuple)
USES_OF_TUPLES: dict[str, Callable[[Any, Any], object]] = {
    "fields": lambda row, plain: (row._fields, row._field_defaults, row.__match_args__, row.__slots__, plain._fields),
    "values": lambda row, plain: (row("a", 1), row(places=(1,), name="b"), row._make("abc"), [*row("a")], plain("a")),
    "names": lambda row, plain: (row("a", 1).name, row("a", 1).number, row("a", 1).shown, plain("b").name),
    "repr": lambda row, plain: (repr(row("a", 1)), str(plain("b"))),
    "equal": lambda row, plain: (row("a") == row("a"), row("a") == ("a", None, ()), row("a") < row("b"), {row("a")}),
    "replace": lambda row, plain: (row("a")._replace(number=7), type(row("a")._replace()) is row),
    "asdict": lambda row, plain: row("a", 1)._asdict(),
    "copy": lambda row, plain: [how(row("a", 1)) for how in (copy.copy, copy.deepcopy)],
    "state": lambda row, plain: (hasattr(row("a"), "__dict__"), row("a").__getnewargs__()),
    "signature": lambda row, plain: (
        [*inspect.signature(row).parameters],
        [one.default for one in inspect.signature(row).parameters.values()],
    ),
    "hints": lambda row, plain: typing.get_type_hints(row),
    "pydantic": lambda row, plain: repr(TypeAdapter(row).validate_python({"name": "a", "places": [1, 2]})),
    "schema": lambda row, plain: TypeAdapter(row).json_schema(),
    "bases": lambda row, plain: (issubclass(row, tuple), isinstance(row("a"), tuple), row.__doc__, row.__module__),
}


@pytest.mark.parametrize("use", USES_OF_TUPLES)
def test_a_named_tuple_is_what_the_standard_library_makes(use: str) -> None:
    assert USES_OF_TUPLES[use](*OUR_TUPLES) == USES_OF_TUPLES[use](*THEIR_TUPLES)


WRONG_USES: dict[str, Callable[[Any], object]] = {
    "too few": lambda row: row(),
    "too many": lambda row: row(1, 2, 3, 4),
    "unknown": lambda row: row("a", other=1),
    "twice": lambda row: row("a", name="b"),
    "set": lambda row: setattr(row("a"), "name", "b"),
    "new": lambda row: setattr(row("a"), "other", "b"),
    "replaced": lambda row: row("a")._replace(other=1),
    "made": lambda row: row._make("a"),
}


@pytest.mark.parametrize("use", WRONG_USES)
def test_a_named_tuple_refuses_in_the_same_words(use: str) -> None:
    said = []
    for row, _ in (OUR_TUPLES, THEIR_TUPLES):
        with pytest.raises((TypeError, AttributeError, ValueError)) as refused:
            WRONG_USES[use](row)
        said.append((refused.type, str(refused.value)))
    assert said[0] == said[1]


def test_a_named_tuple_is_pickled_and_may_be_generic() -> None:
    for one in (Notification("text", line=3), OfAny[int](3)):
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            again = pickle.loads(pickle.dumps(one, protocol))
            assert (again, type(again)) == (one, type(one))


@pytest.mark.parametrize("own", ["__new__", "__init__", "__getnewargs__", "_private", "after a default"])
def test_what_a_named_tuple_cannot_have_is_told_where_it_is_made(own: str) -> None:
    noted = {"a": int, own if own == "_private" else "b": int}
    with pytest.raises(TypeError, match=r"^Odd: (a named tuple has no _\w+ of its own|a field without a default)"):
        made_of(NamedTuple, "Odd", {"__annotations__": noted, **({"a": 1} if "after" in own else {own: _equal})})
