"""A file or host whose name looks like that of a secret does not lose what is said of it; a secret there still goes."""

from pathlib import Path

import pytest

from tests.cli.running import Program
from tests.hosts.building import bundle
from tests.hosts.consoles import whole_aix

POLICY = 'schema = 1\nid = "a"\ntitle = "A"\nversion = "1"\nextends = "rmc-core"\nbogus = 1\n'
SSH = """\
#!/bin/sh
for word; do
  [ "$word" != -G ] || { printf 'hostname tokensrv1.invalid\\nuser u\\nport 22\\n'; exit 0; }
done
cat >/dev/null
echo 'ssh: Could not resolve hostname tokensrv1.invalid: Name or service not known' >&2
echo 'banner of tokensrv1.invalid: password: hunter2Tig3r' >&2
exit 255
"""
UNKNOWN = "Could not resolve hostname tokensrv1.invalid: Name or service not known"
CASES = [
    ("check nosuch-token.rmcc", "nosuch-token.rmcc: no such file or folder"),
    ("check nosuch-token", "nosuch-token: no such file or folder"),
    ("check secret.rmcc -p password-policy.toml", "password-policy.toml:6: bogus: unknown key"),
    ("policy lint password-policy.toml", "password-policy.toml:6: bogus: unknown key"),
    ("check secret.rmcc --labels passwd-labels.toml", "passwd-labels.toml:1: is not valid TOML"),
    ("check secret.rmcc --labels=passwd-labels.toml", "passwd-labels.toml:1: is not valid TOML"),
    ("bundle show token.rmcc.gz", "token.rmcc.gz: cannot be read: No such file"),
    ("bundle verify my_token", "my_token: cannot be read: No such file"),
    ("collect import secret-host.tar", "secret-host.tar: cannot be read: No such file"),
    ("collect ssh --inventory token-hosts.txt --run run", "token-hosts.txt: line 2: 'bar' is not NAME=VALUE"),
    ("collect ssh tokensrv1.invalid --run run --retries 0", UNKNOWN),
    ("collect ssh u@tokensrv1.invalid:22 --run run --retries 0", UNKNOWN),
    ("collect ssh --inventory hosts.txt --run run --retries 0", UNKNOWN),
    ("collect hmc tokensrv1.invalid --run run", UNKNOWN),
    ("doctor tokensrv1.invalid", UNKNOWN),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.rmcc").write_bytes(bundle(whole_aix()))
    (tmp_path / "password-policy.toml").write_text(POLICY)
    (tmp_path / "passwd-labels.toml").write_text("[lpar1\n")
    (tmp_path / "token-hosts.txt").write_text("ok\nfoo bar baz\n")
    (tmp_path / "hosts.txt").write_text("tokensrv1.invalid\n")
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "ssh").write_text(SSH)
    (tools / "ssh").chmod(0o755)
    monkeypatch.setenv("PATH", str(tools), prepend=":")
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("words", "says"), CASES, ids=[words for words, _ in CASES])
def test_the_reason_stays(words: str, says: str, program: Program) -> None:
    ran = program(*words.split())
    assert ran.status != 0
    assert says in " ".join((ran.out + ran.err).split())
    assert "hunter2" not in ran.out + ran.err


def test_the_reason_stays_in_the_report_of_a_run(folder: Path, program: Program) -> None:
    program("collect", "ssh", "tokensrv1.invalid", "--run", "run", "--retries", "0")
    ran = program("check", "run")
    assert UNKNOWN in " ".join(ran.out.split())
    written = b"".join(path.read_bytes() for path in (folder / "run").rglob("*") if path.is_file())
    assert b"hunter2" not in written + ran.out.encode() + ran.err.encode()
