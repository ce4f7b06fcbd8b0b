"""A check in words."""

from typing import Any

import pytest

from rmccomply.checks.operands import value_text
from rmccomply.policy.wording import plain_lines
from tests.checks.making import read

FILES = {"kind": "word", "fact": "node_id.files"}
LEVEL = {"kind": "version", "fact": "rsct.level"}


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ({**FILES, "is": ["equal"]}, "the fact node_id.files is `equal`"),
        ({**FILES, "is": ["equal", "different"]}, "the fact node_id.files is `equal` or `different`"),
        (
            {**FILES, "is": ["equal", "different", "one_missing"]},
            "the fact node_id.files is `equal`, `different` or `one_missing`",
        ),
        ({**FILES, "is_not": ["equal"]}, "the fact node_id.files is not `equal`"),
        ({**FILES, "is_not": ["equal", "different"]}, "the fact node_id.files is neither `equal` nor `different`"),
        ({**LEVEL, "at_least": "3.1", "below": "4"}, "the fact rsct.level is at least `3.1` and below `4`"),
        ({**LEVEL, "at_least": "$lowest"}, "the fact rsct.level is at least the parameter `lowest`"),
        ({"kind": "number", "fact": "var_ct.free_mib", "at_least": 0}, "the fact var_ct.free_mib is at least `0`"),
        ({"kind": "number", "fact": "var_ct.free_mib", "below": 9}, "the fact var_ct.free_mib is below `9`"),
        ({"kind": "empty", "fact": "ipv6.global_addresses"}, "the fact ipv6.global_addresses has no entries"),
        ({"kind": "parameter", "name": "mode", "is": ["a"]}, "the parameter `mode` is `a`"),
    ],
)
def test_comparisons(check: dict[str, Any], words: str) -> None:
    assert list(read(check).lines(0, str)) == [f"- {words}"]
    assert plain_lines(read(check), 1) == [f"  - {words.replace('`', '')}"]


def test_combined_checks_are_indented() -> None:
    inner = {"kind": "not", "of": {**FILES, "is": ["equal"]}}
    check = read({"kind": "all", "of": [inner, {**LEVEL, "below": "4"}]})
    assert list(check.lines(0, lambda name: f"<{name}>")) == [
        "- all of:",
        "  - not:",
        "    - the fact <node_id.files> is `equal`",
        "  - the fact <rsct.level> is below `4`",
    ]


@pytest.mark.parametrize(
    ("value", "says"),
    [(None, "unset"), ((3, 2, 1, 0), "3.2.1.0"), (95, "95"), (95.0, "95"), (94.5, "94.5"), ("hmc", "hmc")],
)
def test_values(value: Any, says: str) -> None:
    assert value_text(value) == says
