"""Records and named tuples that are made in a quarter of the time that the standard library takes.

A start makes half a hundred of the ones and a hundred of the others. `dataclass` compiles six functions for each and
`typing.NamedTuple` one; here what fills the fields is compiled once for each number of fields, and each class has a
copy of it with its own names. All the rest is shared.

What a record does not do is a TypeError where the class is made: functions of its own in their place, options of a
field other than a default, no field at all. Whatever reads dataclasses (`fields`, `replace`, pydantic) reads these, and
named tuples likewise.
"""

import sys
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, fields
from functools import cache
from operator import attrgetter
from types import FunctionType
from typing import TYPE_CHECKING, Final, Literal, NoReturn, Self

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["NamedTuple", "record"]

_SHELL: Final = dataclass(init=False, repr=False, eq=False, slots=True)
_SHELL_BY_NAME: Final = dataclass(init=False, repr=False, eq=False, slots=True, kw_only=True)

_MADE: Final = frozenset({"__init__", "__eq__", "__hash__", "__repr__", "__setattr__", "__delattr__"}) | {
    "__getstate__",
    "__setstate__",
}
_PLAIN: Final = {
    "init": True,
    "repr": True,
    "hash": None,
    "compare": True,
    "default_factory": MISSING,
}


@cache
def _fills_slots(count: int, by_name: bool, ends: bool) -> FunctionType:
    """A function that takes this many values and sets as many slots, past what keeps anybody else from it.

    `by_name`: it takes them by name alone; `ends`: it calls `__post_init__` at its end.
    """
    sets = [f" set{number}(self, value{number})" for number in range(count)] + [" self.__post_init__()"] * ends
    return _compiled(f"def __init__(self, {'*, ' * by_name}{_values(count)}):\n" + "\n".join(sets))


@cache
def _fills_tuple(count: int) -> FunctionType:
    """A function that takes this many values and makes a tuple of them."""
    return _compiled(f"def __new__(_cls, {_values(count)}):\n return new(_cls, ({_values(count)}))")


def _values(count: int) -> str:
    return "".join(f"value{number}, " for number in range(count))


def _compiled(source: str) -> FunctionType:
    made: dict[str, FunctionType] = {}
    exec(source, {}, made)  # noqa: S102
    return made.popitem()[1]


def _named(
    shape: FunctionType, first: str, names: Iterable[str], given: dict[str, object], defaults: Sequence[object]
) -> FunctionType:
    """The same function with these names of its arguments, on what it calls and with the defaults of the last ones."""
    code = shape.__code__.replace(co_varnames=(first, *names))
    return FunctionType(code, given, shape.__name__, tuple(defaults))


def _by_name(cls: type) -> type:
    """The same whose fields are given by name alone."""
    return _record(cls, by_name=True)


def _refuse_disorder(name: str, names: Sequence[str], defaults: Mapping[str, object]) -> None:
    if [*defaults] != [*names[len(names) - len(defaults) :]]:
        raise TypeError(f"{name}: a field without a default follows one that has it")


def _record(cls: type, *, by_name: bool = False) -> type:
    """The class as a frozen dataclass with slots, compared by the values of its fields."""
    if own := sorted(_MADE & vars(cls).keys()):
        raise TypeError(f"{cls.__qualname__}: a record has no {own[0]} of its own")
    made: type[DataclassInstance] = (_SHELL_BY_NAME if by_name else _SHELL)(cls)
    of = fields(made)
    for field in of:
        if {name: getattr(field, name) for name in _PLAIN} != _PLAIN or field.kw_only != by_name:
            raise TypeError(f"{cls.__qualname__}.{field.name}: a field of a record has a default, and no other option")
    if not of:
        raise TypeError(f"{cls.__qualname__}: a record has a field")
    names = [field.name for field in of]
    values = attrgetter(*names)

    def equal(one: object, other: object) -> bool:
        return values(one) == values(other) if other.__class__ is one.__class__ else NotImplemented

    shared = {
        "__init__": _init(made, of, by_name),
        "__eq__": equal,
        "__hash__": lambda one: hash(values(one)),
        "__repr__": _shown,
    }
    shared |= {"__setattr__": _set, "__delattr__": _delete, "__getstate__": _state, "__setstate__": _restore}
    for name, function in shared.items():
        setattr(made, name, function)
    return made


def _init(cls: type, of: tuple[Field[object], ...], by_name: bool) -> Callable[..., None]:
    """What takes the fields in order and fills their slots."""
    sets = {f"set{number}": getattr(cls, field.name).__set__ for number, field in enumerate(of)}
    defaults = {field.name: field.default for field in of if field.default is not MISSING}
    if not by_name:
        _refuse_disorder(cls.__qualname__, [field.name for field in of], defaults)
    shape = _fills_slots(len(of), by_name, hasattr(cls, "__post_init__"))
    made = _named(shape, "self", (field.name for field in of), sets, () if by_name else [*defaults.values()])
    made.__kwdefaults__ = defaults if by_name else None
    return made


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


_FIELD: Final = type(vars(namedtuple("_Pair", "one"))["one"])
"""What reads a field of a named tuple by its place."""
_new: Final = tuple.__new__
_OF_TUPLES: Final[dict[str, object]] = {"new": _new}
_TAKEN: Final = frozenset({"__new__", "__init__", "__slots__", "__getnewargs__"})


class _RowType(type):
    """What makes the class of a named tuple."""

    def __new__(mcs, name: str, bases: tuple[type, ...], space: dict[str, object]) -> "_RowType":
        if bases == (tuple,):
            return super().__new__(mcs, name, bases, space)
        noted = space.get("__annotations__")
        names: tuple[str, ...] = tuple(noted) if isinstance(noted, dict) else ()
        defaults = {one: space.pop(one) for one in names if one in space}
        _refuse_disorder(name, names, defaults)
        if own := sorted(_TAKEN & space.keys()) or [one for one in names if one.startswith("_")]:
            raise TypeError(f"{name}: a named tuple has no {own[0]} of its own")
        new = _named(_fills_tuple(len(names)), "_cls", names, _OF_TUPLES, [*defaults.values()])
        new.__qualname__ = f"{name}.__new__"
        space |= {one: _FIELD(place, f"Field number {place}") for place, one in enumerate(names)}
        space |= {"__slots__": (), "__new__": new, "__match_args__": names, "_fields": names}
        return super().__new__(mcs, name, bases, {**space, "_field_defaults": defaults})


class _Row(tuple[object, ...], metaclass=_RowType):
    """What all named tuples have."""

    __slots__ = ()
    _fields = tuple[str, ...]()

    @classmethod
    def _make(cls, values: Iterable[object]) -> Self:
        made = _new(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self, /, **changed: object) -> Self:
        made = _new(self.__class__, map(changed.pop, self._fields, self))
        if changed:
            raise ValueError(f"Got unexpected field names: {list(changed)!r}")
        return made

    __replace__ = _replace

    def _asdict(self) -> dict[str, object]:
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self) -> str:
        told = (f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
        return f"{self.__class__.__name__}({', '.join(told)})"

    def __getnewargs__(self) -> tuple[object, ...]:
        return tuple(self)


if TYPE_CHECKING or sys.version_info >= (3, 14):
    from typing import NamedTuple
else:
    NamedTuple = _Row

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:

    def record(*, frozen: Literal[True], slots: Literal[True], kw_only: bool = False) -> Callable[[type], type]:
        """What `dataclass(frozen=True, slots=True)` gives, with fields by name alone where `kw_only` is so."""
        return _by_name if kw_only else _record
