"""What runs take of a waivers file: its waivers, held to the rules that there are, at the clock of the run."""

from collections.abc import Iterable, Sequence

from rmccomply.dispose.bound import bound
from rmccomply.dispose.waivers import Waiver
from rmccomply.policy.find import shipped
from rmccomply.policy.load import LoadedPolicy, lineage, load
from rmccomply.tuples import NamedTuple
from rmccomply.written.waivers import RawWaivers, WaiverFile, raw_waivers, waiver_file


class WaiversRead(NamedTuple):
    """A waivers file at the clock of a run: its waivers, its path as it was given, and its SHA-256."""

    waivers: tuple[Waiver, ...] = ()
    path: str = ""
    sha256: str = ""


def waivers_of(path: str, policies: Sequence[LoadedPolicy], judged: Iterable[str], now: str) -> WaiversRead:
    """The waivers of a file under these policies; `judged` are the rules of the run, `now` is its clock.

    Raises UsageError with every fault of the file.
    """
    file = file_of(raw_waivers(path), policies)
    return WaiversRead(bound(file, policies, frozenset(judged), now), path, file.sha256)


def file_of(raw: RawWaivers, policies: Sequence[LoadedPolicy]) -> WaiverFile:
    """The content of a file, held to the rules that there are. Raises UsageError."""
    return waiver_file(raw, known_rules(raw, policies))


def known_rules(raw: RawWaivers, policies: Sequence[LoadedPolicy]) -> frozenset[str]:
    """The rules of these policies, and where that is not enough those of the shipped ones: a file serves many runs."""
    known = frozenset(one.rule.id for policy in policies for each in lineage(policy) for one in each.rules)
    if raw.rules <= known:
        return known
    return known.union(one.rule.id for name in shipped() for one in load(name).rules)
