"""What the collector does not ask, since to ask would load a module, or nothing would be there to answer."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.collect.running import Host, collect

RELEASE = {"/proc/sys/kernel/osrelease": "6.4.0\n"}
MODULES = {"/proc/modules": "xfs 1 0 - Live 0x0\n"}
NFT, SAVE, SAVE6 = "nft list ruleset", "iptables-save", "ip6tables-save"
AVAILABLE = "ipsec_v4 Available  IP Version 4 Security Extension\n"
DEFINED = "ipsec_v4 Defined  IP Version 4 Security Extension\nipsec_v6 Stopped  IP Version 6 Security Extension\n"
RULES = ("lsfilt -a -v4 -O", "lsfilt -a -v6 -O")


def asked(host: Host, run: Path, only: str) -> dict[str, str]:
    """The states of the requests, or the word for why they were skipped."""
    bundle = collect(run, "full", "--only", only, "--replay", str(host.folder)).bundle
    return {item.request: item.text.partition("why=")[2] or item.state for item in bundle.evidence}


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("files", "states"),
    [
        ({}, ["not-loaded"] * 3),
        (MODULES, ["not-loaded"] * 3),
        (RELEASE | MODULES, ["not-loaded"] * 3),
        (RELEASE | {"/proc/modules": "nf_tables 1 0 - Live 0x0\n"}, ["exit", "not-loaded", "not-loaded"]),
        (MODULES | {"/proc/net/ip_tables_names": "filter\n"}, ["not-loaded", "exit", "not-loaded"]),
        (RELEASE | {"/lib/modules/6.4.0/modules.builtin": "kernel/net/netfilter/nf_tables.ko\n"} | MODULES,
         ["exit", "not-loaded", "not-loaded"]),
        (RELEASE, ["exit"] * 3),
    ],
)  # fmt: skip
def test_a_packet_filter_is_asked_where_that_loads_no_module(
    files: Mapping[str, str], states: list[str], tmp_path: Path
) -> None:
    """A kernel without modules has no list of them in a /proc that has all else: there is nothing to load."""
    host = Host(tmp_path / "host", "Linux")
    for path, text in files.items():
        host.file(path, text.encode())
    for name in ("nft", SAVE, SAVE6):
        host.command(name, ":")
    found = asked(host, tmp_path / "run", "fw.nft,fw.iptables,fw.ip6tables")
    assert found == dict(zip((NFT, SAVE, SAVE6), states, strict=True))


@pytest.mark.parametrize(
    ("status", "runs", "state"),
    [(0, "active", "mcp-there"), (1, "active", "exit"), (0, "inoperative", "ctrmc-down")],
)
def test_the_class_of_old_levels_is_asked_for_unless_that_of_later_ones_is_answered(
    status: int, runs: str, state: str, tmp_path: Path
) -> None:
    host = Host(tmp_path / "host")
    host.command("lssrc", f"echo ' ctrmc rsct 1 {runs}'")
    host.command("lsrsrc", f'[ "$1" = IBM.ManagementServer ] || exit {status}')
    found = asked(host, tmp_path / "run", "src.all,rmc.mcp,rmc.server")
    assert found["lsrsrc IBM.ManagementServer"] == state


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("devices", "state"),
    [
        (f"printf '{AVAILABLE}'", "exit"),
        (f"printf '{DEFINED}'", "no-ipsec"),
        (f"printf '{DEFINED}{AVAILABLE}'", "exit"),
        (":", "no-ipsec"),
        ("echo 'a word of a later release'", "exit"),
        (f"printf '{DEFINED}'; exit 1", "exit"),
    ],
)
def test_rules_of_an_ip_filter_are_asked_for_unless_no_device_of_it_is_available(
    devices: str, state: str, tmp_path: Path
) -> None:
    host = Host(tmp_path / "host")
    host.command("lsdev", devices)
    host.command("lsfilt", ":")
    found = asked(host, tmp_path / "run", "filter.devices,filter.v4,filter.v6")
    assert [found[request] for request in RULES] == [state, state]


def test_rules_of_an_ip_filter_are_asked_for_where_devices_are_not(tmp_path: Path) -> None:
    host = Host(tmp_path / "host")
    host.command("lsfilt", ":")
    assert asked(host, tmp_path / "run", "filter.v4,filter.v6") == dict.fromkeys(RULES, "exit")
