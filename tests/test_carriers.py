"""The carriers of `examples/carriers`: Ansible, run as the page says on constructed hosts, and what holds of all."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest

from rmccomply.collect.plan import SYSTEMS
from rmccomply.collect.replay import write_replay
from rmccomply.data import collector_text
from rmccomply.evidence.bundle import read_bundle
from tests.cli.running import Program
from tests.collect.answers import whole
from tests.collect.running import Host, Run, collect, need, normalised, sound
from tests.collect.servers import free_port, server
from tests.collect.test_replay import facts_of
from tests.hosts.building import NOW, bundle
from tests.hosts.healthy import HEALTHY
from tests.hosts.whole import bundle_of
from tests.test_examples import blocks

ROOT: Final = Path(__file__).parents[1]
CARRIERS: Final = ROOT / "examples" / "carriers"
PAGE: Final = (ROOT / "docs" / "carriers.md").read_text("utf-8")
AURORA: Final = ROOT / "examples" / "aurora-db1.rmcc"
BEGUN: Final = b"%rmccomply-evidence 1\n"
OLD: Final = b"%rmccomply-evidence 1\n%h host of-last-week\n"
REQUIRED: Final = "TESTS_REQUIRE_CARRIERS"
"""Set to 1 where a program of the extra `carriers` that is not installed is a failure and no reason to skip."""
BYTES: Final = {
    "lspv": b"caf\xe9 \xc3\xa9 \xc2\x85 \xe2\x80\xa8 {{ 7 * 7 }} {% raw %} {# x #} \t trailing \n\n[1]\n",
    "lscluster": b"no line feed at the end",
    "oslevel": b"\x00\x1b[0m carriage\r\nreturns\r\n\x04\x1a",
}
"""What is hard to carry, by the command that answers it."""


def lacking(what: str) -> NoReturn:
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(f"{what} is not installed, and {REQUIRED}=1 says that it must be")
    pytest.skip(f"{what} is not installed")


def replayed(example: Path, folder: Path) -> Path:
    """A partition of the examples as a host that answers."""
    data = example.read_bytes()
    write_replay(read_bundle(data, example.name), data, folder / example.stem)
    return folder / example.stem


@pytest.fixture
def aurora(tmp_path: Path) -> Path:
    """The healthy one."""
    return replayed(AURORA, tmp_path)


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A host whose answers are hard to carry."""
    host = Host(tmp_path / "odd")
    for name, octets in BYTES.items():
        (host.folder / f"{name}.octets").write_bytes(octets)
        host.command(name, f"cat {host.folder}/{name}.octets")
    return host.folder


def verdicts(program: Program, *words: str) -> tuple[int, list[dict[str, Any]]]:
    """The status of `check`, and its findings."""
    ran = program("check", *words, "--now", NOW, "-o", "json")
    return ran.status, json.loads(ran.out)["findings"]


# ---- Ansible ---------------------------------------------------------------------------------------------------


@dataclass
class Controller:
    """A folder in which Ansible runs: the role as it stands in the examples, the collector, an inventory."""

    folder: Path
    playbook: str
    there: Path
    """Where Ansible puts the script on partitions."""

    def run(self, *words: str, **hosts: Mapping[str, object]) -> subprocess.CompletedProcess[str]:
        own: dict[str, object] = {"ansible_become": False, "ansible_remote_tmp": str(self.there)}
        settings = {name: {**own, **given} for name, given in hosts.items()}
        left = {name: {key: one for key, one in given.items() if one is not None} for name, given in settings.items()}
        inventory = {"all": {"hosts": left}}
        (self.folder / "hosts.yml").write_text(json.dumps(inventory))
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "ANSIBLE_HOME": str(self.folder / "own"),
            "ANSIBLE_NOCOLOR": "1",
        }
        command = [self.playbook, "-i", "hosts.yml", "collect.yml", *words]
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=120)

    @property
    def evidence(self) -> Path:
        return self.folder / "evidence"

    def bundle(self, name: str) -> Run:
        return Run((self.evidence / f"{name}.rmcc").read_bytes(), "", 0)


@pytest.fixture
def controller(tmp_path: Path) -> Controller:
    beside = Path(sys.executable).parent
    playbook = shutil.which("ansible-playbook", path=f"{beside}{os.pathsep}{os.environ['PATH']}")
    if playbook is None:
        lacking("ansible-playbook")
    folder = tmp_path / "controller"
    shutil.copytree(CARRIERS / "ansible", folder)
    (folder / "collector.sh").write_text(collector_text(), "ascii")
    (folder / "there").mkdir()
    return Controller(folder, str(playbook), folder / "there")


def script_of(text: str) -> str:
    """What the role takes for a collector: its first lines and its last one are looked at."""
    return f"#!/bin/sh\n# rmccomply collector\n{{\n{text}}}\n"


@pytest.mark.parametrize("text", ["", "no script\n", script_of("exit 0\n")[:-2]])
def test_ansible_touches_nothing_for_a_script_that_is_not_the_whole_collector(
    text: str, controller: Controller, aurora: Path
) -> None:
    controller.evidence.mkdir()
    (controller.evidence / "lpar1.rmcc").write_bytes(OLD)
    (controller.folder / "collector.sh").write_text(text)
    ran = controller.run(lpar1=local(aurora))
    assert ran.returncode == 2
    assert "is not the whole script" in ran.stdout
    assert (controller.evidence / "lpar1.rmcc").read_bytes() == OLD


def test_ansible_refuses_a_plan_that_is_none(controller: Controller, aurora: Path) -> None:
    ran = controller.run(lpar1=local(aurora, rmc_evidence_plan="everything"))
    assert ran.returncode == 2
    assert "rmc_evidence_plan" in ran.stdout


def test_what_a_partition_answers_is_not_in_the_log_of_ansible(controller: Controller, aurora: Path) -> None:
    ran = controller.run("-vvv", lpar1=local(aurora))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "%sect" not in ran.stdout + ran.stderr


def local(replay: Path, **more: object) -> dict[str, object]:
    """A host of an inventory that is a replay here."""
    return {"ansible_connection": "local", "rmc_evidence_options": f"--replay {replay}", **more}


def test_ansible_brings_the_bundle_that_the_collector_writes(
    controller: Controller, aurora: Path, tmp_path: Path
) -> None:
    ran = controller.run(**{"aurora-db1": local(aurora, ansible_python_interpreter="/no/python/there")})
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "changed=0" in ran.stdout
    carried, direct = controller.bundle("aurora-db1"), collect(tmp_path / "run", "full", "--replay", str(aurora))
    assert normalised(carried.data) == normalised(direct.data)
    assert ["mode replay" in note.text for note in carried.bundle.notifications] == [True]


@pytest.mark.parametrize("platform", SYSTEMS)
def test_what_ansible_brings_has_the_facts_of_the_host(platform: str, controller: Controller, tmp_path: Path) -> None:
    data = bundle(whole(platform), system=SYSTEMS[platform])
    original = read_bundle(data, "lpar1.rmcc")
    write_replay(original, data, tmp_path / "host")
    ran = controller.run(lpar1=local(tmp_path / "host", rmc_evidence_options=f"--probe --replay {tmp_path}/host"))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert facts_of(controller.bundle("lpar1").bundle) == facts_of(original)


def test_what_ansible_brings_is_judged_as_what_the_collector_wrote(
    controller: Controller, aurora: Path, tmp_path: Path, program: Program
) -> None:
    controller.run(**{"aurora-db1": local(aurora)})
    (tmp_path / "direct.rmcc").write_bytes(collect(tmp_path / "run", "full", "--replay", str(aurora)).data)
    results = [
        {finding["rule"]: (finding["result"], finding["message"]) for finding in verdicts(program, str(path))[1]}
        for path in (controller.evidence, tmp_path / "direct.rmcc")
    ]
    assert results[0] == results[1]
    assert "pass" in {result for result, _ in results[0].values()}


@pytest.mark.parametrize("name", ["aix-6.1", "vios-4.1-ssp", "sles-12-samp"])
def test_a_healthy_host_that_ansible_brings_is_healthy(
    name: str, controller: Controller, tmp_path: Path, program: Program
) -> None:
    kind = HEALTHY[name]
    data = bundle_of(kind.host, kind.packet_filter, name=name)
    write_replay(read_bundle(data, f"{name}.rmcc"), data, tmp_path / "host")
    ran = controller.run(**{name: local(tmp_path / "host")})
    assert ran.returncode == 0, ran.stdout + ran.stderr
    status, findings = verdicts(program, str(controller.evidence))
    assert status == 0
    assert "pass" in {finding["result"] for finding in findings}


def bytes_came(run: Run, extra: str) -> None:
    sound(run, [extra])
    asked = {"lspv": "lspv", "lscluster": "lscluster -c", "oslevel": "oslevel -s"}
    assert {name: run.octets(request) for name, request in asked.items()} == BYTES


def replay_note(run: Run) -> str:
    (note,) = run.bundle.notifications
    assert "mode replay" in note.text
    return note.text


def test_ansible_changes_no_octet(controller: Controller, odd: Path) -> None:
    ran = controller.run(odd=local(odd))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    run = controller.bundle("odd")
    bytes_came(run, replay_note(run))


def without_python(folder: Path) -> str:
    """What a server plays that runs what it is asked, and has every tool of this machine but Python."""
    folder.mkdir()
    for place in ("/usr/bin", "/bin", "/usr/sbin", "/sbin"):
        for tool in Path(place).iterdir():
            if "python" not in tool.name and not (folder / tool.name).is_symlink():
                (folder / tool.name).symlink_to(tool)
    return f'PATH={folder}; export PATH\ncommand -v python3 && exit 9\neval "$SSH_ORIGINAL_COMMAND"\n'


def test_ansible_by_ssh_needs_no_python_and_asks_for_no_terminal(
    controller: Controller, odd: Path, tmp_path: Path
) -> None:
    (tmp_path / "ssh").mkdir()
    with server(tmp_path / "ssh", plays=without_python(tmp_path / "tools")) as made:
        made.host("odd", b"")
        reached = {
            "ansible_ssh_common_args": f"-F {made.config}",
            "ansible_ssh_args": "-o ControlMaster=no",
            "ansible_ssh_transfer_method": "piped",
            "rmc_evidence_options": f"--replay {odd}",
        }
        ran = controller.run(odd=reached)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    run = controller.bundle("odd")
    assert b"\r" not in run.data
    bytes_came(run, replay_note(run))
    assert list(controller.there.iterdir()) == []


@pytest.mark.parametrize("given", [True, False])
def test_ansible_leaves_nothing_on_the_partition(given: bool, controller: Controller, odd: Path) -> None:
    """Where the inventory does not say, the script is put below /tmp: in the home Ansible leaves a folder."""
    (controller.folder / "collector.sh").write_text(script_of("printf '%s\\n' '%rmccomply-evidence 1' \"|$0\"\n"))
    controller.run(odd=local(odd, **({} if given else {"ansible_remote_tmp": None})))
    script = Path((controller.evidence / "odd.rmcc").read_text().splitlines()[1].removeprefix("|"))
    assert script.parent.parent == (controller.there if given else Path("/tmp"))
    assert not script.parent.exists()
    assert list(controller.there.iterdir()) == []


@pytest.mark.parametrize("words", [(), ("--check", "--diff")])
def test_a_host_that_is_not_reached_has_no_evidence_of_last_week_and_passes_nothing(
    words: tuple[str, ...], controller: Controller, aurora: Path, program: Program
) -> None:
    controller.evidence.mkdir()
    (controller.evidence / "gone.rmcc").write_bytes(OLD)
    gone = {"ansible_host": "127.0.0.1", "ansible_port": free_port(), "ansible_ssh_args": "-o BatchMode=yes"}
    ran = controller.run(*words, gone=gone, there=local(aurora))
    assert ran.returncode == 4, ran.stdout + ran.stderr
    assert (controller.evidence / "gone.rmcc").read_bytes() == BEGUN
    replay_note(controller.bundle("there"))
    status, findings = verdicts(program, str(controller.evidence))
    assert status == 3
    assert {finding["result"] for finding in findings if finding["target"] == "gone"} == {"unknown"}


@pytest.mark.parametrize(
    ("collector", "kept"),
    [
        ("echo 'no such luck' >&2; exit 2\n", BEGUN),
        ("exit 0\n", BEGUN),
        ("printf '%s\\n' '%rmccomply-evidence 1' '%h host lpar1'; exit 143\n", BEGUN + b"%h host lpar1\n"),
    ],
)
def test_a_collector_that_ends_early_fails_the_play_and_what_came_is_kept(
    collector: str, kept: bytes, controller: Controller, odd: Path, program: Program
) -> None:
    (controller.folder / "collector.sh").write_text(script_of(collector))
    ran = controller.run(odd=local(odd))
    assert ran.returncode == 2, ran.stdout + ran.stderr
    assert "The collector ended early" in ran.stdout
    assert (controller.evidence / "odd.rmcc").read_bytes() == kept
    status, findings = verdicts(program, str(controller.evidence / "odd.rmcc"))
    assert (status, {finding["result"] for finding in findings}) == (3, {"unknown"})


def test_the_role_runs_no_module_on_the_partition() -> None:
    """A module would need Python there: of those that run on the partition, script alone does not."""
    tasks = (CARRIERS / "ansible/roles/rmc_evidence/tasks/main.yml").read_text("utf-8").split("\n- name: ")[1:]
    there = [task for task in tasks if "delegate_to: localhost" not in task]
    assert [re.findall(r"ansible\.builtin\.(\w+):", task) for task in there] == [["script"], ["fail"]]


# ---- all of them -----------------------------------------------------------------------------------------------


def test_no_carrier_has_a_collector_of_its_own() -> None:
    for path in CARRIERS.rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8")
            assert "settle_environment" not in text
            assert "collector.sh" in text or path.parent.name in ("tasks", "ansible", "meta")
    assert "rmccomply collect script > collector.sh" in PAGE


def test_both_pages_name_every_carrier() -> None:
    pages = (PAGE, (CARRIERS / "README.md").read_text("utf-8"))
    for path in CARRIERS.iterdir():
        for page in pages if path.name != "README.md" else ():
            assert path.name in page, path


def test_links_of_the_page_of_the_examples_lead_somewhere() -> None:
    page = (CARRIERS / "README.md").read_text("utf-8")
    links = re.findall(r"\]\(([^)#]+)\)", page)
    assert links
    assert [link for link in links if not (CARRIERS / link).exists()] == []


def test_the_shell_of_the_page_is_sound(tmp_path: Path) -> None:
    for number, text in enumerate(blocks(PAGE, "sh")):
        path = tmp_path / f"{number}.sh"
        path.write_text(text)
        subprocess.run([need("dash"), "-n", str(path)], check=True)
