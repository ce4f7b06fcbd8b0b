"""Named tuples: what `typing.NamedTuple` gives, made in a third of the time.

A start makes more than a hundred of them, and `collections.namedtuple` compiles a function for each. Here what takes
the fields is compiled once for each number of them, and each class has a copy of it with its own names, as `record` has
it; all the rest is shared. Whatever reads named tuples (`_fields`, `_replace`, `_asdict`, pickle, pydantic, type
checkers) reads these. Generic ones are made by `typing`.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import FunctionType
from typing import TYPE_CHECKING, Final, TypeVar

__all__ = ["NamedTuple"]

T = TypeVar("T", bound=tuple[object, ...])
_ITS_OWN: Final = frozenset({"_fields", "_field_defaults", "_make", "_replace", "_asdict", "__new__", "__getnewargs__"})
_NOT_COPIED: Final = frozenset({"__annotations__", "__classcell__"})


@cache
def _takes(count: int) -> FunctionType:
    """A `__new__` of this many fields."""
    values = "".join(f"value{number}, " for number in range(count))
    made: dict[str, FunctionType] = {}
    exec(f"def __new__(_cls, {values}): return _new(_cls, ({values}))", {}, made)  # noqa: S102
    return made["__new__"]


def _named(names: tuple[str, ...], defaults: Iterable[object]) -> FunctionType:
    shape = _takes(len(names))
    code = shape.__code__.replace(co_varnames=("_cls", *names))
    return FunctionType(code, {"_new": tuple.__new__}, "__new__", tuple(defaults))


_GETTER: Final = type(vars(namedtuple("One", "first"))["first"])
"""What gets a field, as `collections` has it: quicker than a property."""


@cache
def _getter(number: int) -> object:
    return _GETTER(number, f"Field {number}")


def _make(cls: type[T], values: Iterable[object]) -> T:
    """A tuple of these values. Raises TypeError where they are more or fewer than the fields."""
    return cls.__new__(cls, *values)  # type: ignore[arg-type]


def _replace(self: T, /, **values: object) -> T:
    """The tuple with other values for these fields."""
    names: tuple[str, ...] = self._fields  # type: ignore[attr-defined]
    found = [values.pop(name, value) for name, value in zip(names, self, strict=True)]
    if values:
        raise ValueError(f"Got unexpected field names: {list(values)!r}")
    return tuple.__new__(self.__class__, found)


def _asdict(self: T) -> dict[str, object]:
    """Names to values."""
    return dict(zip(self._fields, self, strict=True))  # type: ignore[attr-defined]


def _shown(self: T) -> str:
    told = (f"{name}={value!r}" for name, value in _asdict(self).items())
    return f"{self.__class__.__name__}({', '.join(told)})"


def _values(self: T) -> tuple[object, ...]:
    return tuple(self)


_SHARED: Final[Mapping[str, object]] = {
    "_make": classmethod(_make),
    "_replace": _replace,
    "_asdict": _asdict,
    "__repr__": _shown,
    "__getnewargs__": _values,
    "__slots__": (),
}


class _MadeByName(type):
    def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, object]) -> type:
        if not bases:
            return super().__new__(cls, name, bases, space)
        types: dict[str, object] = space.get("__annotations__", {})  # type: ignore[assignment]
        names = tuple(types)
        defaults = {one: space[one] for one in names if one in space}
        _refuse(name, names, defaults, space)
        made = {key: value for key, value in space.items() if key not in defaults and key not in _NOT_COPIED}
        fields = {one: _getter(number) for number, one in enumerate(names)}
        given = {"__doc__": f"{name}({', '.join(names)})", **_SHARED, **made, **fields}
        given |= {"__annotations__": types, "__match_args__": names, "_fields": names, "_field_defaults": defaults}
        return type(name, (tuple,), {**given, "__new__": _named(names, defaults.values())})


def _refuse(name: str, names: tuple[str, ...], defaults: Mapping[str, object], space: Mapping[str, object]) -> None:
    if own := sorted(_ITS_OWN & space.keys()):
        raise TypeError(f"{name}: a named tuple has no {own[0]} of its own")
    if odd := [one for one in names if one.startswith("_")]:
        raise TypeError(f"{name}.{odd[0]}: a field does not begin with _")
    if [*defaults] != [*names[len(names) - len(defaults) :]]:
        raise TypeError(f"{name}: a field without a default follows one that has it")


class _Base(metaclass=_MadeByName):
    pass


class _Named:
    def __mro_entries__(self, _: tuple[object, ...]) -> tuple[type, ...]:
        return (_Base,)


if TYPE_CHECKING:
    from typing import NamedTuple
else:
    NamedTuple: Callable[..., object] = _Named()
