"""Requests: by what a capture file is called, and by what was run."""

import pytest

from rmccomply.evidence.model import Kind
from rmccomply.facts import SOURCES, load
from rmccomply.facts.catalogue import FACTS, sources_of
from rmccomply.facts.requests import due, key_of, request_of, source_of
from tests.facts.samples import CORPUS


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("lssrc-a.txt", "lssrc-a"),
        ("lssrc_-a", "lssrc-a"),
        ("lssrc -a.out", "lssrc-a"),
        ("lsrsrc-IBM.MCP.txt", "lsrsrc-IBM.MCP"),
        ("etc_ct_node_id.txt", "etc-ct-node-id"),
        ("/etc/ct_node_id", "etc-ct-node-id"),
        ("rmcdomainstatus_-s_ctrmc_-a_ip", "rmcdomainstatus-s-ctrmc-a-ip"),
        (".txt", ""),
        ("---", ""),
    ],
)
def test_keys(name: str, key: str) -> None:
    assert key_of(name) == key


@pytest.mark.parametrize(
    ("name", "kind", "argv"),
    [
        ("lssrc-a.txt", "cmd", ("lssrc", "-a")),
        ("lssrc_-a", "cmd", ("lssrc", "-a")),
        ("lsrsrc-IBM.MCP.txt", "cmd", ("lsrsrc", "IBM.MCP")),
        ("etc_ct_node_id.txt", "file", ("/etc/ct_node_id",)),
        ("var-ct-cfg-ct_node_id", "file", ("/var/ct/cfg/ct_node_id",)),
        ("etc-os-release.txt", "file", ("/etc/os-release",)),
        ("lssrc-g-rsct.txt", "cmd", ("lssrc", "-g", "rsct")),
        ("lssrc-ls-mcproxy.txt", "cmd", ("lssrc", "-ls", "mcproxy")),
        ("lslpp-Lcq-rsct..txt", "cmd", ("lslpp", "-Lcq", "rsct.*")),
        ("lslpp-cl.txt", "cmd", ("lslpp", "-cl")),
        ("rmcdomainstatus-s-ctrmc-a-ip.txt", "cmd", ("rmcdomainstatus", "-s", "ctrmc", "-a", "ip")),
        ("df-k-var-tmp.txt", "cmd", ("df", "-k", "/var", "/tmp")),
        ("uname-L.txt", "cmd", ("uname", "-L")),
        ("ip_addr", "cmd", ("ip", "addr")),
        ("rpm-qa", "cmd", ("rpm", "-qa")),
        ("lsnodeid.out", "cmd", ("lsnodeid",)),
        ("tcp-10.9.8.7-657.txt", "probe", ("tcp", "10.9.8.7", "657")),
    ],
)
def test_what_a_capture_is_called(name: str, kind: Kind, argv: tuple[str, ...]) -> None:
    assert request_of(name) == (kind, argv, False)
    assert source_of(kind, argv) is not None


@pytest.mark.parametrize(
    "name",
    [
        "lssrc.txt",
        "lssrc-a-grep-rsct.txt",
        "lssrc-b.txt",
        "Lssrc-a.txt",
        "my-lssrc-a.txt",
        "lssrc-a.txt.bak",
        "lspartition-dlpar.txt",
        "ct_node_id",
        "SOURCE.txt",
        "README.md",
        "x.rmcc",
        "",
    ],
)
def test_what_is_no_requests_key(name: str) -> None:
    assert request_of(name) is None


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
        *("cpuinfo", "dpkg", "firewalld", "ip_addr", "os_release", "packet_filter", "proc_net", "rpm", "rsct_service"),
        *("kernel_filters", "ss", "systemd"),
    },
    "linux": {
        *(
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
    assert needed - asked == (OF_ANOTHER_PLATFORM[platform] | NOT_ASKED_OF_A_HOST) & needed
    assert "" not in asked
    assert None not in asked


def test_what_is_due_is_written_as_people_write_it() -> None:
    assert {one.request: one.any_of for one in due("linux")}["uptime or /proc/uptime"] == ("uptime", "/proc/uptime")
    assert due("") == ()


def test_every_source_is_there_and_is_whole() -> None:
    for name in SOURCES:
        source = load(name)
        assert source.__doc__
        assert isinstance(source.LISTING, bool)
        assert all(not option.startswith("-") for option in source.OPTIONS)


def test_the_names_of_the_corpus() -> None:
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real captures is not here")
    names = {path.name for path in CORPUS.glob("*/*.txt")}
    known = {name: found.argv for name in names if (found := request_of(name))}
    assert known["lssrc-a.txt"] == ("lssrc", "-a")
    assert known["lsrsrc-IBM.MCP.txt"] == ("lsrsrc", "IBM.MCP")
    assert not {"SOURCE.txt", "lspv-grep-caavg.txt", "lssrc-a-grep-rsct.txt"} & set(known)
