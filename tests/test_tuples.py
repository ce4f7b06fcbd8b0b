"""Named tuples of our own are those of `typing` in all that anybody can see of them."""

import pickle
import typing
from typing import Any

import pytest
from pydantic import TypeAdapter

from rmccomply.tuples import NamedTuple


class Ours(NamedTuple):
    """A place."""

    name: str
    line: int = 1
    also: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        return f"{self.name}:{self.line}"


class Theirs(typing.NamedTuple):
    """A place."""

    name: str
    line: int = 1
    also: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        return f"{self.name}:{self.line}"


BOTH: Any = (Ours, Theirs)


def alike(make: Any) -> None:
    ours, theirs = (make(kind) for kind in BOTH)
    assert ours == theirs


def test_they_are_made_and_told_alike() -> None:
    alike(lambda kind: tuple(kind("a")))
    alike(lambda kind: tuple(kind(name="a", also=("b",))))
    alike(lambda kind: kind("a", 2).shown)
    alike(lambda kind: repr(kind("a")).partition("(")[2])
    alike(lambda kind: kind("a")._asdict())
    alike(lambda kind: tuple(kind("a")._replace(line=7)))
    alike(lambda kind: tuple(kind._make(("a", 2, ()))))
    alike(lambda kind: (kind._fields, kind._field_defaults, kind.__match_args__, kind.__annotations__, kind.__doc__))
    alike(lambda kind: (kind("a") == ("a", 1, ()), hash(kind("a")) == hash(("a", 1, ())), isinstance(kind("a"), tuple)))
    alike(lambda kind: type(kind("a")._replace(line=3)) is kind)


@pytest.mark.parametrize("kind", BOTH)
def test_they_pickle(kind: Any) -> None:
    one = kind("a", 2, ("b",))
    again = pickle.loads(pickle.dumps(one))
    assert (again, type(again)) == (one, kind)


def test_pydantic_reads_them_alike() -> None:
    alike(lambda kind: tuple(TypeAdapter(kind).validate_python({"name": "a", "line": 4})))
    alike(lambda kind: TypeAdapter(kind).json_schema() | {"title": ""})


@pytest.mark.parametrize(
    "wrong",
    [
        lambda kind: kind(),
        lambda kind: kind("a", 1, (), 2),
        lambda kind: kind("a", nmae="b"),
        lambda kind: kind._make(("a", 1, (), 2)),
    ],
)
def test_what_does_not_fit_is_refused(wrong: Any) -> None:
    for kind in BOTH:
        with pytest.raises(TypeError):
            wrong(kind)


def test_a_field_that_is_not_there_is_not_replaced() -> None:
    for kind in BOTH:
        with pytest.raises(ValueError, match="unexpected field names"):
            kind("a")._replace(colour="b")
        with pytest.raises(AttributeError):
            kind("a").line = 2


def test_a_class_that_cannot_be_one_is_refused() -> None:
    with pytest.raises(TypeError, match="has no _replace of its own"):
        _make({"__annotations__": {"a": int}, "_replace": 1})
    with pytest.raises(TypeError, match="does not begin with _"):
        _make({"__annotations__": {"_a": int}})
    with pytest.raises(TypeError, match="follows one that has it"):
        _make({"__annotations__": {"a": int, "b": int}, "a": 1})


def _make(space: dict[str, Any]) -> Any:
    (base,) = typing.cast("Any", NamedTuple).__mro_entries__(())
    return type(base)("Made", (base,), space)
