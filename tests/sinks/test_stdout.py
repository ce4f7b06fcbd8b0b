"""Standard output: UTF-8 whatever the locale says, and a closed pipe is no crash."""

import subprocess
import sys
from pathlib import Path

from tests.hosts.building import bundle
from tests.hosts.consoles import whole_aix


def test_text_in_a_c_locale_is_ascii_and_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.rmcc").write_bytes(bundle(whole_aix(), "härte"))
    done = subprocess.run(
        [sys.executable, "-m", "rmccomply", "check", str(tmp_path / "x.rmcc")],
        capture_output=True,
        check=False,
        env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert b"h\\xe4rte" in done.stdout


def test_a_reader_that_goes_away_is_status_2_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "x.rmcc").write_bytes(bundle(whole_aix()))
    process = subprocess.Popen(
        [sys.executable, "-m", "rmccomply", "check", "-o", "jsonl", str(tmp_path / "x.rmcc")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    _, errors = process.communicate()
    assert process.returncode == 2
    assert b"Traceback" not in errors
    assert b"standard output" in errors
