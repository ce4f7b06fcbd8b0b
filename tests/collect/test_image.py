"""A mounted image: its files are read below its root, and links lead where they would lead in it."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.collect.running import Run, collect, lacking, need, script, shell_words

NODE = b"9f684c509e74d650\n"


def need_mounts() -> None:
    if subprocess.run([need("unshare"), "-m", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True).returncode:
        lacking("nothing can be mounted here")


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
    told = {item.argv[0].rpartition("/")[2] for item in asked if item not in offline}
    assert told == {"rpm", "dpkg-query", "ls", "grep", "od"}
    assert "uname" in {item.argv[0].rpartition("/")[2] for item in offline}
    assert not [item.request for item in asked if str(root) in item.request]
    assert {"host": "unknown", "machine": "unknown", "os": "Linux"}.items() <= run.bundle.head.items()
    assert b"not a Power system" not in run.data


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


def test_a_link_to_a_link_and_a_link_upwards_end_in_the_image(root: Path, tmp_path: Path) -> None:
    (root / "etc/services").symlink_to("other")
    (root / "etc/other").symlink_to("/../etc/./ct_node_id")
    (root / "var/ct/cfg/ct_node_id").symlink_to("../../../../../../../../etc/hostname")
    run = image(tmp_path, root)
    assert run.octets("/etc/services") == NODE
    assert run.answer("/var/ct/cfg/ct_node_id").state == "unreadable"


@pytest.mark.parametrize(
    ("links", "state"),
    [
        ({"etc/services": "services"}, "unreadable"),
        ({"etc/services": "other", "etc/other": "services"}, "unreadable"),
        ({"etc/services": ""}, "unreadable"),
        ({"etc/services": "two words"}, "unreadable"),
        ({"etc/services": "line\nfeed"}, "unreadable"),
        ({"etc/services": "a -> /etc/ct_node_id"}, "unreadable"),
        ({"etc/services": "ct_node_id\n"}, "unreadable"),
        ({"etc/services": "/proc/version"}, "skipped"),
        ({"etc/services": "../dev/null"}, "skipped"),
        ({"etc/services": "/sys"}, "skipped"),
        ({"etc/services": "."}, "unreadable"),
        ({f"etc/n{number}": f"n{number + 1}" for number in range(60)} | {"etc/services": "n0"}, "unreadable"),
        ({f"etc/n{number}": f"n{number + 1}" for number in range(29)} | {"etc/services": "n0"}, "exit"),
        ({"etc/services": "../etc/../etc/ct_node_id"}, "exit"),
        ({"etc/services": "//etc//ct_node_id"}, "exit"),
        ({"etc/services": "nowhere/ct_node_id"}, "unreadable"),
        ({"etc/services": "ct_node_id/x"}, "unreadable"),
    ],
)
def test_hostile_links(links: dict[str, str], state: str, root: Path, tmp_path: Path) -> None:
    (root / "etc/two words").write_text("of another\n")
    if "etc/n29" not in links:
        (root / "etc/n29").write_bytes(NODE)
    (root / "proc").mkdir()
    (root / "proc/version").write_text("of the machine that looks\n")
    (root / "dev").mkdir()
    (root / "sys").mkdir()
    for name, target in links.items():
        if target:
            (root / name).symlink_to(target)
    if "" in links.values():
        os.mkfifo(root / "etc/services")
    run = image(tmp_path, root, "--only", "net.services")
    answer = run.answer("/etc/services")
    assert answer.state == state
    assert state != "exit" or run.octets("/etc/services") == NODE


def test_what_is_not_behind_a_link_of_a_folder_is_absent(root: Path, tmp_path: Path) -> None:
    (root / "var/ct").rename(root / "home")
    (root / "var/ct").symlink_to("../home")
    assert image(tmp_path, root, "--only", "node.var").answer("/var/ct/cfg/ct_node_id").state == "absent"


def test_a_folder_that_is_a_link_is_listed_where_it_leads_in_the_image(root: Path, tmp_path: Path) -> None:
    (root / "opt/cloud/cloud.cfg.d").mkdir(parents=True)
    (root / "opt/cloud/cloud.cfg.d/05.cfg").write_text("a: b\n")
    (root / "opt/cloud/cloud.cfg.d/10.cfg").symlink_to("/opt/cloud/cloud.cfg.d/05.cfg")
    (root / "opt/cloud/cloud.cfg.d/other.cfg").symlink_to("/etc/group")
    (root / "etc/cloud").symlink_to("/opt/cloud")
    run = image(tmp_path, root)
    rows = run.octets("ls -l /etc/cloud/cloud.cfg.d").decode().splitlines()
    assert [row.split()[8:] for row in rows[1:]] == [
        ["05.cfg"],
        ["10.cfg", "->", "/opt/cloud/cloud.cfg.d/05.cfg"],
        ["other.cfg", "->", "/etc/group"],
    ]
    assert run.octets("/etc/cloud/cloud.cfg.d/10.cfg") == b"a: b\n"
    assert run.answer("/etc/cloud/cloud.cfg.d/other.cfg").state == "unreadable"
    assert [row.split()[8] for row in run.octets("ls -l /etc/cloud").decode().splitlines()[1:]] == ["cloud.cfg.d"]


def test_what_commands_print_has_the_paths_of_the_image(root: Path, tmp_path: Path) -> None:
    (root / "etc/systemd/system/multi-user.target.wants").mkdir(parents=True)
    (root / "etc/systemd/system/multi-user.target.wants/ctrmc.service").symlink_to(
        "/usr/lib/systemd/system/ctrmc.service"
    )
    (root / "etc/rc.d").mkdir()
    (root / "etc/rc.d/rc.local").write_text("touch x\n/opt/rsct/install/bin/recfgct\n")
    (root / "etc/rc.local").symlink_to("rc.d/rc.local")
    (root / "boot/grub2").mkdir(parents=True)
    (root / "boot/grub2/grub.cfg").write_text("menu\n  linux /vmlinux ro\n")
    run = image(tmp_path, root)
    listed = run.octets("ls -lR /etc/systemd/system").decode().splitlines()
    assert [line for line in listed if line.endswith(":")] == [
        "/etc/systemd/system:",
        "/etc/systemd/system/multi-user.target.wants:",
    ]
    assert listed[-1].endswith(" ctrmc.service -> /usr/lib/systemd/system/ctrmc.service")
    found = next(item for item in run.bundle.evidence if item.request.startswith("grep -rns recfgct"))
    assert (found.exit_status, found.out.lines) == (
        0,
        ("/etc/rc.local:2:/opt/rsct/install/bin/recfgct",),
    )
    menu = "grep -n -e vmlinu -e kernelopts /boot/grub2/grub.cfg"
    assert run.octets(menu) == b"2:  linux /vmlinux ro\n"
    missing = run.answer("ls -lR /var/lib/cloud")
    assert (missing.exit_status, missing.err.lines) == (
        2,
        ("ls: cannot access '/var/lib/cloud': No such file or directory",),
    )
    assert str(root).encode() not in b"".join(line for line in run.data.splitlines(True) if line.startswith(b"|"))


def test_secrets_of_network_profiles_do_not_leave_the_image(root: Path, tmp_path: Path) -> None:
    folder = root / "etc/NetworkManager/system-connections"
    folder.mkdir(parents=True)
    lines = ("psk=tiger1", "password=tiger2", "wep-key0=tiger3", "private-key-password=tiger4", "Xauth password=tiger5")
    (folder / "eth0").write_text("\n".join(["[ipv6]", *lines, "method=auto", ""]))
    (root / "etc/netplan").mkdir()
    (root / "etc/netplan/50.yaml").write_text('network:\n  wifis:\n    w0:\n      password: "tiger6"\n  version: 2\n')
    run = image(tmp_path, root)
    assert run.answer(f"/{folder.relative_to(root)}/eth0").out.lines[-1] == "method=auto"
    assert run.answer("/etc/netplan/50.yaml").out.lines[-1] == "  version: 2"
    assert b"tiger" not in run.data


def test_where_the_first_start_does_nothing_grep_finds_nothing(root: Path, tmp_path: Path) -> None:
    run = image(tmp_path, root, "--only", "cloud.first")
    (found,) = run.bundle.evidence
    assert (found.state, found.exit_status, found.out.lines, found.err.lines) == ("exit", 1, (), ())


def test_what_is_no_file_is_not_opened(root: Path, tmp_path: Path) -> None:
    for name in ("usr/bin", "boot/grub2", "etc/netplan"):
        (root / name).mkdir(parents=True)
    for name in ("usr/bin/env", "boot/grub2/grub.cfg", "etc/netplan/50.yaml", "etc/rc.local", "etc/sysctl.conf"):
        os.mkfifo(root / name)
    run = image(tmp_path, root)
    requests = ("od -An -tx1 -N20 /usr/bin/env", "/etc/netplan/50.yaml", "/etc/sysctl.conf")
    assert {run.answer(request).state for request in requests} == {"unreadable"}
    assert {item.state for item in run.bundle.evidence if item.request.startswith("grep")} == {"unreadable", "exit"}


def test_of_many_files_some_are_read_and_the_rest_is_told(root: Path, tmp_path: Path) -> None:
    folder = root / "etc/netplan"
    folder.mkdir()
    for number in range(70):
        (folder / f"{number:02}.yaml").write_text("network: {}\n")
    run = image(tmp_path, root, "--only", "net.plan")
    read = [item.request for item in run.bundle.evidence if item.kind == "file"]
    assert read == [*(f"/etc/netplan/{number:02}.yaml" for number in range(64)), "/etc/netplan/*.yaml"]
    left = run.answer("/etc/netplan/*.yaml")
    assert (left.state, "why=other-files" in left.text) == ("skipped", True)


def test_a_name_that_no_line_can_hold_is_told(root: Path, tmp_path: Path) -> None:
    folder = root / "etc/NetworkManager/system-connections"
    folder.mkdir(parents=True)
    for name in ("Wired connection 1", "line\nfeed", "bell\x07", "Verbindung-\u00fc"):
        (folder / name).write_text("[ipv6]\nmethod=auto\n")
    run = image(tmp_path, root, "--only", "net.manager")
    base = "/etc/NetworkManager/system-connections"
    asked = [item.request for item in run.bundle.evidence if item.kind == "file"]
    assert asked == [f"{base}/Verbindung-\u00fc", f"{base}/Wired connection 1", f"{base}/*"]
    assert "why=odd-name" in run.answer(f"{base}/*").text
    assert run.bundle.notifications[1:] == ()


def test_the_name_of_a_target_does_not_depend_on_the_file(root: Path, tmp_path: Path) -> None:
    run = image(tmp_path, root, "--name", "rhel9-golden", "--only", "node.etc")
    assert (run.bundle.head["name"], run.bundle.name) == ("rhel9-golden", "rhel9-golden")
    live = collect(tmp_path / "live", "full", "--name", "node-7", "--only", "node.etc")
    assert live.bundle.name == "node-7"


@pytest.mark.parametrize(
    ("files", "system"),
    [
        (("etc/os-release",), "Linux"),
        (("usr/lib/os-release",), "Linux"),
        (("etc/os-release", "usr/lpp/mmfs/bin"), "Linux"),
        (("usr/lpp/bos/x",), "AIX"),
        (("etc/objrepos/CuAt",), "AIX"),
        (("etc/objrepos/CuAt", "usr/ios/cli/ioscli"), "VIOS"),
    ],
)
def test_the_system_is_the_image_s_own(files: tuple[str, ...], system: str, tmp_path: Path) -> None:
    for name in files:
        (tmp_path / "mnt" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "mnt" / name).touch()
    run = collect(tmp_path / "run", "image", "--root", str(tmp_path / "mnt"))
    assert (run.bundle.head["os"], run.bundle.platform) == (system, system.lower())
    asked = {item.request for item in run.bundle.evidence}
    assert ("/etc/inittab" in asked) == (system != "Linux")
    assert ("/etc/os-release" in asked) == (system == "Linux")


@pytest.mark.parametrize("shell", ["dash", "bash", "posh", "ksh93", "mksh"])
def test_the_root_of_the_running_system_is_no_image(shell: str, tmp_path: Path) -> None:
    need_mounts()
    place = tmp_path / "again"
    place.mkdir()
    mounted = (
        f"mount --bind / {place} && exec {' '.join(shell_words(shell))} {script(tmp_path, shell)} image --root {place}"
    )
    done = subprocess.run(["unshare", "-m", "sh", "-c", mounted], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{place} is the root of the running system" in done.stderr


DEVICES = {
    "a loop device": ("7:0", "/dev/loop0", {"dev/block/7:0/loop/backing_file": "{file}"}, "same"),
    "a part of one": (
        "259:1",
        "/dev/loop0p2",
        {
            "block/loop0/loop/backing_file": "{file}",
            "block/loop0/loop0p2/partition": "2",
            "dev/block/259:1": "../../block/loop0/loop0p2",
        },
        "same",
    ),
    "a volume on a part of one": (
        "253:0",
        "/dev/mapper/rhel-root",
        {
            "block/loop0/loop/backing_file": "{file}",
            "block/loop0/loop0p3/partition": "3",
            "dev/block/253:0/dm/name": "rhel-root",
            "dev/block/253:0/slaves/loop0p3": "../../../../block/loop0/loop0p3",
        },
        "same",
    ),
    "btrfs, whose number is no device's": (
        "0:45",
        "/dev/loop0",
        {"class/block/loop0/loop/backing_file": "{file}"},
        "same",
    ),
    "a volume on two files": (
        "253:0",
        "/dev/mapper/rhel-root",
        {
            "block/loop0/loop/backing_file": "{file}",
            "block/loop1/loop/backing_file": "{file}",
            "dev/block/253:0/slaves/loop0": "../../../../block/loop0",
            "dev/block/253:0/slaves/loop1": "../../../../block/loop1",
        },
        "not-loop",
    ),
    "a file that was replaced": (
        "7:0",
        "/dev/loop0",
        {"dev/block/7:0/loop/backing_file": "{file} (deleted)"},
        "another-file",
    ),
    "nbd": ("43:0", "/dev/nbd0", {"dev/block/43:0/size": "1"}, "not-loop"),
    "nothing": ("7:0", "", {}, "not-mounted"),
}
"""How a device is described in /sys; a path there or back is a link. Constructed."""


@pytest.mark.parametrize("case", DEVICES)
@pytest.mark.parametrize("shell", ["dash", "ksh93", "posh", "zsh"])
def test_what_a_root_is_mounted_from(shell: str, case: str, root: Path, tmp_path: Path) -> None:
    number, source, described, word = DEVICES[case]
    file = tmp_path / "image.raw"
    file.write_bytes(b"image")
    system = tmp_path / "sys"
    (system / "class/block").mkdir(parents=True)
    for name, text in described.items():
        (system / name).parent.mkdir(parents=True, exist_ok=True)
        if text.startswith(".."):
            (system / name).symlink_to(text)
        else:
            (system / name).write_text(text.format(file=file) + "\n")
    mounts = (
        f"36 35 {number} / {root if source else '/elsewhere'} ro,relatime shared:1 - ext4 {source or '/dev/loop0'} ro\n"
    )
    (tmp_path / "mounts").write_text("22 1 8:1 / / rw - ext4 /dev/sda1 rw\n" + mounts)
    plan = {
        " /proc/self/mountinfo)": f" {tmp_path}/mounts)",
        "device=/sys/dev/block/": f"device={system}/dev/block/",
        "device=/sys/class/block/": f"device={system}/class/block/",
        "in /sys/class/block/dm-*": f"in {system}/class/block/dm-*",
    }
    words = ("image", "--root", str(root), "--image", str(file), "--only", "image.mount")
    (told,) = collect(tmp_path / "run", *words, shell=shell, plan=plan).bundle.evidence
    assert (told.argv, told.out.lines[:1]) == (("mounted", str(root), str(file)), (word,))
    assert (f"source {source}" in told.out.lines) == bool(source)
