"""Locked policies: what is written of them, and each way in which another one differs is told."""

from pathlib import Path

import pytest

from rmccomply.errors import PolicyError
from rmccomply.policy.find import shipped
from rmccomply.policy.load import load
from rmccomply.policy.lock import locked_text, refuse_others
from tests.policy.writing import SOUND, changed, load_child, loaded


def refused(folder: Path, text: str, *names: str) -> list[str]:
    """What is said of these policies under a lock."""
    (folder / "p.lock").write_text(text, "utf-8")
    try:
        refuse_others([load(name) for name in names], folder / "p.lock")
    except PolicyError as error:
        return [fault.says for fault in error.faults]
    return []


def test_what_a_policy_extends_is_locked_with_it(tmp_path: Path) -> None:
    child = load_child(tmp_path)
    text = locked_text([child])
    assert [line for line in text.splitlines() if line.startswith(("id", "extends"))] == [
        'id = "child"',
        'extends = "mine"',
        'id = "mine"',
    ]
    assert refused(tmp_path, text, str(tmp_path / "mine.toml")) == []


def test_shipped_policies_are_what_they_are_locked_as(tmp_path: Path) -> None:
    policies = [load(name) for name in shipped()]
    assert locked_text(policies) == locked_text(policies[::-1])
    assert refused(tmp_path, locked_text(policies), *shipped()) == []


def test_another_version_another_content_and_an_unknown_policy_are_each_told(tmp_path: Path) -> None:
    text = locked_text([loaded(tmp_path, SOUND)])
    lock = tmp_path / "p.lock"
    loaded(tmp_path, changed(version="2"))
    assert refused(tmp_path, text, str(tmp_path / "mine.toml")) == [
        f"the policy mine is of version 2, and {lock} locks version 1"
    ]
    loaded(tmp_path, changed(title="Another title"))
    (says,) = refused(tmp_path, text, str(tmp_path / "mine.toml"))
    assert says.startswith(f"the policy mine 1 is not as {lock} locks it (sha256 ")
    (says,) = refused(tmp_path, text, "rmc-core")
    assert says == f"the policy rmc-core is not locked by {lock}, which has: mine"


def test_a_parent_that_changed_is_told_though_the_policy_itself_did_not(tmp_path: Path) -> None:
    child = load_child(tmp_path)
    text = locked_text([child])
    load_child(tmp_path)
    base = tmp_path / "base.toml"
    base.write_text(base.read_text("utf-8") + "# one comment more\n", "utf-8")
    (says,) = refused(tmp_path, text, str(child.path))
    assert says.startswith("the policy mine 1 is not as ")


@pytest.mark.parametrize("other", ["sha256 = 7", 'sha256 = "7"'])
def test_a_lock_that_cannot_be_read_locks_nothing(tmp_path: Path, other: str) -> None:
    text = "\n".join(
        other if line.startswith("sha256") else line for line in locked_text([load("rmc-core")]).splitlines()
    )
    (says,) = refused(tmp_path, text, "rmc-core")
    assert says.startswith(("must be text in quotes", "is not a SHA-256 digest"))
