"""The command line of ssh: what is always asked, what the configuration may and may not change."""

from itertools import pairwise

import pytest

from rmccomply.collect.inventory.row import HostRow
from rmccomply.collect.ssh import (
    ClientSettings,
    Resolved,
    asking,
    command_line,
    remote_command,
    resolved,
    script_for,
    unchecked,
)

ROW = HostRow("lpar7", "lpar7")
FULL = HostRow("db", "192.0.2.7", "audit", 2222, "bastion", options=(("IdentityFile", "~/.ssh/audit"),))


def option(argv: tuple[str, ...], name: str) -> list[str]:
    """The values that an option has on the command line, in order; ssh takes the first."""
    pairs = pairwise(argv)
    return [word.partition("=")[2] for flag, word in pairs if flag == "-o" and word.partition("=")[0] == name]


def test_nothing_is_asked_for_and_nothing_is_forwarded_or_left_behind() -> None:
    argv = command_line(ROW, ClientSettings(), "sh -s", Resolved())
    assert argv[0] == "ssh"
    assert argv[-3:] == ("--", "lpar7", "sh -s")
    assert "-T" in argv
    for name in ("BatchMode",):
        assert option(argv, name) == ["yes"]
    for name in ("ForwardAgent", "ForwardX11", "PermitLocalCommand", "ControlMaster", "Tunnel", "RequestTTY"):
        assert option(argv, name) == ["no"]
    assert option(argv, "ClearAllForwardings") == ["yes"]
    assert option(argv, "ControlPath") == ["none"]
    assert "-k" in argv
    assert "-F" not in argv


@pytest.mark.parametrize(
    ("accept_new", "configured", "asked"),
    [
        (False, "", "yes"),
        (False, "ask", "yes"),
        (False, "no", "yes"),
        (False, "off", "yes"),
        (False, "false", "yes"),
        (False, "accept-new", "accept-new"),
        (True, "no", "accept-new"),
        (True, "yes", "accept-new"),
    ],
)
def test_host_keys_are_always_checked(accept_new: bool, configured: str, asked: str) -> None:
    row = HostRow("x", "x", options=(("StrictHostKeyChecking", "no"),))
    argv = command_line(row, ClientSettings(accept_new=accept_new), "sh -s", Resolved(strict=configured))
    assert option(argv, "StrictHostKeyChecking")[0] == asked
    assert unchecked(Resolved(strict=configured)) is (configured in ("no", "off", "false"))


@pytest.mark.parametrize("known", ["/dev/null", "none", "/dev/null ~/.ssh/known_hosts"])
@pytest.mark.parametrize(("accept_new", "configured"), [(True, "no"), (False, "accept-new")])
def test_a_new_key_that_is_kept_nowhere_is_not_taken(known: str, accept_new: bool, configured: str) -> None:
    told = resolved(f"stricthostkeychecking {configured}\nuserknownhostsfile {known}\n")
    argv = command_line(ROW, ClientSettings(accept_new=accept_new), "sh -s", told)
    assert option(argv, "StrictHostKeyChecking") == ["yes"]
    assert resolved("userknownhostsfile ~/.ssh/known_hosts /dev/null\n").keeps


_OF_7_4 = {
    *("BatchMode", "NumberOfPasswordPrompts", "ServerAliveInterval", "ServerAliveCountMax", "LogLevel", "RequestTTY"),
    *("ForwardAgent", "ForwardX11", "ClearAllForwardings", "PermitLocalCommand", "Tunnel", "ControlMaster"),
    *("ControlPath", "NoHostAuthenticationForLocalhost", "StrictHostKeyChecking", "ConnectTimeout"),
}
"""Options of the client of RHEL 7, which refuses every other, and so a whole run."""


def test_a_command_of_the_configuration_is_taken_away_and_old_clients_are_given_nothing_new() -> None:
    told = resolved("hostname x\nremotecommand tmux attach\nuserknownhostsfile ~/.ssh/known_hosts\n")
    assert option(command_line(ROW, ClientSettings(), "sh -s", told), "RemoteCommand") == ["none"]
    argv = command_line(ROW, ClientSettings(), "sh -s", resolved("hostname x\n"))
    assert {word.partition("=")[0] for flag, word in pairwise(argv) if flag == "-o"} == _OF_7_4


def test_what_an_inventory_says_stands_behind_what_is_always_asked() -> None:
    argv = command_line(FULL, ClientSettings("config", connect_timeout=3), "sh -s", Resolved())
    assert argv[1:3] == ("-F", "config")
    for words in (("-p", "2222"), ("-l", "audit"), ("-J", "bastion"), ("-o", "IdentityFile=~/.ssh/audit")):
        assert words in set(pairwise(argv))
        assert argv.index(words[1]) > argv.index("BatchMode=yes")
    assert option(argv, "ConnectTimeout") == ["3"]
    asked = asking(FULL, ClientSettings("config"))
    assert "-G" in asked
    assert asked[-2:] == ("--", "192.0.2.7")


@pytest.mark.parametrize(
    ("access", "command", "script"),
    [
        ("direct", "/bin/sh -s -- full --probe", b"main\n"),
        ("sudo", "sudo -n /bin/sh -s -- full --probe", b"main\n"),
        ("vios", "oem_setup_env", b"set -- full --probe\nmain\n"),
    ],
)
def test_how_the_script_is_run(access: str, command: str, script: bytes) -> None:
    arguments = ("full", "--probe")
    assert remote_command(access, arguments) == command  # type: ignore[arg-type]
    assert script_for(access, arguments, b"main\n") == script  # type: ignore[arg-type]


def test_words_are_quoted_for_the_far_shell() -> None:
    assert remote_command("direct", ("--only", "a b;rm")) == "/bin/sh -s -- --only 'a b;rm'"
    assert script_for("vios", ("a b",), b"x") == b"set -- 'a b'\nx"
    assert remote_command("direct", ()) == "/bin/sh -s"
    assert script_for("vios", (), b"x") == b"x"


def test_what_ssh_says_that_it_will_do_is_read() -> None:
    text = (
        "user audit\nhostname 192.0.2.7\nport 22\nproxyjump none\nproxycommand nc %h\nidentityfile a\nidentityfile b\n"
    )
    found = resolved(text + "stricthostkeychecking accept-new\n")
    assert found == Resolved("192.0.2.7", "audit", "22", "nc %h", "accept-new", ("a", "b"))
    assert resolved("hostname x\nproxyjump audit@bastion\n").jump == "audit@bastion"
    assert resolved("") == Resolved()
