"""The page of one target: problems with their lines, what can be the reason, and how a verdict is proved."""

from dataclasses import replace
from time import process_time
from typing import Any

import pytest

from rmccomply.evidence.model import Artifact, Reference
from rmccomply.finding import Because, Finding, not_judged
from rmccomply.report import Assessed, ParameterCard, Run, Style, TargetCard
from rmccomply.terminal import width_of
from tests.formats.awkward import CORE, RUN, at, closing, judged, write

URI = "runs/lpar-%C3%B1%207.rmcc"
CARD = TargetCard(
    "lpar7",
    "aix",
    "9105-42A",
    "78A1B20",
    7,
    (Artifact(URI, "0" * 64),),
    {},
    "2026-11-20T03:00:00Z",
    "AIX 7.3",
    "present",
)
HEAD = "%sect 1 s-1 kind=cmd st=exit rc=0 lim=30 b=2026-11-20T03:00:00Z e=2026-11-20T03:00:01Z"
FULL = "/dev/hd9var       2097152     0   100%    11204    97% /var"


def page(*findings: Finding, card: TargetCard = CARD, run: Run = RUN, **style: Any) -> str:
    items = (Assessed(card, findings),)
    return write("text", Style(**style), items, closing(items, 1), run)


def fail(rule: str, *lines: Reference, **more: Any) -> Finding:
    return judged(rule, "lpar7", "fail", "It does not hold.", *(lines or (at(URI, 9, "one two three"),)), **more)


def lines_of(text: str, head: str = "FIX") -> list[str]:
    return text[text.index(f"\n{head}") + 1 :].partition("\n\n")[0].split("\n")


def test_the_head_tells_which_partition_it_is_and_how_old_that_is() -> None:
    assert page().startswith(
        "lpar7  AIX 7.3 · 9105-42A 78A1B20 · LPAR 7 · cluster: yes\n"
        "collected 2026-11-20 03:00 UTC (1 day ago) · rmc-core 2026.1, powervs-import 2026.2\n\n"
    )


@pytest.mark.parametrize(
    ("cluster", "says"), [("ruled_out", "ruled out"), ("unknown", "not ruled out"), ("present", "yes"), ("", None)]
)
def test_whether_a_cluster_is_there_is_said(cluster: str, says: str | None) -> None:
    text = page(card=CARD._replace(cluster=cluster))
    assert f" · cluster: {says} " in text.replace("\n", " ") if says else "cluster" not in text


def test_a_place_is_whole_and_told_once_for_a_file() -> None:
    first, second = at(URI, 126, FULL), at(URI, 7, "a b c")
    other = at("other.rmcc", 3, "d e f")
    assert lines_of(page(fail("RMC-VER-001", first, second, other)))[2:5] == [
        "            runs/lpar-ñ 7.rmcc:126  /dev/hd9var  2097152  0  100%  11204  97% /var",
        "            :7  a b c",
        "            other.rmcc:3  d e f",
    ]


def test_a_place_that_leaves_no_room_stands_alone() -> None:
    uri = f"runs/{'folder/' * 9}lpar7.rmcc"
    lines = lines_of(page(fail("RMC-VER-001", at(uri, 126, FULL)), width=80))
    assert "".join(line.strip() for line in lines[2:4]) == f"{uri}:126"
    assert lines[4].strip().startswith("/dev/hd9var  2097152")


def test_a_line_of_few_words_is_told_with_what_it_answers() -> None:
    short = at(URI, 79, "d81f36b07ac4592e", "/etc/ct_node_id")
    head = at(URI, 8, HEAD, "oslevel -s")
    lines = lines_of(page(fail("RMC-VER-001", short, head)))
    assert lines[2].endswith(":79  /etc/ct_node_id  d81f36b07ac4592e")
    assert lines[3] == "            :8  oslevel -s  the whole answer, with exit status 0"
    assert "It does not hold." not in lines[2]
    assert lines_of(page(fail("RMC-VER-001", head)))[2] == "            It does not hold."


def test_more_lines_than_three_are_counted() -> None:
    many = [at(URI, number, f"line number {number}") for number in range(1, 9)]
    lines = lines_of(page(fail("RMC-VER-001", *many)))
    assert lines[4] == "            :3  line number 3"
    assert lines[5] == "            … 5 more lines: --show open"


def test_the_most_telling_line_of_each_finding_comes_first() -> None:
    subjects = [
        fail(
            "RMC-VER-001",
            at(URI, number, f"row {number} tells"),
            at(URI, number + 50, "and more so"),
            subject=f"{number}",
        )
        for number in (1, 2, 3)
    ]
    assert [line.split("  ")[-1] for line in lines_of(page(*subjects))[2:5]] == [f"row {n} tells" for n in (1, 2, 3)]


def test_the_same_fault_seen_by_others_is_one_row() -> None:
    head = fail("RMC-ID-001")
    others = [
        replace(fail(rule), covered_by=head.fingerprint, caused_by=(Because(head.fingerprint, head.rule, "So."),))
        for rule in ("RMC-VER-001", "RMC-FS-001", "RMC-VER-002", "RMC-SUB-001", "RMC-NET-001")
    ]
    lines = lines_of(page(head, *others))
    assert lines[0] == "FIX"
    assert lines[1].endswith("  RMC-ID-001 (+VER-001, FS-001, 3 more)")
    assert len([line for line in lines if line[:1].isdigit()]) == 1
    assert "  RMC-ID-001 (+VER-001, FS-001, VER-002)\n" in page(head, *others[:3])


def test_what_can_be_the_reason_stands_first_and_is_said() -> None:
    full = fail("RMC-FS-001")
    down = replace(
        fail("RMC-SUB-001"), caused_by=(Because(full.fingerprint, full.rule, "A full /var can be the reason."),)
    )
    lines = lines_of(page(down, full))
    assert [line.split()[:2] for line in lines if line[:1].isdigit()] == [["1", "medium"], ["2", "critical"]]
    assert any(line.startswith("            A full /var can be the reason. Ask the owner") for line in lines)


def test_a_reason_that_is_hidden_is_still_named() -> None:
    full = fail("RMC-FS-001")
    down = replace(
        fail("RMC-SUB-001"), caused_by=(Because(full.fingerprint, full.rule, "A full /var can be the reason."),)
    )
    text = page(down, full, severity="critical")
    assert [line.split()[:2] for line in lines_of(text) if line[:1].isdigit()] == [["1", "critical"]]
    assert "A full /var can be the reason." in text
    assert "not shown: 1 failing check (--severity critical)" in text


def test_what_informs_is_no_problem() -> None:
    text = page(fail("RMC-OS-001"))
    assert "FIX" not in text
    assert lines_of(text, "FOR INFORMATION")[1] == "  Not so: The level of the operating system is known  RMC-OS-001"


def test_the_unknown_is_numbered_by_what_comes_first() -> None:
    """Also where that is told by another problem, which covers it."""
    down = fail("RMC-SUB-001")
    part = replace(fail("RMC-VER-002"), covered_by=down.fingerprint)
    unknown = judged("RMC-NET-001", "lpar7", "unknown", "Hm.", reason="failed", step="fix_first", first="RMC-VER-002")
    text = page(fail("RMC-ID-001"), down, part, unknown)
    assert "fix 2, then collect again" in lines_of(text, "UNDECIDED: 1 check")[1]


def test_a_page_with_too_many_problems_names_them_all_and_shows_the_first_whole() -> None:
    count = 44
    cards = tuple(RUN.rules[0]._replace(id=f"RMC-X-{number:03}", severity="high") for number in range(count))
    run = RUN._replace(rules=cards)
    lines = [at(URI, number, f"line number {number}") for number in range(1, 9)]
    base = fail("RMC-ID-001", *lines)
    findings = [
        replace(base, verdict=base.verdict._replace(rule=card.id, severity="high"), fingerprint=card.id)
        for card in cards
    ]
    text = page(*findings, run=run)
    assert len(text.splitlines()) <= 60
    shown = [line for line in lines_of(text) if line[:1].isdigit()]
    assert len(shown) == count
    assert lines_of(text)[2].endswith(":1  line number 1")
    assert "more problem" not in text
    words = "One of the many problems that a partition has at the same time"
    longer = tuple(card._replace(problem=words) for card in cards)
    narrow = page(*findings, run=run._replace(rules=longer), width=60)
    assert len(narrow.splitlines()) <= 80
    assert "more problems: --show problems" in narrow
    assert all(card.id in page(*findings, run=run, width=60, show="problems") for card in cards)


def test_how_a_verdict_is_proved() -> None:
    assert "\nProof: rmccomply explain RMC-ID-001 'runs/lpar-ñ 7.rmcc'     Everything: --show open\n" in page(
        fail("RMC-ID-001")
    )
    files = tuple(Artifact(f"captures/lpar7/{name}.txt", "0" * 64) for name in ("a", "b"))
    folder = page(fail("RMC-ID-001"), card=CARD._replace(evidence=files))
    assert "explain RMC-ID-001 captures/lpar7 --target lpar7 " in folder
    imported = page(fail("RMC-VER-001")).replace("\n", " ")
    assert "explain RMC-VER-001 'runs/lpar-ñ 7.rmcc' -p powervs-import " in imported
    own = RUN._replace(
        rules=tuple(card._replace(policy="own") for card in RUN.rules),
        policies=(CORE._replace(id="own", uri="my%20own.toml"),),
        parameters=(ParameterCard("minimum", "1", "3", True, "own"),),
    )
    text = page(fail("RMC-ID-001"), run=own)
    assert "-p 'my own.toml' --param minimum=1" in text.replace("\n", " ")
    assert "\nchanged: minimum 1 (policy: 3), looser than the policy\n" in text
    unknown = judged("RMC-NET-001", "lpar7", "unknown", "Hm.", reason="timeout")
    assert "explain RMC-NET-001 " in page(unknown)
    assert "Proof" not in page(judged("RMC-NET-001", "lpar7", "pass", "Fine."))


def test_what_is_accepted_is_counted() -> None:
    text = page(fail("RMC-ID-001", disposition="waived"), fail("RMC-VER-001", disposition="baseline"))
    assert lines_of(text, "ACCEPTED") == [
        "ACCEPTED: 1 check waived, 1 in the baseline",
        "  W-2026-014  covers 1 check on 1 partition until 2027-01-31 23:59:59 +01:00 (RMC-ID-001,",
        "    unix-team@example.com, CHG0042)",
    ]


def test_a_target_that_could_not_be_judged_says_why() -> None:
    text = page(not_judged("lpar7", "it is damaged"), card=TargetCard("lpar7", "", None, None, None, ()))
    assert lines_of(text, "THE PARTITION COULD NOT BE JUDGED")[1] == "  it is damaged."


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_a_wide_name_keeps_to_the_page(width: int) -> None:
    text = page(fail("RMC-ID-001"), card=CARD._replace(id="日本" * 100), width=width)
    assert all(width_of(line) <= width for line in text.split("\n"))
    assert text.startswith("日本日本")


def test_what_a_page_of_many_problems_takes_grows_with_them() -> None:
    def taken(count: int) -> float:
        rules = [f"MY-A-{at:04}" for at in range(count)]
        run = RUN._replace(rules=(*RUN.rules, *(RUN.rules[0]._replace(id=rule) for rule in rules)))
        one = fail(RUN.rules[0].id)
        fails = [replace(one, verdict=one.verdict._replace(rule=rule), fingerprint=rule) for rule in rules]
        before = process_time()
        text = page(*fails, run=run)
        assert text.count("\n") <= 60
        return process_time() - before

    assert taken(800) < 5
