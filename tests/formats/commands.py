"""Workflow commands as the runner of GitHub Actions reads them, from its published grammar.

`ActionCommand.cs` of actions/runner: a line is a command where it begins with `::` once blanks before it are gone, and
has another `::`; between them stand a word and properties. A line that is none is looked through for `##[word`, and
that anywhere. What was escaped is taken back, `%25` last.
"""

from dataclasses import dataclass

REGISTERED = frozenset(
    {"error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "add-matcher", "remove-matcher", "echo"}
    | {"set-env", "add-path", "set-output", "save-state", "stop-commands", "internal-set-repo-path"}
)
DATA = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
PROPERTY = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))
OLDER = (("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%25", "%"))
BLANKS = (
    "".join(map(chr, (*range(9, 14), 32, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029)))
    + "\u202f\u205f\u3000"
)
"""What TrimStart() of .NET takes away."""


@dataclass(frozen=True)
class Command:
    """A command that the runner would run."""

    word: str
    properties: dict[str, str]
    data: str


def commands(text: str) -> list[Command | str]:
    """The output of a step, line by line: each a command, or text that is shown."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [newer(line) or older(line) or line for line in lines if line]


def newer(line: str) -> Command | None:
    line = line.lstrip(BLANKS)
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    word, _, rest = line[2:end].partition(" ")
    if word not in REGISTERED:
        return None
    pairs = [each.partition("=") for each in rest.strip(BLANKS).split(",") if each]
    given = {name: taken_back(value, PROPERTY) for name, _, value in pairs if name and value}
    return Command(word, given, taken_back(line[end + 2 :], DATA))


def older(line: str) -> Command | None:
    start = line.find("##[")
    end = line.find("]", max(start, 0))
    if start < 0 or end < 0:
        return None
    word = line[start + 3 : end].partition(" ")[0]
    return Command(word, {}, taken_back(line[end + 1 :], OLDER)) if word in REGISTERED else None


def taken_back(text: str, mappings: tuple[tuple[str, str], ...]) -> str:
    for escaped, char in mappings:
        text = text.replace(escaped, char)
    return text
