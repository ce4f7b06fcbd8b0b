"""Sentences of a remedy: the first, and those that keep somebody from harm."""

import pytest

from rmccomply.formats._sentences import first_of, sentences_of
from rmccomply.policy.find import shipped
from rmccomply.policy.load import load

FULL = "Free space in /var or enlarge it (`chfs -a size=+1G`). Delete nothing below /var/ct. Then look again."
DOWN = (
    "Find out why it does not run: a full /var, or somebody who stopped it. Keep the error log of that time. A restart "
    "stops every resource manager, so in a cluster ask its owners first. As root, start RMC with `rmcctrl -s`."
)


def test_a_remedy_is_told_by_its_first_sentence_and_what_forbids() -> None:
    assert first_of(FULL) == ("Free space in /var or enlarge it (`chfs -a size=+1G`).", "Delete nothing below /var/ct.")
    assert first_of(DOWN, 0) == ("A restart stops every resource manager, so in a cluster ask its owners first.",)
    assert first_of("Enlarge it. Look.", 0) == ("Enlarge it.",)
    assert first_of("") == ()


def test_what_is_done_as_root_is_not_on_the_page() -> None:
    text = "Ask its owner. As root, in a cluster never: `recfgct`. Never do it twice."
    assert first_of(text) == ("Ask its owner.",)
    assert first_of("As root, mend it. Never in a cluster.") == ("As root, mend it.", "Never in a cluster.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Look at `a. B`. Then wait.", ["Look at `a. B`.", "Then wait."]),
        ("On AIX 7.1 set it.\nOn 7.2\nnot.", ["On AIX 7.1 set it.", "On 7.2 not."]),
        ("Delete /var. /var/ct stays. `ls` shows it!", ["Delete /var.", "/var/ct stays.", "`ls` shows it!"]),
        (" ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences_of(text) == expected


@pytest.mark.parametrize("name", sorted(shipped()))
def test_no_guard_of_a_shipped_remedy_is_lost(name: str) -> None:
    """What is safe on every host is told with everything that it forbids."""
    for one in load(name).rules:
        told = " ".join(first_of(one.rule.remediation, 0))
        guards = [each for each in sentences_of(one.rule.remediation) if "Never" in each or "in a cluster" in each]
        assert [each for each in guards if each not in told and "s root" not in one.rule.remediation] == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Enlarge it. Look twice. Delete nothing below /var/ct.", "Enlarge it. Delete nothing below /var/ct."),
        ("Run `a. B` now. Then wait.", "Run `a. B` now."),
        ("Look. As root do it. In a cluster ask IBM support.", "Look."),
        ("Level 3.2.1 is required.", "Level 3.2.1 is required."),
        ("", ""),
    ],
)
def test_what_to_begin_with_is_told_with_every_guard(text: str, first: str) -> None:
    assert " ".join(first_of(text)) == first
