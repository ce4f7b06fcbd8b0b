"""Probes: only where asked for, only of consoles that the host names, and no byte is sent."""

import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from tests.collect.running import Host, collect, need
from tests.collect.test_shells import TOOLS, userland
from tests.hosts.building import status
from tests.hosts.consoles import TITLE, resource

REAL = {'if [ -n "$REPLAY" ]; then\n    answered': "if false; then\n    answered"}
"""The stand-in for probes of a replay, put out of use."""


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A port, and what whoever connected to it sent."""
    got: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    got.append(connection.recv(100))

        Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1], got
        server.shutdown(socket.SHUT_RDWR)


def console(folder: Path, *addresses: str) -> Host:
    host = Host(folder)
    domain = status(*(f"I A {address}" for address in addresses))
    host.command("rmcdomainstatus", f"cat <<'END'\n{domain}\nEND")
    return host


@pytest.mark.parametrize("way", ["perl", "bash", "ksh93"])
def test_a_probe_tells_open_from_refused_and_sends_nothing(
    way: str, listener: tuple[int, list[bytes]], tmp_path: Path
) -> None:
    port, got = listener
    host = console(tmp_path / "host", "127.0.0.1")
    path = userland(tmp_path / "tools", {tool: [need(tool)] for tool in (*TOOLS, way)})
    plan = {**REAL, "' 657 12601": f"' {port} 1"}
    words = ("full", "--probe", "--only", "rmc.domain,probe", "--replay", str(host.folder))
    run = collect(tmp_path / "run", *words, path=path, plan=plan)
    assert run.octets(f"tcp 127.0.0.1 {port}") == b"open\n"
    assert run.octets("tcp 127.0.0.1 1") == b"refused\n"
    assert got == [b""]


def test_without_the_option_nothing_is_tried(tmp_path: Path) -> None:
    host = console(tmp_path / "host", "127.0.0.1")
    host.command("tcp", "printf 'open\\n'")
    run = collect(tmp_path / "run", "full", "--only", "rmc.domain,probe", "--replay", str(host.folder))
    assert [item.kind for item in run.bundle.evidence] == ["cmd"]


def test_the_addresses_are_those_that_the_host_names_each_once_and_four_at_most(tmp_path: Path) -> None:
    host = console(tmp_path / "host", "10.9.8.1", "10.9.8.2", "hmc-by-name", "fe80::1%en1")
    resources = TITLE + resource(address="10.9.8.2") + resource(address="10.9.8.3") + resource(address="10.9.8.4")
    host.command("lsrsrc", f"cat <<'END'\n{resources}\nEND")
    host.command("tcp", "printf 'refused\\n'")
    words = ("full", "--probe", "--only", "rmc.domain,rmc.mcp,probe", "--replay", str(host.folder))
    probes = [item.argv[1:] for item in collect(tmp_path / "run", *words).bundle.evidence if item.kind == "probe"]
    addresses = ("10.9.8.1", "10.9.8.2", "fe80::1%en1", "10.9.8.3")
    assert probes == [(address, port) for address in addresses for port in ("657", "12601")]


def test_what_is_no_address_is_not_tried(tmp_path: Path) -> None:
    host = console(tmp_path / "host", "10.9.8.1;id", "$(id)", "-e", "10.9.8.7")
    host.command("tcp", "printf 'refused\\n'")
    words = ("full", "--probe", "--only", "rmc.domain,probe", "--replay", str(host.folder))
    probes = {item.argv[1] for item in collect(tmp_path / "run", *words).bundle.evidence if item.kind == "probe"}
    assert probes == {"10.9.8.7"}


def test_where_there_is_no_way_to_try_it_says_so(tmp_path: Path) -> None:
    host = console(tmp_path / "host", "127.0.0.1")
    path = userland(tmp_path / "tools", {tool: [need(tool)] for tool in TOOLS})
    words = ("full", "--probe", "--only", "rmc.domain,probe", "--replay", str(host.folder))
    run = collect(tmp_path / "run", *words, path=path, plan=REAL)
    answer = run.answer("tcp 127.0.0.1 657")
    assert answer.state == "skipped"
    assert answer.damage is not None


@pytest.mark.parametrize(("ways", "state", "says"), [(("perl",), "skipped", "IPv6"), (("perl", "bash"), "exit", "")])
def test_an_old_perl_that_knows_no_ipv6_gives_no_answer_and_leaves_it_to_others(
    ways: tuple[str, ...], state: str, says: str, tmp_path: Path
) -> None:
    host = console(tmp_path / "host", "::1")
    path = userland(tmp_path / "tools", {tool: [need(tool)] for tool in (*TOOLS, *ways)})
    plan = {**REAL, "!eval { require": "!eval { die; require", "' 657 12601": "' 2 1"}
    words = ("full", "--probe", "--only", "rmc.domain,probe", "--replay", str(host.folder))
    answer = collect(tmp_path / "run", *words, path=path, plan=plan).answer("tcp ::1 1")
    assert answer.state == state
    assert says in (answer.damage.says if answer.damage else "")
    assert answer.out.lines != ("name-error",)
