"""A report judged again: equal octets by another installation and elsewhere, and each thing that makes it another."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rmccomply.runs.attest import replay
from tests.cli.running import Program
from tests.hosts.building import NOW, bundle, file, replaced
from tests.hosts.consoles import whole_aix
from tests.hosts.story_answers import OTHER_ID

ROOT = Path(__file__).parents[3]
OURS = 'schema = 1\nid = "ours"\ntitle = "Ours"\nversion = "1"\nextends = "powervs-import"\n'
OPTIONS = (
    (),
    ("-p", "powervs-import"),
    ("-p", "ours.toml"),
    ("-p", "ours.toml", "--select", "RMC-ID", "--ignore", "RMC-ID-006"),
    ("--param", "management=hmc", "--param", "minimum_free_mib=128"),
    ("--select", "RMC-ID, RMC-SUB", "--ignore", "RMC-SUB-004"),
    ("--fail-on", "high", "--min-decided", "12.5", "--on-unknown", "report", "--exit-zero"),
    ("--platform", "aix", "--max-size", "70000000", "--max-seconds", "0"),
    ("--labels", "l.toml", "--secrets", "x.toml"),
    ("--baseline", "b.jsonl"),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Program) -> Path:
    work = tmp_path / "work"
    (work / "in").mkdir(parents=True)
    monkeypatch.chdir(work)
    (work / "in" / "a.rmcc").write_bytes(bundle(whole_aix(), "a"))
    broken = replaced(whole_aix(), file("/etc/ct_node_id", f"{OTHER_ID}\n"))
    (work / "in" / "b.rmcc").write_bytes(bundle(broken, "b"))
    (work / "in" / "cut.rmcc").write_bytes(bundle(whole_aix(), "cut")[:-50])
    (work / "ours.toml").write_text(OURS)
    (work / "l.toml").write_text('[a]\nwave = "3"\n[gone]\nwave = "1"\n')
    (work / "x.toml").write_text('names = ["acme"]\n')
    program("check", "in", "--now", NOW, "-o", "json=r.json")
    program("baseline", "write", "r.json", "-o", "b.jsonl")
    return work


def again(options: tuple[str, ...]) -> list[str]:
    """What is to be named again of these options: files."""
    named = list[str]()
    for option, value in zip(options[::2], options[1::2], strict=False):
        if option in ("--labels", "--secrets", "--baseline") or value.endswith(".toml"):
            named += [option, value]
    return named


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
def test_the_same_inputs_give_the_same_octets(program: Program, options: tuple[str, ...]) -> None:
    program("check", "in", "--now", NOW, "-o", "json=r.json", *options)
    ran = program("report", "verify", "r.json", "in", *again(options))
    assert (ran.status, ran.out, ran.err) == (0, "r.json: judged again it is the same, octet for octet\n", "")


def test_elsewhere_it_is_the_same_from_the_folder_that_its_paths_are_of(
    program: Program, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program("check", "in", "--now", NOW, "-p", "ours.toml", "-o", "json=r.json")
    shutil.copytree(folder, folder.parent / "archive" / "2026")
    monkeypatch.chdir(folder.parent)
    shutil.rmtree(folder)
    paths = ("archive/2026/r.json", "archive/2026/in", "-p", "archive/2026/ours.toml")
    ran = program("report", "verify", *paths, "--root-uri", "archive/2026")
    assert (ran.status, ran.err) == (0, "")
    ran = program("report", "verify", *paths)
    assert ran.status == 1
    assert "--root-uri names the folder that paths of evidence are relative to" in ran.err


@pytest.mark.exhaustive
def test_another_installation_gives_the_same_octets(folder: Path) -> None:
    """A copy of the sources in another folder, in a process with another locale, hash seed and working directory."""
    for name in ("rmccomply", "policies", "schemas"):
        shutil.copytree(ROOT / name, folder.parent / "other" / name)
    (folder.parent / "other" / "examples").mkdir()
    asked = ("report", "verify", str(folder / "r.json"), str(folder / "in"), "--root-uri", str(folder))
    other = {"PYTHONPATH": str(folder.parent / "other"), "PATH": os.environ["PATH"], "LC_ALL": "C"}
    surroundings = {**other, "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-m", "rmccomply", *asked], check=True, cwd="/", env=surroundings)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            '"result":"fail","reason":null,"severity":"critical"',
            '"result":"fail","reason":null,"severity":"low"',
            "severity",
        ),
        (f"holds {OTHER_ID}", "holds nothing", "RMC-ID-001 on b, message"),
        ('"decided":', '"decided": ', "the same is written otherwise"),
        ('"exit_status":1,"gate"', '"exit_status":0,"gate"', "run.exit_status: 0 in the report, 1 judged again"),
        ('"damaged":true', '"damaged":false', "run.damaged: False in the report, True judged again"),
        ('"name":"fail_on","value":"low"', '"name":"fail_on","value":"high"', "run.id"),
        (NOW, "2026-11-20T05:00:00Z", ""),
    ],
)
def test_a_report_that_was_changed_differs(program: Program, old: str, new: str, says: str) -> None:
    text = Path("r.json").read_text()
    assert old in text
    Path("r.json").write_text(text.replace(old, new, 1))
    ran = program("report", "verify", "r.json", "in")
    assert (ran.status, ran.out) == (1, "")
    assert "rmccomply: error: r.json: judged again it differs, first in line " in ran.err
    assert says in ran.err


def test_evidence_that_was_changed_differs(program: Program) -> None:
    os.unlink("in/b.rmcc")
    ran = program("report", "verify", "r.json", "in")
    assert ran.status == 1
    assert "RMC-VER-001 on b in the report" in ran.err


def test_a_policy_with_another_text_is_told_before_anything_is_judged(program: Program) -> None:
    program("check", "in", "--now", NOW, "-p", "ours.toml", "-o", "json=r.json")
    Path("ours.toml").write_text(OURS.replace("Ours", "ours"))
    ran = program("report", "verify", "r.json", "in", "-p", "ours.toml")
    assert ran.status == 1
    assert "r.json: it was judged by another text of the policy ours: its SHA-256 was " in ran.err
    Path("ours.toml").write_text(OURS.replace('"ours"', '"theirs"'))
    ran = program("report", "verify", "r.json", "in", "-p", "ours.toml")
    assert ran.status == 2


def test_another_release_is_told(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "VERSION", "9.9")
    ran = program("report", "verify", "r.json", "in")
    assert (ran.status, ran.out) == (1, "")
    assert "r.json: it is of release 0.1.0, and this is 9.9: verify it with that release" in ran.err


@pytest.mark.parametrize("options", [one for one in OPTIONS if again(one)], ids=" ".join)
def test_a_file_that_is_not_named_again_is_asked_for(program: Program, options: tuple[str, ...]) -> None:
    program("check", "in", "--now", NOW, "-o", "json=r.json", *options)
    ran = program("report", "verify", "r.json", "in")
    assert (ran.status, ran.out) == (2, "")
    assert [one for one in again(options)[1::2] if one not in ran.err] == []


def test_a_report_that_does_not_name_its_settings_is_refused(program: Program) -> None:
    whole = json.loads(Path("r.json").read_text())
    settings = whole["run"]["settings"]
    for change in (
        {"run": {**whole["run"], "settings": []}},
        {"run": {**whole["run"], "settings": [{**one, "value": "x"} for one in settings if one["name"] != "policy"]}},
    ):
        Path("c.json").write_text(json.dumps({**whole, **change}))
        ran = program("report", "verify", "c.json", "in")
        assert (ran.status, "Traceback" in ran.err) in ((1, False), (2, False))
    del whole["run"]
    Path("c.json").write_text(json.dumps(whole))
    assert "it does not say how it was made" in program("report", "verify", "c.json", "in").err
