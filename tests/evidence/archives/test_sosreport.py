"""sosreport: the manifest tells how every command ended, and what it does not tell is not made up."""

import io
import json
from typing import Any

import pytest

from rmccomply.evidence.archives.kinds import read_packed
from rmccomply.evidence.model import Evidence
from rmccomply.sources.requests import archive_requests, source_of
from tests.evidence.archives.building import (
    SOS_ROOT,
    Files,
    by_request,
    entry,
    gzipped,
    held,
    manifest,
    member,
    notes_of,
    sosreport,
    unended,
)
from tests.hosts.building import LSSRC, THEN, command, file

LSSRC_PATH = "sos_commands/powerpc/lssrc_-a"


def report(*entries: dict[str, Any], **files: bytes) -> Files:
    """A sosreport with these commands in its manifest, and these outputs by the last part of their paths."""
    outputs = {f"{SOS_ROOT}/{path}": data for path, data in files.items()}
    return {
        f"{SOS_ROOT}/sos_reports/sos.txt": b"",
        f"{SOS_ROOT}/sos_reports/manifest.json": manifest(entries),
        **outputs,
    }


def only(files: Files) -> Evidence:
    (item,) = held(files).bundle.evidence
    return item


def test_a_command_with_its_status_its_time_and_its_lines() -> None:
    found = held(sosreport([command("lssrc -a", LSSRC), file("/etc/ct_node_id", "9f684c509e74d650\n")]))
    lssrc, node = found.bundle.evidence
    assert (lssrc.argv, lssrc.exit_status, lssrc.ended) == (("lssrc", "-a"), 0, THEN)
    assert lssrc.uri == f"x.tar.gz!/{SOS_ROOT}/{LSSRC_PATH}"
    place = lssrc.at(2)
    assert place is not None
    assert (place.start_line, place.text) == (2, LSSRC.split("\n")[1])
    assert (node.kind, node.argv, node.out.lines) == ("file", ("/etc/ct_node_id",), ("9f684c509e74d650",))
    assert node.ended == "2026-11-20T02:59:58Z"
    assert (found.title, found.bundle.platform, found.bundle.collected) == ("sosreport 4.8.1", "linux", node.ended)


@pytest.mark.parametrize(
    ("status", "state", "reason"),
    [
        (124, "timeout", "timeout"),
        (126, "noexec", "denied"),
        (127, "notfound", "command_absent"),
        (-9, "signal", "truncated"),
    ],
)
def test_statuses_that_are_no_answer(status: int, state: str, reason: str) -> None:
    item = only(report(entry("lssrc -a", LSSRC_PATH, status), **{LSSRC_PATH: LSSRC.encode()}))
    assert item.damage is not None
    assert (item.state, item.damage.reason, item.exit_status) == (state, reason, None)


def test_a_command_that_failed_keeps_its_status_and_its_words() -> None:
    text = b"0513-001 The System Resource Controller daemon is not active.\n"
    item = only(report(entry("lssrc -a", LSSRC_PATH, 1), **{LSSRC_PATH: text}))
    assert (item.state, item.exit_status, item.damage, len(item.out.lines)) == ("exit", 1, None, 1)


def test_silence_is_proved_by_the_manifest() -> None:
    files = report(entry("lsrpdomain", "sos_commands/ha/lsrpdomain"), **{"sos_commands/ha/lsrpdomain": b""})
    item = only(files)
    place = item.at(0)
    assert place is not None
    assert (item.out.lines, item.exit_status, item.damage) == ((), 0, None)
    assert place.uri == f"x.tar.gz!/{SOS_ROOT}/sos_reports/manifest.json"
    lines = files[f"{SOS_ROOT}/sos_reports/manifest.json"].decode().split("\n")
    assert lines[place.start_line - 1] == place.text
    assert place.text.strip() == '"exec": "lsrpdomain",'


def test_an_output_that_is_not_there_is_no_silence() -> None:
    assert held(report(entry("lsrpdomain", "sos_commands/ha/lsrpdomain"))).bundle.evidence == ()


@pytest.mark.parametrize("path", ["sos_strings/powerpc/lssrc_-a.tailed", LSSRC_PATH])
def test_a_tail_loses_its_first_line(path: str) -> None:
    item = only(report(entry("lssrc -a", path, cut=True), **{path: LSSRC.encode()}))
    assert item.damage is not None
    assert (item.damage.reason, item.damage.partial) == ("truncated", True)
    assert item.out.lines == tuple(LSSRC.split("\n")[1:-1])
    place = item.at(1)
    assert place is not None
    assert (place.start_line, place.text) == (2, LSSRC.split("\n")[1])


def test_a_path_in_sos_strings_is_a_tail_whatever_the_manifest_says() -> None:
    path = "sos_strings/powerpc/lssrc_-a.tailed"
    item = only(report(entry("lssrc -a", path), **{path: LSSRC.encode()}))
    assert item.damage is not None


def test_without_a_manifest_names_tell_the_requests_and_nothing_tells_the_end() -> None:
    root = f"{SOS_ROOT}/sos_commands"
    found = held(
        {f"{root}/powerpc/lssrc_-a": LSSRC.encode(), f"{root}/x/y/lsnodeid": b"1\n", f"{root}/lsnodeid": b"1\n"}
    )
    (item,) = found.bundle.evidence
    assert (item.argv, item.exit_status, item.ended) == (("lssrc", "-a"), None, None)
    assert "the manifest is missing, so no exit status is known" in notes_of(found)


PLUGINS = b'{"components": {"report": {"plugins": %b}}}'


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"[" * 100_000,
        b'{"components": []}',
        PLUGINS % b'{"x": {"commands": {}}}',
        PLUGINS % b'{"x": {"commands": [1, {"exec": 2}]}}',
        PLUGINS % b'{"x": 1, "y": {"commands": [{"exec": "lssrc \'", "return_code": 0}]}}',
        PLUGINS % b'{"x": {"commands": [{"exec": "lssrc -a", "return_code": true}]}}',
        b"\xff\xfe",
    ],
)
def test_a_manifest_of_another_form_tells_nothing(text: bytes) -> None:
    files = {f"{SOS_ROOT}/sos_reports/manifest.json": text, f"{SOS_ROOT}/{LSSRC_PATH}": LSSRC.encode()}
    item = only(files)
    assert item.exit_status is None


@pytest.mark.parametrize("time", [None, "soon", -1, 1e300, float("nan"), True, [], 10**400])
def test_a_time_that_is_none_is_unknown(time: Any) -> None:
    row = entry("lssrc -a", LSSRC_PATH) | {"start_time": time, "end_time": time}
    assert only(report(row, **{LSSRC_PATH: LSSRC.encode()})).ended in (None, "1970-01-01T00:00:01Z")


def test_two_manifests_tell_nothing() -> None:
    path = f"{SOS_ROOT}/sos_reports/manifest.json"
    files = report(entry("lssrc -a", LSSRC_PATH), **{LSSRC_PATH: LSSRC.encode()})
    found = held(files, member(path, manifest([entry("lssrc -a", LSSRC_PATH, 1)])))
    assert [item.exit_status for item in found.bundle.evidence] == [None]
    assert "the manifest cannot be read, so no exit status is known" in notes_of(found)


@pytest.mark.parametrize(
    ("told", "size", "cut"), [({}, 1 << 20, True), ({}, 1000, False), ({"truncated": False}, 1 << 20, False)]
)
def test_what_early_releases_may_have_cut_is_no_whole_answer(told: dict[str, bool], size: int, cut: bool) -> None:
    row = {key: value for key, value in entry("lssrc -a", LSSRC_PATH).items() if key != "truncated"}
    item = only(report(row | told, **{LSSRC_PATH: LSSRC.encode() + b" x rsct 1 active\n" * (size // 17 + 1)}))
    assert (item.damage is not None, item.out.first_line) == (cut, 2 if cut else 1)


def test_a_large_output_without_a_manifest_is_a_part() -> None:
    item = only({f"{SOS_ROOT}/{LSSRC_PATH}": LSSRC.encode() + b" x rsct 1 active\n" * 70_000})
    assert not item.whole


def with_components(**components: Any) -> Files:
    """A sosreport whose manifest tells of these components besides."""
    files = report(entry("lssrc -a", LSSRC_PATH), **{LSSRC_PATH: LSSRC.encode()})
    path = f"{SOS_ROOT}/sos_reports/manifest.json"
    whole = json.loads(files[path])
    for name, value in components.items():
        whole["components"].setdefault(name, {}).update(value)
    return files | {path: json.dumps(whole).encode()}


@pytest.mark.parametrize(
    ("files", "name", "says"),
    [
        (with_components(cleaner={}), "x.tar.gz", "sos clean replaced names and addresses"),
        (with_components(), "sosreport-host0-2026-11-20-obfuscated.tar.gz", "sos clean replaced names and addresses"),
        (with_components(report={"sysroot": "/mnt/sysimage"}), "x.tar.gz", "the root was: /mnt/sysimage"),
    ],
)
def test_a_report_that_is_not_of_the_running_host_says_so(files: Files, name: str, says: str) -> None:
    found = held(files, name=name)
    (note,) = [one for one in found.bundle.notifications if one.level == "warning"]
    assert says in note.text


@pytest.mark.parametrize("root", ["/", "", None, 1])
def test_a_report_of_the_running_host_has_no_doubts(root: Any) -> None:
    found = held(with_components(report={"sysroot": root}))
    assert [one for one in found.bundle.notifications if one.level == "warning"] == []


def test_a_command_that_two_plugins_asked_is_two_answers() -> None:
    paths = ("sos_commands/a/ip_addr", "sos_commands/b/ip_addr")
    found = held(report(*(entry("ip addr", path) for path in paths), **dict.fromkeys(paths, b"x\n")))
    assert [item.uri.rpartition("!/")[2] for item in found.bundle.evidence] == [f"{SOS_ROOT}/{path}" for path in paths]


def test_the_package_list_of_sos_is_read() -> None:
    line = """sh -c 'rpm --nodigest -qa --qf="%-59{NVRA} %{INSTALLTIME:date}\n" | sort -V'"""
    path = "sos_commands/rpm/sh_-c_rpm_--nodigest_-qa_--qf_-59_NVRA_INSTALLTIME_date_sort_-V"
    found = held(report(entry(line, path), **{path: b"bash-5.1.8-9.el9.ppc64le     Tue 10 Mar 2026 07:15:33 AM CET\n"}))
    (item,) = found.bundle.evidence
    assert "\n" not in "".join(item.argv)
    assert source_of(item.kind, item.argv) == "rpm"


@pytest.mark.parametrize(
    ("path", "request_text"),
    [
        ("proc/4711/net/tcp6", "/proc/net/tcp6"),
        ("proc/net/udp", "/proc/net/udp"),
        ("proc/4711/cpuinfo", None),
        ("proc/self/net/tcp6", None),
        ("sys/4711/net/tcp6", None),
    ],
)
def test_the_network_of_the_process_that_read_it_is_that_of_the_host(path: str, request_text: str | None) -> None:
    evidence = held(report(**{path: b"  sl  local_address rem_address   st\n"})).bundle.evidence
    assert [item.request for item in evidence] == ([request_text] if request_text else [])


def test_what_is_no_request_is_not_read() -> None:
    files = report(
        entry("lscpu", "sos_commands/cpu/lscpu"), **{"sos_commands/cpu/lscpu": b"x", "etc/shadow": b"root:x"}
    )
    assert held(files).bundle.evidence == ()


def test_it_says_that_node_id_consistency_cannot_follow() -> None:
    found = held(sosreport([command("lssrc -a", LSSRC), file("/etc/ct_node_id", "9f684c509e74d650\n")]))
    assert {"lssrc -a", "/etc/ct_node_id"} == set(found.answers)
    assert {"/var/ct/cfg/ct_node_id", "lsnodeid", "lsrpdomain"} <= set(found.lacks)
    assert "/etc/ct_node_id" not in found.lacks
    assert by_request(found)


def test_a_report_that_is_cut_before_its_manifest_is_not_read_by_names() -> None:
    files = {f"{SOS_ROOT}/{LSSRC_PATH}": LSSRC.encode(), f"{SOS_ROOT}/etc/ct_node_id": b"12ab\n"}
    cut = read_packed(lambda: io.BytesIO(gzipped(unended(files))), "x.tar.gz", "x", archive_requests())
    assert cut.answers == ("/etc/ct_node_id",)
    assert held(files).answers == ("/etc/ct_node_id", "lssrc -a")


@pytest.mark.parametrize(("name", "whole"), [("rpm_-qa", True), ("rpm_-q_rsct", False), ("lsrsrc_IBM.MCP", True)])
def test_a_name_keeps_nothing_of_a_pattern(name: str, whole: bool) -> None:
    (item,) = held({f"{SOS_ROOT}/sos_commands/x/{name}": b"x\n"}).bundle.evidence
    assert item.whole is whole


CLEANED = [
    (
        "sos_commands/networking/ip_-d_address",
        b"    link/ether 53:4f:53:00:00:1a brd ff:ff:ff:ff:ff:ff\n",
        "53:4f:53:00:",
    ),
    ("sos_commands/networking/ip_-d_address", b"    inet6 534f:cd::1/64 scope global\n", "534f:c"),
    ("sos_commands/networking/ip_-d_address", b"    inet6 fd53:a1::1/64 scope global\n", "fd53:a"),
    ("sos_commands/kernel/uname_-a", b"Linux host0.obfuscateddomain0.com 5.14\n", "obfuscateddomain0"),
]


@pytest.mark.parametrize(("path", "text", "mark"), CLEANED)
def test_a_report_that_was_cleaned_later_shows_itself_in_what_it_says(path: str, text: bytes, mark: str) -> None:
    found = held({f"{SOS_ROOT}/sos_commands/x/y": b"", f"{SOS_ROOT}/{path}": text})
    says = f"it has {mark}, as sos clean writes it, so names and addresses in it may not be the host's"
    assert says in notes_of(found)


def test_addresses_that_are_like_no_cleaned_ones_are_passed_over() -> None:
    text = b"    link/ether 52:53:4f:53:00:1a\n    inet6 fd5:3::1 fe80::534f\n"
    found = held({f"{SOS_ROOT}/sos_commands/networking/ip_-d_address": text})
    assert not [note for note in notes_of(found) if "sos clean" in note]


def test_the_log_of_a_member_of_a_peer_domain_is_read_where_it_stands() -> None:
    path = "/var/ct/1840273645/log/mc/IBM.MgmtDomainRM/IBM.MgmtDomainRM.default"
    item = only({f"{SOS_ROOT}/sos_commands/x/y": b"", f"{SOS_ROOT}{path}": b"one\n"})
    assert (item.kind, item.argv) == ("file", (path,))


OF_SOS = [
    ("firewall_tables/nft_-a_list_ruleset", "packet_filter"),
    ("firewall_tables/nft_list_ruleset", "packet_filter"),
    ("firewall_tables/iptables_-vnxL", "packet_filter"),
    ("firewall_tables/ip6tables_-t_filter_-nvL", "packet_filter"),
    ("networking/iptables_-t_filter_-nvL", "packet_filter"),
    ("networking/ss_-peaonmi", "ss"),
    ("networking/netstat_-W_-neopa", "netstat"),
    ("networking/netstat_-neopa", "netstat"),
    ("networking/ip_-o_addr", "ip_addr"),
    ("filesys/df_-al", "df"),
    ("filesys/df_-ali", "df"),
    ("filesys/df_-al_-x_autofs", "df"),
    ("filesys/df_-ali_-x_autofs", "df"),
    ("filesys/df_-aliT_-x_autofs", "df"),
    ("process/ps_auxwww", "ps"),
    ("process/ps_auxwwwm", "ps"),
    ("systemd/systemctl_list-unit-files", "systemd"),
    ("powerpc/systemctl_status_ctrmc", "systemd"),
    ("powerpc/lssrc_-a", "lssrc"),
    ("powerpc/lsrsrc_IBM.MCP", "lsrsrc"),
    ("powerpc/rmcdomainstatus_-s_ctrmc_-a_ip", "rmcdomainstatus"),
]
"""What sos 3.2 to 4.12 name the files of the commands that a fact reads, by their plugins."""


@pytest.mark.parametrize(("path", "source"), OF_SOS)
def test_what_every_release_of_sos_asks_is_read_without_a_manifest(path: str, source: str) -> None:
    item = only({f"{SOS_ROOT}/sos_commands/{path}": b"one\n"})
    assert source_of("cmd", item.argv) == source
