"""SARIF before Microsoft's sarif-multitool: what it says of our logs, each with the answer to it.

The tool ends with status 0 whatever it finds, and its npm starter passes arguments through a shell; so its binary is
run, its own log is read, and a log that is broken on purpose shows that it does find something. TESTS_MULTITOOL
names the binary (`.ci/run` installs npm's `@microsoft/sarif-multitool-linux`); without it these tests are skipped.
"""

import json
import os
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest

from tests.cli.running import Program
from tests.formats.awkward import write

MULTITOOL: Final = os.environ.get("TESTS_MULTITOOL", "")
ANSWERS: Final = {
    ("SARIF2005", "Warning_ProvideToolnformationUri"): "the project has no address to name",
    ("SARIF2006", "Note_UrisShouldBeReachable"): "the machine that validates may have no network",
}
pytestmark = pytest.mark.skipif(not MULTITOOL, reason="TESTS_MULTITOOL names no sarif-multitool")


def said_of(log: str, folder: Path) -> set[tuple[str, str]]:
    """The rules of the tool that the log breaks, each with the identifier of its message."""
    (folder / "log.sarif").write_text(log, encoding="utf-8")
    kinds = ("--rule-kind", "Sarif;Gh;Ghas")
    without_icu = os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    command = [MULTITOOL, "validate", *kinds, "--output", "said.sarif", "log.sarif"]
    subprocess.run(command, cwd=folder, env=without_icu, check=True)
    (run,) = json.loads((folder / "said.sarif").read_text(encoding="utf-8-sig"))["runs"]
    assert not run["invocations"][0].get("toolExecutionNotifications")
    return {(result["ruleId"], result["message"]["id"]) for result in run["results"]}


@pytest.mark.parametrize("name", ["sarif", "sarif-all"])
def test_all_that_it_says_of_an_awkward_log_has_an_answer(name: str, tmp_path: Path) -> None:
    assert said_of(write(name), tmp_path) <= set(ANSWERS)


@pytest.mark.parametrize("name", ["sarif", "sarif-all"])
def test_all_that_it_says_of_the_examples_has_an_answer(name: str, program: Program, tmp_path: Path) -> None:
    ran = program("check", "examples", "--now", "2026-11-20T04:00:00Z", "-o", name)
    assert said_of(ran.out, tmp_path) <= set(ANSWERS)


def test_it_finds_what_is_broken_on_purpose(tmp_path: Path) -> None:
    log: Any = json.loads(write("sarif"))
    region = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    region["endLine"] = region["startLine"] - 1
    assert ("SARIF1007", "Error_EndLineMustNotPrecedeStartLine") in said_of(json.dumps(log), tmp_path)
