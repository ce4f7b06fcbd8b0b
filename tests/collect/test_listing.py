"""The list for people: the script's own, that of the program, and the page are one."""

import subprocess
from pathlib import Path

import pytest

from rmccomply.collect.listing import TOOLS, listing, page
from rmccomply.collect.plan import SYSTEMS, steps
from tests.collect.running import SHELLS, script, shell_words


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_lists_what_the_program_lists(shell: str, tmp_path: Path) -> None:
    words = [*shell_words(shell), str(script(tmp_path, shell)), "--list"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == (listing(), "")


@pytest.mark.parametrize("platform", SYSTEMS)
def test_one_platform_can_be_listed(platform: str, tmp_path: Path) -> None:
    words = [*shell_words("dash"), str(script(tmp_path)), "--list", platform]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert told == listing((platform,))
    assert told.count("\n") == 2 * len(steps(platform)) + 4


def test_a_change_board_reads_request_reason_root_and_limit() -> None:
    text = listing(("aix",))
    assert "  rmc.domain       15 s  root yes  quick,full       state of the management domain, by address\n" in text
    assert "      rmcdomainstatus -s ctrmc -a ip\n" in text
    assert "      lslpp -Lcq 'rsct.*'\n" in text
    assert "      cat /etc/ct_node_id\n" in text
    assert "      tcp ADDRESS 12601\n" in text


def test_the_page_has_every_request_and_every_tool() -> None:
    text = page()
    for platform in SYSTEMS:
        for step in steps(platform):
            assert f"| `{step.command}` | {step.why} |" in text
    assert all(f"`{tool}`" in text for tool in TOOLS)
