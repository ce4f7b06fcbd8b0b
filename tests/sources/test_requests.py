"""Requests: which source reads what was run, and what is due."""

import pytest

from rmccomply.evidence.model import Kind
from rmccomply.facts.catalogue import FACTS, sources_of
from rmccomply.sources.requests import due, source_of
from rmccomply.sources.table import SOURCES


@pytest.mark.parametrize(
    ("kind", "argv", "source"),
    [
        ("cmd", ("/usr/bin/lssrc", "-a"), "lssrc"),
        ("cmd", ("lssrc", "-ls", "mcproxy"), "mcproxy"),
        ("cmd", ("/opt/rsct/bin/lsrsrc", "-l", "IBM.MCP"), "lsrsrc"),
        ("file", ("/etc/ct_node_id",), "ct_node_id"),
        ("file", ("/tmp/etc/ct_node_id",), None),
        ("file", ("/usr/bin/lssrc",), None),
        ("probe", ("tcp", "fe80::1%en0", "657"), "tcp_probe"),
        ("cmd", ("/usr/bin/df", "-h"), None),
        ("cmd", ("/usr/bin/no-such-command",), None),
        ("cmd", (), None),
    ],
)
def test_which_source_reads_a_request(kind: Kind, argv: tuple[str, ...], source: str | None) -> None:
    assert source_of(kind, argv) == source


OF_ANOTHER_PLATFORM = {
    "aix": {
        *("lparcfg", "device_tree"),
        *("cpuinfo", "dpkg", "firewalld", "ip_addr", "os_release", "packet_filter", "proc_net", "rpm", "rsct_service"),
        *("cluster_list", "kernel_filters", "ss", "systemd"),
    },
    "linux": {
        *(
            "clstrmgr",
            "cluster_list",
            "cluster0",
            "ifconfig",
            "inittab",
            "lscluster",
            "lsdev",
            "lsfilt",
            "lslpp",
            "lslpp_listing",
            "lspv",
            "netstat_in",
        ),
        "oslevel",
    },
}
NOT_ASKED_OF_A_HOST = {"tcp_probe", "transport"}
OTHER_FORMS = {"lslpp_history", "prtconf", "instfix", "emgr", "ufw"}
"""What AIX alone has tells the platform, and what is asked tells the rest; nft tells more than ufw."""


@pytest.mark.parametrize("platform", ["aix", "linux"])
def test_what_is_due_of_a_platform_is_all_that_its_facts_follow_from(platform: str) -> None:
    asked = {
        source_of("file", (one,)) if one.startswith("/") else one for due_one in due(platform) for one in due_one.any_of
    }
    needed = {
        source
        for name, line in FACTS.items()
        if not line.platforms or platform in line.platforms
        for source in sources_of(name)
    }
    assert needed - asked == (OF_ANOTHER_PLATFORM[platform] | NOT_ASKED_OF_A_HOST | OTHER_FORMS - asked) & needed
    assert "" not in asked
    assert None not in asked


def test_what_is_due_is_written_as_people_write_it() -> None:
    assert {one.request: one.any_of for one in due("linux")}["uptime or /proc/uptime"] == ("uptime", "/proc/uptime")
    assert due("") == ()


def test_every_source_is_there_and_is_whole() -> None:
    for one in SOURCES.values():
        source = one.load()
        assert source.__doc__
        assert isinstance(source.LISTING, bool)
        assert all(not option.startswith("-") for option in source.OPTIONS)
