"""What a terminal shows around an answer changes nothing that is read of it: every sample and every real capture."""

import shlex
from collections.abc import Iterator

import pytest

from rmccomply.evidence.captures import lines_of
from rmccomply.evidence.model import Asked, Evidence, Kind
from rmccomply.evidence.session import answers_in
from rmccomply.sources import table
from rmccomply.sources.named import request_of
from rmccomply.sources.reading import Reading, Readings
from rmccomply.sources.requests import archive_requests
from rmccomply.sources.source import head_of
from rmccomply.sources.table import SOURCES
from tests.facts.samples import CORPUS, samples
from tests.hosts.building import was_not_read

PROMPTS = (
    "root@lpar1:/# ",
    "root@lpar1:/#",
    "[rhel@d1 ~]$ ",
    "[root@lpar1 log]#",
    "lpar1:/root>",
    "lpar1:/root # ",
    "lpar1:root:/> ",
    "lpar1# ",
    "bash-5.0# ",
    "sh-4.2$ ",
    "(0) root @ lpar1: /\n# ",
    "(1) root@lpar1: /tmp # ",
    "root@lpar1 /tmp % ",
    "/home/padmin $ ",
    "\x1b]0;root@lpar1:~\x07\x1b[?2004h\x1b[1;32mroot@lpar1\x1b[0m:~# ",
    "$ ",
    "# ",
    "> ",
)
FORMS = (
    "lpar1/#",
    "lpar1 /usr/bin # ",
    "TEPR2E01(root):/root $(EU EDI Prod) ",
    "{lpar1:root}/ # ",
    "lpar1(root)/ # ",
    "[lpar1:root] / # ",
    "<lpar1>/ # ",
    "root@lpar1[/] ",
    "[11:20:03] root@lpar1:/ # ",
    "$padmin> ",
    "lpar1:/ -> ",
    "➜  ~ ",
    "lpar1 in /\n❯ ",
    "[YOU HAVE NEW MAIL]\nlpar1:/# ",
    "root on lpar1 / # ",
    "lpar1@root# ",
)
STARTED = 'Script started on 2026-06-01 10:00:00+00:00 [TERM="xterm"]\n'
DONE = 'Script done on 2026-06-01 10:01:00+00:00 [COMMAND_EXIT_CODE="0"]\n'
BEGINS = (
    STARTED,
    "Script command is started on Mon Jun  1 10:00:00 CUT 2026.\n",
    "=~=~=~=~=~=~=~=~=~=~=~= PuTTY log 2026.06.01 10:00:00 =~=~=~=~=~=~=~=~=~=~=~=\nlogin as: root\n",
    "Last login: Mon Jun  1 10:00:00 2026 on /dev/pts/0 from 10.0.0.9\n\n",
)


def typed(asked: Asked) -> str:
    return shlex.join(("cat", *asked.argv) if asked.kind == "file" else asked.argv)


def evidence(asked: Asked, text: str) -> list[Evidence]:
    data = text.encode("utf-8", "surrogateescape")
    found = answers_in(asked, lines_of(data), len(data), archive_requests())
    return [
        Evidence(one.kind, one.argv, "x.txt", out=stream, damage=damage, whole=not one.filtered)
        for one, stream, damage in found
    ]


NOWHERE = Evidence("cmd", (), "")


def read(asked: Asked, text: str) -> list[Reading[object]]:
    """All that is read of a file of this text."""
    return [reading._replace(provenance=NOWHERE) for reading in Readings(evidence(asked, text)).all()]


def answers() -> Iterator[tuple[str, Asked, str]]:
    """Every sample of a command or a file, and every capture of the corpus whose name says what it is."""
    for source in SOURCES:
        for param in samples(source) if source not in ("tcp_probe", "transport") else ():
            sample = param.values[0]
            argv = tuple(sample["argv"])
            is_file = argv[0].startswith("/") and head_of("file", argv) in SOURCES[source].heads
            kind: Kind = "file" if is_file else "cmd"
            if sample.get("complete", True) and sample.get("out"):
                yield f"{source}-{param.id}", Asked(kind, argv), sample["out"]
    for path in sorted(CORPUS.glob("*/*")) if CORPUS.is_dir() else ():
        asked = request_of(path.name)
        if asked is not None and path.is_file():
            yield f"{path.parent.name}-{path.name}", asked, path.read_bytes().decode("utf-8", "surrogateescape")


def shows_its_command(asked: Asked, text: str) -> bool:
    """Whether a prompt stands in it already, or its request is of two lines."""
    first = text.lstrip().split("\n", 1)[0]
    return "\n" in typed(asked) or any(sign in first and asked.argv[0] in first for sign in "#$%>")


ANSWERS = [
    pytest.param(asked, text if text.endswith("\n") else f"{text}\n", id=name) for name, asked, text in answers()
]


@pytest.mark.exhaustive
@pytest.mark.parametrize(("asked", "text"), ANSWERS)
def test_a_prompt_before_and_after_an_answer_changes_nothing(asked: Asked, text: str) -> None:
    plain = read(asked, text)
    for prompt in PROMPTS:
        assert read(asked, f"{text}{prompt}") == plain, prompt
        if not shows_its_command(asked, text):
            for end in (prompt, f"{prompt}exit\n", ""):
                assert read(asked, f"{prompt}{typed(asked)}\n{text}{end}") == plain, prompt


@pytest.mark.exhaustive
@pytest.mark.parametrize(("asked", "text"), ANSWERS)
def test_a_prompt_of_any_form_changes_nothing_where_a_command_stands_at_it(asked: Asked, text: str) -> None:
    plain = read(asked, text)
    for prompt in FORMS if not shows_its_command(asked, text) else ():
        assert read(asked, f"{prompt}{typed(asked)}\n{text}{prompt}") == plain, prompt
        if "\n" not in prompt:
            assert read(asked, f"{prompt}{typed(asked)}\n{text}") == plain, prompt


@pytest.mark.exhaustive
@pytest.mark.parametrize(("asked", "text"), ANSWERS)
def test_the_lines_of_a_session_around_it_change_nothing(asked: Asked, text: str) -> None:
    plain = read(asked, text)
    for begin in BEGINS if not shows_its_command(asked, text) else ():
        shown = f"{begin}root@lpar1:/# {typed(asked)}\n{text}root@lpar1:/# exit\nexit\n\n{DONE}"
        assert read(asked, shown) == plain, begin
    assert read(asked, f"{STARTED}{text}{DONE}") == plain


LSSRC = (
    "Subsystem         Group            PID          Status\n ctrmc            rsct             5439966      active\n"
)
CTHAGS = " cthags           cthags                        inoperative\n"


def found_in(name: str, text: str) -> list[tuple[str, tuple[str, ...], bool]]:
    asked = request_of(name)
    assert asked is not None
    return [(item.request, item.out.lines, item.whole) for item in evidence(asked, text)]


def test_line_numbers_are_those_of_the_file() -> None:
    asked = request_of("lssrc-a.txt")
    assert asked is not None
    text = f"{STARTED}\x1b[1mroot@lpar1\x1b[0m:/# lssrc -a\n\x1b[?2004l\r{LSSRC}root@lpar1:/# exit\n"
    (item,) = evidence(asked, text)
    first, second = item.at(1), item.at(2)
    assert first is not None
    assert second is not None
    assert (first.start_line, first.text) == (3, LSSRC.split("\n")[0])
    assert first.snippet == f"\x1b[?2004l\r{LSSRC.split(chr(10))[0]}"
    assert (second.start_line, second.text) == (4, LSSRC.split("\n")[1])


@pytest.mark.parametrize(
    ("line", "asks", "whole"),
    [
        ("lssrc -a", "lssrc -a", True),
        ("sudo lssrc -a", "lssrc -a", True),
        ("sudo -n -u root /usr/bin/lssrc -a", "lssrc -a", True),
        ("LC_ALL=C lssrc -a", "lssrc -a", True),
        ("time timeout -k 5 30 lssrc -a 2>/dev/null", "lssrc -a", True),
        ("ssh -o BatchMode=yes root@lpar1 'lssrc -a'", "lssrc -a", True),
        ("lssrc -a 2>&1 | tee out.txt", "lssrc -a", True),
        ("lssrc -a | more", "lssrc -a", True),
        ("lssrc -a |grep rsct", "lssrc -a", False),
        ("lssrc -a|head -2", "lssrc -a", False),
        ("lssrc -a | grep -v cas | awk '{print}'", "lssrc -a", False),
        ("lssrc -g rsct", "lssrc -g rsct", True),
        ("lssrc -g 'rsct'", "lssrc -g rsct", True),
    ],
)
def test_what_is_typed_is_what_is_answered(line: str, asks: str, whole: bool) -> None:
    assert found_in("lssrc-a.txt", f"lpar1:/>{line}\n{LSSRC}") == [(asks, tuple(LSSRC.splitlines()), whole)]


@pytest.mark.parametrize(
    "line",
    [
        "lssrc -a; lssrc -s cthags",
        "lssrc -a && echo yes",
        "for s in ctrmc cthags; do lssrc -s $s; done",
        "lssrc -a > x",
        "lssrc -a | xargs echo",
        "lssrc -a | grep 'x",
        "clcmd lssrc -a",
        "lspartition -dlpar",
    ],
)
def test_an_answer_to_something_else_is_none(line: str) -> None:
    assert found_in("lssrc-a.txt", f"[root@lpar1 ~]# {line}\n{LSSRC}") == []


def test_several_commands_are_several_answers() -> None:
    text = f"{LSSRC}$ lsrpdomain\n$ startsrc -s ctrmc\n0513-059 started\n$ lsnodeid\n5fd8c1b2a3948576\n$"
    assert found_in("lssrc-a.txt", text) == [
        ("lsrpdomain", (), True),
        ("lsnodeid", ("5fd8c1b2a3948576",), True),
        ("lssrc -a", tuple(LSSRC.splitlines()), True),
    ]


def test_lines_before_a_prompt_that_asks_what_the_name_asks_are_a_banner() -> None:
    text = f"Welcome\n$ lsrpdomain\n$ lssrc -s cthags\n{CTHAGS}$ \n"
    assert found_in("lssrc-a.txt", text) == [
        ("lsrpdomain", (), True),
        ("lssrc -s cthags", (CTHAGS.rstrip("\n"),), True),
    ]


def test_what_filters_left_of_one_listing_is_one_answer() -> None:
    text = f"# lssrc -a |grep ctrmc\n{LSSRC.splitlines()[1]}\n# lssrc -a |grep cthags\n{CTHAGS}"
    asked = request_of("lssrc-a.txt")
    assert asked is not None
    (item,) = evidence(asked, text)
    assert (item.request, item.whole) == ("lssrc -a", False)
    assert [place.start_line for n in (1, 2) if (place := item.at(n))] == [2, 4]


def test_two_answers_to_one_request_that_differ_decide_nothing() -> None:
    before = LSSRC.replace("5439966      active", "             inoperative")
    for pipe in ("", " | grep -v x"):
        text = f"$ lssrc -a{pipe}\n{before}$ startsrc -s ctrmc\nstarted\n$ lssrc -a{pipe}\n{LSSRC}"
        asked = request_of("lssrc-a.txt")
        assert asked is not None
        readings = Readings(evidence(asked, text)).of(table.LSSRC)
        assert pipe or [was_not_read(reading).reason for reading in readings] == ["conflicting"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("etc_services", "# lssrc and its friends\nrmc 657/tcp\n# lsrpdomain is none\n#\n"),
        (
            "etc_inittab",
            "rc:23456789:wait:/etc/rc >/dev/console 2>&1\nctrmc:2:once:/usr/bin/startsrc -s ctrmc >lssrc\n",
        ),
        ("etc-cloud-cloud.cfg", "# ip addr of it\nusers:\n - default\n#\n# lssrc\n"),
        (
            "nft-list-ruleset",
            "*filter\n# Generated by x\n:INPUT ACCEPT [0:0]\nCOMMIT\n# Completed on Mon\n*nat\nCOMMIT\n",
        ),
    ],
)
def test_a_comment_and_a_redirection_are_no_prompts(name: str, text: str) -> None:
    ((_, lines, whole),) = found_in(name, text)
    assert (lines, whole) == (tuple(text.removesuffix("\n#\n").splitlines()), True)


LISTEN = "tcp4       0      0  *.657                 *.*                   LISTEN\n"


def found_in_any(text: str) -> list[tuple[str, int, bool]]:
    """What is found in a file whose name says nothing."""
    found = answers_in(None, lines_of(text.encode()), len(text), archive_requests())
    return [(" ".join(one.asked.argv), len(one.stream.lines), one.asked.filtered) for one in found]


@pytest.mark.parametrize("prompt", [*PROMPTS, *FORMS])
@pytest.mark.parametrize("begin", ["", STARTED, BEGINS[2], f"{'*' * 30}\n*  Welcome to AIX  *\n{'*' * 30}\n\n"])
def test_a_file_of_any_name_that_begins_at_a_prompt_is_a_session(prompt: str, begin: str) -> None:
    text = f"{begin}{prompt}lssrc -a\n{LSSRC}{prompt}netstat -an | grep 657\n{LISTEN}{prompt}"
    assert found_in_any(text) == [("lssrc -a", 2, False), ("netstat -an", 1, True)]


def test_a_session_may_begin_with_other_commands() -> None:
    assert found_in_any(f"$ hostname\nlpar1\n$ cd /tmp\n$ lssrc -a\n{LSSRC}$ ") == [("lssrc -a", 2, False)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "notes\n",
        LSSRC,
        f"Mail of today\n# lssrc -a\n{LSSRC}",
        f"# How it is asked\n# lssrc -a\n{LSSRC}",
        f"init:2:initdefault:\nx:2:once:#lssrc -a\n{LSSRC}",
        "# lssrc -a\nif [ $? = 0 ]; then echo yes; fi\n",
        "root@lpar1:/# lspartition -dlpar\n<#0> Partition:<1*9105-22A>\n",
    ],
)
def test_any_other_file_of_any_name_is_none(text: str) -> None:
    assert found_in_any(text) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize(("asked", "text"), ANSWERS)
def test_an_answer_of_another_name_is_no_session(asked: Asked, text: str) -> None:
    if shows_its_command(asked._replace(argv=(asked.argv[0].rpartition("/")[2],)), text):
        pytest.skip("it begins at a prompt")
    assert answers_in(None, lines_of(text.encode("utf-8", "surrogateescape")), 0, archive_requests()) == []
