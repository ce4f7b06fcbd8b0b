"""Signatures by the real ssh-keygen: who signed, and that a signature with one octet changed is none."""

import shutil
import subprocess
from pathlib import Path

import pytest

from rmccomply.attest import ssh_keygen
from rmccomply.attest.ssh_keygen import NAMESPACE, Unproven, sign, verify
from rmccomply.errors import UsageError

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
DATA = b"a statement\n"


def keygen(*arguments: str) -> bytes:
    """What ssh-keygen itself does."""
    program = shutil.which("ssh-keygen")
    assert program
    return subprocess.run([program, *arguments], input=DATA, capture_output=True, check=True).stdout


def key(folder: Path, name: str = "key", kind: str = "ed25519", passphrase: str = "") -> Path:
    """A private key."""
    keygen("-q", "-t", kind, "-N", passphrase, "-C", name, "-f", str(folder / name))
    return folder / name


def signers(folder: Path, *keys: Path, options: str = "") -> Path:
    """A file of allowed signers: each key by its name."""
    rows = [f"{one.name}@example.com {options} {one.with_suffix('.pub').read_text()}" for one in keys]
    (folder / "signers").write_text("".join(rows))
    return folder / "signers"


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "rsa"])
def test_what_is_signed_verifies_and_says_who(tmp_path: Path, kind: str) -> None:
    mine, other = key(tmp_path, kind=kind), key(tmp_path, "other")
    signature = sign(DATA, mine)
    assert verify(DATA, signature, signers(tmp_path, other, mine)) == "key@example.com"
    assert verify(DATA, signature, signers(tmp_path, mine, options=f'namespaces="{NAMESPACE}"')) == "key@example.com"
    assert signature == keygen("-q", "-Y", "sign", "-f", str(mine), "-n", NAMESPACE) or kind != "ed25519"


def test_a_text_or_a_key_that_is_another_is_refused(tmp_path: Path) -> None:
    mine, other = key(tmp_path), key(tmp_path, "other")
    signature = sign(DATA, mine)
    with pytest.raises(Unproven, match="does not hold"):
        verify(DATA + b"\n", signature, signers(tmp_path, mine))
    with pytest.raises(Unproven, match=r"is by a key that .*signers does not name"):
        verify(DATA, signature, signers(tmp_path, other))
    with pytest.raises(Unproven, match=r"does not (name|hold)"):
        verify(DATA, signature, signers(tmp_path, mine, options='namespaces="git"'))
    with pytest.raises(Unproven, match="does not hold"):
        verify(DATA, keygen("-q", "-Y", "sign", "-f", str(mine), "-n", "git"), signers(tmp_path, mine))


def test_one_of_several_names_of_a_line_is_told(tmp_path: Path) -> None:
    mine = key(tmp_path)
    (tmp_path / "signers").write_text(f"a@example.com,b@example.com {mine.with_suffix('.pub').read_text()}")
    assert verify(DATA, sign(DATA, mine), tmp_path / "signers") == "a@example.com"


def changed(signature: bytes, step: int) -> list[bytes]:
    """The signature with one octet changed, taken away or doubled."""
    found = []
    for at in range(0, len(signature), step):
        octets = (signature[at] ^ 1, ord("A"), ord("\n"), ord(" "))
        found += [signature[:at] + bytes([octet]) + signature[at + 1 :] for octet in octets]
        found += [signature[:at] + signature[at + 1 :], signature[:at] + signature[at : at + 1] + signature[at:]]
    return [*found, signature + b"\n", signature + b"x", b"", signature.replace(b"\n", b"\r\n")]


@pytest.mark.parametrize("step", [23, pytest.param(1, marks=pytest.mark.exhaustive)])
def test_a_signature_with_an_octet_changed_is_refused(tmp_path: Path, step: int) -> None:
    mine = key(tmp_path)
    signature, allowed = sign(DATA, mine), signers(tmp_path, mine)
    for one in {*changed(signature, step)} - {signature}:
        with pytest.raises(Unproven):
            verify(DATA, one, allowed)


def test_what_cannot_sign_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSH_ASKPASS", raising=False)
    with pytest.raises(UsageError, match="no such file"):
        sign(DATA, tmp_path / "gone")
    (tmp_path / "text").write_text("no key\n")
    with pytest.raises(UsageError, match=r"--sign .*text: ssh-keygen did not sign: "):
        sign(DATA, tmp_path / "text")
    with pytest.raises(UsageError, match="no such file"):
        verify(DATA, b"", tmp_path / "gone")


def test_a_passphrase_is_asked_by_ssh_keygen_and_is_on_no_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = key(tmp_path, passphrase="a horse")
    ask = tmp_path / "ask"
    ask.write_text("#!/bin/sh\necho 'a horse'\n")
    ask.chmod(0o700)
    monkeypatch.setenv("SSH_ASKPASS", str(ask))
    monkeypatch.setenv("SSH_ASKPASS_REQUIRE", "force")
    asked: list[list[str]] = []
    run = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda argv, **more: asked.append(argv) or run(argv, **more))  # type: ignore[func-returns-value]
    assert verify(DATA, sign(DATA, locked), signers(tmp_path, locked)) == "key@example.com"
    assert "horse" not in str(asked)
    ask.write_text("#!/bin/sh\necho wrong\n")
    with pytest.raises(UsageError, match=r"did not sign: .*passphrase"):
        sign(DATA, locked)


def test_without_ssh_keygen_the_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = key(tmp_path)
    monkeypatch.setattr(ssh_keygen, "PROGRAM", "ssh-keygen-that-is-not-here")
    with pytest.raises(UsageError, match="is not on this machine; it comes with OpenSSH"):
        sign(DATA, mine)
