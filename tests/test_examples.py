"""The examples, and what their page, the README and the documentation say of them."""

import json
import re
from pathlib import Path

import pytest
import tomli

from rmccomply.checks import KINDS
from rmccomply.evidence.bundle import read_bundle
from rmccomply.facts.gather import facts_of
from rmccomply.policy.load import load
from tests.cli.running import Program
from tests.examples import FOLDER, files
from tests.hosts.building import NOW

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of a page in one language."""
    return [piece.partition("\n```")[0] for piece in text.split(f"```{language}\n")[1:]]


@pytest.fixture(autouse=True)
def _at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("name", files())
def test_the_example_is_what_is_made(name: str) -> None:
    assert (FOLDER / name).read_bytes() == files()[name], "run: python -m tests.examples"


def test_there_are_no_other_files() -> None:
    there = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    assert {name for name in there if not name.startswith(("carriers/", "pipelines/"))} == {
        *files(),
        "README.md",
        "python/check_a_folder.py",
    }


@pytest.mark.parametrize("name", [name for name in files() if name.endswith(".rmcc")])
def test_bundles_are_sound_and_say_that_they_are_constructed(name: str, program: Program) -> None:
    ran = program("bundle", "verify", f"examples/{name}")
    assert (ran.status, ran.out.partition(",")[0]) == (0, f"examples/{name}: sound")
    assert "constructed" in read_bundle(files()[name], name).head["note"]


POSSIBLE = {
    # technology level of AIX to the RSCT that it carries, and machines that run it
    (7, 1, 3): ((3, 1, 5), {"8286-42A"}),
    (7, 2, 5): ((3, 2, 6), {"9080-HEX"}),
}


@pytest.mark.parametrize("name", ["aurora-db1", "borealis-app2"])
def test_machine_level_and_rsct_of_an_example_go_together(name: str) -> None:
    bundle = read_bundle(files()[f"{name}.rmcc"], f"{name}.rmcc")
    told = facts_of(bundle)
    release, level = (told.fact(fact).version for fact in ("host.aix_release", "rsct.level"))
    assert release is not None
    assert level is not None
    rsct, machines = POSSIBLE[release[:3]]
    assert level[:3] == rsct
    assert told.fact("host.type_model").word in machines


def test_together_they_fail_with_every_kind_of_target(program: Program) -> None:
    ran = program("check", "examples", "--now", NOW, "-o", "json")
    assert ran.status == 1
    results: dict[str, set[str]] = {}
    for finding in json.loads(ran.out)["findings"]:
        results.setdefault(finding["target"], set()).add(finding["result"])
    assert results["aurora-db1"] == {"pass", "not_applicable"}
    assert {"fail", "unknown", "pass"} <= results["borealis-app2"]
    assert "fail" not in results["cirrus-web3"]
    assert "unknown" in results["cirrus-web3"]
    assert "unknown" not in results["drift-vios1"]


def test_in_a_cluster_no_finding_advises_a_new_identity(program: Program) -> None:
    ran = program("check", "examples/borealis-app2.rmcc", "--now", NOW, "--show", "all")
    assert "RMC-ID-001" in ran.out
    assert "recfgct" not in ran.out


def test_the_command_of_the_readme_prints_what_the_readme_shows(program: Program) -> None:
    first = blocks(README, "sh")[0]
    words = first.rpartition(" && ")[2].split()
    assert words[0].endswith("/rmccomply")
    assert "--now" in words
    ran = program(*words[1:])
    assert f"exit status is {ran.status}" in README
    assert blocks(README, "text")[0].strip() == ran.out.strip()


def test_the_readme_sets_up_and_tests_from_a_fresh_clone() -> None:
    first, second = blocks(README, "sh")
    assert first.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert second.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert " -m pytest " in second


def test_the_readme_shows_the_thing_within_a_screen() -> None:
    assert README.index(blocks(README, "text")[0]) < README.index("## ")
    assert README[: README.index(blocks(README, "text")[0])].count("\n") < 40


@pytest.mark.parametrize("text", [*blocks(README, "console"), *blocks((FOLDER / "README.md").read_text(), "console")])
def test_the_other_commands_of_the_pages_run(text: str, program: Program) -> None:
    for line in text.splitlines():
        words = line.partition("#")[0].replace("'lssrc -a'", "lssrc_-a").split()
        assert words[:2] == ["$", "rmccomply"]
        ran = program(*(word.replace("lssrc_-a", "lssrc -a") for word in words[2:]))
        assert ran.status in (0, 1, 3), line
        assert ran.out


def test_the_bundle_of_the_documentation_is_sound() -> None:
    text = blocks((ROOT / "docs" / "evidence.md").read_text("utf-8"), "text")[0]
    bundle = read_bundle(text.encode() + b"\n", "x.rmcc")
    assert bundle.notifications == ()
    assert [(item.request, item.out.lines) for item in bundle.evidence] == [("/etc/ct_node_id", ("4be1077fd2a9c365",))]


def _policies() -> list[str]:
    """Every policy, check and cause of the documentation, checks and causes each in a policy of their own."""
    whole = 'schema = 1\nid = "x"\ntitle = "x"\nversion = "1"\n[parameters.management]\ntype = "word"\ndoc = "x"\n'
    whole += 'values = ["novalink", "powervs", "hmc"]\n[[rules]]\nid = "A-1"\ntitle = "x"\nseverity = "low"\n'
    whole += 'platforms = ["aix"]\nrationale = "x"\nremediation = "x"\nreferences = [{ title = "x" }]\n'
    given = blocks((ROOT / "docs" / "policies.md").read_text("utf-8"), "toml")
    ours = 'schema = 1\nid = "x"\ntitle = "x"\nversion = "1"\nextends = "rmc-core"\n[[rules]]\nid = "OUR-FS-001"\n'
    ours += 'title = "x"\nseverity = "low"\nplatforms = ["aix"]\nrationale = "x"\nremediation = "x"\n'
    ours += 'check = { kind = "number", fact = "var_ct.used_percent", below = 80 }\nreferences = [{ title = "x" }]\n'
    around = {"check =": whole, "[[causes]]": ours}
    return [next((one for begin, one in around.items() if text.startswith(begin)), "") + text for text in given]


def test_the_page_of_policies_tells_every_kind_of_check() -> None:
    page = (ROOT / "docs" / "policies.md").read_text("utf-8").partition("\n## Checks\n")[2].partition("\n## ")[0]
    assert sorted(re.findall(r"\*\*`(\w+)`\*\*", page)) == sorted(KINDS)
    assert ["Eight", "Nine", "Ten"][len(KINDS) - 8] == page.split()[0]


@pytest.mark.parametrize("text", _policies())
def test_the_policies_of_the_documentation_are_sound(text: str, tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(text, "utf-8")
    assert load(str(path)).rules


def test_the_target_file_of_the_documentation_is_read(tmp_path: Path, program: Program) -> None:
    text = blocks((ROOT / "docs" / "evidence.md").read_text("utf-8"), "toml")[0]
    folder = tmp_path / "captures"
    folder.mkdir()
    (folder / "target.toml").write_text(text, "utf-8")
    for name in tomli.loads(text)["requests"]:
        (folder / name).write_bytes(files()["elbe-nim4/subsystems after reboot.log"])
    ran = program("facts", str(folder))
    assert "elbe-nim4" in ran.out
    assert "ctrmc is active" in ran.out
