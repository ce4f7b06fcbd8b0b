"""`empty`: a finding for each entry that should not be there."""

import pytest
from pydantic import ValidationError

from rmccomply.facts.model import Item
from tests.checks.making import PLACE, missing, none_here, outcome, outcomes, read, value

FACT = "ipv6.global_addresses"
CHECK = {"kind": "empty", "fact": FACT}


def test_no_entry_passes() -> None:
    found = outcome(CHECK, value(FACT, ()))
    assert (found.result, found.subject, found.evidence) == ("pass", "", (PLACE,))


def test_each_entry_fails_as_a_subject_of_its_own() -> None:
    items = (Item("2001:db8::1", "one.", (PLACE,)), Item("2001:db8::2", "two.", ()))
    found = outcomes(CHECK, value(FACT, items))
    assert [(one.result, one.subject, one.message) for one in found] == [
        ("fail", "2001:db8::1", "one."),
        ("fail", "2001:db8::2", "two."),
    ]
    assert found[0].evidence == (PLACE,)


def test_without_a_value() -> None:
    assert outcome(CHECK, missing(FACT)).result == "unknown"
    assert outcome(CHECK, none_here(FACT)).result == "not_applicable"


def test_only_of_a_list() -> None:
    with pytest.raises(ValidationError, match="compares a list"):
        read({"kind": "empty", "fact": "rsct.level"})
