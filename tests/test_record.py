"""Records are what `dataclass(frozen=True, slots=True)` makes, in all that the program and its readers use."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import TypeAdapter

from rmccomply.record import record


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
