"""The commands and inventories of `docs/collecting-fleets.md`, run with a stand-in for ssh."""

import shlex
from pathlib import Path

import pytest

from rmccomply.collect.causes import CAUSES
from tests.cli.running import Program
from tests.hosts.building import bundle, healthy_aix
from tests.test_examples import blocks

PAGE = (Path(__file__).parents[2] / "docs" / "collecting-fleets.md").read_text("utf-8")
SSH = """\
#!/bin/sh
for word; do last=$word; done
case " $* " in *' -G '*) echo 'hostname 127.0.0.1'; exit 0 ;; esac
case $last in
  'lssyscfg -r sys '*) printf '%s\\n' name:state f1:Operating ;;
  'lssyscfg -r lpar '*) printf '%s\\n' name:lpar_env:state:rmc_ipaddr lpar0007:aixlinux:Running: ;;
  ls*) echo ok ;;
  *)
    if grep rmccomply-doctor >/dev/null; then
      printf '%s\\n' 'rmccomply-doctor 1' 'uid 0' 'os AIX' 'rsct /opt/rsct/bin'
    else
      cat "${0%/*}/bundle"
    fi ;;
esac
"""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The inventories of the page as files, and a stand-in for ssh."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    (tmp_path / "ssh").write_text(SSH)
    (tmp_path / "ssh").chmod(0o755)
    (tmp_path / "bundle").write_bytes(bundle(healthy_aix(), "lpar0007"))
    ansible, powervs = blocks(PAGE, "json")
    (plain,) = blocks(PAGE, "text")
    (labels,) = blocks(PAGE, "toml")
    for name, text in (
        ("waves.toml", labels),
        ("hosts.txt", plain),
        ("ansible.json", ansible),
        ("powervs.json", powervs),
    ):
        (tmp_path / name).write_text(text)
    (tmp_path / "ssh.config").write_text("Host lpar0009\n")
    return tmp_path


@pytest.mark.exhaustive
def test_the_commands_run_as_they_stand_there(page: Path, program: Program) -> None:
    lines = [line for text in blocks(PAGE, "console") for line in text.splitlines()]
    assert len(lines) > 9
    for line in lines:
        mark, name, *words = shlex.split(line)
        assert (mark, name) == ("$", "rmccomply")
        ran = program(*words, *(("-q",) if words[0] == "collect" else ()))
        assert ran.status == (3 if words[0] == "check" else 0), (line, ran)
    there = {path.name.partition(".controller")[0] for path in (page / "monday").glob("*.controller.rmcc")}
    assert there == {"lpar0007", "lpar0008", "lpar0008.example.com", "lpar0009", "prod-db", "vios1", "web1"}


def test_the_url_of_the_page(page: Path, program: Program) -> None:
    assert "'ssh://padmin@vios1:2222?access=vios'" in PAGE
    assert program("check", "ssh://padmin@vios1:2222?access=vios", "--run", "one").status == 3
    assert (page / "one" / "vios1.rmcc").is_file()


def test_every_word_is_explained() -> None:
    assert all(f"`{cause}`" in PAGE for cause in CAUSES)
