"""The carriers of images: the script for NIM and `alt_disk_copy`, the gate of Packer."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest

from rmccomply.collect.plan import SYSTEMS
from rmccomply.data import collector_text
from tests.cli.running import Program
from tests.collect.answers import whole
from tests.collect.running import Run, need, sound
from tests.hosts.building import bundle
from tests.test_carriers import AURORA, BEGUN, CARRIERS, PAGE, lacking, replay_note, replayed, verdicts
from tests.test_examples import blocks

# ---- NIM, alt_disk ---------------------------------------------------------------------------------------------

NIM: Final = CARRIERS / "nim-customise.sh"
NODE: Final = b"9f684c509e74d650\n"
SHELLS: Final = ["dash", "ksh93"]


@dataclass
class Image:
    """A mounted image, and a share with the script and the collector."""

    root: Path
    share: Path

    def customise(self, shell: str, **given: str) -> subprocess.CompletedProcess[str]:
        command = [need(shell), str(self.share / NIM.name)]
        environment = {"PATH": os.environ["PATH"], **given}
        return subprocess.run(command, env=environment, capture_output=True, text=True, cwd="/", timeout=120)

    @property
    def bundle(self) -> Path:
        return self.share / f"rmc-{os.uname().nodename}.rmcc"

    def there(self) -> dict[str, tuple[int, int]]:
        """Every file and folder of the image with its size and times."""
        return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in self.root.rglob("*")}


@pytest.fixture
def image(tmp_path: Path) -> Image:
    root, share = tmp_path / "alt_inst", tmp_path / "share"
    for folder in (root / "etc/objrepos", root / "var/ct/cfg", root / "usr/lib", share):
        folder.mkdir(parents=True)
    (root / "etc/ct_node_id").write_bytes(NODE)
    shutil.copy(NIM, share)
    (share / "collector.sh").write_text(collector_text(), "ascii")
    return Image(root, share)


@pytest.mark.parametrize("shell", SHELLS)
def test_the_evidence_is_that_of_the_image_and_nothing_is_left_in_it(shell: str, image: Image) -> None:
    before = image.there()
    ran = image.customise(shell, RMC_ROOT=f"{image.root}/")
    assert (ran.returncode, ran.stdout) == (0, "")
    assert ran.stderr == f"rmc: the collector ended with status 0; the evidence is in {image.bundle}\n"
    run = Run(image.bundle.read_bytes(), "", 0)
    assert {key: run.bundle.head[key] for key in ("profile", "mode", "root")} == {
        "profile": "image",
        "mode": "image",
        "root": str(image.root),
    }
    assert run.octets("/etc/ct_node_id") == NODE
    sound(run, [note.text for note in run.bundle.notifications if note.level == "note"])
    assert image.there() == before
    assert {path.name for path in image.share.iterdir()} == {NIM.name, "collector.sh", image.bundle.name}


@pytest.mark.parametrize("shell", SHELLS)
def test_at_the_first_start_it_is_that_of_the_running_system(shell: str, image: Image, tmp_path: Path) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    (image.share / "collector.sh").write_text('printf "%s\\n" "%rmccomply-evidence 1" "%h args $*"\n')
    assert image.customise(shell, RMC_ROOT="", RMC_KEEP=str(logs)).returncode == 0
    assert [path.read_text() for path in logs.iterdir()] == ["%rmccomply-evidence 1\n%h args image\n"]


COLLECTORS: Final[dict[str, Callable[[Path], object]]] = {
    "not there": lambda path: path.unlink(),
    "cut on its way": lambda path: path.write_text(collector_text()[:9000]),
    "ends at once": lambda path: path.write_text("exit 3\n"),
}


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("case", COLLECTORS)
def test_no_installation_fails_and_no_image_passes_for_want_of_a_collector(
    case: str, shell: str, image: Image, program: Program
) -> None:
    image.bundle.write_bytes(AURORA.read_bytes())
    COLLECTORS[case](image.share / "collector.sh")
    assert image.customise(shell, RMC_ROOT=str(image.root)).returncode == 0
    assert image.bundle.read_bytes() == BEGUN
    status, findings = verdicts(program, str(image.bundle))
    assert (status, {finding["result"] for finding in findings}) == (3, {"unknown"})


@pytest.mark.parametrize("shell", SHELLS)
def test_an_image_that_is_not_mounted_has_no_evidence_of_last_week(shell: str, image: Image) -> None:
    image.bundle.write_bytes(AURORA.read_bytes())
    ran = image.customise(shell, RMC_ROOT=f"{image.root}/away")
    assert (ran.returncode, image.bundle.read_bytes()) == (0, BEGUN)


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("place", ["", "/var/adm"])
def test_nothing_is_ever_written_into_the_image(place: str, shell: str, image: Image) -> None:
    (image.root / "var/adm").mkdir()
    before = image.there()
    ran = image.customise(shell, RMC_ROOT=str(image.root), RMC_KEEP=f"{image.root}{place}")
    assert ran.returncode == 0
    assert "is in the image" in ran.stderr
    assert image.there() == before


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(("root", "keep"), [("alt_inst", "link/adm"), ("link", "alt_inst/adm"), ("link", "link/adm")])
def test_nor_by_a_link(root: str, keep: str, shell: str, image: Image) -> None:
    (image.root / "adm").mkdir()
    before = image.there()
    beside = image.root.parent
    (beside / "link").symlink_to(image.root)
    ran = image.customise(shell, RMC_ROOT=str(beside / root), RMC_KEEP=str(beside / keep))
    assert ran.stderr == f"rmc: {image.root}/adm is in the image, where nothing may be written: nothing was collected\n"
    assert image.there() == before


@pytest.mark.parametrize("shell", SHELLS)
def test_a_place_that_cannot_be_written_is_told(shell: str, image: Image) -> None:
    image.bundle.mkdir()
    for place, says in ((f"{image.share}/away", "is not there"), (str(image.share), "cannot be written")):
        ran = image.customise(shell, RMC_ROOT=str(image.root), RMC_KEEP=place)
        assert (ran.returncode, ran.stdout) == (0, "")
        assert ran.stderr.endswith(f" {says}: nothing was collected\n")


def test_what_files_alone_decide_is_judged_as_the_page_says(tmp_path: Path, program: Program) -> None:
    files = [item for item in whole("aix") if item.kind == "file"]
    (tmp_path / "rmc-lpar0007.rmcc").write_bytes(bundle(files))
    (line,) = [line for text in blocks(PAGE, "sh") for line in text.splitlines() if "rmc-lpar0007.rmcc" in line]
    *words, path = line.split()
    assert (words, Path(path).name) == (["rmccomply", "check", "-p", "image-gate"], "rmc-lpar0007.rmcc")
    status, findings = verdicts(program, str(tmp_path / "rmc-lpar0007.rmcc"), *words[2:])
    results = {finding["rule"]: finding["result"] for finding in findings}
    assert (status, {results[rule] for rule in ("RMC-SUB-006", "RMC-CFG-001")}) == (3, {"pass"})
    assert "fail" not in results.values()


@pytest.mark.parametrize("dialect", ["sh", "ksh"])
def test_lint_finds_nothing_in_the_script(dialect: str) -> None:
    found = subprocess.run([need("shellcheck"), "-s", dialect, "-f", "gcc", str(NIM)], capture_output=True, text=True)
    assert (found.returncode, found.stdout) == (0, "")


# ---- Packer ----------------------------------------------------------------------------------------------------

TEMPLATE: Final = CARRIERS / "packer" / "rmc.pkr.hcl"


class Build:
    """As much of Packer as the template needs: its provisioners one after the other, the remote ones in a folder.

    Packer writes a script to the other side, makes it executable, puts its path in the place of `{{ .Path }}`, and
    removes it; the first provisioner whose status is not 0 ends the build.
    """

    def __init__(self, folder: Path, **given: str) -> None:
        document = plain(parser().loads(TEMPLATE.read_text("utf-8")))
        declared = {name: block["default"] for one in document["variable"] for name, block in one.items()}
        assert given.keys() <= declared.keys()
        self.folder = folder
        self.there = folder / "there"
        self.there.mkdir(parents=True)
        self.values = {**declared, **given}
        (build,) = document["build"]
        self.provisioners = [item for one in build["provisioner"] for item in one.items()]

    def run(self) -> list[int]:
        """The status of each provisioner that ran."""
        statuses: list[int] = []
        for kind, block in self.provisioners:
            statuses.append(self._one(kind, dict(self._filled(block))))
            if statuses[-1]:
                break
        return statuses

    def _filled(self, block: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for key, value in block.items():
            lines = [value] if isinstance(value, str) else value
            filled = [re.sub(r"\$\{var\.(\w+)\}", lambda name: self.values[name[1]], line) for line in lines]
            yield key, filled[0] if isinstance(value, str) else filled

    def _one(self, kind: str, block: Mapping[str, Any]) -> int:
        if kind == "file":
            assert block["direction"] == "download"
            shutil.copyfile(block["source"], self.folder / block["destination"])
            return 0
        if kind == "shell-local":
            return self._shell("\n".join(block["inline"]), self.folder)
        assert kind == "shell"
        brought = self.there / "script_1.sh"
        brought.write_text(
            (self.folder / block["script"]).read_text() if "script" in block else "\n".join(block["inline"])
        )
        command = block.get("execute_command", "/bin/sh -e {{ .Path }}").replace("{{ .Path }}", str(brought))
        status = self._shell(command, self.there)
        brought.unlink()
        return status

    def _shell(self, text: str, folder: Path) -> int:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(["/bin/sh", "-c", text], cwd=folder, env={"PATH": path}, capture_output=True).returncode


def parser() -> ModuleType:
    """The parser of HCL."""
    try:
        return import_module("hcl2")
    except ImportError:
        lacking("python-hcl2")


def plain(value: Any) -> Any:
    """A document of the parser without its quotes."""
    if isinstance(value, dict):
        return {plain(key): plain(one) for key, one in value.items() if not key.startswith("__")}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.removeprefix('"').removesuffix('"') if isinstance(value, str) else value


def build(folder: Path, replay: Path, **given: str) -> Build:
    made = Build(
        folder / "build", plan=f"image --replay {replay}", there=str(folder / "build/there/image.rmcc"), **given
    )
    (made.folder / "collector.sh").write_text(collector_text(), "ascii")
    return made


@pytest.mark.parametrize("platform", SYSTEMS)
def test_an_image_that_holds_is_captured_and_nothing_of_ours_with_it(platform: str, tmp_path: Path) -> None:
    (tmp_path / "host.rmcc").write_bytes(bundle(whole(platform), system=SYSTEMS[platform]))
    rules = "rmc-core --select RMC-VER,RMC-PKG,RMC-CFG"
    made = build(tmp_path, replayed(tmp_path / "host.rmcc", tmp_path), policy=rules)
    assert made.run() == [0, 0, 0, 0, 0]
    run = Run((made.folder / "image.rmcc").read_bytes(), "", 0)
    assert run.bundle.head["profile"] == "image"
    replay_note(run)
    assert list(made.there.iterdir()) == []


def test_an_image_that_fails_a_rule_is_not_captured(tmp_path: Path) -> None:
    host = replayed(AURORA, tmp_path)
    for path in (one for one in host.rglob("*") if one.is_file()):
        path.write_bytes(path.read_bytes().replace(b"rsct.core.rmc:3.2.", b"rsct.core.rmc:2.4."))
    assert build(tmp_path, host).run() == [0, 0, 0, 0, 1]


def test_an_image_of_which_something_is_unknown_is_not_captured(tmp_path: Path) -> None:
    host = replayed(AURORA, tmp_path)
    (host / "bin" / "lslpp").unlink()
    assert build(tmp_path, host).run() == [0, 0, 0, 0, 3]


def test_an_image_whose_collector_does_not_run_is_not_captured_on_old_evidence(tmp_path: Path) -> None:
    made = build(tmp_path, replayed(AURORA, tmp_path), shell="/no/such/shell")
    (made.folder / "image.rmcc").write_bytes(AURORA.read_bytes())
    assert made.run()[-1] != 0
    assert not (made.folder / "image.rmcc").exists()


def test_the_gate_is_before_the_capture() -> None:
    """Post-processors run when the image is made already."""
    (block,) = parser().loads(TEMPLATE.read_text("utf-8"))["build"]
    assert {key for key in block if not key.startswith("__")} == {"sources", "provisioner"}
