"""A line of an answer that looks like a prompt makes no verdict: it is a line, or what stands around it is unknown."""

from functools import cache

import pytest

from rmccomply.assess import assess
from rmccomply.evaluate import CompiledRule, compile_rules
from rmccomply.evidence.captures import lines_of
from rmccomply.evidence.model import Asked, Evidence
from rmccomply.evidence.session import SessionAnswer, SeveralHosts, answers_in
from rmccomply.inputs.loaded import Loaded
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, choose
from rmccomply.sources.named import request_of
from rmccomply.sources.reading import Readings
from rmccomply.sources.requests import archive_requests
from tests.evidence.test_session import ANSWERS, evidence, shows_its_command, typed
from tests.hosts.building import NOW

COMMANDS = (
    *("lssrc -a", "cat /etc/inittab", "lsnodeid", "cat /etc/ct_node_id", "cat /etc/services", "lsrpdomain", "ls"),
    *("cat /var/log/cloud-init-output.log", "ps -ef", "iptables-save", "rpm -qa", "lslpp -Lcq", "exit"),
)
FORGED = ("x:2:once:#{}", "root@h:/# {}", "# {}", "lpar1:/> {}")
MOST = 6
Verdicts = frozenset[tuple[str, str, str, str]]


@cache
def rules() -> tuple[CompiledRule, ...]:
    return compile_rules(choose([load("rmc-core")], Choice())[1], NOW)


@cache
def verdicts(items: tuple[tuple[object, ...], ...]) -> Verdicts:
    """The passes and fails of answers alone, on AIX and on Linux."""
    found = [Evidence(*item) for item in items]  # type: ignore[arg-type]
    return frozenset(
        (platform, one.rule, one.subject, one.result)
        for platform in ("aix", "linux")
        for one in assess(Loaded(Readings(found), "lpar1", platform=platform), rules()).findings
        if one.result in ("pass", "fail")
    )


def judged(asked: Asked, text: str) -> Verdicts:
    """Answers that are of several hosts are nobody's, and give no verdict."""
    try:
        return verdicts(tuple(map(tuple, evidence(asked, text))))
    except SeveralHosts:
        return frozenset()


def places(lines: list[str]) -> list[int]:
    """Some of the places between two lines that are not blank, the first and the last of them."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    return filled[1:] if len(filled) <= MOST else [*filled[1:3], *filled[3 :: len(filled) // 3][:3], filled[-1]]


@pytest.mark.exhaustive
@pytest.mark.parametrize(("asked", "text"), ANSWERS)
def test_a_line_like_a_prompt_in_an_answer_makes_no_verdict(asked: Asked, text: str) -> None:
    """Whether the answer stands alone in its file, or at a prompt of another form."""
    if shows_its_command(asked, text) or any(sign in text for sign in ("# ", "> ", "$ ")):
        pytest.skip("a line of it looks like a prompt already, or is written for two")
    lines = text.removesuffix("\n").split("\n")
    plain = judged(asked, text)
    others = [one for one in COMMANDS if one not in (typed(asked), typed(asked).rpartition("/")[2])]
    for turn, at in enumerate(places(lines)):
        for step in range(2):
            line = FORGED[(turn + step) % 4].format(others[(turn * 3 + step + len(text)) % len(others)])
            forged = "\n".join([*lines[:at], line, *lines[at:]]) + "\n"
            for before in ("", f"[audit@jump ~]$ {typed(asked)}\n"):
                assert judged(asked, before + forged) <= plain, line


INITTAB = "init:2:initdefault:\nx:2:once:{}\nctrmc:2:once:/usr/bin/startsrc -s ctrmc\n"


def found_in(name: str, text: str) -> list[SessionAnswer]:
    asked = request_of(name)
    assert asked is not None
    return answers_in(asked, lines_of(text.encode()), len(text), archive_requests())


@pytest.mark.parametrize("prompt", ["", "root@h:/# cat /etc/inittab\n", "# cat /etc/inittab\n"])
@pytest.mark.parametrize("line", ["#lssrc -a", "#cat /etc/inittab", "#lsnodeid"])
def test_a_line_that_goes_on_is_a_line_of_the_answer(prompt: str, line: str) -> None:
    text = prompt + INITTAB.format(line)
    (one,) = [one for one in found_in("etc_inittab.txt", text) if one.stream.lines]
    assert len(one.stream.lines) == 3
    assert one.damage is None


def test_at_its_own_prompt_an_answer_goes_on_where_what_follows_is_none() -> None:
    rows = "Subsystem         Group            PID          Status\n ctrmc            rsct    5439966      active\n"
    text = f"root@h:/# lssrc -a\n{rows}root@h:/# lsrpdomain\n{rows.splitlines()[1]}\n"
    ((asked, stream, damage),) = found_in("lssrc-a.txt", text)
    assert (asked.argv, len(stream.lines), damage) == (("lssrc", "-a"), 4, None)


def test_where_an_answer_ends_is_unknown_if_nothing_tells_it() -> None:
    text = "AIX lpar1 2 7 00F6DB0A4C00\nlpar1:/> lsnodeid\nno node here\n"
    both = found_in("lssrc-a.txt", text)
    assert [one.asked.argv[0] for one in both] == ["lsnodeid", "lssrc"]
    assert {one.damage.reason for one in both if one.damage} == {"unparsable"}
    assert all(one.damage is not None and "line 2 looks like a prompt" in one.damage.says for one in both)


def test_so_many_lines_like_prompts_cost_no_minute() -> None:
    log = "\n".join(f"line {n}\nroot@h:/# lssrc -a" for n in range(5000))
    (one,) = found_in("var_log_cloud-init-output.log.txt", f"Cloud-init v. 22.1\n{log}\nend\n")
    assert len(one.stream.lines) == 10_002
