"""What start-up costs beside its floor: `python -m benchmarks.startup [ROUNDS]`, from the top of a checkout.

Two pairs, each measured in one run and in turn, so that what else the machine does falls on both:

    check      `rmccomply check` of one example, beside a program of typer with the same options and no body that
               imports what no version of ours can do without (typer, pydantic, tomli); at most 1.3 times
    --version  `rmccomply --version`, beside importing those three alone; at most a quarter

Times are the CPU seconds of whole processes, user and system, as `wait4` tells them.
"""

import ast
import inspect
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from rmccomply import words
from rmccomply.cli import check, options

ROOT: Final = Path(__file__).parents[1]
EXAMPLE: Final = ROOT / "examples" / "aurora-db1.rmcc"
ROUNDS: Final = 21


class Pair(NamedTuple):
    """A command of ours, its floor, and how many times the floor it may cost."""

    name: str
    ours: Sequence[str]
    floor: Sequence[str]
    bound: float


def floor_source() -> str:
    """The program with the options of `check` and nothing behind them, made from the source of `check`."""
    tree = ast.parse(inspect.getsource(check))
    kept = [node for node in tree.body if _is_of_the_command(node)]
    for node in kept:
        if isinstance(node, ast.FunctionDef):
            node.body = [ast.Pass()]
            _without_completion(node)
    body = "\n".join([*_shared(tree), *map(ast.unparse, kept)])
    return f"{_HEAD}\n{body}\n\napp()\n"


def _is_of_the_command(node: ast.stmt) -> bool:
    """Whether it is the command itself, or what its options are written with; not what it calls."""
    if isinstance(node, ast.FunctionDef):
        return bool(node.decorator_list)
    return isinstance(node, (ast.Assign, ast.AnnAssign)) and _name(node) != "app"


def _without_completion(node: ast.AST) -> None:
    for call in (one for one in ast.walk(node) if isinstance(one, ast.Call)):
        call.keywords = [keyword for keyword in call.keywords if keyword.arg not in ("autocompletion", "callback")]


def _shared(tree: ast.Module) -> list[str]:
    """What `check` has from others for its options: numbers and texts by their value, types as written."""
    values, types = [], []
    for module in (words, options):
        named = {
            alias.name
            for node in tree.body
            if isinstance(node, ast.ImportFrom) and node.module == module.__name__
            for alias in node.names
        }
        values += [f"{name} = {value!r}" for name, value in vars(module).items() if isinstance(value, (int, str))]
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.Assign) and _name(node) in named:
                _without_completion(node)
                types.append(ast.unparse(node))
    return [*(one for one in values if not one.startswith("__")), *types]


def _name(node: ast.stmt) -> str:
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    return ast.unparse(target) if target is not None else ""


_HEAD: Final = """\
from typing import Annotated, Final, Literal
import tomli
import typer
from pydantic import BaseModel
app = typer.Typer()"""


def cpu(command: Sequence[str], environment: dict[str, str]) -> float:
    """The CPU seconds of a process from start to end."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            why = errors.read().decode("utf-8", "replace").strip()
            raise SystemExit(f"{' '.join(command)}: exit status {process.returncode}: {why}")
    return usage.ru_utime + usage.ru_stime


def measured(pair: Pair, rounds: int) -> str:
    """One line: both medians with their range, and the median of the ratios of all rounds."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment["PYTHONPATH"] = str(ROOT)
    for command in (pair.ours, pair.floor) * 2:
        cpu(command, environment)
    times = [(cpu(pair.ours, environment), cpu(pair.floor, environment)) for _ in range(rounds)]
    ratios = sorted(ours / floor for ours, floor in times)
    columns = (_range([ours for ours, _ in times]), _range([floor for _, floor in times]))
    verdict = "holds" if median(ratios) <= pair.bound else "EXCEEDED"
    spread = f"{median(ratios):.2f} [{ratios[0]:.2f} {ratios[-1]:.2f}]"
    return f"{pair.name:<10} ours {columns[0]}   floor {columns[1]}   ratio {spread}   bound {pair.bound}: {verdict}"


def _range(times: list[float]) -> str:
    low, middle, high = (1000 * value for value in (min(times), median(times), max(times)))
    return f"{middle:4.0f} ms [{low:.0f} {high:.0f}]"


def pairs(floor: Path) -> tuple[Pair, ...]:
    """What is measured; `floor` is the file of the floor program."""
    python = sys.executable
    ours = (python, "-m", "rmccomply")
    return (
        Pair("check", (*ours, "check", str(EXAMPLE)), (python, str(floor), str(EXAMPLE)), 1.3),
        Pair("--version", (*ours, "--version"), (python, "-c", "import typer, pydantic, tomli"), 0.25),
    )


def main(rounds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        floor = Path(folder) / "floor.py"
        floor.write_text(floor_source(), "utf-8")
        for pair in pairs(floor):
            print(measured(pair, rounds), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
