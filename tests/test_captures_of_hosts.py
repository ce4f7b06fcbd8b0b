"""Whole hosts saved by hand: captures with prompts give the verdicts of captures without."""

import shlex
from pathlib import Path

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.inputs.read import Loaded, load_inputs
from rmccomply.sources.named import key_of, request_of
from tests.hosts.building import judge
from tests.hosts.generations import HOSTS

PROMPTS = ("root@lpar1:/# ", "lpar1:/root>", "[root@lpar1 ~]# ", "$ ", "# ", "(0) root @ lpar1: /\n# ")


def saved(item: Evidence) -> str:
    return "".join(f"{line}\n" for line in (*item.out.lines, *item.err.lines))


def folder_of(path: Path, host: tuple[Evidence, ...], prompt: str) -> Path:
    """The answers of a host as files; those that nobody can save by hand are left out."""
    path.mkdir()
    for item in host:
        asked = request_of(key_of(item.request))
        if asked is not None and item.state == "exit" and asked.argv[-1] == item.argv[-1] and item.kind != "probe":
            typed = shlex.join(("cat", *item.argv) if item.kind == "file" else item.argv)
            before = f"{prompt}{typed}\n" if prompt and "\n" not in typed else ""
            (path / f"{key_of(item.request)}.txt").write_text(f"{before}{saved(item)}{prompt}")
    return path


def verdicts(folder: Path, platform: str) -> dict[str, str]:
    (loaded,) = load_inputs([str(folder)], folder.parent)
    assert isinstance(loaded, Loaded)
    return {rule: f"{one.result} {one.reason}" for rule, one in judge(loaded.readings, "rmc-core", platform).items()}


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", HOSTS)
def test_a_prompt_in_every_file_of_a_host_changes_no_verdict(name: str, tmp_path: Path) -> None:
    host = HOSTS[name]
    plain = verdicts(folder_of(tmp_path / "plain", tuple(host.evidence), ""), host.platform)
    assert any(result.startswith("pass") for result in plain.values())
    for number, prompt in enumerate(PROMPTS):
        folder = folder_of(tmp_path / str(number), tuple(host.evidence), prompt)
        assert verdicts(folder, host.platform) == plain, prompt
