"""Records: frozen dataclasses with slots, made in a third of the time that `dataclass` takes.

A start makes half a hundred of them, and `dataclass` compiles six functions for each. Here `__init__` alone is compiled
and all the others are shared. What they do not do is a TypeError where the class is made: functions of its own in their
place, options of a field other than a default, no field at all. Whatever reads dataclasses (`fields`, `replace`,
pydantic) reads these.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Final, Literal, NoReturn

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["record"]

_SHELL: Final = dataclass(init=False, repr=False, eq=False, slots=True)

_MADE: Final = frozenset(
    {"__init__", "__post_init__", "__eq__", "__hash__", "__repr__", "__setattr__", "__delattr__"}
) | {
    "__getstate__",
    "__setstate__",
}
_PLAIN: Final = {
    "init": True,
    "repr": True,
    "hash": None,
    "compare": True,
    "kw_only": False,
    "default_factory": MISSING,
}


def _record(cls: type) -> type:
    """The class as a frozen dataclass with slots, compared by the values of its fields."""
    if own := sorted(_MADE & vars(cls).keys()):
        raise TypeError(f"{cls.__qualname__}: a record has no {own[0]} of its own")
    made: type[DataclassInstance] = _SHELL(cls)
    of = fields(made)
    for field in of:
        if {name: getattr(field, name) for name in _PLAIN} != _PLAIN:
            raise TypeError(f"{cls.__qualname__}.{field.name}: a field of a record has a default, and no other option")
    if not of:
        raise TypeError(f"{cls.__qualname__}: a record has a field")
    values = attrgetter(*(field.name for field in of))

    def equal(one: object, other: object) -> bool:
        return values(one) == values(other) if other.__class__ is one.__class__ else NotImplemented

    shared = {
        "__init__": _init(made, of),
        "__eq__": equal,
        "__hash__": lambda one: hash(values(one)),
        "__repr__": _shown,
    }
    shared |= {"__setattr__": _set, "__delattr__": _delete, "__getstate__": _state, "__setstate__": _restore}
    for name, function in shared.items():
        setattr(made, name, function)
    return made


def _init(cls: type, of: tuple[Field[object], ...]) -> Callable[..., None]:
    """A function that takes the fields in order and fills their slots, past what keeps anybody else from it."""
    given = {f"_{field.name}": field.default for field in of if field.default is not MISSING}
    given |= {f"_set_{field.name}": getattr(cls, field.name).__set__ for field in of}
    takes = (field.name if field.default is MISSING else f"{field.name}=_{field.name}" for field in of)
    sets = "\n".join(f" _set_{field.name}(self, {field.name})" for field in of)
    made: dict[str, Callable[..., None]] = {}
    exec(f"def __init__(self, {', '.join(takes)}):\n{sets}", given, made)  # noqa: S102
    return made["__init__"]


def _shown(one: object) -> str:
    told = (f"{field.name}={getattr(one, field.name)!r}" for field in fields(one))  # type: ignore[arg-type]
    return f"{one.__class__.__qualname__}({', '.join(told)})"


def _state(one: object) -> list[object]:
    return [getattr(one, field.name) for field in fields(one)]  # type: ignore[arg-type]


def _restore(one: object, state: list[object]) -> None:
    for field, value in zip(fields(one), state, strict=True):  # type: ignore[arg-type]
        object.__setattr__(one, field.name, value)


def _set(one: object, name: str, value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(one: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:

    def record(*, frozen: Literal[True], slots: Literal[True]) -> Callable[[type], type]:
        """What `dataclass(frozen=True, slots=True)` gives; there is no other kind."""
        return _record
