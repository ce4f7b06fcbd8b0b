"""Pages of sources: what a module says, the forms of its record, and what stands behind a rule."""

from dataclasses import fields, is_dataclass

import pytest

from rmccomply.facts.catalogue import FACTS
from rmccomply.reference.source_pages import about, index_page, read_by, source_page, source_pages
from rmccomply.sources.table import SOURCES

ADVICE = ("recfgct", "odmdelete", "chdev", "rmcctrl", "startsrc", "stopsrc")


def test_every_source_has_its_page() -> None:
    assert set(source_pages()) == {"sources/README.md", *(f"sources/{name}.md" for name in SOURCES)}


@pytest.mark.parametrize("name", SOURCES)
def test_a_page_has_the_source_s_words_its_requests_and_every_field(name: str) -> None:
    page = source_page(name)
    assert about(name).split("`")[0] in page.replace("\n", " ")
    assert all(f"`{head}`" in page or head == "tcp" for head in SOURCES[name].heads)
    record = SOURCES[name].load().RECORD
    assert f"### {record.__name__}" in page
    assert is_dataclass(record)
    assert all(f"| `{field.name}` | `" in page for field in fields(record))
    assert f"| [{name}]({name}.md) |" in index_page()


def test_records_within_a_record_are_told_with_their_types() -> None:
    page = source_page("ifconfig")
    assert page.index("### Interfaces") < page.index("### Interface\n") < page.index("### Address\n")
    assert "| `rows` | `tuple[Interface, ...]` |" in page
    assert "| `addresses` | `tuple[Address, ...]` |" in page
    assert "| `up` | `bool \\| None` |" in page


def test_the_facts_of_a_source_are_named() -> None:
    page = source_page("df")
    for name, line in FACTS.items():
        assert (f"[`{name}`]" in page) == ("df" in line.reads)


@pytest.mark.parametrize("name", SOURCES)
def test_no_prose_names_what_could_break_a_cluster(name: str) -> None:
    """Samples of evidence may: evidence is no advice."""
    prose = "\n".join(line for line in source_page(name).lower().split("\n") if not line.startswith("    "))
    assert [word for word in ADVICE if word in prose] == []


def test_what_looks_like_html_stays_text() -> None:
    for page in source_pages().values():
        for line in page.split("\n"):
            outside = "".join(line.split("`")[::2])
            assert line.startswith(("    ", "<!--")) or "<" not in outside


def test_what_is_behind_a_rule_has_what_decides_it_first() -> None:
    direct, behind = read_by(["node_id.files", "var_ct.free_mib"])
    assert direct == ["ct_node_id", "df"]
    assert {"uname", "lslpp", "rpm"} <= set(behind)
    assert not set(direct) & set(behind)
