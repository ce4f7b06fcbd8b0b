"""What a fact names to settle it is read by a source, or is a command of ours: nothing is asked that nothing reads."""

import ast
from importlib import import_module
from pathlib import Path

import pytest

from rmccomply.advice import _IN_CONTAINER, _OURS, _source
from rmccomply.facts import groups as derived

MODULES = sorted(Path(next(iter(derived.__path__))).glob("*.py"))
WHERE = 3
"""The place of the request among the arguments of `unread`."""


def literals(path: Path) -> set[str]:
    """The requests that a module names: in constants, behind `settle=`, and in calls of `unread`."""
    module = import_module(f"{derived.__name__}.{path.stem}")
    found = {text for name, text in vars(module).items() if "SETTLE" in name and isinstance(text, str)}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == "settle":
            found |= strings(node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "unread":
            found |= {text for one in node.args[WHERE : WHERE + 1] for text in strings(one)}
    return found - {""}


def strings(node: ast.expr) -> set[str]:
    if isinstance(node, ast.IfExp):
        return strings(node.body) | strings(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


NAMED = sorted({(path.stem, text) for path in MODULES for text in literals(path)})


def test_the_table_holds_what_it_is_for() -> None:
    assert {"lssrc -a", "df -k /var/ct", "lsrsrc IBM.MCP", "cat /opt/rsct/cfg/rmdefs/IBM.DRM.mdef"} <= {
        text for _, text in NAMED
    }
    assert len(NAMED) > 40


@pytest.mark.parametrize(("module", "text"), NAMED)
def test_what_settles_a_fact_is_read(module: str, text: str) -> None:
    assert text.startswith(_OURS) or text == _IN_CONTAINER or _source(text) is not None
