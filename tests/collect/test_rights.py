"""What would let a user collect as root: text that gives no more than it says, and nothing that changes RMC."""

import shutil
import subprocess
from pathlib import Path

import pytest

from rmccomply.collect.plan import SYSTEMS
from rmccomply.collect.rights import for_root, snippet
from rmccomply.collect.ssh import remote_command

NEVER = ("recfgct", "rmcctrl", "startsrc", "stopsrc", "odmdelete", "chdev", "rmsock", "ALL:ALL")


@pytest.mark.parametrize("platform", SYSTEMS)
def test_nothing_that_changes_rmc_and_no_password_is_given_away(platform: str) -> None:
    text = snippet(platform, "audit")
    assert not any(word in text for word in NEVER)
    assert text.endswith("\n")


def test_sudo_is_let_run_what_is_sent(tmp_path: Path) -> None:
    command = remote_command("sudo", ("full", "--probe"))
    assert command == "sudo -n /bin/sh -s -- full --probe"
    lines = [line for line in snippet("linux", "audit").splitlines() if line.startswith("audit ")]
    assert lines == ["audit ALL=(root) NOPASSWD: /bin/sh -s -- *"]
    visudo = shutil.which("visudo")
    if visudo is not None:
        (tmp_path / "rmccomply").write_text(snippet("linux", "audit").partition("\n\n")[0] + "\n")
        (tmp_path / "rmccomply").chmod(0o440)
        subprocess.run([visudo, "-cf", str(tmp_path / "rmccomply")], check=True, capture_output=True)


def test_on_aix_each_command_that_root_alone_is_answered_has_its_privilege() -> None:
    lines = [line for line in snippet("aix", "audit").splitlines() if line.startswith("setsecattr")]
    names = {line.rpartition("/")[2] for line in lines}
    assert names == {step.argv[0] for step in for_root("aix") if step.kind == "cmd"}
    assert "rmcdomainstatus" in names
    assert "padmin" in snippet("vios", "audit")
