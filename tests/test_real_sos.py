"""Reports that the installed sos writes here: its spellings are read, and what it brings of a host is judged alike.

The host is constructed: its commands are stand-ins, found before those of this machine, and its files those of a
`--sysroot`, in which sos would run its commands too if it were let. That it is a Power system is told to sos by a few
lines that begin it. Of RSCT this release asks ctsnap alone, which is read as a second tree.
"""

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.inputs.read import Loaded, load_inputs
from rmccomply.sources import table
from rmccomply.sources.reading import Read
from rmccomply.sources.source import Source
from tests.evidence.archives.test_whole_hosts import CUT, LACKS, answers, results
from tests.hosts.archived import SOS as RELEASES
from tests.hosts.archived import asked, held, printed, raw
from tests.hosts.building import judge, replaced, was_read
from tests.hosts.consoles import nft

SOS = shutil.which("sos") or shutil.which("sosreport")
PLUGINS = "filesys,process,systemd"
OF_EVERY_REPORT: tuple[Source[object], ...] = (table.DF, table.PS)
VERSION = "4.0"
"""The release in whose words the stand-ins are asked."""
ALL_PLUGINS = "release,processor,cloud_init,kernel,host,dpkg,process,filesys,networking,systemd,powerpc"
BEGIN = """\
import builtins, os, platform, sys
import sos.policies, sos.report.plugins as plugins
bin, root, opened, path, run = *sys.argv[1:3], open, sos.policies.LinuxPolicy._set_PATH, plugins.sos_get_command_output
platform.uname = lambda: (*os.uname()[:4], "ppc64le", "ppc64le")
builtins.open = lambda name, *words, **more: opened(root + name if name == "/proc/cpuinfo" else name, *words, **more)
sos.policies.LinuxPolicy._set_PATH = lambda policy, words: path(policy, bin + os.pathsep + words)
plugins.sos_get_command_output = lambda *words, **more: run(*words, **{**more, "chroot": None})
sos.SoS(sys.argv[3:]).execute()
"""
NODE_ID = "9f684c509e74d650"
CTSNAP = f"""\
#!/bin/sh
[ "$1" = -xrunrpttr ] && [ "$2" = -d ] || exit 1
cd "$3" && mkdir -p ctsnap.node11.1120/var/ct/cfg && printf '{NODE_ID}\\n' >ctsnap.node11.1120/var/ct/cfg/ct_node_id
tar czf ctsnap.node11.1120.tar.gz ctsnap.node11.1120 && rm -r ctsnap.node11.1120
"""

needs_sos = pytest.mark.skipif(SOS is None or os.geteuid() != 0, reason="sos is not installed, or this is not root")


def loaded(folder: Path) -> Loaded:
    (path,) = folder.glob("sosreport-*.tar.gz")
    (item,) = load_inputs([str(path)], folder)
    assert isinstance(item, Loaded), item
    assert item.platform == "linux"
    return item


@pytest.mark.exhaustive
@needs_sos
def test_what_the_installed_sos_writes_is_read(tmp_path: Path) -> None:
    assert SOS is not None
    report = ["report"] if Path(SOS).name == "sos" else []
    argv = [SOS, *report, "--batch", "--tmp-dir", str(tmp_path), "-o", PLUGINS, "-z", "gzip"]
    subprocess.run(argv, check=True, capture_output=True, timeout=300)
    item = loaded(tmp_path)
    for source in OF_EVERY_REPORT:
        readings = item.readings.of(source)
        assert any(isinstance(reading, Read) for reading in readings), readings


def program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def stand_ins(folder: Path, known: Iterable[Evidence]) -> None:
    """The commands of a host, which answer what this release of sos asks, and nothing else."""
    answer: dict[str, list[str]] = {"iptables": [], "ip6tables": []}
    for number, (spelling, item) in enumerate(asked(known, RELEASES[VERSION])):
        head, *words = shlex.split(spelling.line)
        text = folder / f"answer-{number}"
        text.write_text(printed(item, spelling))
        answer.setdefault(head, []).append(f"{shlex.quote(' '.join(words))}) exec /bin/cat {text} ;;\n")
    for head, cases in answer.items():
        if head != "sh":
            program(folder / head, f'#!/bin/sh\ncase "$*" in\n{"".join(cases)}esac\nexit 1\n')
    program(folder / "ctsnap", CTSNAP)


def files(root: Path, known: Iterable[Evidence]) -> None:
    """The files of a host. sos 4.0 breaks off at /proc/net where it copies from another root."""
    for item in known:
        if item.argv[0] in RELEASES[VERSION].files and not item.argv[0].startswith("/proc/net/"):
            place = root / item.argv[0].lstrip("/")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(raw(item))


def reported(folder: Path, known: list[Evidence]) -> Loaded:
    """What the installed sos brings of a host with these answers."""
    assert SOS is not None
    for name in ("bin", "root", "tmp"):
        (folder / name).mkdir()
    stand_ins(folder / "bin", known)
    files(folder / "root", known)
    (folder / "begin.py").write_text(BEGIN)
    python = Path(SOS).read_text("utf-8").partition("\n")[0].removeprefix("#!").split()
    begin = [*python, str(folder / "begin.py"), str(folder / "bin"), str(folder / "root")]
    options = ["--batch", "--tmp-dir", str(folder / "tmp"), "--sysroot", str(folder / "root"), "--threads", "1"]
    argv = [*begin, "report", *options, "--allow-system-changes", "-o", ALL_PLUGINS, "-z", "gzip"]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=300)
    if f"(version {VERSION})" not in done.stdout:
        pytest.skip(f"the installed sos is not {VERSION}: {done.stdout[:60]!r}")
    assert done.returncode == 0, done.stderr
    return loaded(folder / "tmp")


@pytest.mark.exhaustive
@needs_sos
@pytest.mark.parametrize(
    ("others", "firewall"), [((), "pass"), ((nft("drop", "tcp dport 22 accept"),), "fail")], ids=["healthy", "closed"]
)
def test_what_the_installed_sos_brings_of_a_host_is_judged_like_a_bundle_of_the_same_answers(
    others: tuple[Evidence, ...], firewall: str, tmp_path: Path
) -> None:
    known = held(replaced(answers("ubuntu-22.04"), *others), RELEASES[VERSION])
    item = reported(tmp_path, known)
    found, expected = (results(judge(one, platform="linux")) for one in (item.readings, known))
    differs = {rule: result for rule, result in found.items() if result != expected[rule]}
    assert set(differs.values()) <= {"unknown"}
    assert differs.keys() <= LACKS[VERSION] | CUT
    assert (found["RMC-NET-003"], found["RMC-PKG-001"], found["RMC-SUB-006"]) == (firewall, "pass", "pass")
    (inner,) = item.readings.of(table.CT_NODE_ID)
    assert (inner.name, was_read(inner).record.value) == ("/var/ct/cfg/ct_node_id", NODE_ID)
