"""What the target is: platform, kind of host, how it is managed, AIX release.

A kind is decided on positive evidence only; where nothing is recognised it is unknown, never "not applicable". Linux
tells the machine in `/proc/cpuinfo` (`machine : CHRP IBM,...` with POWER5 or later is PowerVM, "emulated by qemu" is
KVM, `PowerNV` is OPAL, as sos tests it). `uname -L`, `prtconf` and `lparstat -i` print the number of the partition: -1
is a system without partitions, and 1 may be one too, so that only a larger number is sure, or processors that are
shared. `/proc/ppc64/lparcfg` says both of a KVM guest too, so that it is asked first whether qemu emulates the machine.
"""

import re
from shlex import quote
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.groups.console import refused
from rmccomply.facts.identity import FOREIGN, POWER, Told, line_of, models, partition_numbers, serials
from rmccomply.facts.judging.points import answered, control_points
from rmccomply.facts.judging.reasons import unknown_from, unread
from rmccomply.facts.model import Fact, known, not_applicable, unknown
from rmccomply.sources.reading import Read
from rmccomply.sources.shared.texts import number_of
from rmccomply.sources.shared.values import Version, version_text
from rmccomply.sources.source import Source
from rmccomply.sources.table import (
    CPUINFO,
    DEVICE_TREE,
    EMGR,
    IFCONFIG,
    INSTFIX,
    IP_ADDR,
    LPARCFG,
    LPARSTAT,
    LSCLUSTER,
    LSFILT,
    LSLPP,
    LSLPP_HISTORY,
    LSLPP_LISTING,
    LSPV,
    OS_RELEASE,
    OSLEVEL,
    PRTCONF,
    SS,
    TRANSPORT,
    UNAME,
)
from rmccomply.words import PLATFORMS

if TYPE_CHECKING:
    from rmccomply.sources.host.transport import Transport


class _File(Protocol):
    """What is read of a file."""

    @property
    def present(self) -> bool:
        """Whether the file is there."""


_PLATFORM_NAMES: Final = {"aix": "AIX", "vios": "VIOS", "linux": "Linux", "hmc": "a management console"}
_DECLARE: Final = "rmccomply check --param management=KIND"
"""Where no evidence tells it: whoever knows it has to write it for KIND."""
_NO_PARTITIONS: Final = -1
_NUMBER_LABEL: Final = "Partition Number"
_POWER_NAME: Final = re.compile(r"POWER(\d{1,2})\b")
_FIRST_OF_POWERVM: Final = 5
"""IBM's machines with POWER4 and older processors may run without partitions, those since POWER5 cannot."""
_LPARCFG: Final = "/proc/ppc64/lparcfg"
_AIX_SIGNS: Final[tuple[Source[object], ...]] = (
    *(OSLEVEL, LSLPP, LSLPP_LISTING, LSLPP_HISTORY, IFCONFIG, LSPV, PRTCONF, EMGR, INSTFIX),
    *(LSFILT, LSCLUSTER),
)
"""Commands that AIX alone has, and VIOS, which is one."""
_LINUX_FILES: Final[tuple[Source[_File], ...]] = (OS_RELEASE, CPUINFO, LPARCFG, DEVICE_TREE)
_LINUX_COMMANDS: Final[tuple[Source[object], ...]] = (IP_ADDR, SS)
_EMULATED: Final = "emulated by qemu"
T = TypeVar("T", int, str)


def platform(facts: Facts) -> Fact:
    """As declared (option, target.toml, head of the bundle), else what only one platform prints."""
    name = "host.platform"
    if facts.image == "mounted_root":
        from rmccomply.facts.images.image_host import image_platform

        if (own := image_platform(facts)) is not None:
            return own
    if facts.platform in PLATFORMS:
        says = f"The platform is {_PLATFORM_NAMES[facts.platform]}, as its evidence declares."
        return known(name, facts.platform, says)
    signs, notes = _signs(facts), facts.read(TRANSPORT)
    if len(signs) == 1:
        value, evidence = next(iter(signs.items()))
        return known(name, value, f"The platform is {_PLATFORM_NAMES[value]}, by what it prints.", evidence)
    if signs:
        says = "The platform is unknown: some answers are from AIX and some from Linux."
        places = tuple(place for evidence in signs.values() for place in evidence[:1])
        return unknown(name, "conflicting", says, places, settle="uname -a")
    return _uncollected(notes, name)


def _uncollected(notes: tuple[Read["Transport"], ...], name: str) -> Fact:
    """Nothing tells the platform: because nothing came from the target, if that is what the transport says."""
    for reading in notes:
        if reading.record.word != "collected":
            says = f"The platform is unknown: the target was not collected: {reading.record.text}."
            settle = f"rmccomply collect {quote(reading.record.transport)} {quote(reading.record.target)}"
            return unknown(name, "not_collected", says, reading.at(reading.record.line), settle=settle)
    says = "The platform is unknown: nothing in the evidence shows whether it is AIX, VIOS or Linux."
    return unknown(name, "not_collected", says, settle="uname -a")


def _signs(facts: Facts) -> dict[str, tuple[Reference, ...]]:
    """The platforms that answers are of, each with the first place that shows it."""
    named = [(one.record.system, one.at(one.record.line)) for one in facts.read(UNAME)]
    shown = (
        *((system.lower(), places) for system, places in named if system in ("AIX", "Linux")),
        *(("aix", one.at(WHOLE)) for source in _AIX_SIGNS for one in facts.read(source)),
        *(("linux", one.at(1)) for file in _LINUX_FILES for one in facts.read(file) if one.record.present),
        *(("linux", one.at(1)) for source in _LINUX_COMMANDS for one in facts.read(source)),
    )
    signs: dict[str, tuple[Reference, ...]] = {}
    for value, places in shown:
        signs.setdefault(value, places)
    return signs


def kind(facts: Facts) -> Fact:
    """The kind of host, by what it positively shows; the declared management counts as a partition."""
    name = "host.kind"
    at = facts.fact("host.platform")
    if at.value == "hmc":
        return known(name, "hmc", "This is a management console.", at.evidence, basis=(at,))
    found = _aix_kind(facts) if at.value in ("aix", "vios") else _linux_kind(facts)
    if found is not None:
        return found
    if at.value == "vios":
        return known(name, "lpar", "A Virtual I/O Server is a PowerVM partition.", at.evidence, basis=(at,))
    if facts.settings.management in ("hmc", "novalink", "powervs"):
        says = f"The policy declares a partition that is managed by {facts.settings.management}."
        return known(name, "lpar", says)
    points = facts.cached(control_points)
    if points.seen:
        says = "It knows a management control point (a console), so it is a PowerVM partition."
        return known(name, "lpar", says, points.seen[0].evidence)
    if facts.image == "mounted_root":
        says = (
            "The kind of host is unknown: an image has none until it starts, and no parameter `management` declares it."
        )
        return unknown(name, "inconclusive", says, settle=_DECLARE, basis=(at,))
    settle = "cat /proc/cpuinfo" if at.value == "linux" else "uname -L"
    left_open = _left_open(facts)
    if left_open is not None:
        says, places = left_open
        return unknown(
            name, "inconclusive", f"The kind of host is unknown: {says}.", places, settle=settle, basis=(at,)
        )
    says = "The kind of host is unknown: nothing in the evidence shows what it runs on."
    return unknown(name, "not_collected", says, settle=settle, basis=(at,))


def _left_open(facts: Facts) -> tuple[str, tuple[Reference, ...]] | None:
    """What an answer says of the machine that leaves its kind open, and where."""
    for reading in facts.read(LPARSTAT):
        for row in reading.record.rows:
            if row.label == _NUMBER_LABEL and row.value == "-":
                return f"`{reading.name}` shows no partition number ({row.label} : -)", reading.at(row.line)
    for info in facts.read(CPUINFO):
        if info.record.machine.startswith("CHRP "):
            says = f"the machine is {info.record.machine}, and its processor ({info.record.cpu or 'not shown'}) is "
            return f"{says}not one that runs everything in partitions", info.at(info.record.line)
    return None


def _aix_kind(facts: Facts) -> Fact | None:
    """A workload partition first: `uname -L` there may print the number of the partition that it runs in."""
    name = "host.kind"
    read = facts.read(UNAME)
    for reading in read:
        if reading.record.wpar_id:
            says = f"This is workload partition {reading.record.wpar_id} of an AIX system."
            return known(name, "wpar", says, reading.at(reading.record.line))
    return _by_number(facts)


def _by_number(facts: Facts) -> Fact | None:
    """By the number of the partition, and by the sharing of its processors; None where both leave it open."""
    name, told = "host.kind", partition_numbers(facts)
    if len(told) > 1:
        numbers = " and ".join(map(str, sorted(told)))
        says = f"The kind of host is unknown: two answers give different partition numbers, {numbers}."
        places = tuple(place for found in told.values() for place in found)
        return unknown(name, "conflicting", says, places, settle="uname -L")
    for number, places in told.items():
        if number > 1:
            return known(name, "lpar", f"This is PowerVM partition {number}.", places)
        if number == _NO_PARTITIONS:
            return known(name, "full_system", "This is a full-system partition.", places)
    for reading in facts.read(LPARSTAT):
        if reading.record.shared:
            line = next(row.line for row in reading.record.rows if row.label == "Type")
            return known(name, "lpar", f"This is a PowerVM partition ({reading.record.type}).", reading.at(line))
    return None


def _linux_kind(facts: Facts) -> Fact | None:
    return (
        _foreign_machine(facts)
        or _core_os(facts)
        or _cpuinfo_kind(facts)
        or _emulated(facts)
        or _by_number(facts)
        or _shared(facts)
    )


def _foreign_machine(facts: Facts) -> Fact | None:
    """A machine that is not Power. AIX prints a number there, so only names that are known count."""
    if facts.fact("host.platform").value != "linux":
        return None
    if facts.image == "mounted_root":
        from rmccomply.facts.images.image_host import foreign_image

        return foreign_image(facts)
    told = {reading.record.machine: reading.at(reading.record.line) for reading in facts.read(UNAME)}
    foreign = sorted(FOREIGN.intersection(told))
    if not foreign:
        return None
    power = [*(told[name] for name in sorted(POWER.intersection(told))), *_power_in_cpuinfo(facts)]
    if power:
        says = f"The kind of host is unknown: uname names the machine {foreign[0]}, and another answer is from Power."
        return unknown("host.kind", "conflicting", says, (*told[foreign[0]], *power[0]), settle="uname -m")
    return known("host.kind", "other_machine", f"This Linux runs on {foreign[0]}, not on Power.", told[foreign[0]])


def _power_in_cpuinfo(facts: Facts) -> list[tuple[Reference, ...]]:
    return [
        reading.at(reading.record.line)
        for reading in facts.read(CPUINFO)
        if reading.record.platform in ("pSeries", "PowerNV")
    ]


def _core_os(facts: Facts) -> Fact | None:
    for reading in facts.read(OS_RELEASE):
        if reading.record.id == "rhcos":
            return known("host.kind", "rhcos", "This is Red Hat CoreOS.", reading.at(reading.record.line))
    return None


def _cpuinfo_kind(facts: Facts) -> Fact | None:
    for reading in facts.read(CPUINFO):
        record = reading.record
        place = reading.at(record.line)
        if _EMULATED in record.machine or _EMULATED in record.model:
            return known("host.kind", "kvm", "This is a KVM guest, emulated by qemu.", place)
        if record.platform == "PowerNV" or record.machine.startswith("PowerNV"):
            return known("host.kind", "bare_metal", "This is OPAL bare metal (PowerNV).", place)
        if record.machine.startswith("CHRP IBM,") and _always_in_partitions(record.cpu):
            return known("host.kind", "lpar", f"This is a PowerVM partition ({record.machine}).", place)
    return None


def _always_in_partitions(cpu: str) -> bool:
    """Whether a machine with this processor runs everything in partitions, as those with POWER5 and later do."""
    name = _POWER_NAME.match(cpu)
    return name is not None and int(name[1]) >= _FIRST_OF_POWERVM


def _emulated(facts: Facts) -> Fact | None:
    """A machine that firmware says is emulated."""
    shown = (
        *((one.record.model, one.at(line_of(one.record.rows, "system_type"))) for one in facts.read(LPARCFG)),
        *((one.record.model, one.at(1)) for one in facts.read(DEVICE_TREE)),
    )
    for model, place in shown:
        if _EMULATED in model:
            return known("host.kind", "kvm", "This is a KVM guest, emulated by qemu.", place)
    return None


def _shared(facts: Facts) -> Fact | None:
    """A machine of IBM whose processors are shared."""
    for reading in facts.read(LPARCFG):
        if reading.record.shared and reading.record.model.startswith("IBM,"):
            place = reading.at(line_of(reading.record.rows, "shared_processor_mode"))
            return known("host.kind", "lpar", "This is a PowerVM partition with shared processors.", place)
    return None


def type_model(facts: Facts) -> Fact:
    """As all answers that show it agree."""
    return _identity(facts, "host.type_model", "machine type and model", models(facts), "uname -M")


def serial(facts: Facts) -> Fact:
    """As all answers that show it agree."""
    return _identity(facts, "host.serial", "serial number of the machine", serials(facts), "uname -u")


def lpar_id(facts: Facts) -> Fact:
    """As all answers that show it agree; a full-system partition has none (-1)."""
    name, told = "host.lpar_id", partition_numbers(facts)
    if set(told) == {-1}:
        return not_applicable(name, "A full-system partition has no number.", told[-1])
    return _identity(facts, name, "partition number", told, "uname -L")


def _identity(facts: Facts, name: str, title: str, told: Told[T], settle: str) -> Fact:
    """What answers tell of the machine or the partition; on Linux lparcfg has it all."""
    at = facts.fact("host.platform")
    if at.value == "hmc":
        return not_applicable(name, "This is a management console.", at.evidence, (at,))
    settle = f"cat {_LPARCFG}" if at.value == "linux" else settle
    places = tuple(place for found in told.values() for place in found)
    if len(told) == 1:
        value = next(iter(told))
        return known(name, value, f"The {title} is {value}.", places)
    if told:
        says = f"The {title} is unknown: answers give {' and '.join(map(str, sorted(told)))}."
        return unknown(name, "conflicting", says, places, settle=settle)
    says = f"The {title} is unknown: nothing in the evidence shows it."
    return unknown(name, "not_collected", says, settle=settle, basis=(at,))


def management(facts: Facts) -> Fact:
    """As the policy declares; else nobody manages a full-system partition; else by the control points' addresses."""
    name, declared = "host.management", facts.settings.management
    if declared != "unknown":
        return known(name, declared, f"The policy declares the management as '{declared}'.")
    host = facts.fact("host.kind")
    if host.value == "full_system":
        return known(name, "none", "A full-system partition is not managed by RMC.", host.evidence, basis=(host,))
    points = facts.cached(control_points)
    local = [point for point in points.addressed if point.link_local and point.alone]
    others = [point for point in points.addressed if not point.link_local]
    evidence = tuple(place for point in (*others, *local) for place in point.evidence[:1])
    if others and not local:
        return known(name, "hmc", "Its control points have IP addresses of their own, as an HMC has.", evidence)
    if local and not others:
        says = "Its control points have link-local addresses only, as NovaLink has."
        return known(name, "novalink", says, evidence)
    if not points.addressed and facts.fact("console.in_band").value == "yes":
        in_band = facts.fact("console.in_band")
        return known(name, "hmc", "An HMC reaches it in-band.", in_band.evidence, basis=(in_band,))
    of_an_hmc = {point.ip for point in points.resources if not point.alone}
    proven = next((row for row in points.rows if row.up and row.link_local and row.ip not in of_an_hmc), None)
    if proven is not None:
        says = f"{proven.text}, a link-local address as NovaLink uses, is up beside the control points of an HMC."
        return known(name, "novalink", says, (*proven.evidence, *evidence))
    denied = refused(facts) if points.addressed else None
    if denied is not None:
        return unknown_from(name, "how the partition is managed", denied)
    if points.addressed:
        says = (
            "How the partition is managed is unknown: its control points have addresses of both kinds, as where an HMC "
        )
        says += "and NovaLink manage it together; the policy parameter `management` has to declare which."
        return unknown(name, "conflicting", says, evidence, settle="rmccomply check --param management=novalink")
    says = "How the partition is managed is unknown: no policy parameter declares the management, and no control point "
    says += "shows it."
    return unknown(name, "inconclusive", says, settle=_DECLARE if answered(facts) else "lsrsrc IBM.MCP")


def aix_release(facts: Facts) -> Fact:
    """From oslevel alone; `uname` confirms version and release."""
    name = "host.aix_release"
    at = facts.fact("host.platform")
    if at.value in ("linux", "vios", "hmc"):
        return not_applicable(name, f"This is {_PLATFORM_NAMES[at.value]}, not AIX.", at.evidence, (at,))
    readings = facts.read(OSLEVEL)
    if not readings:
        return unread(name, "the AIX release", facts.answers(OSLEVEL), "oslevel -s")
    found = [
        (reading.record.version, reading.at(reading.record.line)) for reading in readings if reading.record.parts > 2
    ]
    if not found:
        says = "The AIX release is unknown: oslevel without an option shows no technology level."
        return unknown(name, "inconclusive", says, readings[0].at(readings[0].record.line), settle="oslevel -s")
    told = _uname_release(facts)
    levels = {version[:2] for version, _ in found} | {release for release, _ in told}
    evidence = tuple(place for _, places in (*found, *told) for place in places)
    if len(levels) > 1:
        says = "The AIX release is unknown: oslevel and uname contradict each other."
        return unknown(name, "conflicting", says, evidence, settle="oslevel -s")
    version: Version = max(version for version, _ in found)
    return known(name, version, f"AIX is at {version_text(version)}.", found[0][1])


def _uname_release(facts: Facts) -> list[tuple[tuple[int, int], tuple[Reference, ...]]]:
    told = []
    for reading in facts.read(UNAME):
        record = reading.record
        if record.system != "AIX":
            continue
        version, release = number_of(record.version), number_of(record.release)
        if version is not None and release is not None:
            told.append(((version, release), reading.at(record.line)))
    return told
