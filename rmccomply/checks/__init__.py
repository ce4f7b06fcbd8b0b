"""Checks: one module a kind, and the table of them all. The set is small and closed: no expression language."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Final, Protocol

from pydantic import Field

from rmccomply.checks import combine, empty, number, parameter, version, word
from rmccomply.checks.operands import Parameters
from rmccomply.outcome import Judge

Check = Annotated[
    version.VersionCheck
    | word.WordCheck
    | number.NumberCheck
    | empty.EmptyCheck
    | parameter.ParameterCheck
    | combine.CombinedCheck
    | combine.NotCheck,
    Field(discriminator="kind"),
]
"""Any check, told apart by its `kind`."""


class Kind(Protocol):
    """What a module of a comparison is."""

    def compile(self, check: Any, parameters: Parameters) -> Judge:
        """The check as a function of facts."""


class Combination(Protocol):
    """What a module of a check of checks is; `compile_part` compiles the checks in it."""

    def compile(self, check: Any, parameters: Parameters, compile_part: combine.Compile) -> Judge:
        """The check as a function of facts."""


COMPARISONS: Final[dict[str, Kind]] = {
    "version": version,
    "word": word,
    "number": number,
    "empty": empty,
    "parameter": parameter,
}
COMBINATIONS: Final[dict[str, Combination]] = {
    "all": combine,
    "any": combine,
    "not": combine,
}
CHECKS: Final = (*COMPARISONS, *COMBINATIONS)
"""Every kind, to module in the two tables above."""


def compile(check: Any, parameters: Parameters) -> Judge:
    """A check of any kind as a function of facts."""
    if check.kind in COMBINATIONS:
        return COMBINATIONS[check.kind].compile(check, parameters, compile)
    return COMPARISONS[check.kind].compile(check, parameters)


# The models of `combine` name this union; they look for it there when they are first used.
vars(combine)["Check"] = Check


def leaves(check: Any) -> Iterator[Any]:
    """The comparisons in a check, in their order."""
    if check.kind in COMBINATIONS:
        for part in parts(check):
            yield from leaves(part)
    else:
        yield check


def parts(check: Any) -> Sequence[Any]:
    """The checks that a check is made of; none for a comparison."""
    if check.kind not in COMBINATIONS:
        return ()
    return check.of if isinstance(check.of, list) else [check.of]


def facts_of(*checks: Any) -> list[str]:
    """The facts that checks compare, each once."""
    named = (getattr(leaf, "fact", None) for check in checks if check is not None for leaf in leaves(check))
    return list(dict.fromkeys(name for name in named if name is not None))
