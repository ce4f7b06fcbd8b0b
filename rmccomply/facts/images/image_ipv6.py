"""Whether a copy of an image starts with IPv6, by which Power Virtual Server and NovaLink reach it.

Three things can switch it off: the kernel command line (`ipv6.disable=1`, `ipv6.disable_ipv6=1`), the kernel parameter
disable_ipv6 of `all` or `default`, and the profile of the adapter that RMC uses. Which adapter that is shows in no
file. Where there is one profile it is that one. Where there are several it may be any, so that only what all of them
have is a fault; one that has IPv6 switched off beside one that has not is another adapter's, and is told beside the
verdict. Two profiles of one adapter that differ in it leave it unknown, as does a parameter of an adapter that no
profile names, one that switches IPv6 on again behind `all`, and any line of other files that may switch it off.
"""

import shlex
from typing import Final

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.images.network_profiles import NetworkProfile, network_profiles
from rmccomply.facts.images.sysctl_settings import sysctl_names, sysctl_value, sysctl_whole
from rmccomply.facts.judging.folders import Unlisted
from rmccomply.facts.judging.kernel_line import KernelLine, kernel_arguments, switch
from rmccomply.facts.judging.reasons import lower_first, sentence, unread
from rmccomply.facts.model import Fact, known, not_applicable, unknown
from rmccomply.sources.network.ipv6_lines import WORDS
from rmccomply.sources.table import IPV6_LINES
from rmccomply.tuples import NamedTuple

_NAME: Final = "image.ipv6"
_ARGUMENTS: Final = frozenset({"ipv6.disable=1", "ipv6.disable_ipv6=1"})
_SET: Final = "the kernel parameter net.ipv6.conf.{}.disable_ipv6 is set to {} at boot"
_KEY: Final = "net/ipv6/conf/{}/disable_ipv6"
_OF_ALL: Final = ("all", "default")
_SEARCH: Final = f"grep {shlex.join(WORDS)} /etc/modprobe.d"
_NO_ADAPTER: Final = frozenset({*_OF_ALL, "lo"})


class _OffSwitch(NamedTuple):
    """What one of the three says: `off` True or False, None with `why`."""

    off: bool | None
    says: str
    evidence: tuple[Reference, ...]
    why: Unlisted | None = None
    also: tuple[str, ...] = ()


def ipv6_of_image(facts: Facts) -> Fact:
    """Disabled where one of the three is certain to switch it off; enabled where none does."""
    platform = facts.fact("host.platform")
    if platform.value in ("aix", "vios", "hmc"):
        says = "No setting of AIX switches IPv6 off: whether an adapter has an address shows on a system that runs."
        return not_applicable(_NAME, says, platform.evidence, (platform,))
    switches = (_kernel(facts), _sysctl(facts), _profile(facts), _elsewhere(facts))
    also = tuple(text for one in switches for text in one.also)
    off = next((one for one in switches if one.off), None)
    if off is not None:
        return known(_NAME, "disabled", f"{sentence(off.says)}.", off.evidence, also=also)
    open_ = next((one for one in switches if one.why is not None), None)
    if open_ is not None and open_.why is not None:
        says = f"Whether a copy of the image starts with IPv6 is unknown: {lower_first(open_.why.says)}."
        return unknown(_NAME, open_.why.reason, says, open_.why.evidence, settle=open_.why.settle)
    says = (
        "Nothing switches IPv6 off: neither the kernel command line nor kernel parameters nor profiles of the network."
    )
    return known(_NAME, "enabled", says, tuple(place for one in switches for place in one.evidence), also=also)


def _kernel(facts: Facts) -> _OffSwitch:
    line = facts.cached(kernel_arguments)
    found = switch(line, _ARGUMENTS.__contains__, "ipv6.disable=1")
    if found.on is None:
        return _OffSwitch(None, "", (), Unlisted(found.says, found.reason, found.evidence, found.settle))
    says = f"the kernel command line has {_word(line)}, which switches IPv6 off" if found.on else ""
    return _OffSwitch(found.on, says, found.evidence, also=() if found.on else _generated(line))


def _elsewhere(facts: Facts) -> _OffSwitch:
    """What other files have of it: whether it switches IPv6 off for RMC's adapter no line tells alone."""
    for reading in facts.read(IPV6_LINES):
        if reading.record.rows:
            row = reading.record.rows[0]
            says = f"{row.path} has '{row.text}', which may switch it off"
            why = Unlisted(says, "inconclusive", reading.at(row.line), f"cat {row.path}")
            return _OffSwitch(None, "", (), why)
    whole = next((one for one in facts.read(IPV6_LINES) if one.record.whole and not one.partial), None)
    if whole is not None:
        return _OffSwitch(False, "", whole.at(WHOLE))
    found = unread(_NAME, "what modprobe.d, systemd-networkd and others set of it", facts.answers(IPV6_LINES), _SEARCH)
    says = found.says.removesuffix(".")
    return _OffSwitch(None, "", (), Unlisted(says, found.reason or "inconclusive", found.evidence, _SEARCH))


def _word(line: KernelLine) -> str:
    return next(word.text for one in line.lines for word in one.arguments if word.text in _ARGUMENTS)


def _generated(line: KernelLine) -> tuple[str, ...]:
    """What is no fault yet: the next kernel that is installed starts with it."""
    word = next((word for word in line.generated if word.text in _ARGUMENTS), None)
    if word is None:
        return ()
    return (f"{word.evidence[0].request} has {word.text}: the next kernel that is installed starts without IPv6.",)


def _sysctl(facts: Facts) -> _OffSwitch:
    values = [(name, sysctl_value(facts, _KEY.format(name))) for name in _OF_ALL]
    for name, value in values:
        if value.number and value.why is None:
            again = _of_adapter(facts, on=True)
            if again is not None:
                return again
            says = f"{_SET.format(name, value.number)}, which switches IPv6 off"
            return _OffSwitch(True, says, value.evidence)
    why = next((value.why for _, value in values if value.why is not None), None)
    if why is not None:
        return _OffSwitch(None, "", (), why)
    places = tuple(place for _, value in values for place in value.evidence)
    return _OffSwitch(False, "", places or sysctl_whole(facts))


def _of_adapter(facts: Facts, *, on: bool) -> _OffSwitch | None:
    """Unknown, where a kernel parameter of one adapter switches IPv6 on, or off; None where none does."""
    for key in sysctl_names(facts, _KEY.format("*")):
        name = key.split("/")[-2]
        value = sysctl_value(facts, key)
        if name not in _NO_ADAPTER and value.number is not None and (value.number == 0) is on:
            says = (
                f"net.ipv6.conf.{name}.disable_ipv6 is set to {value.number}, and whether RMC uses {name} is not known"
            )
            why = Unlisted(says, "inconclusive", value.evidence, "ls -l /etc/sysctl.d")
            return _OffSwitch(None, "", (), why)
    return None


def _profile(facts: Facts) -> _OffSwitch:
    held = facts.cached(network_profiles)
    rows = [_with_sysctl(facts, one) for one in held.rows]
    off = [one for one in rows if one.off]
    doubtful = {one.interface for one in rows if one.off is not False}
    on = [one for one in rows if one.off is False and (not one.interface or one.interface not in doubtful)]
    if not rows and held.why is None and (of_one := _of_adapter(facts, on=False)) is not None:
        return of_one
    if on:
        also = (f"{sentence(off[0].says)}; another adapter has it, and RMC has to use that one.",) if off else ()
        return _OffSwitch(False, "", on[0].evidence, also=also)
    why = held.why or next((one.why for one in rows if one.why is not None), None)
    if why is not None:
        return _OffSwitch(None, "", (), why)
    both = next((one for one in rows if one.off is False), None)
    if off and both is not None:
        says = f"{off[0].says}, and {both.name} sets up the same adapter with it"
        places = (*off[0].evidence, *both.evidence)
        return _OffSwitch(None, "", (), Unlisted(says, "conflicting", places, f"cat {both.name}"))
    if off:
        says = off[0].says if len(off) == 1 else f"all {len(off)} profiles have IPv6 switched off: {off[0].says}"
        return _OffSwitch(True, says, tuple(place for one in off for place in one.evidence))
    return _OffSwitch(False, "", held.evidence)


def _with_sysctl(facts: Facts, profile: NetworkProfile) -> NetworkProfile:
    """The profile, or off where a kernel parameter of its own interface switches IPv6 off."""
    key = _KEY.format(profile.interface)
    if profile.off or profile.interface in _NO_ADAPTER or key not in sysctl_names(facts, _KEY.format("*")):
        return profile
    value = sysctl_value(facts, key)
    if value.why is not None:
        return profile._replace(off=None, why=value.why)
    if not value.number:
        return profile
    says = _SET.format(profile.interface, value.number)
    return profile._replace(off=True, says=says, evidence=value.evidence)
