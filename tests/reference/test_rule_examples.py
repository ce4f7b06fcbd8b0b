"""The examples on rule pages: made from what the tests judge, so that a page shows what the program says."""

from rmccomply import data
from rmccomply.policy.find import shipped
from rmccomply.policy.load import load
from rmccomply.reference.rule_examples import FILE, example_lines, examples
from tests.rule_examples import content


def test_the_file_is_what_is_made() -> None:
    assert (data.folder("docs") / FILE).read_text("utf-8") == content(), "run: python -m tests.rule_examples"


def test_every_shipped_rule_passes_and_fails_on_its_page() -> None:
    rules = {loaded.rule.id for name in shipped() for loaded in load(name).rules}
    assert set(examples()) == rules, "a rule has no case in tests/policies that passes, or that fails"
    for both in examples().values():
        assert set(both) == {"pass", "fail"}
        assert all(one["answers"] and one["says"] for one in both.values())


def test_a_page_shows_request_answer_and_message() -> None:
    lines = list(example_lines("RMC-ID-001"))
    assert lines[:3] == ["## Examples", "", "It passes with this:"]
    assert "$ cat /var/ct/cfg/ct_node_id" in lines
    assert "9f684c509e74d651" in lines
    assert any(line.startswith("> The files differ") for line in lines)


def test_a_page_tells_platform_and_parameters_that_the_example_needs() -> None:
    assert "It passes with this, management = powervs:" in list(example_lines("RMC-IP6-001"))
    assert "It fails with this, on Linux:" in list(example_lines("RMC-PKG-001"))


def test_a_rule_without_examples_has_no_such_part() -> None:
    assert list(example_lines("OUR-VER-001")) == []
