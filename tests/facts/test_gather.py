"""From evidence to readings to facts: one reading a request, each made when it is asked for."""

from typing import Any

import pytest

from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.model import Damage, Evidence
from rmccomply.facts import gather
from rmccomply.facts.gather import Facts, Settings, facts_of
from rmccomply.sources import table
from rmccomply.sources.reading import Reading, Readings
from rmccomply.sources.shared.answer import Unreadable
from rmccomply.sources.source import Source
from tests.building import LSSRC, NOW, THEN, bundle, command, file, healthy_aix
from tests.console_answers import whole_aix, whole_linux

OTHER = LSSRC.replace("inoperative", "active")


def reading(*evidence: Evidence, source: str = "lssrc") -> Reading:
    (found,) = Readings(evidence).of(source)
    return found


def test_readings_by_source_and_request() -> None:
    readings = Readings(healthy_aix())
    assert [one.name for one in readings.of(table.UNAME)] == ["uname -L", "uname -M", "uname -a", "uname -u"]
    assert [one.name for one in readings.of(table.CT_NODE_ID)] == ["/etc/ct_node_id", "/var/ct/cfg/ct_node_id"]
    assert readings.of(table.SS) == readings.of(table.MCPROXY) == ()
    assert len(readings.all()) == len(healthy_aix())
    assert all(one.record is not None and one.reason is None for one in readings.all())


def test_a_section_is_known_by_its_argv_wherever_it_stands() -> None:
    sections = [Section("cmd", (path, "-a"), LSSRC.encode(), id=name) for path, name in [("/x/y/lssrc", "os.id")]]
    (found,) = Readings(read_bundle(write_bundle({}, sections), "x").evidence).of(table.LSSRC)
    assert (found.name, found.source) == ("lssrc -a", "lssrc")


@pytest.mark.parametrize(
    "changes",
    [
        {"origin": "controller"},
        {"argv": ()},
        {"kind": "file", "argv": ("/usr/bin/lssrc",)},
        {"argv": ("/usr/bin/lssrc", "-a", "-x")},
    ],
)
def test_what_is_no_answer_to_a_known_request(changes: dict[str, Any]) -> None:
    assert Readings([command("lssrc -a", LSSRC)._replace(**changes)]).of(table.LSSRC) == ()


def test_equal_answers_are_one() -> None:
    found = reading(command("lssrc -a", LSSRC)._replace(line=10), command("/usr/bin/lssrc -a", LSSRC)._replace(line=50))
    assert (found.reason, found.also, found.where()[0].start_line) == (None, (), 10)


@pytest.mark.parametrize(
    "other",
    [command("lssrc -a", OTHER)._replace(line=50), command("lssrc -a", LSSRC, err="warning\n")._replace(line=50)],
)
def test_different_answers_conflict_and_both_are_shown(other: Evidence) -> None:
    for pair in ((command("lssrc -a", LSSRC), other), (other, command("lssrc -a", LSSRC))):
        found = reading(*pair)
        assert (found.record, found.reason) == (None, "conflicting")
        assert sorted(place.start_line for place in found.where()) == [10, 50]


def test_conflicts_in_a_bundle_and_in_a_file() -> None:
    answers = [command("lssrc -a", LSSRC), command("lssrc -a", OTHER)]
    (found,) = Readings(read_bundle(bundle(answers), "x").evidence).of(table.LSSRC)
    assert found.reason == "conflicting"
    absent = file("/etc/ct_node_id", state="absent", exit_status=None)
    assert reading(file("/etc/ct_node_id", "1\n"), absent, source="ct_node_id").reason == "conflicting"


DAMAGED = command("lssrc -a", OTHER, damage=Damage("unparsable", "it is damaged"))
CUT = command("lssrc -a", "\n".join(LSSRC.split("\n")[:2]), damage=Damage("truncated", "it was cut", partial=True))


def test_an_answer_that_says_nothing_stands_behind_one_that_does() -> None:
    for other in (DAMAGED, CUT, command("lssrc -a", "", 1, "0513-001 no\n")):
        for pair in ((command("lssrc -a", LSSRC), other), (other, command("lssrc -a", LSSRC))):
            found = reading(*pair)
            assert (found.reason, found.partial, len(found.record.rows)) == (None, None, 5)
    assert (reading(CUT, DAMAGED).partial, reading(DAMAGED, CUT).partial) == ("truncated", "truncated")


def test_of_answers_that_say_nothing_the_order_does_not_matter() -> None:
    late = command("lssrc -a", "", None, state="timeout", damage=Damage("timeout", "it did not end"))
    assert reading(DAMAGED, late)[5:7] == reading(late, DAMAGED)[5:7] == ("timeout", "it did not end")


def test_rows_of_a_cut_listing_prove_presence() -> None:
    found = reading(CUT)
    assert ([row.name for row in found.record.rows], found.record.whole) == (["syslogd"], False)
    assert (found.partial, found.reason) == ("truncated", None)


@pytest.mark.parametrize(
    ("evidence", "source"),
    [
        (command("lsrpdomain", "", damage=CUT.damage), "lsrpdomain"),
        (file("/etc/ct_node_id", "9f68\n", damage=CUT.damage), "ct_node_id"),
        (command("lssrc -a", "Subsystem Group PID Status\n", damage=CUT.damage), "lssrc"),
        (command("lssrc -a", " ctrmc    rsct  54399\n", damage=CUT.damage), "lssrc"),
        (command("lssrc -a", " ctrmc    rsct  54399 act\n", damage=CUT.damage), "lssrc"),
    ],
)
def test_an_incomplete_answer_is_no_answer(evidence: Evidence, source: str) -> None:
    found = reading(evidence, source=source)
    assert (found.record, found.reason, found.says) == (None, "truncated", "it was cut")


def test_a_source_that_refuses_says_where() -> None:
    found = reading(command("lssrc -a", "", 1, "\n0513-001 The System Resource Controller daemon is not active.\n"))
    assert (found.record, found.reason, found.line) == (None, "failed", -2)


def test_no_break_spaces_are_blanks() -> None:
    assert reading(command("lssrc -a", LSSRC.replace(" ", "\xa0"))).record == reading(command("lssrc -a", LSSRC)).record


def test_a_module_is_imported_when_its_reading_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []

    def counted(name: str) -> Source:
        names.append(name)
        return load(name)

    monkeypatch.setattr(gather, "load", counted)
    readings = Readings(healthy_aix())
    readings.of(table.LSSRC)
    assert names == ["lssrc"]
    assert readings.of(table.LSPV) is readings.of(table.LSPV)
    assert readings.of(table.SS) == ()
    assert names == ["lssrc", "lspv"]


@pytest.mark.parametrize(
    ("max_age", "collected", "reason"),
    [
        (None, None, None),
        (3600, THEN, None),
        (3599, THEN, "stale"),
        (3599, None, "stale"),
        (3600, "yesterday", "stale"),
        (3600, "2026-11-20T03:00:00", "stale"),
        (0, NOW, None),
        (3600, "2026-11-20T05:00:00Z", None),
        (3600, "2026-11-20T05:00:01Z", "stale"),
    ],
)
def test_evidence_older_than_allowed_says_nothing(
    max_age: int | None, collected: str | None, reason: str | None
) -> None:
    readings = Readings([command("lssrc -a", LSSRC, ended=collected)])
    found = Facts(readings, "aix", Settings(now=NOW, max_age=max_age)).readings(table.LSSRC)[0]
    assert (found.reason, found.record is None) == (reason, reason is not None)
    assert readings.of(table.LSSRC)[0].record is not None


def test_facts_are_derived_once() -> None:
    found = facts_of(read_bundle(bundle(healthy_aix()), "x"))
    assert found.platform == "aix"
    assert found.fact("rsct.level") is found.fact("rsct.level")
    assert found.fact("rsct.level").value == (3, 2, 6, 2)
    assert found.reading(table.LSSRC, "lssrc -a") is not None
    assert found.reading(table.LSSRC, "lssrc -g rsct") is None
    calls: list[Facts] = []
    for _ in range(2):
        found.once(calls.append)
    assert calls == [found]


def test_readings_that_are_made_already_stand_side_by_side() -> None:
    made = Readings(healthy_aix()).of(table.UNAME)
    assert Readings(made=made).of(table.UNAME) == made
    assert Readings(made=made).of(table.LSSRC) == ()


def test_of_equal_answers_the_latest_counts() -> None:
    times = (THEN, NOW, None)
    answers = [command("lssrc -a", LSSRC, ended=time)._replace(line=10 + n) for n, time in enumerate(times)]
    found = reading(*answers)
    assert (found.provenance.collected, [one.collected for one in found.also]) == (NOW, [THEN, None])


def test_answers_that_differ_prove_nothing_not_even_presence() -> None:
    other = CUT._replace(out=command("lssrc -a", OTHER.replace("syslogd", "aixmibd")).out, line=50)
    for pair in ((CUT, other), (other, CUT)):
        found = reading(*pair)
        assert (found.record, found.reason, found.partial) == (None, "conflicting", None)
        assert found.says == "2 answers to it differ from each other"


def test_of_answers_that_say_nothing_the_first_reason_of_the_list_counts() -> None:
    late = command("lssrc -a", damage=Damage("timeout", "a run that did not end"))
    lost = command("lssrc -a", damage=Damage("not_collected", "the very last of them"))
    for pair in ((late, lost), (lost, late)):
        assert reading(*pair)[5:7] == ("not_collected", "the very last of them")


NO_ANSWERS = [
    (command("lssrc -a", damage=Damage("timeout", "it did not end")), "timeout", "it did not end"),
    (command("lssrc -a", "Subsystem Group PID Status\n", damage=CUT.damage), "truncated", "it was cut"),
    (command("lssrc -a", "", 1, "0513-001 no\n"), "failed", ""),
]


@pytest.mark.parametrize(("item", "reason", "says"), NO_ANSWERS)
def test_an_answer_that_says_nothing_is_still_that_answer(item: Evidence, reason: str, says: str) -> None:
    found = reading(item)
    assert (found.name, found.source, found.argv) == ("lssrc -a", "lssrc", ("lssrc", "-a"))
    assert (found.provenance, found.reason) == (item, reason)
    assert found.says.startswith(says or "lssrc")
    assert found.says


def test_a_file_that_is_not_there_is_no_empty_capture() -> None:
    found = reading(file("/etc/ct_node_id", state="absent", exit_status=None), source="ct_node_id")
    assert (found.record.present, found.reason) == (False, None)


@pytest.mark.parametrize("text", ["", "\n", " \n\n"])
def test_an_empty_capture_tells_nothing(text: str) -> None:
    found = reading(command("lsrpdomain", text, None), source="lsrpdomain")
    assert (found.record, found.reason) == (None, "empty")


def test_a_part_of_an_answer_proves_presence_only() -> None:
    found = reading(command("lssrc -a", LSSRC, None, whole=False))
    assert (found.partial, len(found.record.rows), found.record.whole) == ("truncated", 5, False)


@pytest.mark.parametrize(
    ("collected", "says"),
    [
        (None, "it is of unknown age"),
        (THEN, "it is older than the policy"),
        (
            "2031-01-01T00:00:00Z",
            "it is of unknown age: it is dated 2031-01-01T00:00:00Z, which is later than this run",
        ),
        ("yesterday", "it is of unknown age"),
    ],
)
def test_why_evidence_is_stale(collected: str | None, says: str) -> None:
    answers = command("lssrc -a", LSSRC, ended=collected), CUT._replace(ended=collected)
    for item in answers:
        found = Facts(Readings([item]), "aix", Settings(now=NOW, max_age=60)).readings(table.LSSRC)[0]
        assert (found.reason, found.partial, found.says.startswith(says)) == ("stale", None, True)


def test_the_facts_of_a_bundle_are_judged_as_the_run_decides() -> None:
    read = read_bundle(bundle(healthy_aix()), "x")
    assert facts_of(read, Settings(now=NOW, max_age=60)).fact("rsct.level").reason == "stale"
    assert Facts(Readings()).platform == ""


SOME = [*whole_aix(), *whole_linux()]


@pytest.mark.parametrize("item", SOME, ids=[item.request for item in SOME])
def test_every_source_takes_no_break_spaces_for_blanks(item: Evidence) -> None:
    hard_lines = tuple(line.replace(" ", "\xa0") for line in item.out.lines)
    other = item._replace(out=item.out._replace(lines=hard_lines))
    plain, hard = Readings([item]).all(), Readings([other]).all()
    assert [one.record for one in hard] == [one.record for one in plain]
    assert [one.reason for one in hard] == [None]


@pytest.mark.parametrize(("length", "reason"), [(gather._LONGEST_LINE, None), (gather._LONGEST_LINE + 1, "unparsable")])
def test_a_line_that_no_command_prints(length: int, reason: str | None) -> None:
    comment = "#" + " " * (length - 1)
    for item in (command("lssrc -a", LSSRC + comment), command("lssrc -a", LSSRC, err=comment)):
        found = reading(item)
        assert found.reason == reason
        assert found.says == (f"a line of it has {length} characters, which no command prints" if reason else "")


def saved(request: str, text: str) -> Evidence:
    return command(request, text)._replace(exit_status=None)


@pytest.mark.parametrize(
    "end", [" ctcas            rsct       ", " ctcas", " ctcas     rsct    inopera", "lpar1:/home/x y z"]
)
def test_a_cut_last_row_of_a_capture_spoils_a_listing_only_from_there_on(end: str) -> None:
    found = reading(saved("lssrc -a", f"{LSSRC}{end}\n"))
    assert [row.name for row in found.record.rows] == [
        row.name for row in reading(saved("lssrc -a", LSSRC)).record.rows
    ]
    assert not found.record.whole


def test_what_is_cut_in_its_last_row_is_a_part() -> None:
    text = "#Fileset:Level:PTF Id:State\n/usr/lib/objrepos:rsct.core.rmc:3.2.6.4::COMMITTED:I:RSCT RMC :\n"
    assert reading(saved("lslpp -lc", f"{text}/usr/lib/obj\n"), source="lslpp").partial == "truncated"
    assert reading(saved("lslpp -lc", f"{text}"), source="lslpp").partial is None


def test_a_row_that_spoils_a_listing_before_its_end_or_alone_spoils_it_all() -> None:
    assert reading(saved("lssrc -a", f"x y z w\n{LSSRC}")).reason == "unparsable"
    assert reading(saved("lssrc -a", "x y z w\n")).reason == "unparsable"
    assert reading(command("lssrc -a", f"{LSSRC}x y z w\n")).reason == "unparsable"


def test_a_capture_in_another_language_is_told_how_to_ask_again() -> None:
    text = "Système-fichiers  Taille\n/dev/hd1  1 2 3\n"
    assert reading(saved("df -k", text), source="df").says.endswith(
        "(it may be in another language: run the command with LC_ALL=C)"
    )
    assert "LC_ALL" not in reading(saved("df -k", text.replace("è", "e")), source="df").says


def test_the_hint_of_another_language_comes_once() -> None:
    for says in ("it is odd", "it is odd: collect with LC_ALL=C"):
        assert gather._told(Unreadable("unparsable", says), ("Verfügbar",)).count("LC_ALL=C") == 1
    assert gather._told(Unreadable("failed", "it failed"), ("Verfügbar",)) == "it failed"
