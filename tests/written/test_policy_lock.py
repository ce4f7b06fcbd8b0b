"""The file of locked policies: what it holds, and each fault of it at its line."""

from pathlib import Path

import pytest

from rmccomply.errors import PolicyError
from rmccomply.written.policy_lock import LockedPolicy, read_policy_lock

ENTRY = '[[policies]]\nid = "a"\nversion = "1"\nsha256 = "{}"\n'.format("0" * 64)


def test_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "p.lock"
    path.write_text(f"schema = 1\n{ENTRY}")
    assert read_policy_lock(path) == (LockedPolicy(id="a", version="1", sha256="0" * 64),)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"schema = 1\n{ENTRY}{ENTRY}", [":7: policies.1.id: 'a' is there twice"]),
        ("schema = 2\npolicies = []\n", [":1: schema: '2' is not", ":2: policies: must be a list with at least"]),
        (f"schema = 1\n{ENTRY}".replace("version", "vesion"), [":2: 'a' version: is", ":4: 'a' vesion: unknown key"]),
    ],
)
def test_each_fault_has_its_line(tmp_path: Path, text: str, lines: list[str]) -> None:
    path = tmp_path / "p.lock"
    path.write_text(text)
    with pytest.raises(PolicyError) as caught:
        read_policy_lock(path)
    found = str(caught.value).splitlines()
    assert [one.startswith(f"{path}{line}") for one, line in zip(found, lines, strict=True)] == [True] * len(lines), (
        found
    )
