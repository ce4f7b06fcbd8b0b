"""Every message is read by people: none has the words of Python in it, whoever may come to say it.

`tests/cli/running.py` holds what commands say in any test to the same; here it is every sentence that the code has.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import NOT_ENGLISH

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "rmccomply"
OF_OTHERS = {
    ("cli/__init__.py", "Value error, "),
    ("cli/__init__.py", "Input should be a valid (integer|number)"),
    ("cli/__init__.py", "Input should be (greater|less) than or equal to (\\S+)"),
    ("documents/faults.py", "Value error, "),
    ("policy/fault_words.py", "Value error, "),
    ("sources/software/emgr.py", "There is no efix data on this system"),
}
"""What libraries say, to be told in other words."""


def sentences(path: Path) -> Iterator[str]:
    """Each text of a module that is not a docstring; of one with values in it, all its parts."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (one.value if isinstance(one, ast.Constant) else "{}" for one in node.values)
            yield "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_sentence_has_words_of_python(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()
    told = [one for one in sentences(path) if any(word in f" {one} " for word in NOT_ENGLISH)]
    assert {(name, one) for one in told} <= OF_OTHERS


def test_the_script_for_partitions_speaks_english_too() -> None:
    text = (PACKAGE / "collect" / "collector.sh").read_text("ascii")
    assert not [line for line in text.split("\n") if " is no " in line and not line.lstrip().startswith("#")]


def test_what_is_looked_for_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text('def f(x):\n    """is no doc"""\n    raise ValueError(f"{x} is no number")\n')
    assert "{} is no number" in list(sentences(tmp_path / "x.py"))
    assert "is no doc" not in list(sentences(tmp_path / "x.py"))
