"""Records: frozen dataclasses with slots, made in a tenth of the time that `dataclass` takes.

A start makes half a hundred of them, and `dataclass` compiles six functions for each. Here what fills the fields is
compiled once for each number of fields, and each class has a copy of it with its own names; all the rest is shared.
What a record does not do is a TypeError where the class is made: functions of its own in their place, options of a
field other than a default, no field at all. Whatever reads dataclasses (`fields`, `replace`, pydantic) reads these.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, fields
from functools import cache
from operator import attrgetter
from types import FunctionType
from typing import TYPE_CHECKING, Final, Literal, NoReturn

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["record"]

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


if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:

    def record(*, frozen: Literal[True], slots: Literal[True], kw_only: bool = False) -> Callable[[type], type]:
        """What `dataclass(frozen=True, slots=True)` gives, with fields by name alone where `kw_only` is so."""
        return _by_name if kw_only else _record
