"""The plan: what the script says of itself, what it runs, and what the sources read are one and the same."""

import subprocess
from collections import Counter
from pathlib import Path

import pytest
import tomli

from rmccomply.collect.plan import ADDRESS, SYSTEMS, Step, steps
from rmccomply.data import collector_text
from rmccomply.sources.requests import source_of
from rmccomply.sources.table import SOURCES
from tests.collect.running import Host, collect, need, script
from tests.facts.samples import SAMPLES

AIX = {
    *("lssrc", "lslpp", "ct_node_id", "lsnodeid", "rmcdomainstatus", "lsrsrc", "mcproxy", "lsrpdomain", "lspv"),
    *("lscluster", "ifconfig", "netstat", "tcp_probe", "df", "uname", "oslevel", "ctsvhbal", "ctsthl", "ctsvhbac"),
    *("services", "lsfilt", "cloud_init", "cloud_init_log", "mgmtdomainrm_log", "prtconf", "lparstat", "instfix"),
    *("emgr", "lslpp_history", "ctversion", "cluster0", "netstat_in", "lsrpnode", "ctrmc_status", "ps", "inittab"),
    *("lsdev", "uptime", "clstrmgr", "errpt", "ct_folders", "routes", "image_sum", "image_mount", "rpm"),
    *("listing", "reset_lines", "sys0"),
}
LINUX = {
    *(
        "lssrc",
        "rpm",
        "dpkg",
        "ct_node_id",
        "lsnodeid",
        "rmcdomainstatus",
        "lsrsrc",
        "mcproxy",
        "lsrpdomain",
        "ip_addr",
    ),
    *("lparcfg", "device_tree", "ct_folders", "routes"),
    *("ss", "tcp_probe", "df", "uname", "os_release", "cpuinfo", "ctsvhbal", "ctsthl", "ctsvhbac", "services"),
    *("firewalld", "rsct_service", "packet_filter", "cloud_init", "cloud_init_log", "mgmtdomainrm_log", "lparstat"),
    *(
        "ctversion",
        "proc_net",
        "lsrpnode",
        "ctrmc_status",
        "ps",
        "systemd",
        "uptime",
        "image_sum",
        "image_mount",
        "drm_definition",
        "kernel_filters",
    ),
    *("boot_entry", "direct_rules", "ds_identify", "grub_lines", "kernel_command", "keyfile", "listing", "netplan"),
    *("ipv6_lines", "program_header", "reset_lines", "rule_file", "settings", "sysctl", "zone_file"),
}
OF_AN_IMAGE = {"image.before", "image.mount", "image.after"}
"""Asked where `--image` names the file of an image; a large one takes long to read."""
READ = {"aix": AIX, "vios": (AIX - {"instfix", "emgr", "clstrmgr"}) | {"ioslevel", "cluster_list"}, "linux": LINUX}
"""Platform to the sources that read what it can answer."""
OTHER_FORMS = {
    "sys0:lsattr": "odmget says the same, of a mounted root too",
    "packet_filter:iptables": "iptables-save says the same of all tables",
    "packet_filter:ip6tables": "ip6tables-save says the same of all tables",
    "dpkg:dpkg": "dpkg-query says the same and is not cut",
    "uptime:who": "uptime says how long",
    "cluster_list:cluster": "what padmin types; ioscli is the command behind it",
    "ioslevel:ioslevel": "what padmin types; ioscli is the command behind it",
    "rpm:sh": "how support archives wrap it",
    "prtconf:lsconf": "another name of it",
    "lssrc:clshowsrv": "PowerHA's front end of lssrc",
}
"""Heads that are read where somebody brings them, and not asked, because something that is asked says the same."""


def unasked() -> dict[str, str]:
    """Sources that the collector asks for none of their answers, by why, as their samples say."""
    read = {path.stem: tomli.loads(path.read_text("utf-8")) for path in SAMPLES.glob("*.toml")}
    return {name: sample["unasked"] for name, sample in read.items() if "unasked" in sample}


def read_by(step: Step) -> str | None:
    argv = tuple("192.0.2.1" if word == ADDRESS else word for word in step.argv)
    return source_of(step.kind, argv)


@pytest.mark.parametrize("platform", SYSTEMS)
def test_every_request_is_read_by_a_source_and_every_source_of_the_platform_is_asked(platform: str) -> None:
    asked = steps(platform)
    assert [step.command for step in asked if read_by(step) is None] == []
    assert {read_by(step) for step in asked} == READ[platform]


def test_every_source_is_asked_somewhere_or_has_a_reason() -> None:
    assert set(SOURCES) - AIX - LINUX - {"ioslevel", "cluster_list"} - {*unasked()} == set()
    asked: dict[str, set[str]] = {}
    for platform in SYSTEMS:
        for step in steps(platform):
            head = step.argv[0] if step.kind != "cmd" or step.argv[0] != "tail" else step.argv[-1]
            asked.setdefault(str(read_by(step)), set()).update((head, step.argv[0]))
    left = {
        f"{name}:{head}"
        for name, source in SOURCES.items()
        for head in source.heads
        if head not in asked.get(name, {head})
    }
    assert left - {*OTHER_FORMS, *unasked()} == set()


@pytest.mark.parametrize("platform", SYSTEMS)
def test_identifiers_and_requests_stand_once(platform: str) -> None:
    plan = steps(platform)
    twice = [name for name, count in Counter(step.id for step in plan if step.id != "probe").items() if count > 1]
    folders = [step.id for step in plan if step.kind == "file" and "*" in step.argv[0]]
    assert twice == folders
    assert [name for name, count in Counter(step.command for step in plan).items() if count > 1] == []
    assert all(step.why and step.plans and 0 < step.limit <= 60 for step in plan if step.id not in OF_AN_IMAGE)


@pytest.mark.parametrize("platform", SYSTEMS)
def test_the_quick_profile_and_the_image_profile_are_parts_of_the_full_one(platform: str) -> None:
    for step in steps(platform):
        assert ("full" in step.plans) == (step.id not in OF_AN_IMAGE)
    for profile in ("quick", "image"):
        part = [step for step in steps(platform) if profile in step.plans]
        assert {"lslpp", "rpm", "ct_node_id"} & {read_by(step) for step in part}
        assert len(part) < len(steps(platform))
    assert not {"rmcdomainstatus", "lssrc", "lsrsrc"} & {
        read_by(step) for step in steps(platform) if "image" in step.plans
    }


def test_what_the_daemon_answers_is_asked_after_what_tells_whether_it_runs() -> None:
    for platform in SYSTEMS:
        names = [step.id for step in steps(platform)]
        for step in steps(platform):
            if step.how in ("rmc", "csm"):
                assert names.index("src.all") < names.index(step.id)


@pytest.mark.parametrize("platform", SYSTEMS)
def test_what_rmc_says_and_who_the_host_is_to_it_come_before_all_else(platform: str) -> None:
    first = [read_by(step) for step in steps(platform) if step.id not in OF_AN_IMAGE][:13]
    assert first[:5] == ["uname", "lssrc", "rmcdomainstatus", "rmcdomainstatus", "lsrsrc"]
    assert {"ct_node_id", "lsnodeid", "mcproxy", "lsrpdomain"} <= set(first)


def test_each_line_of_the_plan_is_a_step_of_some_system() -> None:
    lines = [
        line.split()[1]
        for line in collector_text().split("\n")
        if line.startswith(("  ask ", "  see ", "  log ", "  each ", "  prove ")) and not line.startswith('  ask "')
    ]
    assert set(lines) == {step.id for platform in SYSTEMS for step in steps(platform) if step.id != "probe"}


def recording_host(folder: Path, platform: str) -> Host:
    """A host that has every command of the plan; each writes down how it was called."""
    host = Host(folder, "Linux" if platform == "linux" else "AIX")
    for name in {step.argv[0] for step in steps(platform) if step.kind == "cmd" and step.argv[0] != "tail"}:
        words = 'for word in "$@"; do printf " <%s>" "$word"; done'
        host.command(name, f'{{ printf "%s" {name}; {words}; printf "\\n"; }} >>{folder}/calls')
    if platform != "linux":
        asked = (host.folder / "bin" / "lsdev").read_text()
        host.command("lsdev", f'{asked}\nprintf "ipsec_v4 Available\\n"')
        asked = (host.folder / "bin" / "lsrsrc").read_text()
        host.command("lsrsrc", f'{asked}\n[ "$1" = IBM.ManagementServer ]')
    for name, text in (
        ("modules", "nf_tables 1\n"),
        ("net/ip_tables_names", "filter\n"),
        ("net/ip6_tables_names", "filter\n"),
    ):
        host.file(f"/proc/{name}", text.encode())
    host.file(CLUSTER_LOG, b"Thu Nov 19 08:40:45 EST 2026(76210) MCP_cfg.c/01913/1.22 2613-023 nothing\n")
    return host


CLUSTER_LOG = "/var/ct/2738105564/log/mc/IBM.MgmtDomainRM/IBM.MgmtDomainRM.default"


@pytest.mark.exhaustive
@pytest.mark.parametrize("platform", SYSTEMS)
def test_a_host_is_asked_what_the_list_says_and_nothing_else(platform: str, tmp_path: Path) -> None:
    host = recording_host(tmp_path / "host", platform)
    run = collect(tmp_path / "run", "full", "--replay", str(host.folder))
    calls = (host.folder / "calls").read_text().splitlines()
    expected = [
        " ".join([step.argv[0], *(f"<{word}>" for word in step.argv[1:])])
        for step in steps(platform)
        if step.kind == "cmd" and step.argv[0] != "tail" and step.id not in OF_AN_IMAGE
    ]
    assert calls == expected
    written = [
        item.argv[-1] if item.kind == "file" or item.request.startswith("tail") else item.request
        for item in run.bundle.evidence
    ]
    listed = [
        step.argv[-1].replace("[0-9]*", "2738105564")
        if step.kind == "file" or step.argv[0] == "tail"
        else " ".join(step.argv)
        for step in steps(platform)
        if step.id not in OF_AN_IMAGE and not ("*" in step.argv[-1] and step.kind == "file")
    ]
    assert written == [name for name in listed if not name.startswith("tcp ")]


def test_the_list_asks_nothing_at_all(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    words = [
        need("strace"),
        "-f",
        "-e",
        "trace=execve",
        "-o",
        str(trace),
        need("dash"),
        str(script(tmp_path)),
        "--list",
    ]
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"strace may not run here: {done.stderr[:80]}")
    ran = [
        line.partition('"')[2].partition('"')[0].rpartition("/")[2]
        for line in trace.read_text().splitlines()
        if "execve(" in line
    ]
    assert set(ran) <= {"dash", "tr"}
