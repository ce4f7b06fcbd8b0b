"""The names of captures: every spelling of every request names it."""

import re
import shlex
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from rmccomply.collect.plan import GIVEN, SYSTEMS, steps
from rmccomply.evidence.model import Asked, Kind, request_text
from rmccomply.sources.named import key_of, meant_by, read_instead, request_of
from rmccomply.sources.requests import DUE, source_of
from tests.collect.test_plan import read_by
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


def test_the_names_of_the_corpus() -> None:
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real captures is not here")
    names = {path.name for path in CORPUS.glob("*/*.txt")}
    known = {name: found.argv for name in names if (found := request_of(name))}
    assert known["lssrc-a.txt"] == ("lssrc", "-a")
    assert known["lsrsrc-IBM.MCP.txt"] == ("lsrsrc", "IBM.MCP")
    assert "SOURCE.txt" not in known


ROOT = Path(__file__).parents[2]
SPELLINGS: dict[str, Callable[[str], str]] = {
    "key": lambda text: key_of(text) + ".txt",
    "sos": lambda text: re.sub(r"[^\w.-]+", "_", text.replace("/", ".")).strip("._-"),
    "underscores": lambda text: re.sub(r"[^\w.-]+", "_", text).strip("_"),
    "blanks": lambda text: text.replace("/", "_") + ".out",
}
NOT_READ = ("ls -l ", "telnet ", "rmccomply ", "strace", "man ")


def asked_of_hosts() -> set[tuple[Kind, tuple[str, ...]]]:
    """Every request that the collector makes, that is due of a platform, or that a finding says would settle it."""
    found: set[tuple[Kind, tuple[str, ...]]] = {
        (step.kind, step.argv)
        for system in SYSTEMS
        for step in steps(system)
        if GIVEN.isdisjoint(step.argv) and "*" not in step.argv[-1] and read_by(step)
    }
    texts = [text for line in DUE.values() for one in line for text in one.split(" or ")]
    for path in (ROOT / "rmccomply").rglob("*.py"):
        texts += re.findall(
            r"""(?:settle=|_SETTLE: Final = |_SYSTEMD: Final = )"([a-z][^"{]+)\"""", path.read_text("utf-8")
        )
    for text in texts:
        words = tuple(shlex.split(text))
        if not text.startswith(NOT_READ):
            lone = words[-1] if words[0] == "cat" or words[0].startswith("/") else ""
            found.add(("file", (lone,)) if lone else ("cmd", words))
    return found


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize(("kind", "argv"), sorted(asked_of_hosts()))
def test_every_request_that_is_asked_is_named_by_every_spelling_of_it(
    kind: Kind, argv: tuple[str, ...], spelling: str
) -> None:
    source = source_of(kind, argv)
    assert source is not None
    texts = [request_text(kind, argv), shlex.join(("cat", *argv) if kind == "file" else argv)]
    for text in texts:
        name = SPELLINGS[spelling](text)
        found = request_of(name)
        assert found is not None, name
        assert source_of(found.kind, found.argv) == source, (name, found)
        assert (found.kind, found.filtered) == (kind, False)
        if spelling == "key":
            assert found.argv == argv


def test_no_two_requests_of_the_collector_have_one_key() -> None:
    keys: dict[str, tuple[str, ...]] = {}
    for system in SYSTEMS:
        for step in (one for one in steps(system) if GIVEN.isdisjoint(one.argv)):
            assert keys.setdefault(key_of(step.command).replace(".", "-"), step.argv) == step.argv


@pytest.mark.parametrize(
    ("name", "argv"),
    [
        *product(("lssrc-g-rsct_rm.txt", "lssrc_-g_rsct_rm.txt", "lssrc-g-rsct-rm"), [("lssrc", "-g", "rsct_rm")]),
        *product(
            ("firewall-cmd-list-all-zones", "firewall-cmd_--list-all-zones", "firewall-cmd---list-all-zones"),
            [("firewall-cmd", "--list-all-zones")],
        ),
        ("firewall-cmd-state", ("firewall-cmd", "--state")),
        ("firewall-cmd_--zone_public_--list-all", ("firewall-cmd", "--zone=public", "--list-all")),
        ("firewall-cmd --zone=public --list-all.txt", ("firewall-cmd", "--zone=public", "--list-all")),
        ("iptables-save", ("iptables-save",)),
        ("ip6tables-save.txt", ("ip6tables-save",)),
        ("iptables-t-filter-S", ("iptables", "-t", "filter", "-S")),
        ("iptables_-S", ("iptables", "-S")),
        ("ss-nap", ("ss", "-nap")),
        ("ss_-tulpn", ("ss", "-tulpn")),
        ("netstat-a-n", ("netstat", "-a", "-n")),
        ("netstat_-W_-neopa", ("netstat", "-W", "-neopa")),
        ("netstat-neopa", ("netstat", "-neopa")),
        ("netstat-i-n.txt", ("netstat", "-i", "-n")),
        ("lslpp-c-l", ("lslpp", "-c", "-l")),
        ("lslpp_-l_-c", ("lslpp", "-l", "-c")),
        ("lslpp -qLc 'rsct.*'.txt", ("lslpp", "-qLc", "rsct.*")),
        ("lslpp-L-all", ("lslpp", "-L", "all")),
        ("rpm-q-a", ("rpm", "-q", "-a")),
        ("ps-A-o-pid-etime-args", ("ps", "-A", "-o", "pid,etime,args")),
        ("ps_-A_-o_pid_args.txt", ("ps", "-A", "-o", "pid,args")),
        ("ps-eo-pid,args", ("ps", "-eo", "pid,args")),
        ("ps-elf", ("ps", "-elf")),
        ("ps_aux", ("ps", "aux")),
        ("instfix-ik-IV74438", ("instfix", "-ik", "IV74438")),
        ("instfix_-i_-k_IV74438_IV77384", ("instfix", "-i", "-k", "IV74438 IV77384")),
        ("df-k-var-ct", ("df", "-k", "/var/ct")),
        ("df_-k_.var.ct", ("df", "-k", "/var/ct")),
        ("df -k _var_ct.txt", ("df", "-k", "/var/ct")),
        ("df-k-var-tmp.txt", ("df", "-k", "/var", "/tmp")),
        ("tail-n-50-var-ct-IW-log-mc-IBM.MgmtDomainRM-IBM.MgmtDomainRM.default", None),
        ("lsrsrc-IBM.MCP-HMCIPAddr", ("lsrsrc", "IBM.MCP", "HMCIPAddr")),
        ("lsrsrc-Ab-IBM.MCP", ("lsrsrc", "-Ab", "IBM.MCP")),
        ("lsrsrc_-A_b_IBM.MCP", ("lsrsrc", "-A", "b", "IBM.MCP")),
        ("systemctl-status-ctrmc", ("systemctl", "status", "ctrmc")),
        ("lsfilt -a -v4 -O", ("lsfilt", "-a", "-v4", "-O")),
    ],
)
def test_spellings_that_people_use(name: str, argv: tuple[str, ...] | None) -> None:
    log = "/var/ct/IW/log/mc/IBM.MgmtDomainRM/IBM.MgmtDomainRM.default"
    assert request_of(name) == Asked("cmd", argv or ("tail", "-n", "50", log))


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("lssrc-a-grep-rsct.txt", Asked("cmd", ("lssrc", "-a"), True)),
        ("lssrc_-a_grep_rsct", Asked("cmd", ("lssrc", "-a"), True)),
        ("lssrc -a | grep rsct.txt", Asked("cmd", ("lssrc", "-a"), True)),
        ("lssrc-a-grep-v-x-sort", Asked("cmd", ("lssrc", "-a"), True)),
        ("netstat-an-grep-657", Asked("cmd", ("netstat", "-an"), True)),
        ("lspv-grep-caavg.txt", Asked("cmd", ("lspv",), True)),
        ("instfix-i-grep-ML.txt", Asked("cmd", ("instfix", "-i"), True)),
        ("etc_inittab_grep_ctrmc", Asked("file", ("/etc/inittab",), True)),
        ("head-14-etc-services", Asked("file", ("/etc/services",), True)),
        (
            "var-ct-1840273645-log-mc-IBM.MgmtDomainRM-IBM.MgmtDomainRM.default",
            Asked("file", ("/var/ct/1840273645/log/mc/IBM.MgmtDomainRM/IBM.MgmtDomainRM.default",)),
        ),
        (
            "tail_-n_200_.var.ct.1840273645.log.mc.IBM.MgmtDomainRM.default",
            Asked("cmd", ("tail", "-n", "200", "/var/ct/1840273645/log/mc/IBM.MgmtDomainRM.default")),
        ),
        ("cat-etc-ct_node_id", Asked("file", ("/etc/ct_node_id",))),
        ("tcp fe80::1%en1 657", Asked("probe", ("tcp", "fe80::1%en1", "657"))),
        ("tcp_fe80::1%en1_657.txt", Asked("probe", ("tcp", "fe80::1%en1", "657"))),
        ("tcp-fe80-1-en1-657", Asked("probe", ("tcp", "fe80::1%en1", "657"))),
        ("tcp-fe80-0-0-0-1-2-3-4-eth0-657", Asked("probe", ("tcp", "fe80:0:0:0:1:2:3:4%eth0", "657"))),
        ("tcp 10.9.8.7 12601", Asked("probe", ("tcp", "10.9.8.7", "12601"))),
    ],
)
def test_filters_files_and_probes(name: str, asked: Asked) -> None:
    assert request_of(name) == asked


@pytest.mark.parametrize(
    "name",
    [
        "tcp-2001-db8-1-657",
        "df-h",
        "lsrsrc-dx-IBM.MCP",
        "lsrsrc-IBM.MCP-before.txt",
        "grep-rsct",
        "firewall-cmd",
        "netstat-grep-657",
        "lssrc -a; lsrpdomain",
        "cat-notes",
    ],
)
def test_what_can_be_two_requests_or_is_none_is_not_guessed(name: str) -> None:
    assert request_of(name) is None


@pytest.mark.parametrize(
    ("name", "asks", "filtered"),
    [
        ("ssh lpar1 lssrc -a.txt", "lssrc -a", False),
        ("ssh root@lpar1 'lssrc -a'.txt", "lssrc -a", False),
        ("ssh -p 22 root@lpar1 lsnodeid.txt", "lsnodeid", False),
        ("ssh lpar1 lssrc -a | grep rsct.txt", "lssrc -a", True),
        ("sudo lssrc -a.txt", "lssrc -a", False),
        ("sudo_lssrc_-a.txt", "lssrc -a", False),
        ("sudo-lsrpdomain.out", "lsrpdomain", False),
        ("sudo cat /etc/inittab", "/etc/inittab", False),
    ],
)
def test_what_brings_an_answer_is_no_part_of_its_request(name: str, asks: str, filtered: bool) -> None:
    asked = request_of(name)
    assert asked is not None
    assert (request_text(asked.kind, asked.argv), asked.filtered) == (asks, filtered)


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("lpar1_lssrc -a.txt", "lssrc -a.txt"),
        ("ssh_root@lpar1_lsrpdomain.out", "lsrpdomain.txt"),
        ("ssh_lpar1_sudo_lssrc_-a.txt", "lssrc -a.txt"),
        ("lpar1-lssrc-a.txt", "lssrc -a.txt"),
        ("lpar1.lssrc-a.txt", "lssrc -a.txt"),
        ("lpar1:lssrc -a.txt", "lssrc -a.txt"),
        ("lssrc-a.lpar1.txt", "lssrc -a.txt"),
        ("lssrc_-a_lpar1.txt", "lssrc -a.txt"),
        ("lssrc-a_20260601.txt", "lssrc -a.txt"),
        ("01-lssrc-a.txt", "lssrc -a.txt"),
        ("lpar1_etc_ct_node_id", "etc_ct_node_id.txt"),
        ("ssh lpar1 cat _etc_ct_node_id", "etc_ct_node_id.txt"),
        ("lpar1_netstat-an-grep-657.txt", "netstat -an grep.txt"),
        ("notes.txt", ""),
        ("lspartition -dlpar.txt", ""),
        ("ssh lpar1.txt", ""),
        ("_".join(["lssrc -a"] * 200), ""),
    ],
)
def test_how_a_file_had_better_be_called(name: str, better: str) -> None:
    assert meant_by(name) == better
    asked = request_of(better)
    assert request_of(name) is None
    assert (asked is not None) == bool(better)
    assert asked is None or asked.filtered == ("grep" in name)


LOG = "/var/ct/IW/log/mc/IBM.MgmtDomainRM/IBM.MgmtDomainRM.default"


@pytest.mark.parametrize(
    ("name", "asks"),
    [
        ("usr_sbin_rsct_bin_ctsvhbac.txt", "ctsvhbac"),
        ("_usr_sbin_rsct_bin_rmcdomainstatus_-s_ctrmc", "rmcdomainstatus -s ctrmc"),
        ("opt_rsct_bin_ctsvhbal.out", "ctsvhbal"),
        ("opt-rsct-install-bin-ctversion", "ctversion"),
        ("usr_sbin_rsct_bin_rmcdomainstatus -s ctrmc -a ip.log", "rmcdomainstatus -s ctrmc -a ip"),
        ("sbin_ip_addr", "ip addr"),
        ("netstat_-tulpn.txt", "netstat -tulpn"),
        ("netstat_-tlnp", "netstat -tlnp"),
        ("netstat -tnlp", "netstat -tnlp"),
        ("netstat-lnp.txt", "netstat -lnp"),
        ("netstat_-plnt", "netstat -plnt"),
        ("netstat_-f_inet_-an", "netstat -f inet -an"),
        ("netstat -an -f inet.txt", "netstat -an -f inet"),
        ("lsconf.txt", "lsconf"),
        ("ps_-eaf", "ps -eaf"),
        ("firewall-cmd_--list-all_--zone_public", "firewall-cmd --zone=public --list-all"),
        ("firewall-cmd --list-all --zone=public.txt", "firewall-cmd --list-all --zone=public"),
        ("firewall-cmd_--list-all_--zone=public", "firewall-cmd --zone=public --list-all"),
        ("nft_--handle_list_ruleset", "nft --handle list ruleset"),
        ("lssrc-a.log", "lssrc -a"),
        ("lssrc_-a.LOG", ""),
        ("LSSRC-A.TXT", "lssrc -a"),
        ("NETSTAT-AN.TXT", "netstat -an"),
        ("ETC_CT_NODE_ID.TXT", "/etc/ct_node_id"),
        ("UNAME-M.TXT", ""),
        ("LSLPP-L.TXT", ""),
        ("lsrsrc_ibm_mcp", "lsrsrc IBM.MCP"),
        ("lsrsrc-ibm.managementserver.txt", "lsrsrc IBM.ManagementServer"),
        ("lssrc-a (1).txt", "lssrc -a"),
        ("lssrc -a(12).log", "lssrc -a"),
        ("lssrc-a - Copy.txt", "lssrc -a"),
        ("inittab", "/etc/inittab"),
        ("inittab.txt", "/etc/inittab"),
        ("services", "/etc/services"),
        ("cloud-init.log", "/var/log/cloud-init.log"),
        ("cloud-init-output.log", "/var/log/cloud-init-output.log"),
        ("var_log_cloud-init.log", "/var/log/cloud-init.log"),
        ("IBM.MgmtDomainRM.default", LOG),
        ("os-release", "/etc/os-release"),
        ("usr_etc_services", "/usr/etc/services"),
        ("bin", ""),
        ("usr_bin_", ""),
        ("(1).txt", ""),
    ],
)
def test_names_that_people_and_their_systems_make(name: str, asks: str) -> None:
    found = request_of(name)
    assert (request_text(found.kind, found.argv) if found else "") == asks.replace("cat ", "")
    assert found is None or (source_of(found.kind, found.argv) is not None and not found.filtered)


@pytest.mark.parametrize("name", ["grep_rmc__etc_services.txt", "egrep -i rmc _etc_services", "grep-657-etc-services"])
def test_what_grep_left_of_a_file_is_a_part_of_it(name: str) -> None:
    assert request_of(name) == Asked("file", ("/etc/services",), True)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("df_-h_var", "`df -k`"),
        ("df-h.txt", "`df -k`"),
        ("iptables_-L.txt", "`iptables-save`"),
        ("iptables_-vnL_--line-numbers", "`iptables-save`"),
        ("ip6tables -L", "`ip6tables-save`"),
        ("nft_-j_list_ruleset", "`nft list ruleset`"),
        ("ip_-6_addr_show", "`ip addr`"),
        ("ip_-4_addr", "`ip addr`"),
        ("ifconfig_en0", "`ifconfig -a`"),
        ("lspv_-u", "`lspv`"),
        ("oslevel_-q_-s.log", "`oslevel -s`"),
        ("lsrsrc_-t_IBM.MCP", "`lsrsrc IBM.MCP`"),
        ("lsrsrc-dx-IBM.MCP", "`lsrsrc IBM.MCP`"),
        ("lsrpdomain_-l", "`lsrpdomain`"),
        ("usr_sbin_lsitab_-a", "`cat /etc/inittab`"),
        ("lsitab_ctrmc", "`cat /etc/inittab`"),
        ("uname_-Mu", "`uname -a`, `uname -L`, `uname -M`, `uname -u`"),
        ("lssrc-a.txt", ""),
        ("notes.txt", ""),
    ],
)
def test_what_is_not_read_is_told_with_what_is(name: str, read: str) -> None:
    assert (meant_by(name), read_instead(name)) == ("", read) or request_of(name) is not None
    assert (request_of(name) is None) == (read != "" or name == "notes.txt")


@pytest.mark.parametrize("name", ["ct_node_id", "ct_node_id.txt"])
def test_a_file_that_stands_in_two_folders_is_none_without_them(name: str) -> None:
    assert request_of(name) is None
    assert meant_by(name) == "etc_ct_node_id.txt' or 'var_ct_cfg_ct_node_id.txt"
