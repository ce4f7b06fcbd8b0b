"""What is missing on a target, by what it says of itself."""

import subprocess

import pytest

from rmccomply.collect.doctor import SCRIPT, There, missing_on, there

AIX = "Last login: today\nrmccomply-doctor 1\nuid 1001\nos AIX\nrsct /opt/rsct/bin\n"


def test_what_it_says_is_read() -> None:
    assert there("lpar7", AIX) == There("lpar7", "", "1001", "AIX", "/opt/rsct/bin")
    vios = there("v", "rmccomply-doctor 1\nuid 0\nos AIX\nos VIOS\nlacks od\nlacks ps\nsudo yes\n")
    assert vios == There("v", "", "0", "VIOS", "", True, ("od", "ps"))
    assert vios.platform == "vios"
    assert there("x", "oem_setup_env: not found").fault


@pytest.mark.parametrize(
    ("text", "access", "says"),
    [
        (AIX.replace("1001", "0"), "direct", []),
        (AIX, "direct", ["root; without it these stay undecided: "]),
        (AIX + "sudo yes\n", "direct", ["root; without it", "sudo is permitted here: collect with --sudo"]),
        (AIX.replace("1001", "0") + "lacks cksum\n", "sudo", ["tools that the collector needs: cksum"]),
        (AIX.replace("1001", "0").replace("rsct /opt/rsct/bin\n", ""), "direct", ["RSCT is not installed, or not"]),
        (
            "rmccomply-doctor 1\nuid 0\nos SunOS\n",
            "direct",
            ["the collector runs on AIX, VIOS and Linux, not on SunOS"],
        ),
        ("", "direct", ["its shell did not run the script that it was sent"]),
    ],
)
def test_what_is_missing(text: str, access: str, says: list[str]) -> None:
    missing = missing_on(there("lpar7", text), access)  # type: ignore[arg-type]
    assert len(missing) == len(says)
    assert all(one.startswith(start) for one, start in zip(missing, says, strict=True))


def test_the_script_runs_here_and_reads_only() -> None:
    done = subprocess.run(["sh", "-s"], input=SCRIPT, capture_output=True, check=False)
    found = there("here", done.stdout.decode())
    assert (done.stderr, found.system, found.lacks, found.fault) == (b"", "Linux", (), "")
    assert b">" not in SCRIPT.replace(b">/dev/null", b"").replace(b"2>&1", b""), "it writes nowhere"
    assert done.returncode == 0


def test_a_script_that_was_cut_runs_nothing() -> None:
    for size in range(0, len(SCRIPT) - len(b"main; exit 0\n"), 7):
        done = subprocess.run(["sh", "-s"], input=SCRIPT[:size], capture_output=True, check=False)
        assert done.stdout == b""
