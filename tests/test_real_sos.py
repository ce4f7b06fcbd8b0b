"""A report that the installed sos writes here: its spellings are read, and none of its answers is refused."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from rmccomply.inputs import Loaded, load_inputs

SOS = shutil.which("sos") or shutil.which("sosreport")
PLUGINS = "filesys,process,systemd"
OF_EVERY_REPORT = ("df", "ps")


@pytest.mark.skipif(SOS is None or os.geteuid() != 0, reason="sos is not installed, or this is not root")
def test_what_the_installed_sos_writes_is_read(tmp_path: Path) -> None:
    assert SOS is not None
    report = ["report"] if Path(SOS).name == "sos" else []
    argv = [SOS, *report, "--batch", "--tmp-dir", str(tmp_path), "-o", PLUGINS, "-z", "gzip"]
    subprocess.run(argv, check=True, capture_output=True, timeout=300)
    (path,) = tmp_path.glob("sosreport-*.tar.gz")
    (item,) = load_inputs([str(path)], tmp_path)
    assert isinstance(item, Loaded), item
    assert item.platform == "linux"
    for source in OF_EVERY_REPORT:
        readings = item.readings.of(source)
        assert readings
        assert [reading for reading in readings if reading.record is not None], readings
