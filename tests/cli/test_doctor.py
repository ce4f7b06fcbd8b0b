"""`rmccomply doctor`, run as a user would, against a server of ssh that plays partitions."""

import os
import pwd
import shutil
from pathlib import Path

import pytest

from tests.cli.running import Program
from tests.collect.servers import server

PLAYS = """\
case $RMC_HOST in
  aix-*) printf '%s\\n' 'rmccomply-doctor 1' 'uid 1001' 'os AIX' 'rsct /opt/rsct/bin' ;;
  well-*) printf '%s\\n' 'rmccomply-doctor 1' 'uid 0' 'os VIOS' 'rsct /opt/rsct/bin' ;;
  sudo-*) echo 'sudo: a password is required' >&2; exit 1 ;;
  *) eval "$SSH_ORIGINAL_COMMAND" ;;
esac
"""


@pytest.mark.exhaustive
def test_what_is_missing_there(program: Program, tmp_path: Path) -> None:
    with server(tmp_path, plays=PLAYS) as there:
        for name in ("aix-1", "well-1", "sudo-1", "real-1"):
            there.host(name, b"")
        options = ("--ssh-config", str(there.config), "--user", "rmcaudit")
        ran = program("doctor", "well-1", *options)
        assert ran.status == 0
        assert "well-1: VIOS, uid 0, RSCT in /opt/rsct/bin\n" in ran.out
        assert "missing" not in ran.out
        ran = program("doctor", "aix-1", *options)
        assert ran.status == 1
        assert "aix-1: missing: root; without it these stay undecided: " in ran.out
        assert "rmcaudit ALL=(root) NOPASSWD: /bin/sh -s -- *" in ran.out
        assert "setsecattr -c accessauths=rmccomply euid=0 /opt/rsct/bin/rmcdomainstatus" in ran.out
        ran = program("doctor", "sudo-1", "--sudo", *options)
        assert (ran.status, "sudo-1: sudo-refused: sudo: a password is required" in ran.out) == (1, True)
        assert "rmcaudit ALL=(root)" in ran.out
        ran = program("doctor", "real-1", *options)
        assert "real-1: Linux, uid " in ran.out


def test_what_a_target_says_is_told_without_its_secrets(program: Program, tmp_path: Path) -> None:
    says = PLAYS.replace("a password is required", "MYSQL_PWD=hunter2Tig3r").replace(
        "'os AIX'", "'os AIX pwd=hunter2Tig3r'"
    )
    with server(tmp_path, plays=says) as there:
        for name in ("aix-1", "sudo-1"):
            there.host(name, b"")
        for name in ("aix-1", "sudo-1"):
            ran = program("doctor", name, "--sudo", "--ssh-config", str(there.config))
            assert ran.status == 1
            assert "hunter2Tig3r" not in ran.out + ran.err


def test_sudo_is_tried_with_the_words_that_the_printed_line_permits(program: Program, tmp_path: Path) -> None:
    shim = '#!/bin/sh\ncase "$*" in "-n /bin/sh -s -- full") shift; exec "$@" ;; esac\necho "sudo: no" >&2; exit 1\n'
    (tmp_path / "sudo").write_text(shim)
    (tmp_path / "sudo").chmod(0o755)
    with server(tmp_path, plays=f'PATH={tmp_path}:$PATH\neval "$SSH_ORIGINAL_COMMAND"\n') as there:
        there.host("real-1", b"")
        ran = program("doctor", "real-1", "--sudo", "--ssh-config", str(there.config))
    assert "real-1: Linux, uid " in ran.out


def test_one_host_under_two_users_is_two_targets(program: Program, tmp_path: Path) -> None:
    with server(tmp_path, plays=PLAYS) as there:
        there.host("well-1", b"")
        user = pwd.getpwuid(os.getuid()).pw_name
        ran = program("doctor", f"{user}@well-1", "nobody-else@well-1", "--ssh-config", str(there.config))
    assert ran.status == 1
    assert "well-1: VIOS, uid 0, RSCT in /opt/rsct/bin\n" in ran.out
    assert "well-1#2: auth-failed: " in ran.out
    assert ran.out.count("well-1: missing") == 0


def test_a_client_without_its_agent_is_enough(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ssh").symlink_to(str(shutil.which("ssh") or pytest.skip("ssh is not installed")))
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = program("doctor")
    assert (ran.status, "here: ssh-add is not on this machine; the key files" in ran.out) == (0, True)


def test_what_is_missing_here(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    (tmp_path / "config").write_text("Nonsense yes\n")
    ran = program("doctor", "--ssh-config", str(tmp_path / "config"))
    assert (ran.status, "Bad configuration option" in ran.out) == (1, True)
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = program("doctor", "lpar7")
    assert (ran.status, "ssh is not on this machine" in ran.out) == (1, True)


def test_a_target_that_cannot_be_reached_is_said(program: Program, tmp_path: Path) -> None:
    with server(tmp_path) as there:
        there.host("closed-1", b"")
        there.host("new-1", b"", "HostKeyAlias unseen")
        ran = program("doctor", "closed-1", "new-1", "-oProxyCommand=x", "--ssh-config", str(there.config))
        assert ran.status == 2
        ran = program("doctor", "closed-1", "new-1", "--ssh-config", str(there.config))
    assert ran.status == 1
    assert "closed-1: no-shell: " in ran.out
    assert "new-1: host-key-unknown: " in ran.out
