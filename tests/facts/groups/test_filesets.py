"""The filesets of RSCT together: states and releases. All evidence is constructed, but for the corpus."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.gather import Facts
from tests.facts.samples import capture
from tests.hosts.building import command, facts
from tests.hosts.cases import KVM, NOT_INSTALLED, aix, broken, lines, linux_host, says

QUERY, OTHER_QUERY = "lslpp -Lcq 'rsct.*'", "lslpp -lcq 'rsct.*'"
ROW = "rsct.core:{name}:{level}: : :{state}: :RSCT: : : : : : :1:0:/:2015\n"
WORD_ROW = "/usr/lib/objrepos:{name}:{level}::{state}:I:RSCT:\n"


def rows(*told: str, query: str = QUERY) -> Evidence:
    """A listing of filesets, each "NAME LEVEL STATE"."""
    layout = ROW if query == QUERY else WORD_ROW
    text = "".join(
        layout.format(name=name, level=level, state=state) for name, level, state in (one.split(" ") for one in told)
    )
    return command(query, text)


def subjects(found: Facts) -> object:
    fact = found.fact("filesets.unsound")
    return [item.subject for item in fact.items] if fact.state == "known" else says(fact)


RMC, UTILS = "rsct.core.rmc 3.2.6.2 C", "rsct.core.utils 3.2.6.0 A"
UNSOUND = [
    pytest.param([rows(RMC, UTILS)], [], id="committed and applied"),
    pytest.param([rows(RMC, "rsct.core.utils 3.2.6.0 E")], [], id="locked by an interim fix"),
    pytest.param([rows(RMC, "rsct.core.utils 3.2.6.0 B")], ["rsct.core.utils"], id="broken"),
    pytest.param([rows("rsct.core.rmc 3.2.6.2 B", RMC)], ["rsct.core.rmc"], id="its part in /usr, not that in /"),
    pytest.param([rows("rsct.core.rmc 3.2.6.2 ?", "rsct.opt.x 3.2.6.0 O")], ["rsct.core.rmc", "rsct.opt.x"], id="two"),
    pytest.param(
        [broken(rows("rsct.core.rmc 3.2.6.2 B"), "truncated", partial=True)], ["rsct.core.rmc"], id="cut, bad"
    ),
    pytest.param([broken(rows(RMC), "truncated", partial=True)], "?truncated", id="cut, sound so far"),
    pytest.param(
        [command("lslpp -Lcq rsct.core.rmc", ROW.format(name="rsct.core.rmc", level="3.2.6.2", state="C"))],
        "?not_collected",
        id="one fileset only",
    ),
    pytest.param(
        [rows(RMC), rows("rsct.core.rmc 3.2.6.2 BROKEN", query=OTHER_QUERY)], "?conflicting", id="two listings differ"
    ),
    pytest.param([rows(RMC), rows("rsct.core.rmc 3.2.6.2 COMMITTED", query=OTHER_QUERY)], [], id="two listings agree"),
    pytest.param(
        [rows(RMC), rows("rsct.core.rmc 3.2.6.2 COMMITTED", "rsct.opt.x 3.2.6.2 BROKEN", query=OTHER_QUERY)],
        "?conflicting",
        id="one listing lacks it",
    ),
    pytest.param([NOT_INSTALLED], "n/a", id="not installed"),
    pytest.param([], "?not_collected", id="not collected"),
]


@pytest.mark.parametrize(("evidence", "expected"), UNSOUND)
def test_states(evidence: list[Evidence], expected: object) -> None:
    assert subjects(facts(*evidence)) == expected


def test_the_row_proves_the_state() -> None:
    (item,) = facts(rows(RMC, "rsct.core.utils 3.2.6.0 B")).fact("filesets.unsound").items
    assert item.says == "rsct.core.utils 3.2.6.0 is broken (state B)."
    assert lines(item.evidence).startswith("rsct.core:rsct.core.utils:3.2.6.0")


def test_a_state_without_a_word_is_told_as_it_is() -> None:
    (item,) = facts(rows(RMC, "rsct.opt.x 3.2.6.0 APPLYING", query=OTHER_QUERY)).fact("filesets.unsound").items
    assert item.says == "rsct.opt.x 3.2.6.0 is in state APPLYING."


def test_other_software_does_not_count() -> None:
    assert (
        subjects(
            aix(
                command(
                    "lslpp -Lcq",
                    ROW.format(name="bos.rte", level="7.2.0.0", state="B")
                    + ROW.format(name="rsct.core.rmc", level="3.2.6.2", state="C"),
                )
            )
        )
        == []
    )


def test_linux_has_no_states() -> None:
    assert says(facts(*linux_host(), platform="linux").fact("filesets.unsound")) == "n/a"


RELEASES = [
    pytest.param([rows(RMC, UTILS)], "alike", id="the last number differs"),
    pytest.param([rows(RMC, "rsct.basic.rte 3.2.5.9 C")], "different", id="another modification"),
    pytest.param([rows(RMC, "rsct.msg.EN_US.core.rmc 3.1.0.0 C")], "alike", id="messages are not compared"),
    pytest.param([rows(RMC, "rsct.core.sec 3.2.x C")], "?unparsable", id="no level"),
    pytest.param(
        [rows(RMC, "rsct.core.sec 3.2.x C", "rsct.opt.x 3.1.0.0 C")], "different", id="no level beside another"
    ),
    pytest.param([broken(rows(RMC), "truncated", partial=True)], "?truncated", id="cut"),
    pytest.param(
        [broken(rows(RMC, "rsct.opt.x 3.1.0.0 C"), "truncated", partial=True)], "different", id="cut, another"
    ),
    pytest.param(
        [rows(RMC), rows("rsct.core.rmc 3.1.0.0 COMMITTED", query=OTHER_QUERY)], "?conflicting", id="listings differ"
    ),
    pytest.param([NOT_INSTALLED], "n/a", id="not installed"),
    pytest.param([], "?not_collected", id="not collected"),
]


@pytest.mark.parametrize(("evidence", "expected"), RELEASES)
def test_releases(evidence: list[Evidence], expected: object) -> None:
    assert says(facts(*evidence).fact("filesets.releases")) == expected


def test_packages_with_levels_of_their_own_are_left_out() -> None:
    levels = {"rsct.core": "3.1.0.2", "rsct.core.utils": "3.1.0.9", "src": "1.3.1.1", "DynamicRM": "2.0.7", "bash": "5"}
    text = "".join(f"{name}\t{level}\t1\tppc\n" for name, level in levels.items())
    rpm = command(r"rpm -qa --qf '%{NAME}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\n'", text)
    assert says(facts(*linux_host()[:3], rpm, platform="linux").fact("filesets.releases")) == "alike"
    old = rpm._replace(out=rpm.out._replace(lines=tuple(line.replace("3.1.0.9", "3.0.0.9") for line in rpm.out.lines)))
    assert says(facts(*linux_host()[:3], old, platform="linux").fact("filesets.releases")) == "different"
    assert says(facts(*linux_host(KVM)[:3], old, platform="linux").fact("filesets.releases")) == "n/a"


@pytest.mark.parametrize(
    ("case", "name", "argv"),
    [
        ("aix72-salt-lslpp", "lslpp-Lc.txt", ("lslpp", "-Lc")),
    ],
)
def test_real_hosts_have_one_release_and_sound_filesets(case: str, name: str, argv: tuple[str, ...]) -> None:
    answer = capture(case, name, *argv)
    found = facts(command(" ".join(argv), "\n".join(answer.lines) + "\n"))
    assert says(found.fact("filesets.releases")) == "alike"
    assert subjects(found) == []


@pytest.mark.parametrize("kept", [slice(0, 1), slice(2, 3), slice(1, 3), slice(0, 3)])
def test_a_copy_of_rows_of_a_pattern_proves_no_absence(kept: slice) -> None:
    """`head`, `tail` and both, of a listing that has or may have had rsct.core.rmc."""
    rows = [
        f"rsct.core:rsct.core.{name}:3.2.6.2: : :C:F:RSCT: : : : : : :0:0:/:2211\n"
        for name in ("microsensor", "sec", "utils")
    ]
    for exit_status, installed, unsound in ((None, "?truncated", "?truncated"), (0, "absent", ())):
        found = facts(command("lslpp -Lcq 'rsct.*'", "".join(rows[kept]), exit_status), platform="aix")
        assert says(found.fact("rsct.installed")) == installed
        assert says(found.fact("filesets.unsound")) == unsound


@pytest.mark.parametrize("query", ["lslpp -Lc", "lslpp -Lcq", "lslpp -Lcq 'rsct.*'"])
@pytest.mark.parametrize("name", ["filesets.unsound", "filesets.releases"])
def test_a_listing_without_an_end_is_told_and_not_called_uncollected(query: str, name: str) -> None:
    listing = command(query, ROW.format(name="rsct.core.rmc", level="3.2.6.2", state="C"), None)
    fact = facts(listing).fact(name)
    assert (fact.reason, fact.settle) == ("truncated", QUERY)
    assert f"nothing shows that `{listing.request}` is complete" in fact.says
    assert {place.request for place in fact.evidence} == {listing.request}


def test_a_copy_of_other_filesets_is_not_blamed() -> None:
    fact = facts(command("lslpp -Lcq bos.rte", "bos:bos.rte:7.2.5.0: : :C: :x: : : : : : :0:0:/:\n", None))
    assert fact.fact("filesets.unsound").reason == "not_collected"
