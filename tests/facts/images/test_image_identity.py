"""Which node ID an instance has: every combination of what it follows from, held to what cloud-init's text says.

The oracle below is written from the files of canonical/cloud-init that the modules of `judging` name, over the options
that a root is built with and not over evidence.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

import pytest

from rmccomply.evidence.model import Damage, Evidence
from rmccomply.facts.model import Fact
from tests.hosts.building import facts, stream
from tests.hosts.roots import CFG, RECFGCT, UNITS, WANTS, Root, aix, linux

DISABLED: Final = "/etc/cloud/cloud-init.disabled"
PART: Final = "/etc/cloud/cloud.cfg.d/90_site.cfg"
KERNEL: Final = "/boot/loader/entries/a.conf"
IDENTIFY: Final = "/etc/cloud/ds-identify.cfg"
UNIT: Final = f"{UNITS}/rsct-first.service"
UNIT_LINK: Final = f"{UNITS}/multi-user.target.wants/rsct-first.service"


@dataclass(frozen=True)
class Options:
    """What decides RMC-IMG-001."""

    listed: str = "final"
    units: str = "enabled"
    marker: bool = False
    kernel: bool = False
    identify: str = "search"
    manual: bool = False
    node_id: bool = True
    tools: bool = True
    datasources: str = "some"
    first: str = "none"


DOMAINS: Final[dict[str, tuple[object, ...]]] = {
    "listed": ("final", "init", "always", "once", "none", "replaced"),
    "units": ("enabled", "not enabled", "masked"),
    "marker": (False, True),
    "kernel": (False, True),
    "identify": ("search", "absent", "disabled"),
    "manual": (False, True),
    "node_id": (True, False),
    "tools": (True, False),
    "datasources": ("some", "unnamed", "none"),
    "first": ("none", "unit", "unit that is not enabled", "comment"),
}
_ITEM: Final = {"always": "  - [reset_rmc, always]\n", "once": "  - [reset_rmc, once]\n", "final": "  - reset_rmc\n"}
_POLICY: Final = {"search": "policy: search,found=all,maybe=all,notfound=disabled\n", "disabled": "policy: disabled\n"}
_DATASOURCES: Final = {"some": "[ ConfigDrive, NoCloud, None ]", "none": "[ None ]"}


def expected(given: Options) -> tuple[str, str | None]:
    """The reset and the identity by the text of cloud-init; None where nobody can tell."""
    starts = given.units == "enabled" and not given.marker and not given.kernel and given.identify != "disabled"
    active = starts and not given.manual and given.listed in ("final", "init", "always")
    other = given.first == "unit"
    works = given.node_id and given.tools and given.datasources != "none"
    reset = "cloud_init" if active else "first_boot" if other else "none"
    if (active and works) or (other and given.tools):
        return reset, "fresh"
    if active or other:
        return reset, "reset_fails"
    return reset, "copied" if given.node_id else None


def root(given: Options) -> Root:
    """The image that has these options."""
    config = CFG.replace(_ITEM["final"], _ITEM.get(given.listed, ""))
    config = config.replace("  - bootcmd\n", "  - bootcmd\n  - reset-rmc\n") if given.listed == "init" else config
    if given.listed == "replaced":
        config = CFG
    if given.datasources == "unnamed":
        config = config.replace("datasource_list", "# datasource_list")
    else:
        config = config.replace(_DATASOURCES["some"], _DATASOURCES[given.datasources])
    files = {"/etc/cloud/cloud.cfg": config + ("manual_cache_clean: true\n" if given.manual else "")}
    if given.listed == "replaced":
        files[PART] = "cloud_final_modules: [scripts_user]\n"
    files |= {DISABLED: ""} if given.marker else {}
    if given.kernel:
        files[KERNEL] = linux().files[KERNEL].replace(" ro\n", " ro cloud-init=disabled\n")
    files |= {IDENTIFY: _POLICY[given.identify]} if given.identify in _POLICY else {}
    if given.first.startswith("unit"):
        files[UNIT] = f"[Service]\nType=oneshot\nExecStart={RECFGCT}\n"
    elif given.first == "comment":
        files[UNIT] = f"[Service]\n# ExecStart={RECFGCT}\nExecStart=/usr/bin/true\n"
    stage = "cloud-init" if given.listed == "init" else "cloud-final"
    gone = [f"{WANTS}/{stage}.service"] if given.units == "not enabled" else []
    gone += [] if given.node_id else ["/etc/ct_node_id"]
    gone += [] if given.tools else ["/opt/rsct"]
    gone += [IDENTIFY] if given.identify == "absent" else []
    links = {f"{UNITS}/{stage}.service": "/dev/null"} if given.units == "masked" else {}
    links |= {UNIT_LINK: UNIT} if given.first in ("unit", "comment") else {}
    return linux().having(files).linking(links).lacking(*gone)


def found(evidence: list[Evidence], name: str, platform: str = "linux") -> Fact:
    return facts(*evidence, platform=platform).fact(f"image.{name}")


def values(built: Root) -> tuple[object, object]:
    platform = "aix" if built.aix else "linux"
    told = facts(*built.evidence(), platform=platform)
    return told.fact("image.reset").value, told.fact("image.identity").value


def combinations() -> Iterator[Options]:
    for one in product(*DOMAINS.values()):
        yield Options(*one)  # type: ignore[arg-type]


def _held(every: int) -> None:
    wrong = [given for given in list(combinations())[::every] if values(root(given)) != expected(given)]
    assert wrong == []


def test_combinations_are_held_to_the_text_of_cloud_init() -> None:
    _held(37)


@pytest.mark.exhaustive
def test_every_combination_is_held_to_the_text_of_cloud_init() -> None:
    _held(1)


BASES: Final = (
    Options(),
    Options(listed="init", units="masked"),
    Options(marker=True),
    Options(kernel=True),
    Options(identify="disabled"),
    Options(manual=True),
    Options(listed="once"),
    Options(listed="replaced"),
    Options(listed="none", first="unit that is not enabled"),
    Options(listed="none", first="comment"),
    Options(listed="none", first="unit"),
    Options(listed="none", first="unit", tools=False),
    Options(node_id=False),
    Options(tools=False),
    Options(datasources="none"),
    Options(listed="none", node_id=False),
)
DAMAGE: Final = Damage("denied", "it could not be read")


def harmed(item: Evidence) -> Iterator[Evidence | None]:
    """The answer lost, closed, cut after each of its last lines, and as a copy without exit status."""
    yield None
    yield item._replace(damage=DAMAGE)
    yield item._replace(exit_status=None)
    lines = item.out.lines
    for kept in range(max(0, len(lines) - 4), len(lines)):
        text = "".join(f"{one}\n" for one in lines[:kept])
        cut = item._replace(out=stream(text, item.line + 1))
        yield cut._replace(damage=Damage("truncated", "its end is missing", partial=True))
        yield cut._replace(exit_status=None)


@pytest.mark.parametrize("given", BASES, ids=str)
def test_no_answer_that_is_lost_or_cannot_be_read_makes_an_identity_fresh(given: Options) -> None:
    whole = root(given).evidence()
    before, reset = found(whole, "identity").value, found(whole, "reset").value
    for at, item in enumerate(whole):
        for other in harmed(item):
            evidence = [*whole[:at], *([other] if other else []), *whole[at + 1 :]]
            assert found(evidence, "identity").value in (before, None), (item.request, other)
            assert found(evidence, "reset").value in (reset, "first_boot", None), (item.request, other)


BETTER: Final = {
    DISABLED: "nothing keeps cloud-init from starting",
    PART: "the list of cloud.cfg counts",
    IDENTIFY: "the built-in policy searches",
    f"{UNITS}/cloud-init.service": "the unit is not masked",
}
"""What makes an image better when it is deleted."""


@pytest.mark.parametrize("given", BASES, ids=str)
def test_to_delete_a_file_makes_an_image_better_only_where_it_is(given: Options) -> None:
    built = root(given)
    before = values(built)[1]
    for path in (*built.files, *built.links):
        after = values(built.lacking(path))[1]
        assert after != "fresh" or before == "fresh" or path in BETTER, path


def test_what_makes_it_better_does() -> None:
    assert values(root(Options(marker=True)).lacking(DISABLED))[1] == "fresh"
    assert values(root(Options(listed="replaced")).lacking(PART))[1] == "fresh"
    assert values(root(Options(identify="disabled")).lacking(IDENTIFY))[1] == "fresh"
    masked = root(Options(listed="init", units="masked"))
    assert values(masked.lacking(f"{UNITS}/cloud-init.service"))[1] == "fresh"


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (Options(), "  - reset_rmc"),
        (Options(marker=True), "cloud-init.disabled"),
        (Options(kernel=True), "options root=/dev/sda2 ro cloud-init=disabled"),
        (Options(identify="disabled"), "policy: disabled"),
        (Options(manual=True), "manual_cache_clean: true"),
        (Options(listed="once"), "  - [reset_rmc, once]"),
        (Options(units="masked"), "cloud-final.service -> /dev/null"),
        (Options(datasources="none"), "datasource_list: [ None ]"),
        (Options(listed="none", first="unit"), f"rsct-first.service:3:ExecStart={RECFGCT}"),
    ],
    ids=str,
)
def test_the_line_that_decides_is_told(given: Options, text: str) -> None:
    told = found(root(given).evidence(), "identity")
    assert any(text in place.text for place in told.evidence), told.evidence


def test_without_a_node_id_and_a_reset_nobody_can_tell() -> None:
    told = found(root(Options(listed="none", node_id=False)).evidence(), "identity")
    assert (told.state, told.reason) == ("unknown", "inconclusive")


def test_what_the_folder_of_tools_lacks_cannot_be_run() -> None:
    built = linux().lacking(RECFGCT).having({"/opt/rsct/install/bin/cfgct": ""})
    assert values(built) == ("cloud_init", "reset_fails")


@pytest.mark.parametrize(
    ("name", "mode", "value"),
    [("None", "search", "reset_fails"), ("ConfigDrive", "search", "fresh"), ("None", "report", "fresh")],
)
def test_a_datasource_that_is_named_is_taken(name: str, mode: str, value: str) -> None:
    built = linux().having({IDENTIFY: f"datasource: {name}\npolicy: {mode}\n"})
    assert values(built)[1] == value


@pytest.mark.parametrize(("word", "value"), [("ci.ds=None", "reset_fails"), ("ds=nocloud;s=/x", "fresh")])
def test_a_datasource_on_the_kernel_command_line_is_taken(word: str, value: str) -> None:
    text = linux().files[KERNEL].replace(" ro\n", f" ro {word}\n")
    assert values(linux().having({KERNEL: text}))[1] == value


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (Options(kernel=True), "the kernel command line has cloud-init=disabled"),
        (Options(listed="none"), "no list of cloud-init has the module reset_rmc"),
        (Options(identify="disabled"), "the policy in /etc/cloud/ds-identify.cfg disables cloud-init"),
        (Options(units="masked"), "is masked"),
        (Options(tools=False), "/opt/rsct/install/bin is missing"),
        (Options(datasources="none"), "the only datasource is None, so that reset_rmc does nothing"),
    ],
)
def test_what_to_do_first_is_about_what_was_found(given: Options, why: str) -> None:
    step = found(root(given).evidence(), "identity").step
    assert step.startswith("Mend what keeps the first boot from renewing the node ID: ")
    assert step.endswith(f"{why}.")


def test_an_empty_list_of_datasources_is_undecided() -> None:
    config = CFG.replace("[ ConfigDrive, NoCloud, None ]", "[]")
    assert values(linux().having({"/etc/cloud/cloud.cfg": config})) == ("cloud_init", None)


def test_aix() -> None:
    assert values(aix()) == ("cloud_init", "fresh")
    assert values(aix().lacking("/etc/ct_node_id")) == ("cloud_init", "reset_fails")
    assert values(aix().lacking("/etc/rc.d/rc2.d/S02cloud-init")) == ("none", "copied")
    assert values(aix().lacking("/opt/freeware")) == ("none", "copied")
    assert values(aix().having({"/opt/freeware/etc/cloud/cloud-init.disabled": ""})) == (None, None)
    entry = "first:2:once:/opt/rsct/install/bin/recfgct >/dev/null 2>&1\n"
    bare = aix().lacking("/opt/freeware")
    assert values(bare.having({"/etc/inittab": entry})) == ("first_boot", "fresh")
    assert values(bare.having({"/etc/inittab": f":{entry}x:2:off:{RECFGCT}\n"})) == ("none", "copied")
    assert values(bare.having({"/etc/inittab": f"first:2:once:/bin/sh -c '{RECFGCT}'\n"})) == (None, None)


def test_no_answer_of_aix_that_is_lost_makes_an_identity_fresh() -> None:
    for built in (aix().lacking("/etc/rc.d/rc2.d/S02cloud-init"), aix().lacking("/etc/ct_node_id")):
        whole = built.evidence()
        for at in range(len(whole)):
            assert found([*whole[:at], *whole[at + 1 :]], "identity", "aix").value != "fresh"


def test_other_platforms_have_none() -> None:
    assert found([], "identity", "vios").state == "not_applicable"
    assert found([], "identity", "linux").state == "unknown"
