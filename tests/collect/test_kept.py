"""What is kept of an answer: secrets are not, long listings lose what is not of RMC, and all of it is told."""

import re
from pathlib import Path

import pytest

from rmccomply.sources import table
from rmccomply.sources.reading import Readings
from tests.collect.running import SHELLS, Host, Run, collect, need
from tests.collect.test_shells import TOOLS, userland
from tests.hosts.building import was_read
from tests.secrets import FORMS as LINES
from tests.secrets import KEPT, PEM

SECRETS = r"""printf '%s\n' 'plain line' 'RMCKey            = "0x0f1e2d"' 'KeyToken          = "hmc1"' \
  '  Password: tiger' 'lock_passwd: true' 'passwd	1:4.13' \
  '-----BEGIN RSA PRIVATE KEY-----' 'MIIEpAIBAAKCAQEA' '-----END RSA PRIVATE KEY-----' \
  '"client_secret": "abc"' 'a=1 token=xyz' 'the last'"""
REDACTED = """plain line
RMCKey            = (redacted)
KeyToken          = "hmc1"
  Password: (redacted)
lock_passwd: (redacted)
passwd	1:4.13
(redacted)
(redacted)
(redacted)
"client_secret": (redacted)
a=1 token=(redacted)
the last
"""
FORMS = """cloud_init_modules:
 - set-passwords
 - [set_passwords, always]
KeyToken          = "hmc1"
secret=<tiger password=tiger>
token=<tiger passwd=tiger>
dbPassword: <"tiger">
authkeytoken = <tiger>
{\\"password\\": <\\"tiger\\"}>
RMCKey><tiger/RMCKey>
chpasswd:
  <list: |>
    <root:tiger>

  <expire: false>
after: kept
password: <|>
  <tiger>
db:2:respawn:/opt/app -password <tiger -q>
db:2:respawn:/opt/app --auth-token <"tiger" -q>
proxy: https://<user:tiger>@proxy.example/ and more
passwd	1:4.13	kept
libsecret-1-0	0.20	kept
IBM PCI Token-Ring Adapter (14103e00)
"""
"""Constructed. What is between the brackets, and the brackets, is not to be kept."""
AWKS = ["mawk", "original-awk", "busybox awk"]
NOT_ON_THE_HOST = {
    "ADMPW",
    "AWS signature",
    "DB_PASSWORD",
    "SUSEConnect",
    "Slack hook",
    "Telegram",
    "USERPASS",
    "activation-key",
    "activationkey",
    "add key",
    "auth in a url",
    "auth_pass",
    "aws configure",
    "call",
    "client_secret",
    "db2 attach",
    "dbpass",
    "entities",
    "exp",
    "ipa",
    "iscsiadm",
    "jdbc",
    "key pass",
    "long token in a url",
    "oauth2",
    "openssl",
    "pair of JSON",
    "pair of a list",
    "passcode",
    "password for",
    "password is",
    "password of",
    "pro",
    "property",
    "regcode",
    "rhc",
    "rman catalog",
    "secret-token",
    "sqlldr",
    "store pass",
    "temporary",
    "wifi",
}
"""The reader of a bundle alone knows them: forms of few programs, and a line longer than any that is kept."""


def one(folder: Path, name: str, body: str, identifier: str, shell: str = "dash", system: str = "AIX") -> Run:
    host = Host(folder / "host", system)
    host.command(name, body)
    return collect(folder / "run", "full", "--only", identifier, "--replay", str(host.folder), shell=shell)


@pytest.mark.exhaustive
@pytest.mark.parametrize("shell", SHELLS)
def test_secrets_are_replaced_and_counted(shell: str, tmp_path: Path) -> None:
    run = one(tmp_path, "lspv", SECRETS, "caa.disks", shell)
    assert run.octets("lspv").decode() == REDACTED
    assert run.answer("lspv").out.redacted == 8
    assert run.answer("lspv").damage is None
    for secret in (b"0x0f1e2d", b"tiger", b"MIIEpAIBAAKCAQEA", b"abc", b"xyz"):
        assert secret not in run.data


def with_awk(awk: str, host: Host, folder: Path, identifier: str) -> Run:
    words = awk.split()
    tools = {tool: [need(tool)] for tool in TOOLS} | {"awk": [need(words[0]), *words[1:]]}
    words = ["full", "--only", identifier, "--replay", str(host.folder)]
    return collect(folder / "run", *words, path=userland(folder / "tools", tools))


@pytest.mark.parametrize("awk", AWKS)
def test_secrets_hide_in_many_forms_and_what_is_none_stays(awk: str, tmp_path: Path) -> None:
    """Several on a line, names grown together, escaped JSON, XML, YAML below its key, arguments, URLs."""
    host = Host(tmp_path / "host", "Linux")
    host.file("/etc/cloud/cloud.cfg", FORMS.encode())
    run = with_awk(awk, host, tmp_path, "cloud.config")
    assert run.octets("/etc/cloud/cloud.cfg").decode() == re.sub("<[^\n]*>", "(redacted)", FORMS)
    assert run.answer("/etc/cloud/cloud.cfg").out.redacted == FORMS.count("<")
    assert b"tiger" not in run.data


@pytest.mark.exhaustive
@pytest.mark.parametrize("form", sorted(LINES.keys() - NOT_ON_THE_HOST))
def test_no_form_of_a_secret_reaches_the_bundle(form: str, tmp_path: Path) -> None:
    """Alone in an answer, so that the coarse look before it is held too, and in what a command says on errors."""
    line, secret = LINES[form]
    run = one(tmp_path, "lspv", f"cat <<'END'\n{line}\nafter\nEND\ncat >&2 <<'END'\n{line}\nEND", "caa.disks")
    assert secret.encode() not in run.data
    assert b"(redacted)" in run.octets("lspv", error=True)
    assert run.answer("lspv").out.lines[-1] == "after"


@pytest.mark.parametrize("awk", AWKS)
def test_no_awk_lets_a_secret_through(awk: str, tmp_path: Path) -> None:
    lines = [line for form, (line, _) in LINES.items() if form not in NOT_ON_THE_HOST]
    host = Host(tmp_path / "host")
    host.command("lspv", "cat <<'END'\n" + "\n".join([*lines, *PEM, "after"]) + "\nEND")
    run = with_awk(awk, host, tmp_path, "caa.disks")
    shown = run.answer("lspv").out
    assert [secret for _, secret in LINES.values() if secret.encode() in run.data] == []
    assert (len(shown.lines), shown.lines[-1]) == (len(lines) + len(PEM) + 1, "after")
    assert [line for line in PEM if line and line.encode() in run.data] == []


@pytest.mark.parametrize("awk", AWKS)
def test_lines_that_only_look_like_secrets_stay(awk: str, tmp_path: Path) -> None:
    lines = [line for line in KEPT if not line.startswith("ssh://")]
    host = Host(tmp_path / "host")
    host.command("lspv", "cat <<'END'\n" + "\n".join(lines) + "\nEND")
    run = with_awk(awk, host, tmp_path, "caa.disks")
    assert run.octets("lspv").decode().splitlines() == lines
    assert run.answer("lspv").out.redacted == 0


def test_secrets_among_octets_that_are_no_text_are_not_kept_at_all(tmp_path: Path) -> None:
    run = one(tmp_path, "lspv", "printf 'password=tiger\\n\\000\\n'", "caa.disks")
    answer = run.answer("lspv")
    assert (answer.out.lines, answer.out.cut, answer.out.redacted) == ((), True, 1)
    assert answer.damage is not None


def test_arguments_of_other_processes_are_left_out(tmp_path: Path) -> None:
    rows = """printf '%s\\n' '    PID     ELAPSED COMMAND' '  900 10-00:55:00 /opt/rsct/bin/rmcd -a IBM.LPCommands -r' \
      '  901 01:00 mysql -u root -phunter2' '  902 01:00 /usr/sbin/srcmstr' '  903 02:00 /opt/rsct/bin/IBM.DRMd x'"""
    run = one(tmp_path, "ps", rows, "proc.all")
    assert run.octets("ps -A -o pid,etime,args").decode().splitlines() == [
        "    PID     ELAPSED COMMAND",
        "  900 10-00:55:00 /opt/rsct/bin/rmcd -a IBM.LPCommands -r",
        "901 01:00 mysql (redacted)",
        "  902 01:00 /usr/sbin/srcmstr",
        "  903 02:00 /opt/rsct/bin/IBM.DRMd x",
    ]
    assert run.answer("ps -A -o pid,etime,args").out.redacted == 1
    assert b"hunter2" not in run.data


def test_an_argument_of_several_lines_is_left_out_too(tmp_path: Path) -> None:
    """AIX prints a line feed in an argument as it is, and no time for a process that has ended."""
    rows = """printf '%s\\n' '    PID     ELAPSED COMMAND' '  901 01:00 sh -c first' 'hunter2' 'export hunter2' \\
      '  902         mysql -phunter2' '  903         <defunct>' '  904 01:00 [kworker]' '  905 /opt/rsct/bin/rmcd -r'"""
    run = one(tmp_path, "ps", rows, "proc.all")
    assert run.octets("ps -A -o pid,etime,args").decode().splitlines()[1:] == [
        "901 01:00 sh (redacted)",
        "(redacted)",
        "(redacted)",
        "902 mysql (redacted)",
        "  903         <defunct>",
        "  904 01:00 [kworker]",
        "  905 /opt/rsct/bin/rmcd -r",
    ]
    assert run.answer("ps -A -o pid,etime,args").out.redacted == 4


def test_a_listing_of_processes_that_is_too_long_keeps_those_of_rmc(tmp_path: Path) -> None:
    """A database can have ten thousand, and rmcd may be the last of them."""
    rows = """awk 'BEGIN { print "PID ELAPSED COMMAND"; print "1 9-00:00:00 /etc/init"
      for (i = 100; i < 12000; i++) print i, "00:00:01 oracleDB (LOCAL=NO)"
      print "12000 01:00 /opt/rsct/bin/rmcd -a IBM.LPCommands -r" }'"""
    run = one(tmp_path, "ps", rows, "proc.all")
    assert "filter=procs" in run.answer("ps -A -o pid,etime,args").text
    (reading,) = Readings(run.bundle.evidence).of(table.PS)
    found = was_read(reading)
    assert found.partial is None
    assert (found.record.whole, [row.name for row in found.record.rows]) == (True, ["rmcd"])


def test_a_short_listing_of_sockets_is_kept_whole(tmp_path: Path) -> None:
    run = one(tmp_path, "netstat", "printf 'Active\\nProto\\ntcp 0 0 *.22 *.* LISTEN\\n'", "net.sockets")
    assert run.octets("netstat -an") == b"Active\nProto\ntcp 0 0 *.22 *.* LISTEN\n"
    assert "filter=" not in run.answer("netstat -an").text


def test_a_listing_of_sockets_that_is_too_long_keeps_those_of_rmc(tmp_path: Path) -> None:
    rows = """awk 'BEGIN { print "Active Internet connections"; print "Proto Recv-Q"; print "tcp 0 0 *.657 *.* LISTEN"
      for (i = 0; i < 20000; i++) print "tcp4 0 0 10.0.0.1.6570 10.0.0.2." i " ESTABLISHED"
      print "udp 0 0 *.657 *.*"; print "tcp4 0 0 10.0.0.1.33000 10.9.8.7.12601 ESTABLISHED" }'"""
    run = one(tmp_path, "netstat", rows, "net.sockets")
    kept = run.octets("netstat -an").decode().splitlines()
    assert kept[:3] == ["Active Internet connections", "Proto Recv-Q", "tcp 0 0 *.657 *.* LISTEN"]
    assert kept[-2:] == ["udp 0 0 *.657 *.*", "tcp4 0 0 10.0.0.1.33000 10.9.8.7.12601 ESTABLISHED"]
    assert [row for row in kept[3:-2] if not row.endswith((".657 ESTABLISHED", ".12601 ESTABLISHED"))] == []
    assert "filter=ports" in run.answer("netstat -an").text
    assert run.answer("netstat -an").damage is None


def test_sockets_of_other_families_do_not_make_a_long_listing_unreadable(tmp_path: Path) -> None:
    rows = """awk 'BEGIN { print "Active Internet connections"; print "Proto Recv-Q"; print "tcp 0 0 *.22 *.* LISTEN"
      for (i = 0; i < 20000; i++) print "tcp4 0 0 10.0.0.1.6570 10.0.0.2." i " ESTABLISHED"
      print "Active UNIX domain sockets"; print "f1000e 5 dgram 0 0 0 0 0 0 /var/ct/IW/soc/mc/rmc" }'"""
    run = one(tmp_path, "netstat", rows, "net.sockets")
    assert "filter=ports" in run.answer("netstat -an").text
    (reading,) = Readings(run.bundle.evidence).of(table.NETSTAT)
    assert was_read(reading).record.whole


def test_a_long_file_of_services_without_rmc_is_known_to_lack_it(tmp_path: Path) -> None:
    host = Host(tmp_path / "host")
    rows = [f"service{number} {number}/tcp # {'x' * 40}" for number in range(1000, 9000)]
    host.file("/etc/services", "\n".join(["#", "#", "#", "ssh 22/tcp", *rows, ""]).encode())
    run = collect(tmp_path / "run", "full", "--only", "net.services", "--replay", str(host.folder))
    (reading,) = Readings(run.bundle.evidence).of(table.SERVICES)
    record = was_read(reading).record
    assert (record.whole, record.rows) == (True, ())


def test_of_the_logs_of_cloud_init_only_lines_on_rmc_are_kept(tmp_path: Path) -> None:
    host = Host(tmp_path / "host", "Linux")
    lines = [
        "root:hunter2",
        "user-data: my own",
        "cc_reset_rmc.py[DEBUG]: Attempting to reset RMC.",
        "chpasswd x",
    ]
    host.file("/var/log/cloud-init.log", "\n".join([*lines, "Node ID at end of module: 1f"]).encode())
    run = collect(tmp_path / "run", "image", "--only", "cloud.log", "--replay", str(host.folder))
    assert run.octets("/var/log/cloud-init.log").decode().splitlines() == [
        "(left out)",
        lines[2],
        "Node ID at end of module: 1f",
    ]
    assert run.answer("/var/log/cloud-init.log").text.count("filter=rmc") == 1


def test_of_a_log_the_end_is_kept(tmp_path: Path) -> None:
    host = Host(tmp_path / "host")
    path = "/var/ct/IW/log/mc/IBM.MgmtDomainRM.default"
    host.file(path, b"".join(b"line %04d %s\n" % (number, b"x" * 1500) for number in range(1000)))
    run = collect(tmp_path / "run", "full", "--only", "log.domain.old", "--replay", str(host.folder))
    answer = run.answer(f"tail -n 200 {path}")
    assert answer.out.cut
    assert answer.out.lines[-1].startswith("line 0999")
    assert answer.out.lines[0].startswith("line 08")


@pytest.mark.exhaustive
def test_the_bundle_as_a_whole_is_bounded(tmp_path: Path) -> None:
    host = Host(tmp_path / "host")
    for name in (
        "uname",
        "oslevel",
        "lslpp",
        "lspv",
        "lscluster",
        "lsattr",
        "odmget",
        "prtconf",
        "lparstat",
        "ifconfig",
        "df",
    ):
        host.command(name, "awk 'BEGIN { for (i = 0; i < 40000; i++) print \"0123456789\" }'")
    text = {"BUNDLE_CAP=4194304": "BUNDLE_CAP=600000"}
    run = collect(tmp_path / "run", "full", "--replay", str(host.folder), plan=text)
    assert len(run.data) < 900_000
    assert run.answer("prtconf").out.lines == ()
    assert run.answer("prtconf").damage is not None
    assert [note.level for note in run.bundle.notifications] == ["note"]
