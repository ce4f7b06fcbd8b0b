"""Requests: which source reads what was run, and what is due."""

import pytest

from rmccomply.collect.plan import SYSTEMS, steps
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


NOT_DUE = {
    "tcp_probe": "is asked only with --probe, and by the controller",
    "lslpp_history": "tells when, where another listing tells what",
    "prtconf": "is one of several that tell the machine, each of them asked for besides",
    **dict.fromkeys(
        (
            *("listing", "settings", "keyfile", "netplan", "zone_file", "direct_rules", "rule_file", "program_header"),
            *(
                "boot_entry",
                "grub_lines",
                "kernel_command",
                "sysctl",
                "sys0",
                "ds_identify",
                "reset_lines",
                "ipv6_lines",
            ),
        ),
        "is one of the files by which a system starts: of one that runs other answers tell more",
    ),
    "ctsvhbal": "tells which of the hosts that an image trusts is itself",
}
"""Sources that a collection asks and facts read, and that evidence of other makers is not told to lack."""
NOT_DUE_OF: dict[str, set[str]] = {"aix": {"rpm"}, "vios": {"rpm"}, "linux": set()}
"""The same of a platform: few packages of AIX are those of rpm."""


@pytest.mark.parametrize("platform", SYSTEMS)
def test_what_is_due_of_a_platform_is_what_its_facts_read_of_what_is_collected(platform: str) -> None:
    asked = {source_of(step.kind, step.argv) for step in steps(platform) if "full" in step.plans}
    read = {
        source
        for name, line in FACTS.items()
        if not line.platforms or platform in line.platforms
        for source in sources_of(name)
    }
    named = [
        {source_of("file", (one,)) if one.startswith("/") else one for one in each.any_of} for each in due(platform)
    ]
    assert [one for one in named if not one & asked & read] == []
    left = {*NOT_DUE} | NOT_DUE_OF[platform]
    assert asked & read - left == set().union(*named) & asked & read - left


def test_what_is_due_is_written_as_people_write_it() -> None:
    assert {one.request: one.any_of for one in due("linux")}["uptime or /proc/uptime"] == ("uptime", "/proc/uptime")
    assert due("") == ()


def test_every_source_is_there_and_is_whole() -> None:
    for one in SOURCES.values():
        source = one.load()
        assert source.__doc__
        assert isinstance(source.LISTING, bool)
        assert all(not option.startswith("-") for option in source.OPTIONS)
