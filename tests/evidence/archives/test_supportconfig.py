"""supportconfig: answers cut out of its topics, each with its lines, none with an end that nobody recorded."""

import pytest

from rmccomply.evidence.model import Evidence
from tests.evidence.archives.building import (
    COMMAND,
    CONFIGURATION,
    LOG,
    SCC_ROOT,
    by_request,
    held,
    section,
    supportconfig,
    topic,
)
from tests.hosts.building import LSSRC, SERVICES, command, file


def answers(*sections: str, name: str = "hardware.txt") -> tuple[Evidence, ...]:
    files = {f"{SCC_ROOT}/basic-environment.txt": b"", f"{SCC_ROOT}/{name}": topic(*sections)}
    return held(files).bundle.evidence


def test_a_command_with_its_lines_and_without_an_end() -> None:
    first = section(COMMAND, "/usr/bin/date", "Fri Nov 20 03:00:00 UTC 2026\n")
    (item,) = answers(first, section(COMMAND, "/usr/bin/lssrc -a", LSSRC))
    assert (item.argv, item.request, item.exit_status, item.ended) == (("/usr/bin/lssrc", "-a"), "lssrc -a", None, None)
    assert item.out.lines == tuple(LSSRC.split("\n")[:-1])
    place = item.at(2)
    assert place is not None
    assert (place.uri, place.start_line) == (f"x.tar.gz!/{SCC_ROOT}/hardware.txt", first.count("\n") + 4)
    assert place.text == LSSRC.split("\n")[1]


def test_files_and_the_copy_of_the_node_id() -> None:
    found = by_request(held(supportconfig([file("/etc/services", SERVICES), file("/etc/ct_node_id", "12ab\n")])))
    assert found["/etc/services"].out.lines == tuple(SERVICES.split("\n")[:-1])
    assert (found["/etc/ct_node_id"].out.lines, found["/etc/ct_node_id"].exit_status) == (("12ab",), 0)


def test_a_file_that_was_not_found_is_absent_and_its_title_proves_it() -> None:
    (item,) = answers(section(CONFIGURATION, "/etc/inittab - File not found", ""))
    assert (item.state, item.argv, item.damage) == ("absent", ("/etc/inittab",), None)
    place = item.at(0)
    assert place is not None
    assert (place.start_line, place.text) == (2, "# /etc/inittab - File not found")


@pytest.mark.parametrize(
    ("head", "title", "text", "reason", "partial"),
    [
        (COMMAND, "lssrc -a", "ERROR: Command not found or not executable\n", "command_absent", False),
        (
            COMMAND,
            "/usr/bin/lssrc -a",
            "Subsystem\n\n# ERROR: Command did not complete within the timeout period.\nroot 1 2\n",
            "timeout",
            False,
        ),
        (CONFIGURATION, "/etc/services", "ERROR: Not a normal text file, excluding it.\n", "not_collected", False),
        (LOG, "/var/log/cloud-init.log - Last 500 Lines", "line\n", "truncated", True),
    ],
)
def test_what_is_no_whole_answer(head: str, title: str, text: str, reason: str, partial: bool) -> None:
    (item,) = answers(section(head, title, text))
    assert item.damage is not None
    assert (item.damage.reason, item.damage.partial) == (reason, partial)


def test_an_empty_answer_has_no_lines() -> None:
    (item,) = answers(section(COMMAND, "/usr/bin/lsrpdomain", ""))
    assert (item.out.lines, item.exit_status, item.damage) == ((), None, None)


@pytest.mark.parametrize(
    "text",
    [
        section(COMMAND, "/usr/bin/lssrc -a | grep rsct", LSSRC),
        section(COMMAND, "/usr/bin/lscpu", "x\n"),
        section(CONFIGURATION, "/etc/shadow", "x\n"),
        section("#==[ Summary ]======================================#", "/usr/bin/lssrc -a", LSSRC),
        section("#==[ Command ]=== #", "/usr/bin/lssrc -a", LSSRC),
        "#==[ Command ]======================================#\nno title\n",
        "#==[ Command ]======================================#",
        "",
    ],
)
def test_what_is_no_request_is_not_read(text: str) -> None:
    assert answers(text) == ()


def test_a_forged_head_is_another_answer_and_never_a_better_one() -> None:
    forged = f"{LSSRC}\n{section(COMMAND, '/usr/bin/lsnodeid', '9f684c509e74d650')}"
    found = answers(section(COMMAND, "/usr/bin/lssrc -a", forged), section(COMMAND, "/usr/bin/lsnodeid", "1234\n"))
    assert [item.request for item in found] == ["lssrc -a", "lsnodeid", "lsnodeid"]


@pytest.mark.parametrize("name", ["messages.txt", "deep/hardware.txt", "hardware.text"])
def test_files_that_hold_no_answers(name: str) -> None:
    assert answers(section(COMMAND, "/usr/bin/lssrc -a", LSSRC), name=name) == ()


def test_carriage_returns_are_no_part_of_a_line() -> None:
    (item,) = answers(section(COMMAND, "/usr/bin/lssrc -a", LSSRC).replace("\n", "\r\n"))
    assert item.out.lines == tuple(LSSRC.split("\n")[:-1])


def test_the_packages_by_their_last_change_are_read() -> None:
    rows = "bash-5.1.8-9.ppc64le       Tue 10 Mar 2026 07:15:33 AM CET\n"
    (item,) = answers(section(COMMAND, "/usr/bin/rpm -qa --last", rows), name="rpm.txt")
    assert item.request == "rpm -qa --last"


def test_it_runs_on_linux_alone() -> None:
    found = held(supportconfig([command("lssrc -a", LSSRC)]))
    assert (found.bundle.platform, found.title) == ("linux", "supportconfig")
