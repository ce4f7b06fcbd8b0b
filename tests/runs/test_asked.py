"""What `collect script` and `collect list` tell: the script, what it asks, and what of it policies need."""

import json

import pytest

from rmccomply.collect.listing import listing
from rmccomply.data import collector_text
from rmccomply.errors import UsageError
from rmccomply.runs.asked import asked, script
from tests.runs.hearing import Heard


def test_the_script_or_its_list() -> None:
    heard = Heard()
    script(heard)
    asked((), "linux", "full", "text", heard)
    told, listed = heard.of("result")
    assert told == collector_text()
    assert listed == listing(("linux",))


def test_what_policies_need_of_one_platform_or_of_all() -> None:
    heard = Heard()
    asked(["rmc-core"], "aix", "full", "text", heard)
    asked(["rmc-core"], None, "quick", "json", heard)
    text, document = heard.of("result")
    assert text.startswith("AIX\n")
    assert "Linux" not in text.splitlines()
    assert set(json.loads(document)["platforms"]) == {"aix", "vios", "linux"}


def test_the_quick_plan_lists_less() -> None:
    heard = Heard()
    for plan in ("quick", "full"):
        asked((), "aix", plan, "text", heard)
    quick, full = heard.of("result")
    assert set(quick.splitlines()) < set(full.splitlines())


def test_without_a_policy_programs_get_all_and_no_rules() -> None:
    heard = Heard()
    asked((), "aix", "full", "json", heard)
    asked(["rmc-core"], "aix", "full", "json", heard)
    whole, needed = (json.loads(one) for one in heard.of("result"))
    assert whole["policies"] == []
    rows = whole["platforms"]["aix"]
    assert {one["why"] for one in rows} >= {one["why"] for one in needed["platforms"]["aix"]}
    assert all(one["rules"] == [] for one in rows)


def test_a_policy_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="unknown policy 'nothing'"):
        asked(["nothing"], None, "full", "text", Heard())
