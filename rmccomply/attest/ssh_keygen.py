"""Signatures by `ssh-keygen -Y` (OpenSSH 8.0 and later): offline, with the keys that people have already.

The program is begun with a list of arguments. A passphrase is asked by it, on the terminal or through an agent; none
passes through here. The text to be signed goes through standard input, so that no file has to be there, and the
signature comes back on standard output.
"""

import base64
import binascii
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rmccomply.errors import UsageError

NAMESPACE: Final = "rmccomply-attestation@rmccomply"
"""What signatures are for: one that was made for another purpose does not count here."""
PROGRAM: Final = "ssh-keygen"
_BEGIN: Final = b"-----BEGIN SSH SIGNATURE-----\n"
_END: Final = b"-----END SSH SIGNATURE-----\n"
_COLUMNS: Final = 70
_VERSION: Final = b"SSHSIG\0\0\0\1"
"""How a signature begins (openssh-portable, PROTOCOL.sshsig); what reads it also takes version 0."""


class Unproven(Exception):
    """A signature does not hold; the text says why, as a clause about it."""


def sign(data: bytes, key: Path) -> bytes:
    """The signature of a text by a private key, or by a public one whose private half an agent has.

    Raises UsageError where it cannot be made.
    """
    if not key.is_file():
        raise UsageError(f"--sign {key}: no such file; name the file of a private key")
    done = _run(["-Y", "sign", "-q", "-f", os.fspath(key), "-n", NAMESPACE], data)
    if done.returncode or not _is_as_written(done.stdout):
        raise UsageError(f"--sign {key}: {PROGRAM} did not sign: {_said(done.stderr)}")
    return done.stdout


def verify(data: bytes, signature: bytes, allowed: Path) -> str:
    """Who signed a text, as the file of allowed signers names them.

    Raises Unproven where it does not hold or its key is not in the file, UsageError where it cannot be tried.
    """
    if not allowed.is_file():
        raise UsageError(f"--allowed-signers {allowed}: no such file")
    if not _is_as_written(signature):
        raise Unproven(f"is not a signature as {PROGRAM} writes it")
    with TemporaryDirectory() as folder:
        place = Path(folder) / "signature"
        place.write_bytes(signature)
        known = ["-f", os.fspath(allowed.absolute()), "-s", os.fspath(place)]
        found = _run(["-Y", "find-principals", *known], b"")
        names = found.stdout.decode("utf-8", "replace").splitlines()
        if found.returncode or not names:
            raise Unproven(f"is by a key that {allowed} does not name ({PROGRAM}: {_said(found.stderr)})")
        said = ""
        for name in names:
            done = _run(["-Y", "verify", "-n", NAMESPACE, "-I", name, *known], data)
            if done.returncode == 0:
                return name
            said = said or _said(done.stderr or done.stdout)
    raise Unproven(f"does not hold: {said}")


def _is_as_written(signature: bytes) -> bool:
    """Whether a signature is, octet for octet, as it is written: what reads it would pass over blanks."""
    if not signature.startswith(_BEGIN) or not signature.endswith(_END):
        return False
    try:
        blob = base64.b64decode(signature[len(_BEGIN) : -len(_END)].replace(b"\n", b""), validate=True)
    except binascii.Error:
        return False
    if not blob.startswith(_VERSION):
        return False
    text = base64.b64encode(blob)
    lines = [text[at : at + _COLUMNS] + b"\n" for at in range(0, len(text), _COLUMNS)]
    return signature == b"".join((_BEGIN, *lines, _END))


def _run(arguments: Sequence[str], data: bytes) -> "subprocess.CompletedProcess[bytes]":
    program = shutil.which(PROGRAM)
    if program is None:
        raise UsageError(f"{PROGRAM} is not on this machine; it comes with OpenSSH (package openssh-client or openssh)")
    surroundings = {**os.environ, "LC_ALL": "C"}
    try:
        return subprocess.run([program, *arguments], input=data, capture_output=True, env=surroundings, check=False)
    except OSError as error:
        raise UsageError(f"{PROGRAM} cannot be run: {error.strerror}") from None


def _said(errors: bytes) -> str:
    """What it says last of what is wrong, on one line."""
    lines = [line.strip() for line in errors.decode("utf-8", "backslashreplace").splitlines() if line.strip()]
    text = re.sub(r"\s+", " ", lines[-1] if lines else "it gave no reason").rstrip(".")
    return text[:300]
