"""Answers: their request, and what tells that a command gave none."""

import pytest

from rmccomply.sources.shared.answer import Answer, Unreadable

ARGV = ("/usr/bin/lssrc", "-a")


def test_options_and_operands() -> None:
    answer = Answer(("lslpp", "-Lcq", "rsct.*", "-q", "bos.*"), ())
    assert answer.options == {"Lcq", "q"}
    assert answer.operands == ("rsct.*", "bos.*")


def test_an_answer_with_exit_status_0_is_one() -> None:
    answer = Answer(ARGV, ("lssrc: Permission denied",), ("must be root",), 0)
    assert answer.failure() is None
    answer.refuse_failure()


@pytest.mark.parametrize(
    ("exit_status", "lines", "errors", "reason"),
    [
        (1, (), ("0403-006 Execute permission denied.",), "denied"),
        (1, (), ("lssrc: You must be root.",), "denied"),
        (1, ("Only the root user can run it",), (), "denied"),
        (126, (), (), "denied"),
        (127, (), ("ksh: lssrc:  not found.",), "command_absent"),
        (127, (), (), "command_absent"),
        (1, (), ("0513-001 srcmstr is not active.",), "failed"),
        (255, (), (), "failed"),
        (2, ("rows",), (), "failed"),
        (None, ("ksh: lssrc:  not found.",), (), "command_absent"),
        (None, ("bash: /usr/bin/lssrc: No such file or directory",), (), "command_absent"),
        (None, ("ksh: lssrc: 0403-006 Execute permission denied.",), (), "denied"),
    ],
)
def test_a_command_that_did_not_answer(
    exit_status: int | None, lines: tuple[str, ...], errors: tuple[str, ...], reason: str
) -> None:
    answer = Answer(ARGV, lines, errors, exit_status)
    damage = answer.failure()
    assert damage is not None
    assert damage.reason == reason
    with pytest.raises(Unreadable) as refused:
        answer.refuse_failure()
    assert (refused.value.reason, refused.value.says) == (reason, damage.says)
    assert refused.value.line == (-1 if errors else 1 if lines else 0)


@pytest.mark.parametrize("line", [" ctrmc rsct 5 active", "0513-001 srcmstr", "lssrc -a", "rm: lsof: not found", ""])
def test_a_capture_is_no_failure_by_itself(line: str) -> None:
    assert Answer(ARGV, (line,), (), None).failure() is None


def test_blank_lines_are_passed_over_when_pointing() -> None:
    with pytest.raises(Unreadable) as refused:
        Answer(ARGV, ("row",), ("", "  ", " went wrong "), 3).refuse_failure()
    assert (refused.value.line, refused.value.says) == (-3, "it ended with exit status 3: went wrong")
