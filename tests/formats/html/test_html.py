"""The page: what stands on it, what it may hold, and that nothing of a host becomes part of its structure."""

import base64
import hashlib
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from rmccomply.dispose.waiver_ends import of_cards
from rmccomply.evidence.model import Notification
from rmccomply.finding import Because, WaiverCard
from rmccomply.formats import Format, html
from rmccomply.report import Assessed, RuleCard, Run, Style, TargetCard
from rmccomply.terminal import visible
from tests.cli.running import Program
from tests.formats import awkward
from tests.formats.awkward import ASSESSED, CLOSING, HOSTILE, RULES, RUN, SICK, closing, judged, write
from tests.formats.html.reading import ReadPage

FITS: Format[html.HtmlFragment] = html
"""The type checker sees that the module is a format."""
NOW: Final = "2026-11-20T04:00:00Z"
ANCHOR: Final = (
    r"(t[0-9a-f]{12}(-(r\d+|g))?|[gr]\d+|main|problems|groups|undecided|accepted|partitions|details|rules|run)"
)
WORDS: Final = r"[a-z_-]{1,16}( [a-z_-]{1,16})*"
VALUES: Final = {
    "id": ANCHOR,
    "href": rf"#{ANCHOR}|data:,|https?://[!-~]+",
    "class": WORDS,
    "role": WORDS,
    "scope": WORDS,
    "aria-labelledby": ANCHOR,
    "aria-label": r"On this page|all \d+ partitions",
    "aria-hidden": "true",
    "title": r"[a-z ]+",
    "rel": "icon|noreferrer",
    "open": "",
    "tabindex": "0",
    "colspan": "8",
    "lang": "en",
    "charset": "utf-8",
    "name": r"viewport|color-scheme|referrer|generator",
    "http-equiv": "Content-Security-Policy",
    "content": r"default-src 'none'; .*|width=device-width, initial-scale=1|light dark|no-referrer|rmccomply [0-9.]+",
    **dict.fromkeys(("x", "y", "rx", "width", "height"), r"\d+"),
    "viewbox": r"0 0 \d+ \d+",
    "preserveaspectratio": "none",
    "d": r"[MCL\d -]+",
}
"""Every attribute that a page may have, and the form of its value."""
ELEMENTS: Final = {
    *("html", "head", "meta", "link", "title", "style", "body", "header", "main", "footer", "nav", "section"),
    *("h1", "h2", "h3", "h4", "h5", "p", "a", "b", "i", "span", "bdi", "code", "br", "div", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td", "details", "summary", "dl", "dt", "dd", "figure", "figcaption"),
    *("svg", "desc", "path", "rect", "text"),
}


def faults_of(page: str) -> list[str]:
    """What a page has that no template of ours puts there."""
    read = ReadPage(page)
    wrong = [f"<{tag}>" for tag, _ in read.elements if tag not in ELEMENTS]
    for tag, attributes in read.elements:
        for name, value in attributes.items():
            if not re.fullmatch(VALUES.get(name, "(?!)"), value):
                wrong.append(f"<{tag} {name}={value!r}>")
    return read.faults + wrong


def examples(program: Program, *arguments: str) -> str:
    return program("check", "examples", "--now", NOW, "-o", "html", *arguments).out


def test_the_whole_report(snapshot: SnapshotAssertion) -> None:
    assert write("html").encode() == snapshot(extension_class=awkward.snapshots_as("html"))


def test_the_text_of_the_examples(program: Program, snapshot: SnapshotAssertion) -> None:
    text = ReadPage(examples(program)).text
    assert text.encode() == snapshot(extension_class=awkward.snapshots_as("txt"))


@pytest.mark.parametrize("style", [Style(), Style(show="all"), Style(group_by="wave"), Style(severity="critical")])
def test_hostile_evidence_is_no_part_of_the_page(style: Style) -> None:
    assert faults_of(write("html", style)) == []
    assert "<script" not in write("html", style)


def test_the_examples_are_a_page_without_faults(program: Program) -> None:
    assert faults_of(examples(program)) == []


def page_of(text: str) -> str:
    """A page on which everything that anybody wrote is this text."""
    cards = tuple(
        RuleCard(
            one.id,
            text,
            one.severity,
            text,
            text,
            1,
            text,
            text,
            ((text, text), (text, f"https://{text}")),
            (),
            problem=text,
        )
        for one in RULES
    )
    run = Run("0.1.0", RUN.now, tuple(one._replace(id=text, title=text, version=text) for one in RUN.policies), cards)
    at = awkward.at(text, 1, text, text)
    rules, card = [one.id for one in RULES], WaiverCard(text, text, text, text, text, text, text, "soon")
    ends = of_cards([(card, text, "high")])
    failing = judged(rules[0], text, "fail", text, at, notes=(text,))
    effect = replace(
        judged(rules[1], text, "fail", text, at, subject=text),
        caused_by=(Because(failing.fingerprint, rules[0], text),),
    )
    findings = (
        failing,
        effect,
        judged(rules[2], text, "unknown", text, at, reason="failed", settle=text, advice=text),
        judged(rules[3], text, "fail", text, at, disposition="waived", waiver=card, notes=(text,)),
        judged(rules[4], text, "pass", text, at),
        judged(rules[5], text, "not_applicable", text),
        judged(rules[6], text, "error", text, at),
    )
    target = TargetCard(text, "aix", text, text, 1, (), {"wave": text, text: text}, text, text, text)
    items = (Assessed(target, findings, (Notification(text, text, 1),)), ASSESSED[2])
    return write(
        "html", Style(group_by="wave", show="all"), items, closing(items, 2, (Notification(text, text),), ends), run
    )


HARM: Final = (
    "<script>alert(1)</script>",
    "</style><b>",
    '" onload="x',
    "' x='",
    "<!-- ",
    "]]>",
    "&lt;b&gt;",
    "`",
    "{{ 1 }}",
)


@pytest.mark.parametrize(
    "text", [*HARM, HOSTILE, "x" * 200, "\u202eabc", "a\nb", " \x00", 'https://h/"><b>', "日本語" * 70]
)
def test_nothing_that_is_written_becomes_structure(text: str) -> None:
    page = page_of(text)
    assert faults_of(page) == []
    shown = re.sub(r"\s+", "", visible(text).replace("`", ""))
    assert shown in re.sub(r"\s+", "", ReadPage(page).text.replace("`", ""))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(HARM) | st.text(max_size=12), max_size=4).map("".join))
def test_nothing_at_all_that_is_written_becomes_structure(text: str) -> None:
    assert faults_of(page_of(text)) == []


def test_no_control_and_no_mark_of_direction_is_left() -> None:
    for char in write("html"):
        assert char == "\n" or char.isprintable(), hex(ord(char))


def test_the_style_sheet_is_the_one_that_is_allowed_and_nothing_else_is() -> None:
    read = ReadPage(write("html"))
    (rules,) = (one["content"] for one in read.all("meta") if "http-equiv" in one)
    digest = base64.b64encode(hashlib.sha256(read.style.encode()).digest()).decode()
    assert (
        rules == f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in read.style
    assert "@import" not in read.style


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--severity", "critical"),
        ("--target", "b*"),
        ("--reason", "failed"),
        ("--group-by", "site"),
        ("--show", "all"),
    ],
)
def test_every_anchor_is_there_once(program: Program, arguments: tuple[str, ...]) -> None:
    read = ReadPage(examples(program, *arguments))
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    links = {one["href"][1:] for one in read.all("a") if one["href"].startswith("#")}
    assert links - set(ids) == set()
    assert [one for one in read.all("a") if not one["href"].startswith(("#", "https://", "http://"))] == []


def test_it_begins_with_the_verdict_then_the_problems_with_their_reasons(program: Program) -> None:
    lines = ReadPage(examples(program)).text.split("\n")
    verdict = program("check", "examples", "--now", NOW).out.strip().split("\n")[-1]
    assert lines[2].removeprefix("✗ ") == re.sub(r"\s+exit 1$", "", verdict)
    heads = [line for line in lines if re.match(r"\| (critical|high|medium|low|info) \| ", line)]
    at = {rule: next(n for n, line in enumerate(heads) if rule in line) for rule in ("RMC-FS-001", "RMC-SUB-001")}
    assert at["RMC-FS-001"] < at["RMC-SUB-001"]


def test_of_one_partition_there_is_no_table_of_several(program: Program) -> None:
    read = ReadPage(program("check", "examples/borealis-app2.rmcc", "--now", NOW, "-o", "html").out)
    assert read.all("table") == []
    assert "Fix in this order" in read.text
    assert "examples/borealis-app2.rmcc:57 lssrc -a · exit 0" in read.text
    assert len(read.all("figure")) == 1


def test_what_is_hidden_is_told_and_the_verdict_stays(program: Program) -> None:
    whole, narrowed = ReadPage(examples(program)).text, ReadPage(examples(program, "--target", "au*")).text
    assert whole.split("\n")[2] == narrowed.split("\n")[2]
    assert "Not all is shown (--target 'au*')" in narrowed
    assert "aurora-db1" in narrowed
    assert "borealis-app2" not in narrowed


def test_with_a_reason_only_what_is_undecided_for_it_is_shown(program: Program) -> None:
    text = ReadPage(examples(program, "--reason", "timeout")).text
    assert "Undecided: 11 checks" in text
    assert "Fix this" not in text
    assert "Fix in" not in text


def test_what_only_informs_is_no_problem(program: Program) -> None:
    words = ("check", "examples", "--now", NOW, "--exit-zero", "-o", "html", "--select")
    page = program(*words, "RMC-VER-002").out
    assert '<a href="#problems">For information</a> 1' in page
    assert '<h2 id="problems">For information</h2>' in page
    assert '<a href="#problems">Problems</a> 1' in program(*words, "RMC-VER-002,RMC-FS-001").out


def test_groups_stand_in_their_order_and_those_without_the_label_last() -> None:
    def labelled(name: str, **labels: str) -> Assessed:
        card = TargetCard(name, "aix", None, None, None, (), labels)
        return Assessed(card, (judged("RMC-ID-001", name, "pass", "It does."),))

    items = (labelled("d"), labelled("c", wave="10"), labelled("b", wave="9"), labelled("a", wave="10"))
    text = ReadPage(write("html", Style(group_by="wave"), items, closing(items, 0))).text
    assert [line for line in text.split("\n") if re.match(r"\| (wave|without)", line)] == [
        "| wave | Partitions | With problems | Undecided | Healthy",
        "| wave 9 | 1 | · | · | 1",
        "| wave 10 | 2 | · | · | 2",
        "| without wave | 1 | · | · | 1",
        "| wave 9 1 partition",
        "| wave 10 2 partitions",
        "| without wave 1 partition",
    ]


def test_every_result_is_told() -> None:
    text = ReadPage(write("html")).text
    for item in ASSESSED:
        for finding in item.findings:
            said = re.sub(r"\s+", " ", visible(finding.message).replace("`", "")).strip()
            assert said in text, finding
    terms = ("until 2027-01-31", "The update is scheduled.")
    for word in (*terms, "waived", "in the baseline", "not judged", "Only AIX has such a level."):
        assert word in text


def test_lines_that_prove_passes_are_shown_where_all_is() -> None:
    proof = "ctrmc rsct 42 active"
    assert proof not in ReadPage(write("html")).text
    assert proof in ReadPage(write("html", Style(show="all"))).text


def test_addresses_are_followed_only_where_they_are_of_the_web() -> None:
    links = {one["href"] for one in ReadPage(write("html")).all("a") if not one["href"].startswith("#")}
    assert links == {"https://www.ibm.com/docs/en/rsct/3.3", "https://cloud.ibm.com/docs/power-iaas"}


def test_without_jinja_nothing_is_judged(program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [one for one in sys.modules if one.startswith("rmccomply.formats.html")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "jinja2", None)
    ran = program("check", "examples", "--now", NOW, "-o", f"html={tmp_path}/x.html", "-o", f"json={tmp_path}/x.json")
    assert ran.status == 2
    assert ran.err.endswith(
        "-o html needs jinja2: pip install 'rmccomply[report]' (after pipx: pipx inject rmccomply jinja2)\n"
    )
    assert [*tmp_path.iterdir()] == []


def test_a_partition_with_all_rules_failing_takes_less_than_27_kb() -> None:
    from rmccomply.formats import Frame
    from tests.formats import fleet

    made = html.fragment(fleet.failing(0), Frame(fleet.RUN, Style()))
    assert len(made.block.encode()) + len(made.row.encode()) < 27_000


def test_the_name_of_a_target_is_in_no_attribute() -> None:
    for _, attributes in ReadPage(write("html")).elements:
        assert SICK not in "".join(attributes.values())


def test_no_findings_at_all_make_a_page_too() -> None:
    page = write("html", Style(), (), closing((), 4))
    assert faults_of(page) == []
    assert "NOTHING JUDGED: No partition was found" in ReadPage(page).text


def test_the_exit_status_is_told() -> None:
    assert f"| {CLOSING.exit_status}" in ReadPage(write("html")).text
