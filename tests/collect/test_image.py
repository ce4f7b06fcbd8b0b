"""A mounted image: its files are read below its root, and links lead where they would lead in it."""

from pathlib import Path

import pytest

from tests.collect.running import Run, collect

NODE = b"9f684c509e74d650\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "mnt"
    for name in ("etc", "usr/lib", "var/ct/cfg", "var/lib/dpkg"):
        (root / name).mkdir(parents=True)
    (root / "etc/ct_node_id").write_bytes(NODE)
    (root / "usr/lib/os-release").write_text("ID=image\n")
    return root


def image(folder: Path, root: Path, *words: str) -> Run:
    return collect(folder / "run", "image", "--root", str(root), *words)


def test_files_are_those_of_the_image(root: Path, tmp_path: Path) -> None:
    run = image(tmp_path, root)
    assert run.octets("/etc/ct_node_id") == NODE
    assert run.answer("/var/ct/cfg/ct_node_id").state == "absent"
    assert (run.bundle.head["mode"], run.bundle.head["root"]) == ("image", str(root))


def test_commands_that_tell_of_the_running_system_are_not_asked(root: Path, tmp_path: Path) -> None:
    run = image(tmp_path, root)
    asked = [item for item in run.bundle.evidence if item.kind == "cmd"]
    offline = [item for item in asked if "why=offline" in item.text]
    assert {item.argv[0].rpartition("/")[2] for item in asked if item not in offline} <= {"rpm", "dpkg-query"}
    assert "uname" in {item.argv[0].rpartition("/")[2] for item in offline}
    for item in asked:
        if item not in offline:
            assert str(root) in " ".join(item.argv)


def test_proc_below_the_image_is_that_of_the_machine_that_looks(root: Path, tmp_path: Path) -> None:
    (root / "proc").mkdir()
    (root / "proc/cpuinfo").write_text("machine\t\t: CHRP IBM pSeries (emulated by qemu)\n")
    (root / "proc/uptime").write_text("61.00 70.00\n")
    run = collect(tmp_path / "run", "full", "--root", str(root))
    for path in ("/proc/cpuinfo", "/proc/uptime"):
        assert (run.answer(path).state, "why=offline" in run.answer(path).text) == ("skipped", True)
    assert b"qemu" not in run.data


@pytest.mark.parametrize("target", ["../usr/lib/os-release", "/usr/lib/os-release"])
def test_a_link_leads_to_the_file_of_the_image(target: str, root: Path, tmp_path: Path) -> None:
    (root / "etc/os-release").symlink_to(target)
    assert image(tmp_path, root).octets("/etc/os-release") == b"ID=image\n"


@pytest.mark.parametrize("place", ["etc/cloud", "etc/cloud/cloud.cfg"])
def test_a_link_out_of_the_image_is_not_followed(place: str, root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "cloud.cfg").write_text("of the machine that looks\n")
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).symlink_to(outside if place == "etc/cloud" else outside / "cloud.cfg")
    run = image(tmp_path, root)
    assert run.answer("/etc/cloud/cloud.cfg").state in ("unreadable", "absent")
    assert b"of the machine that looks" not in run.data


def test_a_link_to_a_link_and_a_link_upwards_are_not_followed(root: Path, tmp_path: Path) -> None:
    (root / "etc/services").symlink_to("other")
    (root / "etc/other").symlink_to("/etc/ct_node_id")
    (root / "var/ct/cfg/ct_node_id").symlink_to("../../../../../../../../etc/hostname")
    run = image(tmp_path, root)
    assert run.answer("/etc/services").state == "unreadable"
    assert run.answer("/var/ct/cfg/ct_node_id").state in ("absent", "unreadable")
