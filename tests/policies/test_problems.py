"""The problem of each shipped rule: the heading of its fails, which has to tell an administrator what is wrong."""

from collections import Counter

import pytest

from rmccomply.policy.find import shipped
from rmccomply.policy.load import LoadedRule, load

RULES = [pytest.param(one, id=f"{name} {one.rule.id}") for name in sorted(shipped()) for one in load(name).rules]
OF_CORE = [one.rule for one in load("rmc-core").rules]


@pytest.mark.parametrize("one", RULES)
def test_every_rule_has_a_problem_that_fits_its_column_and_reads_as_a_heading(one: LoadedRule) -> None:
    problem = one.rule.problem or ""
    assert 25 <= len(problem) <= 48
    assert not problem.endswith((".", ":", "!"))
    assert problem[0].isupper()
    assert problem == " ".join(problem.split())


@pytest.mark.parametrize("one", RULES)
def test_every_title_reads_as_a_requirement_on_one_line(one: LoadedRule) -> None:
    assert len(one.rule.title) <= 70
    assert not one.rule.title.endswith((".", ":"))


def test_no_two_rules_say_the_same() -> None:
    said = Counter(text.casefold() for rule in OF_CORE for text in (rule.title, rule.problem or ""))
    assert [text for text, count in said.items() if count > 1] == []


@pytest.mark.parametrize("one", RULES)
def test_what_to_do_begins_with_a_sentence_that_a_page_can_show_alone(one: LoadedRule) -> None:
    texts = [one.rule.remediation, *one.rule.remediation_on.values(), *one.rule.remediation_for.values()]
    first = [" ".join(text.split()).split(". ")[0] for text in texts]
    assert [text for text in first if len(text) > 120] == []
