"""What a statement says of the program, and words of `--require`; the rest is told by tests/cli/test_attest.py."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import rmccomply
from rmccomply.errors import UsageError
from rmccomply.runs.attest import release_digest, required


def test_the_digest_of_the_program_is_of_its_modules_wherever_they_stand(tmp_path: Path) -> None:
    top = Path(rmccomply.__file__).parent
    shutil.copytree(top, tmp_path / "rmccomply", ignore=shutil.ignore_patterns("__pycache__", "_data"))
    program = "from rmccomply.runs.attest import release_digest as of; print(of())"

    def there() -> str:
        done = subprocess.run(
            [sys.executable, "-B", "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path
        )
        return done.stdout.strip()

    assert there() == release_digest()
    (tmp_path / "rmccomply" / "version.py").write_text('VERSION = "0.1.0"\n')
    assert there() != release_digest()


def test_what_is_required_is_one_of_two_words() -> None:
    assert required(["passed", "observed", "passed"]) == ("observed", "passed")
    assert required([]) == ()
    with pytest.raises(UsageError, match="--require: 'seen' is not one of: observed, passed"):
        required(["passed", "seen"])
