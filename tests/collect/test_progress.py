"""Progress: who is running, done and failed, and for how long."""

from rmccomply.collect.journal import End
from rmccomply.collect.progress import Progress


def progress(width: int | None) -> tuple[Progress, list[str], list[float]]:
    written: list[str] = []
    now = [0.0]
    return Progress(3, written.append, width, lambda: now[0]), written, now


def test_on_a_terminal_one_line_is_drawn_anew() -> None:
    shown, written, now = progress(60)
    shown.began("lpar7")
    now[0] = 65
    shown.began("lpar8")
    now[0] = 70
    shown.ended(End("lpar8", "unreachable"))
    assert shown.line() == "1:10  1 running, 1 of 3 done, 1 failed: lpar7 70 s"
    shown.ended(End("lpar7", "collected"))
    assert shown.line() == "1:10  0 running, 2 of 3 done, 1 failed"
    assert all(text.startswith("\r\x1b[K") and "\n" not in text and len(text) < 64 for text in written)
    shown.clear()
    assert written[-1] == "\r\x1b[K"


def test_elsewhere_a_line_for_each_target_and_no_control_characters() -> None:
    shown, written, _ = progress(None)
    shown.began("lpar7")
    shown.ended(End("lpar7", "collected", seconds=1.5))
    shown.ended(End("a\x1b[2J", "unreachable", "ssh: \x07no", 2))
    shown.clear()
    assert written == [
        "rmccomply: lpar7: collected (1.5 s; 1 of 3)\n",
        "rmccomply: a\\x1b[2J: unreachable: ssh: \\x07no (2 s; 2 of 3)\n",
    ]


def test_asked_to_be_quiet_it_writes_nothing() -> None:
    shown, written, _ = progress(0)
    shown.began("lpar7")
    shown.ended(End("lpar7", "collected"))
    shown.draw()
    shown.clear()
    assert written == []
