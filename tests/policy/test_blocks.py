"""Blocks: which problems keep which requests from an answer."""

from pathlib import Path

import pytest

from rmccomply.policy.blocks import CompiledBlock, compile_blocks
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, ChosenRule, choose
from rmccomply.words import Reason
from tests.hosts.building import NOW, facts
from tests.hosts.cases import lssrc


def compiled(*policies: str, select: tuple[str, ...] = ()) -> tuple[CompiledBlock, ...]:
    _, chosen = choose([load(name) for name in policies], Choice(select=select))
    return compile_blocks(chosen, NOW)


def of_rule(rule: str) -> CompiledBlock:
    return next(one for one in compiled("rmc-core") if one.rule == rule)


@pytest.mark.parametrize(
    ("rule", "request_", "reason", "asks"),
    [
        ("RMC-SUB-001", "lsrsrc IBM.MCP", "failed", True),
        ("RMC-SUB-001", "lsrsrc", "timeout", True),
        ("RMC-SUB-001", "lsrsrc-api IBM.MCP", "failed", False),
        ("RMC-SUB-001", "lssrc -ls mcproxy", "failed", True),
        ("RMC-SUB-001", "lssrc -a", "failed", False),
        ("RMC-SUB-001", "cat /etc/ct_node_id", "denied", False),
        ("RMC-SUB-006", "lssrc -a", "failed", True),
        ("RMC-SUB-006", "lssrc -a", "not_collected", False),
        ("RMC-ID-003", "lsnodeid", "inconclusive", True),
        ("RMC-ID-003", "lsnodeid", "not_collected", False),
    ],
)
def test_a_block_is_of_requests_by_their_first_words(rule: str, request_: str, reason: Reason, asks: bool) -> None:
    assert of_rule(rule).asks(request_, reason) is asks


def test_a_block_holds_where_the_facts_bear_it_out() -> None:
    down = of_rule("RMC-SUB-001")
    assert down.holds(facts(lssrc(" ctrmc rsct inoperative")))
    assert not down.holds(facts(lssrc(" ctrmc rsct 77 active")))
    assert not down.holds(facts())


def test_one_without_a_condition_is_left_to_the_rule() -> None:
    assert of_rule("RMC-SUB-001")._replace(when=None).holds(facts())


def test_who_looks_at_a_part_of_a_policy_is_told_of_the_reason_as_well() -> None:
    assert compiled("rmc-core", select=("RMC-DOM",)) != ()
    assert [one.rule for one in compiled("rmc-core", select=("RMC-DOM",))] == [one.rule for one in compiled("rmc-core")]


def test_what_two_policies_inherit_stands_once(tmp_path: Path) -> None:
    text = 'schema = 1\nid = "mine"\ntitle = "Mine"\nversion = "1"\nextends = "rmc-core"\n'
    (tmp_path / "mine.toml").write_text(text, "utf-8")
    both = compiled("rmc-core", str(tmp_path / "mine.toml"))
    assert [one[:3] for one in both] == [one[:3] for one in compiled("rmc-core")]


def test_of_a_rule_that_is_left_out_nothing_is_said() -> None:
    policy = load("rmc-core")
    kept = tuple(one for one in policy.rules if one.rule.id != "RMC-SUB-001")
    chosen = [ChosenRule(one, policy._replace(rules=kept)) for one in kept]
    assert "RMC-SUB-001" not in {one.rule for one in compile_blocks(chosen, NOW)}
