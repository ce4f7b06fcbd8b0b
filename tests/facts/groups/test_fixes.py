"""Fixes for levels of RSCT on AIX: which level needs them, and what shows them. All evidence is constructed."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.model import Fact
from rmccomply.sources.software.emgr import STATES
from tests.hosts.building import command, facts
from tests.hosts.cases import NOT_INSTALLED, broken, lines, linux_host, lslpp, says

OLD = "7100-03-05-1524"
APARS = ("IV74438", "IV77384", "IV80836", "IV81777")
NO_INTERIM = command("emgr -l", "", 0, "There is no efix data on this system.\n")
INTERIM = """\
ID  STATE LABEL      INSTALL TIME      UPDATED BY ABSTRACT
=== ===== ========== ================= ========== ======================================
{rows}
"""


def instfix(*apars: str) -> Evidence:
    rows = "".join(f"    All filesets for {apar} were found.\n" for apar in ("IV60000", *apars))
    return command("instfix -i", rows)


def emgr(*labels: str, state: str = "  S  ", abstract: str = "RSCT correction") -> Evidence:
    rows = "\n".join(
        f"{n:<3} {state} {label} 11/14/25 10:22:41            {abstract}" for n, label in enumerate(labels, 1)
    )
    return command("emgr -l", INTERIM.format(rows=rows))


def fixes(*evidence: Evidence, level: str = "3.1.5.0", oslevel: str = OLD) -> Fact:
    return facts(lslpp(level), command("oslevel -s", f"{oslevel}\n"), *evidence).fact("fixes.rmc_core")


LEVELS = [
    ("3.1.4.9", OLD, "not_needed"),
    ("3.1.5.0", OLD, "missing"),
    ("3.1.5.12", OLD, "missing"),
    ("3.2.0.0", "6100-09-12-1846", "missing"),
    ("3.2.0.9", OLD, "missing"),
    ("3.2.0.10", OLD, "not_needed"),
    ("3.2.1.0", OLD, "not_needed"),
    ("3.2.0.0", "7200-00-01-1543", "not_needed"),
    ("3.2.0.0", "5300-12-05-1140", "not_needed"),
]


@pytest.mark.parametrize(("level", "oslevel", "expected"), LEVELS)
def test_which_levels_need_fixes(level: str, oslevel: str, expected: str) -> None:
    assert says(fixes(instfix(), NO_INTERIM, level=level, oslevel=oslevel)) == expected


SHOWN = [
    pytest.param([instfix(*APARS)], "installed", id="all by instfix"),
    pytest.param([emgr(*(f"{apar}s1a" for apar in APARS))], "installed", id="all by emgr"),
    pytest.param([instfix(*APARS[:3]), emgr("IV81777s1a")], "installed", id="all by both together"),
    pytest.param([instfix(APARS[0]), NO_INTERIM], "?inconclusive", id="one of four"),
    pytest.param([instfix(*APARS[:3]), NO_INTERIM], "?inconclusive", id="three of four"),
    pytest.param([instfix(*APARS[:3]), emgr("IV81777s1a", state=" *Q* ")], "?inconclusive", id="waits for a restart"),
    *(
        pytest.param(
            [instfix(*APARS[:3]), emgr("IV81777s1a", state=f" {state} ")], "?inconclusive", id=f"state {state}"
        )
        for state in sorted(STATES - {"S", "SP"})
    ),
    pytest.param([instfix(*APARS[:3]), emgr("IV81777s1a", state=" SP ")], "installed", id="state SP"),
    pytest.param([instfix(), emgr("IV81777s1a", state=" M ")], "?inconclusive", id="one that is mounted, and no other"),
    pytest.param([instfix(), NO_INTERIM], "missing", id="none"),
    pytest.param([instfix(), emgr("IX99999s1a")], "missing", id="an interim fix for something else"),
    pytest.param(
        [instfix(*APARS[:3]), emgr("rsctfix1", abstract=f"RSCT fix of {APARS[3].lower()}")],
        "installed",
        id="named in the abstract",
    ),
    pytest.param([instfix()], "?not_collected", id="interim fixes not collected"),
    pytest.param([NO_INTERIM], "?not_collected", id="fix database not collected"),
    pytest.param([instfix(), broken(NO_INTERIM, "denied")], "?denied", id="interim fixes denied"),
    pytest.param([broken(instfix(), "truncated", partial=True), NO_INTERIM], "?truncated", id="fix database cut"),
    pytest.param(
        [
            command(
                f"instfix -ik '{' '.join(APARS)}'",
                "".join(f"    There was no data for {one} in the fix database.\n" for one in APARS),
                1,
            ),
            NO_INTERIM,
        ],
        "missing",
        id="no data for any",
    ),
    pytest.param(
        [command("instfix -ik IV81777", "    Not all filesets for IV81777 were found.\n", 1), NO_INTERIM],
        "?not_collected",
        id="one is asked",
    ),
]


@pytest.mark.parametrize(("evidence", "expected"), SHOWN)
def test_what_shows_them(evidence: list[Evidence], expected: str) -> None:
    assert says(fixes(*evidence)) == expected


def test_the_command_that_settles_it_asks_for_all() -> None:
    assert fixes().settle == "instfix -ik 'IV74438 IV77384 IV80836 IV81777'"
    assert fixes(instfix()).settle == "emgr -l"


def test_level_and_listings_prove_it() -> None:
    text = lines(fixes(instfix(), NO_INTERIM).evidence)
    assert "3.1.5.0" in text
    assert "There is no efix data" in text


def test_elsewhere_it_does_not_apply() -> None:
    assert says(facts(*linux_host(), platform="linux").fact("fixes.rmc_core")) == "n/a"
    for platform in ("vios", "hmc"):
        assert says(facts(lslpp("3.1.5.0"), platform=platform).fact("fixes.rmc_core")) == "n/a"
    assert says(facts(NOT_INSTALLED).fact("fixes.rmc_core")) == "n/a"


def test_without_level_or_release_it_is_unknown() -> None:
    assert says(facts().fact("fixes.rmc_core")) == "?not_collected"
    assert says(facts(lslpp("3.1.5.0"), instfix(), NO_INTERIM).fact("fixes.rmc_core")) == "?not_collected"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (APARS[:1], "IV74438 of the fixes for it is installed, and IV77384, IV80836, IV81777 not shown."),
        (APARS[:2], "IV74438, IV77384 of the fixes for it are installed, and IV80836, IV81777 not shown."),
    ],
)
def test_some_of_them_are_named_and_shown(found: tuple[str, ...], said: str) -> None:
    fact = fixes(instfix(*found), NO_INTERIM)
    assert fact.says == f"Whether the known defects of this RSCT level are fixed is unknown: {said}"
    assert all(f"All filesets for {apar} were found." in lines(fact.evidence) for apar in found)


def test_the_line_that_says_that_there_is_none_is_shown() -> None:
    text = "".join(f"    There was no data for {one} in the fix database.\n" for one in APARS)
    fact = fixes(command(f"instfix -ik '{' '.join(APARS)}'", text, 1), NO_INTERIM)
    assert lines(fact.evidence).split("\n")[1:] == [text.split("\n")[0], NO_INTERIM.err.lines[0]]


def test_all_of_them_are_shown() -> None:
    fact = fixes(instfix(*APARS[:3]), emgr("IV81777s1a"))
    assert all(apar in lines(fact.evidence) for apar in APARS)


def test_of_an_interim_fix_that_may_not_be_at_work_its_state_is_told() -> None:
    fact = fixes(instfix(*APARS[:3]), emgr("IV81777s1a", state=" Q "))
    assert fact.says == (
        "Whether the known defects of this RSCT level are fixed is unknown: the interim fix IV81777s1a for IV81777 is "
        "in state Q (which needs a restart of the system), which does not show whether it is in effect."
    )
    assert "IV81777s1a" in " ".join(place.text for place in fact.evidence)
