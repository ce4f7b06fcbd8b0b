"""What the collector asks, for people: the text that the script's own `--list` prints, and a page for change boards."""

from collections.abc import Iterator
from typing import Final

from rmccomply.collect.plan import SYSTEMS, Step, steps

TITLES: Final = {"aix": "AIX", "vios": "Virtual I/O Server", "linux": "Linux"}
TOOLS: Final = (
    *(
        "awk",
        "cat",
        "cksum",
        "cut",
        "date",
        "dd",
        "env",
        "fold",
        "grep",
        "id",
        "kill",
        "ls",
        "mkdir",
        "mv",
        "od",
        "printf",
    ),
    *("ps", "rm", "rmdir", "sed", "sha256sum", "sleep", "tail", "tr", "uname", "wc"),
)
"""What the script runs for its own work; perl, bash or ksh93 besides, for `--probe` alone."""
_PAGE: Final = """\
# What the collector asks

Each request of `rmccomply/collect/collector.sh`, in order. `rmccomply collect list` prints the same, and so does
the script itself. [collecting.md](../collecting.md) tells how to use it and what it never does.

*root*: `yes` where only root is answered, `more` where root sees more. *Limit*: the seconds after which a request is
ended.
"""
_OWN: Final = "For its own work"
_PROBES: Final = "with --probe: perl, else bash or ksh93"


def listing(platforms: tuple[str, ...] = tuple(SYSTEMS), plan: str = "full") -> str:
    """The text of `collector.sh --list`; by another plan than the full one, what that asks."""
    lines: list[str] = []
    for platform in platforms:
        lines.append(TITLES[platform])
        lines += [line for step in steps(platform) if plan in step.plans or plan == "full" for line in _lines(step)]
    return "\n".join([*lines, _OWN, f"  {' '.join(TOOLS)}", f"  {_PROBES}"]) + "\n"


def _lines(step: Step) -> Iterator[str]:
    yield f"  {step.id:<15} {step.limit:>3} s  root {step.root:<4} {','.join(step.plans):<16} {step.why}"
    yield f"      {step.command}"


def page() -> str:
    """The reference page."""
    lines = [_PAGE]
    for platform in SYSTEMS:
        lines += [
            f"## {TITLES[platform]}",
            "",
            "| id | request | why | root | limit | plans |",
            "|---|---|---|---|---|---|",
        ]
        lines += [_row(step) for step in steps(platform)]
        lines.append("")
    tools = ", ".join(f"`{tool}`" for tool in TOOLS)
    lines += [f"## {_OWN}", "", f"{tools}; for `--probe` alone `perl`, else `bash` or `ksh93`."]
    return "\n".join(lines) + "\n"


def _row(step: Step) -> str:
    request = step.command.replace("|", "\\|")
    return f"| {step.id} | `{request}` | {step.why} | {step.root} | {step.limit} s | {', '.join(step.plans)} |"
