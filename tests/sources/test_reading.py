"""From evidence to readings: one a request, each made when it is asked for, and where they point."""

from typing import Any, TypeVar

import pytest

from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.model import Damage, Evidence
from rmccomply.sources import table
from rmccomply.sources.reading import _LONGEST_LINE, Read, Reading, Readings, Unread, _told
from rmccomply.sources.rsct.lssrc import Lssrc
from rmccomply.sources.shared.answer import Unreadable
from rmccomply.sources.source import Parser, Source
from tests.hosts.building import LSSRC, NOW, THEN, bundle, command, file, healthy_aix, was_not_read, was_read
from tests.hosts.consoles import whole_aix, whole_linux

R = TypeVar("R")
OTHER = LSSRC.replace("inoperative", "active")
ANSWER = command("lssrc -a", "one\ntwo\n", err="oops\n")


def answered(source: Source[R], *evidence: Evidence) -> Reading[R]:
    (found,) = Readings(evidence).of(source)
    return found


def read(*evidence: Evidence) -> Read[Lssrc]:
    return was_read(answered(table.LSSRC, *evidence))


def unread(*evidence: Evidence) -> Unread:
    return was_not_read(answered(table.LSSRC, *evidence))


def test_a_reading_points_at_its_lines() -> None:
    reading = Read("lssrc -a", "lssrc", ("lssrc", "-a"), object(), ANSWER)
    assert [place.text for place in reading.at(2)] == ["two"]
    assert [place.text for place in reading.at(-1)] == ["oops"]
    assert [place.start_line for place in reading.where()] == [10]
    assert reading._replace(provenance=command("x", "")._replace(line=0)).at(1) == ()


def test_conflicting_answers_are_all_shown() -> None:
    other = command("lssrc -a", "three\n")._replace(line=50)
    reading = Unread("lssrc -a", "lssrc", (), ANSWER, "conflicting", "they differ", also=(other,))
    assert [place.start_line for place in reading.where()] == [10, 50]


def test_readings_by_source_and_request() -> None:
    readings = Readings(healthy_aix())
    assert [one.name for one in readings.of(table.UNAME)] == ["uname -L", "uname -M", "uname -a", "uname -u"]
    assert [one.name for one in readings.of(table.CT_NODE_ID)] == ["/etc/ct_node_id", "/var/ct/cfg/ct_node_id"]
    assert readings.of(table.SS) == readings.of(table.MCPROXY) == ()
    assert len(readings.all()) == len(healthy_aix())
    assert all(isinstance(one, Read) for one in readings.all())


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
    found = read(command("lssrc -a", LSSRC)._replace(line=10), command("/usr/bin/lssrc -a", LSSRC)._replace(line=50))
    assert (found.also, found.where()[0].start_line) == ((), 10)


@pytest.mark.parametrize(
    "other",
    [command("lssrc -a", OTHER)._replace(line=50), command("lssrc -a", LSSRC, err="warning\n")._replace(line=50)],
)
def test_different_answers_conflict_and_both_are_shown(other: Evidence) -> None:
    for pair in ((command("lssrc -a", LSSRC), other), (other, command("lssrc -a", LSSRC))):
        found = unread(*pair)
        assert found.reason == "conflicting"
        assert sorted(place.start_line for place in found.where()) == [10, 50]


def test_conflicts_in_a_bundle_and_in_a_file() -> None:
    answers = [command("lssrc -a", LSSRC), command("lssrc -a", OTHER)]
    (found,) = Readings(read_bundle(bundle(answers), "x").evidence).of(table.LSSRC)
    assert was_not_read(found).reason == "conflicting"
    absent = file("/etc/ct_node_id", state="absent", exit_status=None)
    differing = answered(table.CT_NODE_ID, file("/etc/ct_node_id", "1\n"), absent)
    assert was_not_read(differing).reason == "conflicting"


DAMAGED = command("lssrc -a", OTHER, damage=Damage("unparsable", "it is damaged"))
CUT = command("lssrc -a", "\n".join(LSSRC.split("\n")[:2]), damage=Damage("truncated", "it was cut", partial=True))


def test_an_answer_that_says_nothing_stands_behind_one_that_does() -> None:
    for other in (DAMAGED, CUT, command("lssrc -a", "", 1, "0513-001 no\n")):
        for pair in ((command("lssrc -a", LSSRC), other), (other, command("lssrc -a", LSSRC))):
            found = read(*pair)
            assert (found.partial, len(found.record.rows)) == (None, 5)
    assert (read(CUT, DAMAGED).partial, read(DAMAGED, CUT).partial) == ("truncated", "truncated")


def test_of_answers_that_say_nothing_the_order_does_not_matter() -> None:
    late = command("lssrc -a", "", None, state="timeout", damage=Damage("timeout", "it did not end"))
    for found in (unread(DAMAGED, late), unread(late, DAMAGED)):
        assert (found.reason, found.says) == ("timeout", "it did not end")


def test_rows_of_a_cut_listing_prove_presence() -> None:
    found = read(CUT)
    assert ([row.name for row in found.record.rows], found.record.whole) == (["syslogd"], False)
    assert found.partial == "truncated"


@pytest.mark.parametrize(
    ("evidence", "source"),
    [
        (command("lsrpdomain", "", damage=CUT.damage), table.LSRPDOMAIN),
        (file("/etc/ct_node_id", "9f68\n", damage=CUT.damage), table.CT_NODE_ID),
        (command("lssrc -a", "Subsystem Group PID Status\n", damage=CUT.damage), table.LSSRC),
        (command("lssrc -a", " ctrmc    rsct  54399\n", damage=CUT.damage), table.LSSRC),
        (command("lssrc -a", " ctrmc    rsct  54399 act\n", damage=CUT.damage), table.LSSRC),
    ],
)
def test_an_incomplete_answer_is_no_answer(evidence: Evidence, source: Source[object]) -> None:
    found = was_not_read(answered(source, evidence))
    assert (found.reason, found.says) == ("truncated", "it was cut")


def test_a_source_that_refuses_says_where() -> None:
    found = unread(command("lssrc -a", "", 1, "\n0513-001 The System Resource Controller daemon is not active.\n"))
    assert (found.reason, found.line) == ("failed", -2)


def test_no_break_spaces_are_blanks() -> None:
    assert read(command("lssrc -a", LSSRC.replace(" ", "\xa0"))).record == read(command("lssrc -a", LSSRC)).record


def test_a_module_is_imported_when_its_reading_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []
    load = Source.load

    def counted(source: Source[object]) -> Parser[object]:
        names.append(source.name)
        return load(source)

    monkeypatch.setattr(Source, "load", counted)
    readings = Readings(healthy_aix())
    readings.of(table.LSSRC)
    assert names == ["lssrc"]
    assert readings.of(table.LSPV) is readings.of(table.LSPV)
    assert readings.of(table.SS) == ()
    assert names == ["lssrc", "lspv"]


def test_readings_that_are_made_already_stand_side_by_side() -> None:
    made = Readings(healthy_aix()).of(table.UNAME)
    assert Readings(made=made).of(table.UNAME) == made
    assert Readings(made=made).of(table.LSSRC) == ()


def test_of_equal_answers_the_latest_counts() -> None:
    times = (THEN, NOW, None)
    answers = [command("lssrc -a", LSSRC, ended=time)._replace(line=10 + n) for n, time in enumerate(times)]
    found = read(*answers)
    assert (found.provenance.collected, [one.collected for one in found.also]) == (NOW, [THEN, None])


def test_answers_that_differ_prove_nothing_not_even_presence() -> None:
    other = CUT._replace(out=command("lssrc -a", OTHER.replace("syslogd", "aixmibd")).out, line=50)
    for pair in ((CUT, other), (other, CUT)):
        found = unread(*pair)
        assert found.reason == "conflicting"
        assert found.says == "2 answers to it differ from each other"


def test_of_answers_that_say_nothing_the_first_reason_of_the_list_counts() -> None:
    late = command("lssrc -a", damage=Damage("timeout", "a run that did not end"))
    lost = command("lssrc -a", damage=Damage("not_collected", "the very last of them"))
    for pair in ((late, lost), (lost, late)):
        found = unread(*pair)
        assert (found.reason, found.says) == ("not_collected", "the very last of them")


NO_ANSWERS = [
    (command("lssrc -a", damage=Damage("timeout", "it did not end")), "timeout", "it did not end"),
    (command("lssrc -a", "Subsystem Group PID Status\n", damage=CUT.damage), "truncated", "it was cut"),
    (command("lssrc -a", "", 1, "0513-001 no\n"), "failed", ""),
]


@pytest.mark.parametrize(("item", "reason", "says"), NO_ANSWERS)
def test_an_answer_that_says_nothing_is_still_that_answer(item: Evidence, reason: str, says: str) -> None:
    found = unread(item)
    assert (found.name, found.source, found.argv) == ("lssrc -a", "lssrc", ("lssrc", "-a"))
    assert (found.provenance, found.reason) == (item, reason)
    assert found.says.startswith(says or "lssrc")
    assert found.says


def test_a_file_that_is_not_there_is_no_empty_capture() -> None:
    found = answered(table.CT_NODE_ID, file("/etc/ct_node_id", state="absent", exit_status=None))
    assert not was_read(found).record.present


@pytest.mark.parametrize("text", ["", "\n", " \n\n"])
def test_an_empty_capture_tells_nothing(text: str) -> None:
    found = answered(table.LSRPDOMAIN, command("lsrpdomain", text, None))
    assert was_not_read(found).reason == "empty"


def test_a_part_of_an_answer_proves_presence_only() -> None:
    found = read(command("lssrc -a", LSSRC, None, whole=False))
    assert (found.partial, len(found.record.rows), found.record.whole) == ("truncated", 5, False)


SOME = [*whole_aix(), *whole_linux()]


@pytest.mark.parametrize("item", SOME, ids=[item.request for item in SOME])
def test_every_source_takes_no_break_spaces_for_blanks(item: Evidence) -> None:
    hard_lines = tuple(line.replace(" ", "\xa0") for line in item.out.lines)
    other = item._replace(out=item.out._replace(lines=hard_lines))
    plain, hard = Readings([item]).all(), Readings([other]).all()
    assert [was_read(one).record for one in hard] == [was_read(one).record for one in plain]
    assert len(hard) == 1


@pytest.mark.parametrize(("length", "possible"), [(_LONGEST_LINE, True), (_LONGEST_LINE + 1, False)])
def test_a_line_that_no_command_prints(length: int, possible: bool) -> None:
    comment = "#" + " " * (length - 1)
    for item in (command("lssrc -a", LSSRC + comment), command("lssrc -a", LSSRC, err=comment)):
        if possible:
            assert read(item).partial is None
        else:
            says = f"a line of it has {length} characters, which no command prints"
            assert (unread(item).reason, unread(item).says) == ("unparsable", says)


def saved(request: str, text: str) -> Evidence:
    return command(request, text)._replace(exit_status=None)


@pytest.mark.parametrize(
    "end", [" ctcas            rsct       ", " ctcas", " ctcas     rsct    inopera", "lpar1:/home/x y z"]
)
def test_a_cut_last_row_of_a_capture_spoils_a_listing_only_from_there_on(end: str) -> None:
    found, whole = read(saved("lssrc -a", f"{LSSRC}{end}\n")), read(saved("lssrc -a", LSSRC))
    assert [row.name for row in found.record.rows] == [row.name for row in whole.record.rows]
    assert not found.record.whole


def test_what_is_cut_in_its_last_row_is_a_part() -> None:
    text = "#Fileset:Level:PTF Id:State\n/usr/lib/objrepos:rsct.core.rmc:3.2.6.4::COMMITTED:I:RSCT RMC :\n"
    assert was_read(answered(table.LSLPP, saved("lslpp -lc", f"{text}/usr/lib/obj\n"))).partial == "truncated"
    assert was_read(answered(table.LSLPP, saved("lslpp -lc", text))).partial is None


def test_a_row_that_spoils_a_listing_before_its_end_or_alone_spoils_it_all() -> None:
    assert unread(saved("lssrc -a", f"x y z w\n{LSSRC}")).reason == "unparsable"
    assert unread(saved("lssrc -a", "x y z w\n")).reason == "unparsable"
    assert unread(command("lssrc -a", f"{LSSRC}x y z w\n")).reason == "unparsable"


def test_a_capture_in_another_language_is_told_how_to_ask_again() -> None:
    text = "Système-fichiers  Taille\n/dev/hd1  1 2 3\n"
    foreign, english = (answered(table.DF, saved("df -k", one)) for one in (text, text.replace("è", "e")))
    assert was_not_read(foreign).says.endswith("(it may be in another language: run the command with LC_ALL=C)")
    assert "LC_ALL" not in was_not_read(english).says


def test_the_hint_of_another_language_comes_once() -> None:
    for says in ("it is odd", "it is odd: collect with LC_ALL=C"):
        assert _told(Unreadable("unparsable", says), ("Verfügbar",)).count("LC_ALL=C") == 1
    assert _told(Unreadable("failed", "it failed"), ("Verfügbar",)) == "it failed"
