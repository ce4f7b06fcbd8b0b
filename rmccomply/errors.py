"""What can go wrong that an operator can mend, by what the operator would do about it.

    RmccomplyError            str(error) is whole lines for standard error; exit status 2
    ├─ UsageError             mend the command line
    ├─ PolicyError            mend a file: carries every fault of it, each with path, line, rule and key
    ├─ InputError             name another input: it is not there, or is no evidence at all
    └─ OutputError            make room or access for a report: nothing of it was left behind

What a source cannot read never becomes one of these: it is a fact with a reason (`sources.shared.answer.Unreadable`).
"""

from rmccomply.tuples import NamedTuple


class RmccomplyError(Exception):
    """Something that the operator can mend."""


class UsageError(RmccomplyError):
    """The command line asks for something that does not exist or does not fit together."""


class InputError(RmccomplyError):
    """A named input is not there, cannot be read, or holds no evidence."""


class OutputError(RmccomplyError):
    """A report could not be written whole, so none of it was left behind."""


class Fault(NamedTuple):
    """One thing wrong in a file that people write: where, and what to do."""

    path: str
    line: int | None
    rule: str
    key: str
    says: str

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        what = " ".join(part for part in (self.rule, self.key) if part)
        return f"{where}: {what}: {self.says}" if what else f"{where}: {self.says}"


class PolicyError(RmccomplyError):
    """A policy cannot be used; `faults` holds all that is wrong with it, in the order of the file."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults

    def __reduce__(self) -> tuple[type["PolicyError"], tuple[tuple[Fault, ...]]]:
        """As another process gets it."""
        return PolicyError, (self.faults,)
