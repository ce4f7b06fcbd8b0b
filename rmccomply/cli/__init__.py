"""The command line: one module a command, imported only when that command runs, and the table of them all.

A command parses its options, calls one run and exits with the status that it returns. Errors that an operator can
mend are lines on standard error and status 2; a crash of ours is a report block and status 2, never Python's 1.
"""

import os
import re
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import copy_context
from importlib import import_module
from itertools import takewhile
from typing import Any, Final, cast

import typer
from typer.core import TyperGroup

from rmccomply.cli.layout import PlainTyper
from rmccomply.errors import RmccomplyError

COMMANDS: Final[dict[str, str]] = {
    "check": "check",
    "explain": "explain",
    "facts": "facts",
    "collect": "collect",
    "bundle": "bundle",
    "rules": "rules",
    "policy": "policy",
    "waiver": "waiver",
    "baseline": "baseline",
    "attest": "attest",
    "report": "report",
    "doctor": "doctor",
    "example": "example",
}
"""Command to module."""
_MOVED: Final[dict[str, str]] = {"collector": "collect script", "requests": "collect list --policy POLICY"}
"""What a command was called before: what its words are now."""
_SOON: Final = 0.05
_OF_A_SIGNAL: Final = 128
"""What shells add to the number of the signal that ended a program."""


def command(name: str) -> Any:
    """The typer command (or group of commands) of this name."""
    found = typer.main.get_command(import_module(f"rmccomply.cli.{COMMANDS[name]}").app)
    found.name = name
    return found


class _Lazy(TyperGroup):
    """A group that imports a command's module when the command is asked for."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = dict.fromkeys(COMMANDS)  # type: ignore[assignment]

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return command(cmd_name) if cmd_name in COMMANDS else None

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            from rmccomply.evidence.told import redact_told

            error.message = redact_told(f"{_in_words(error.message)}{_set_by(error)}")
            raise


def _set_by(error: typer.BadParameter) -> str:
    """Which file or variable set a value that is refused; empty for the command line."""
    from rmccomply.cli.options import where_set

    if error.ctx is None or error.param is None:
        return ""
    place = where_set(cast("typer.Context", error.ctx), error.param.name or "")
    if not place:
        return ""
    return f" It is set by {place}."


def _in_words(message: str) -> str:
    """What the parser of options says of a value, in the words of who gave it."""
    from rmccomply.checks.operands import nearest

    message = message.removeprefix("Value error, ")
    if found := re.fullmatch(r"'(.*)' is not one of ('.*')\.", message):
        options = re.findall(r"'([^']*)'", found[2])
        return f"'{found[1]}' is not one of: {', '.join(options)}{nearest(found[1], options) or '.'}"
    if found := re.match(r"Input should be a valid (integer|number)", message):
        return f"it must be a {'whole number' if found[1] == 'integer' else 'number'}."
    if found := re.fullmatch(r"Input should be (greater|less) than or equal to (\S+)", message):
        return f"it must be at {'least' if found[1] == 'greater' else 'most'} {found[2]}."
    return message


_LIKE_SECRETS: Final = (
    *("pass", "pw", "psk", "secret", "token", "key", "auth", "cred", "cookie", "communit", "bearer", "basic"),
    *("sig", "kennwort", "wachtwoord", "contrase", "trap"),
)
"""A word that looks like the name of a secret has one of these in it."""


def new_app(**settings: Any) -> typer.Typer:
    """A typer application in the style of this program: plain help, tracebacks left to `run`."""
    return PlainTyper(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        **settings,
    )


def main_command() -> Any:
    """The whole command line as one command, for running it and for its reference page."""
    app = typer.Typer(
        cls=_Lazy,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_rmccomply)
    return typer.main.get_command(app)


def _rmccomply() -> None:
    """Check whether RMC works on IBM Power partitions (AIX, VIOS, Linux), and prove it line by line.

    The management console (HMC, NovaLink) controls partitions through RMC. rmccomply judges what partitions answered
    against policies. It changes nothing on any host, and missing evidence never counts as a pass.

    \b
    Begin with:
      rmccomply example
      rmccomply check rmccomply-examples

    \b
    Then, with your own partitions:
      rmccomply doctor lpar0007
      rmccomply collect ssh lpar0007 --sudo --run first
      rmccomply check first

    `rmccomply --version` prints the version.
    """


def run(arguments: Sequence[str]) -> int:
    """Run the program with these arguments and return its exit status; what `--secrets` adds is of this run alone."""
    return copy_context().run(_run, arguments)


def _run(arguments: Sequence[str]) -> int:
    _hold_closed_streams()
    _know(arguments)
    odd = _unprintable_option(arguments)
    if odd is not None:
        complain(f"error: unknown option '{odd}'; put -- before names that begin with a hyphen")
        return 2
    if moved := _moved(arguments):
        complain(f"error: {moved}")
        return 2
    ended: list[int] = []
    try:
        with _ended_cleanly(ended):
            main_command().main(args=list(arguments), prog_name="rmccomply")
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else 2
        return _ended_by(ended[0]) if ended else status
    except KeyboardInterrupt:
        return _ended_by((ended or [signal.SIGINT])[0])
    except RmccomplyError as error:
        for line in str(error).split("\n"):
            complain(f"error: {line}")
        return 2
    except Exception as error:  # noqa: BLE001  the one place where a crash becomes a report
        _report_crash(error)
        return 2
    return 0


def _ended_by(number: int) -> int:
    """The status of a run that a signal ended.

    Python notes an interrupt that came while it ran code from a string, as it does to make a named tuple, and would end
    by SIGINT whatever we return. Other code from a string takes the note away.
    """
    eval("0")  # noqa: S307
    return _OF_A_SIGNAL + number


@contextmanager
def _ended_cleanly(came: list[int]) -> Iterator[None]:
    """What ends programs (SIGTERM, SIGHUP) interrupts as Ctrl-C does, so that parts of files go.

    `came` gets the number of the signal; a second one ends at once. One that is ignored, as under nohup, stays so.
    Where Python takes no exception, as in what it calls when it forgets an object, it would drop the interrupt: then
    the signal is sent again.
    """

    def interrupt(number: int, _: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        came.append(number)
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def dropped(what: "sys.UnraisableHookArgs") -> None:
        if not isinstance(what.exc_value, KeyboardInterrupt):
            hook(what)
            return
        number = came.pop() if came else signal.SIGINT
        if number != signal.SIGINT:
            signal.signal(number, interrupt)
        threading.Timer(_SOON, os.kill, (os.getpid(), number)).start()

    hook = sys.unraisablehook
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    for number, action in before.items():
        if action == signal.SIG_DFL:
            signal.signal(number, interrupt)
    sys.unraisablehook = dropped
    try:
        yield
    finally:
        sys.unraisablehook = hook
        for number, action in before.items():
            signal.signal(number, action)


def _hold_closed_streams() -> None:
    """A stream that was closed (`>&-`) leaves its number free, and the next file that is opened would get it.

    Standard input is empty then, what is said on standard error goes nowhere, what is written to standard output fails.
    """
    for number, mode in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, mode)
    sys.stdin = sys.stdin or os.fdopen(0, closefd=False)
    sys.stdout = sys.stdout or os.fdopen(1, "w", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", closefd=False)


def _unprintable_option(arguments: Sequence[str]) -> str | None:
    """The first option that cannot be one, which a file may have given its name; typer would print it as it is."""
    for word in arguments:
        if word == "--":
            return None
        if word.startswith("-") and not word.partition("=")[0].isprintable():
            return word
    return None


def _moved(arguments: Sequence[str]) -> str:
    """What a command or an option that is called otherwise now is called; empty where nothing is."""
    name = arguments[0] if arguments else ""
    if name in _MOVED:
        listed = " (what it asks: rmccomply collect list)" if name == "collector" else ""
        return f"{name} is now: rmccomply {_MOVED[name]}{listed}"
    options = [word.partition("=")[0] for word in takewhile(lambda word: word != "--", arguments)]
    return "--profile of collect is now: --plan" if name == "collect" and "--profile" in options else ""


def complain(text: str, *names: str) -> None:
    """A line on standard error, harmless whatever stands in it, and without secrets: names of files may hold them.

    `names` are those of hosts and files in it that neither the command line nor an inventory has.
    """
    _write_error(f"rmccomply: {text}", *names)


def say(text: str) -> None:
    """Text on standard output, whole. Raises OutputError."""
    from rmccomply.sinks import open_sink

    sink = open_sink(None)
    sink.write(text)
    sink.close()


def _know(arguments: Sequence[str]) -> None:
    """Names on the command line are those of files and hosts, and what is said of them is not lost for their sake.

    Few look like the name of a secret, and what knows them is loaded for those alone.
    """
    if any(part in word.lower() for word in arguments for part in _LIKE_SECRETS):
        from rmccomply.evidence.told import know

        know(arguments)


def _write_error(line: str, *names: str) -> None:
    """Write a line, what cannot be printed as `\\xNN` whatever its number: programs read these lines, whose form stays.

    `terminal.visible` writes `\\u202e` and makes blanks of tabs.
    """
    from rmccomply.evidence.told import redact_told

    shown = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in redact_told(line, *names))
    form = "utf-8"
    if not shown.isascii():
        from rmccomply.cli.options import is_ascii

        form = "ascii" if is_ascii() else form
    sys.stderr.write(f"{shown}\n".encode(form, "backslashreplace").decode(form))


def _report_crash(error: Exception) -> None:
    import platform
    import traceback

    from rmccomply.version import VERSION

    complain(f"error: this is a defect of rmccomply, not of any host: {type(error).__name__}: {error}")
    complain("please report it with these lines; remove names and addresses from them first:")
    sys.stderr.write(f"  rmccomply {VERSION}, Python {platform.python_version()}, {platform.platform()}\n")
    for line in "".join(traceback.format_exception(error)).split("\n"):
        _write_error(f"  {line}".rstrip())
