"""What a kind of check is: it owns how it judges, how it is said in words, and what it can tell apart.

Whatever asks a check something (judging, pages, `explain`, `lint`, proposals) asks it through these methods, so that a
new kind is one module and a line in the table.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from rmccomply.facts.model import FactValue
from rmccomply.outcome import Judge, Outcome
from rmccomply.sources.shared.values import Version
from rmccomply.tuples import NamedTuple

Operand = str | int | float
"""A literal, or `$name` for the value of a parameter."""
ParameterValue = Version | str | int | float | None
"""What a parameter stands for; None where it is unset."""
Parameters = Mapping[str, ParameterValue]
Names = Callable[[str], str]
"""How the name of a fact is written."""


class Axis(NamedTuple):
    """A fact that may be otherwise: its values in order, and the number of that which it has (below 0: none)."""

    name: str
    values: tuple[FactValue, ...]
    now: int
    unit: str = ""


class CheckModel(BaseModel, ABC):
    """A check as a policy states it: no unknown keys, no change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)

    kind: str

    @abstractmethod
    def compile(self, parameters: Parameters) -> Judge:
        """The check as a function of facts."""

    @abstractmethod
    def words(self, names: Names = str) -> str:
        """The check in words: a comparison whole, a combination by what it demands of its parts ("all of:")."""

    def lines(self, depth: int = 0, names: Names = str) -> Iterator[str]:
        """The check in words, a line each, what it is made of indented."""
        yield f"{'  ' * depth}- {self.words(names)}"
        for part in self.parts():
            yield from part.lines(depth + 1, names)

    def is_tuned(self) -> bool:
        """Whether it is a comparison with a parameter's value."""
        return False

    def parts(self) -> Sequence["CheckModel"]:
        """The checks that it is made of; none for a comparison."""
        return ()

    def behind(self, outcome: Outcome) -> tuple[Outcome, ...]:
        """The outcomes of its parts behind its own outcome, in their order."""
        return ()


class Comparison(CheckModel):
    """A check that compares one thing, a fact or a parameter, and has no parts."""

    def is_tuned(self) -> bool:
        return any(isinstance(one, str) and one.startswith("$") for one in self.operands())

    def facts(self) -> tuple[str, ...]:
        """The facts that it compares."""
        return ()

    def named(self) -> tuple[str, ...]:
        """The word parameters that it compares."""
        return ()

    def operands(self) -> tuple[Operand, ...]:
        """What it compares with and a parameter may stand for, as the policy writes it."""
        return ()

    @abstractmethod
    def values(self, parameters: Parameters) -> tuple[FactValue, ...]:
        """The values at which its verdict changes: words that it names, bounds, or examples of lists."""

    @abstractmethod
    def otherwise(self, axis: Axis, at: int, good: Collection[int]) -> str:
        """How a fact that has value number `at` would have to be: "were active", where all of `good` will do."""


def leaves(check: CheckModel) -> Iterator[Comparison]:
    """The comparisons in a check, in their order."""
    if isinstance(check, Comparison):
        yield check
    for part in check.parts():
        yield from leaves(part)


def all_leaves(checks: Iterable[CheckModel | None]) -> list[Comparison]:
    """The comparisons in all of these."""
    return [leaf for check in checks if check is not None for leaf in leaves(check)]


def facts_of(*checks: CheckModel | None) -> list[str]:
    """The facts that checks compare, each once."""
    return list(dict.fromkeys(name for leaf in all_leaves(checks) for name in leaf.facts()))
