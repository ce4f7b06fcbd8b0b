"""Files of checksums, as coreutils writes them."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from rmccomply.attest.checksum import Unnamed, digest_for

A, B = "a" * 64, "b" * 64


@pytest.mark.parametrize("option", [(), ("--tag",), ("--binary",)])
@pytest.mark.parametrize("name", ["image.raw", "a b.raw", "odd\nname\\.raw", "ä.raw"])
def test_what_sha256sum_writes_is_read(tmp_path: Path, option: tuple[str, ...], name: str) -> None:
    program = shutil.which("sha256sum")
    assert program
    path = tmp_path / name
    path.write_bytes(b"image")
    done = subprocess.run([program, *option, str(path)], capture_output=True, check=True)
    assert digest_for(done.stdout.decode(), name) == hashlib.sha256(b"image").hexdigest()


@pytest.mark.parametrize(
    "text",
    [f"{A}  x\n", f"{A} *x\n", f"{A.upper()}  out/x", f"{B}  y\n\n{A}  ./x\r\n", f"{A}  x\n{A}  x\n"],
)
def test_the_line_of_the_name_counts(text: str) -> None:
    assert digest_for(text, "x") == A


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"{A}  y\n", "does not name x"),
        ("", "does not name x"),
        (f"{A}  x\n{B}  x\n", "has several checksums for x"),
        (f"{A}\n", "is not a file as sha256sum writes it"),
        (f"{A[:-1]}  x\n", "is not a file as sha256sum writes it"),
        (f"{A} x\n", "is not a file as sha256sum writes it"),
    ],
)
def test_anything_else_is_told(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as error:
        digest_for(text, "x")
    assert isinstance(error.value, Unnamed) == (says == "does not name x")
