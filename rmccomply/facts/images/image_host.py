"""What an image is, by its own files: the operating system and the machine that its programs were built for.

The machine that looks at a mounted image tells nothing of it: its `uname` and its firmware are those of a builder,
which may be of another architecture. A program of the image (its ELF or XCOFF header) and the architecture of its
packages are the image's own. An image of Power is of no kind yet: what it will run on is for a policy to declare.
"""

from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.identity import FOREIGN, POWER
from rmccomply.facts.judging.database import listed
from rmccomply.facts.model import Fact, known, unknown
from rmccomply.sources.table import OS_RELEASE, PROGRAM_HEADER
from rmccomply.words import PLATFORMS

_OF_DEBIAN: Final = {"amd64": "x86_64", "arm64": "aarch64"}
_PACKAGES: Final = ("rsct.core", "glibc", "bash", "systemd", "libc6", "coreutils")
"""Packages that are built for a machine, of which every Linux has some."""
_HEADER: Final = "od -An -tx1 -N20 /usr/bin/env"
_NAMES: Final = {"aix": "AIX", "linux": "Linux"}


def image_platform(facts: Facts) -> Fact | None:
    """By the image's own files; None where they tell none, or a run declares one."""
    name = "host.platform"
    if facts.settings.platform in PLATFORMS:
        return None
    told: dict[str, tuple[Reference, ...]] = {}
    for header in facts.read(PROGRAM_HEADER):
        told.setdefault(header.record.system, header.at(header.record.line))
    for release in facts.read(OS_RELEASE):
        if release.record.present:
            told.setdefault("linux", release.at(release.record.line))
    said = "aix" if facts.platform == "vios" else facts.platform
    places = tuple(place for found in told.values() for place in found[:1])
    if len(told) > 1 or (told and said in PLATFORMS and said not in told):
        says = "The platform is unknown: the files of the image are of "
        says += "AIX and of Linux." if len(told) > 1 else f"{_NAMES[next(iter(told))]}, and its head declares another."
        return unknown(name, "conflicting", says, places, settle="rmccomply check --platform PLATFORM")
    if not told:
        return None
    value = facts.platform if said in told else next(iter(told))
    return known(name, value, f"The image is of {_NAMES[next(iter(told))]}, by its own files.", places)


def machines(facts: Facts) -> dict[str, tuple[Reference, ...]]:
    """The machines that a program and packages of the image were built for, each with where it stands."""
    told: dict[str, tuple[Reference, ...]] = {}
    for header in facts.read(PROGRAM_HEADER):
        told.setdefault(header.record.machine, header.at(header.record.line))
    for package in _PACKAGES:
        for _, places in listed(facts, package):
            for place in places:
                words = [_OF_DEBIAN.get(word, word) for word in place.text.replace(".", " ").split()]
                machine = next((word for word in reversed(words) if word in POWER or word in FOREIGN), None)
                if machine is not None:
                    told.setdefault(machine, (place,))
    return told


def foreign_image(facts: Facts) -> Fact | None:
    """An image for a machine that is not Power; None where nothing shows that it is one."""
    told = machines(facts)
    foreign = sorted(FOREIGN.intersection(told))
    if not foreign:
        return None
    power = sorted(POWER.intersection(told))
    if power:
        says = f"The kind of host is unknown: the image has parts for {foreign[0]} and for {power[0]}."
        places = (*told[foreign[0]], *told[power[0]])
        return unknown("host.kind", "conflicting", says, places, settle=_HEADER)
    return known("host.kind", "other_machine", f"The image is for {foreign[0]}, not for Power.", told[foreign[0]])
