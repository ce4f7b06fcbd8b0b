"""Find: the file of a policy, and what is said where there is none."""

import hashlib
from pathlib import Path

import pytest

from rmccomply.errors import UsageError
from rmccomply.policy.find import find, shipped
from rmccomply.policy.load import load


@pytest.mark.parametrize("name", sorted(shipped()))
def test_shipped_policies_load_by_id(name: str) -> None:
    policy = load(name)
    assert (policy.id, policy.uri) == (name, f"policies/{name}.toml")
    assert policy.sha256 == hashlib.sha256(shipped()[name].read_bytes()).hexdigest()


def test_what_is_shipped() -> None:
    assert set(shipped()) >= {"rmc-core", "powervs-import"}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("rmc-cor", "did you mean 'rmc-core'"),
        ("nowhere", "The shipped ones are: "),
        ("nowhere.toml", "^nowhere.toml: no such file$"),
        ("./rmc-cor.toml", "no such file; did you mean 'rmc-core'"),
        ("/", "^/: is a folder; name a policy file$"),
    ],
)
def test_there_is_no_such_policy(name: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        load(name)


def test_a_file_is_looked_for_beside_the_one_that_extends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    (tmp_path / "base.toml").write_text("", "utf-8")
    assert find("base.toml", tmp_path / "mine.toml")[0] == tmp_path / "base.toml"
    with pytest.raises(UsageError, match="no such file"):
        find("base.toml")


def test_the_id_of_a_shipped_policy_goes_before_a_file_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "rmc-core").write_text("", "utf-8")
    assert find("rmc-core", tmp_path / "mine.toml")[1] == "policies/rmc-core.toml"
