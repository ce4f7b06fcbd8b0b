"""How help is laid out: options in groups with a heading each, in a column that a narrow terminal can hold.

typer draws groups by rich alone, which may be absent and is slow to import, and shows types as Python writes them
(`<list[str]>`, `<int range>`). So an option says itself how its value is called, by its metavar, and which group it is
in, by what typer calls its panel.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import typer
from typer.core import TyperCommand

_NARROW: Final = 72
"""Columns below which what an option does stands below it, not beside it."""
_WIDEST: Final = 32
"""Columns of the names of options: one whose names are longer has a line of its own."""
_FEW: Final = 10
"""Options and arguments that are read without groups."""
_STATUS: Final = re.compile(r"( *\d+ +)(\S.*)")
_ARGUMENTS: Final = "Arguments"
_OPTIONS: Final = "Options"
_OTHERS: Final = "Other options"


class PlainCommand(TyperCommand):
    """A command whose options are shown in their groups."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """What stands behind the name of the command in its first line: `[OPTIONS] INPUT...`."""
        return ["[OPTIONS]", *(_usage(one) for one in self.get_params(ctx) if one.param_type_name == "argument")]

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """Write what the command does; a status that is longer than its line goes on below its words."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_hanging(self.help or "", formatter.width - formatter.current_indent))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write each group of options under its heading, in the order of their first options."""
        rows: dict[str, list[tuple[str, str]]] = {}
        for option in self.get_params(ctx):
            if not getattr(option, "hidden", False):
                rows.setdefault(_group_of(option), []).append(_row(option))
        if sum(map(len, rows.values())) <= _FEW:
            options = [row for heading, group in rows.items() if heading != _ARGUMENTS for row in group]
            rows = {_ARGUMENTS: rows.get(_ARGUMENTS, []), _OPTIONS: options}
        elif rows.keys() - {_ARGUMENTS, _OPTIONS} and len(rows[_OPTIONS]) == 1:
            rows[_OTHERS] = rows.pop(_OPTIONS)
        for heading in sorted(filter(rows.get, rows), key=_place):
            with formatter.section(heading):
                _write(formatter, rows[heading])


class PlainTyper(typer.Typer):
    """An application of such commands."""

    def command(self, name: str | None = None, **settings: Any) -> Any:
        """What makes a command of a function."""
        return super().command(name, **{"cls": PlainCommand, **settings})


def _group_of(option: Any) -> str:
    if option.param_type_name == "argument":
        return _ARGUMENTS
    return getattr(option, "rich_help_panel", None) or _OPTIONS


def _hanging(text: str, columns: int) -> str:
    """A text in which each status (`  0  all passed`) is as narrow as that."""
    from textwrap import wrap

    lines = []
    for line in text.split("\n"):
        found = _STATUS.fullmatch(line) if len(line) > columns else None
        lines += (
            wrap(found[2], columns, initial_indent=found[1], subsequent_indent=" " * len(found[1])) if found else [line]
        )
    return "\n".join(lines)


def _place(heading: str) -> int:
    """Arguments stand first, then what belongs to no group; help alone, which has none, stands last."""
    return {_ARGUMENTS: 0, _OPTIONS: 1, _OTHERS: 3}.get(heading, 2)


def _usage(argument: Any) -> str:
    name = argument.metavar if argument.required else f"[{argument.metavar}]"
    return f"{name}{'...' if argument.nargs != 1 else ''}"


def _row(option: Any) -> tuple[str, str]:
    """How an option or an argument is written, and what it does."""
    told, default = option.help or "", _default(option)
    if option.param_type_name == "argument":
        return str(option.metavar), told
    names = ", ".join(sorted(option.opts, key=len))
    value = "" if option.is_flag else f" {option.metavar}"
    return f"{names}{value}", f"{told} [default: {default}]" if default else told


def _default(option: Any) -> str:
    """The value of an option that is not given, where it is one that a person can read."""
    value = option.default
    plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return f"{value:g}" if isinstance(value, float) else str(value) if plain else ""


def _write(formatter: Any, rows: Iterable[tuple[str, str]]) -> None:
    if formatter.width >= _NARROW:
        formatter.write_dl(list(rows), col_max=_WIDEST)
        return
    for line in _stacked(rows, formatter.width - formatter.current_indent):
        formatter.write(f"{' ' * formatter.current_indent}{line}\n")


def _stacked(rows: Iterable[tuple[str, str]], columns: int) -> Iterator[str]:
    from textwrap import wrap

    for names, told in rows:
        yield names
        yield from wrap(told, columns, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)
