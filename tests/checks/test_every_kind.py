"""Every kind of check through everything that asks a check something: none of them knows a kind by its name."""

import re
import sys
from pathlib import Path
from typing import Any

import pytest
import tomli

from rmccomply.checks import KINDS
from rmccomply.checks.kind import leaves
from tests.checks.making import read
from tests.cli.running import Program

EXAMPLE = Path(__file__).parents[2] / "examples" / "aurora-db1.rmcc"
FREE = {"kind": "number", "fact": "var_ct.free_mib", "at_least": 64}
USED = {"kind": "number", "fact": "var_ct.used_percent", "below": 95}
OF_OTHERS: dict[str, tuple[dict[str, Any], str]] = {
    "all": ({"kind": "all", "of": [FREE, USED]}, "all of:"),
    "any": ({"kind": "any", "of": [FREE, USED]}, "any of:"),
    "not": ({"kind": "not", "of": FREE}, "not:"),
}


def of_its_page(kind: str) -> tuple[dict[str, Any], str]:
    """The check that the module of a kind shows in its docstring, and what it says in words."""
    text = sys.modules[KINDS[kind].__module__].__doc__ or ""
    (line,) = re.findall(r"^ *(?:check|when) = (\{ kind .*\})$", text, re.MULTILINE)
    check: dict[str, Any] = tomli.loads(f"check = {line}")["check"]
    return check, read(check).words().replace("`", "")


EXAMPLES: dict[str, tuple[dict[str, Any], str]] = {
    kind: OF_OTHERS[kind] if kind in OF_OTHERS else of_its_page(kind) for kind in KINDS
}
POLICY = """\
schema = 1
id = "mine"
title = "Mine"
version = "1"

[parameters.management]
type = "word"
default = "hmc"
values = ["hmc", "none"]
doc = "By what."

[[rules]]
id = "X-ONE-001"
title = "One"
severity = "low"
platforms = ["aix", "linux"]
check = {check}
rationale = "So."
remediation = "Do."
references = [{{ title = "A page" }}]
"""


def toml(value: Any) -> str:
    """A check as TOML writes it in one line."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {toml(one)}' for key, one in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_it_is_told_everywhere(kind: str, tmp_path: Path, program: Program) -> None:
    check, words = EXAMPLES[kind]
    policy = tmp_path / "mine.toml"
    policy.write_text(POLICY.format(check=toml(check)), "utf-8")
    for command in (
        ("rules", "X-ONE-001", "-p", str(policy)),
        ("policy", "show", str(policy)),
        ("explain", "X-ONE-001", str(EXAMPLE), "-p", str(policy)),
    ):
        said = program(*command)
        assert (said.status, said.err) == (0, ""), said
        assert words in said.out, command
    assert "cannot" not in program("policy", "lint", str(policy)).out


@pytest.mark.parametrize("kind", EXAMPLES)
def test_its_comparisons_name_what_they_compare(kind: str) -> None:
    for leaf in leaves(read(EXAMPLES[kind][0])):
        assert leaf.facts() or leaf.named()
        assert leaf.values({"mode": "a"})
