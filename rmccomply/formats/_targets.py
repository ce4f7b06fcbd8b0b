"""What a target is, in the words of every page for people: its platform, what it is besides, and how it stands."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rmccomply.report import TargetCard
    from rmccomply.words import Standing

_PLATFORMS: Final = {"aix": "AIX", "vios": "VIOS", "linux": "Linux", "hmc": "HMC"}
_CLUSTER: Final = {"present": "yes", "ruled_out": "ruled out", "unknown": "not ruled out"}
STANDING_TITLES: Final["Mapping[Standing, str]"] = {
    "failed": "with problems",
    "error": "not judged",
    "undecided": "undecided",
    "no_problems": "no problems",
    "not_applicable": "nothing applies",
    "healthy": "healthy",
}
"""What targets that stand so are called above a column, the worst first."""


def platform_of(platform: str) -> str:
    """A platform by its name; empty where it is not known."""
    return _PLATFORMS.get(platform, platform)


def about_of(target: "TargetCard") -> "Iterator[str]":
    """What is known of a target: system, machine, partition, cluster, labels; empty texts for what is not."""
    yield target.os or platform_of(target.platform)
    yield " ".join(part for part in (target.type_model, target.serial) if part)
    yield "" if target.lpar_id is None else f"LPAR {target.lpar_id}"
    yield f"cluster: {_CLUSTER.get(target.cluster, target.cluster)}" if target.cluster else ""
    yield from (f"{name} {value}" for name, value in target.labels.items())
