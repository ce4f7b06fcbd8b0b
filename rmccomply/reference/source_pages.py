"""What is read: a page for each source, and what stands behind a rule; from docstrings, types and the catalogue."""

import ast
import inspect
import re
from collections.abc import Iterator, Sequence
from dataclasses import is_dataclass
from typing import Any, Final, get_args, get_type_hints

from rmccomply.evidence.archives import MARKS
from rmccomply.evidence.archives.kinds import KINDS
from rmccomply.facts.catalogue import FACTS, sources_of
from rmccomply.policy.model import OF_EVERY_RULE
from rmccomply.sources.requests import due
from rmccomply.sources.table import SOURCES

MADE: Final = "<!-- Made by `rmccomply policy docs`; do not edit. -->\n"
_TABLES: Final = (
    ("Linux", "linux", ("sosreport", "supportconfig", "ctsnap")),
    ("AIX", "aix", ("snap", "ctsnap")),
)
_ARCHIVES_TEXT: Final = (
    "What the tools are known to ask, of all that facts follow from. `rmccomply collect import ARCHIVE` tells it of an",
    "archive at hand, which may hold more or less; what is there is read, and what is not is unknown.",
    "See [support archives](../archives.md).",
)


def source_pages() -> dict[str, str]:
    """Every page by its path below the reference folder."""
    pages = {f"sources/{name}.md": source_page(name) for name in SOURCES}
    return {"sources/README.md": index_page(), **pages}


def index_page() -> str:
    """All sources, with what each reads."""
    lines = [MADE, "# Sources", "", "Each reads the answer to one kind of request into a record.", ""]
    lines += ["| source | reads |", "|---|---|"]
    lines += [f"| [{name}]({name}.md) | {about(name).replace('|', chr(92) + '|')} |" for name in sorted(SOURCES)]
    return "\n".join(lines) + "\n"


def about(name: str) -> str:
    """What a source reads, in one paragraph: the first of its module."""
    return " ".join((inspect.getdoc(SOURCES[name].load()) or "").split("\n\n")[0].split())


def archives_page() -> str:
    """What support archives are known to hold, by platform and request."""
    lines = [MADE, "# Support archives", "", *_ARCHIVES_TEXT, ""]
    for system, platform, kinds in _TABLES:
        titles = [KINDS[kind].TITLE for kind in kinds]
        lines += [f"## {system}", "", f"| request | {' | '.join(titles)} |", f"|---|{'---|' * len(kinds)}"]
        for one in due(platform):
            cells = ["yes" if one.request in KINDS[kind].HOLDS else "" for kind in kinds]
            lines.append(f"| `{one.request}` | {' | '.join(cells)} |")
        lines.append("")
    for kind, reader in KINDS.items():
        marks = ", ".join(f"`{mark}`" for mark in MARKS[kind])
        lines += [f"## {reader.TITLE}", "", f"Known by {marks}.", "", _markdown(inspect.getdoc(reader) or ""), ""]
    return "\n".join(lines).rstrip() + "\n"


def source_page(name: str) -> str:
    """A source: what its module says, its requests, the facts that read it, and its record."""
    paragraphs = (inspect.getdoc(SOURCES[name].load()) or "").split("\n\n")
    lines = [MADE, f"# {name}", "", "\n\n".join(map(_markdown, paragraphs)), ""]
    lines += ["## Requests", "", *(f"- {_head(head)}" for head in SOURCES[name].heads), ""]
    lines += ["## Facts that read it", "", *_facts_of(name), "", "## Record", ""]
    for record in _records(SOURCES[name].load().RECORD):
        lines += [f"### {record.__name__}", "", _markdown(inspect.getdoc(record) or ""), ""]
        lines += ["| field | type |", "|---|---|", *_fields(record), ""]
    return "\n".join(lines).rstrip() + "\n"


def _head(head: str) -> str:
    if head.startswith("/"):
        return f"the file `{head}`"
    return "a probe of a TCP port" if head == "tcp" else f"the command `{head}`, in the forms above"


def _facts_of(source: str) -> list[str]:
    found = [name for name, line in FACTS.items() if source in line.reads]
    links = [f"- [`{name}`](../facts.md#{name.replace('.', '')})" for name in found]
    return links or ["None yet: it is read, and kept in facts documents."]


def _markdown(paragraph: str) -> str:
    """A paragraph of a docstring: outside code, what looks like HTML is text."""
    if paragraph.startswith("    "):
        return paragraph
    pieces = re.split(r"(`[^`]*`)", paragraph)
    return "".join(one if one.startswith("`") else one.replace("<", "&lt;") for one in pieces)


def _records(record: type) -> list[type]:
    """The record and the records in it, each once, outermost first."""
    found = [record]
    for one in found:
        for hint in get_type_hints(one).values():
            found += [inner for inner in _dataclasses_in(hint) if inner not in found]
    return found


def _dataclasses_in(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and is_dataclass(hint):
        yield hint
    for inner in get_args(hint):
        yield from _dataclasses_in(inner)


def _fields(record: type) -> Iterator[str]:
    """Rows of a record's fields, with their types as the module writes them; inherited ones first."""
    for one in reversed(record.__mro__):
        body = ast.parse(inspect.getsource(one)).body[0] if is_dataclass(one) else None
        for node in body.body if isinstance(body, ast.ClassDef) else ():
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                kind = _type_text(node.annotation).replace("|", chr(92) + "|")
                yield f"| `{node.target.id}` | `{kind}` |"


class _Plain(ast.NodeTransformer):
    """`Annotated[X, ...]` without what holds it to its form."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.value, ast.Name) and node.value.id == "Annotated" and isinstance(node.slice, ast.Tuple):
            return node.slice.elts[0]
        return node


def _type_text(annotation: ast.expr) -> str:
    return ast.unparse(_Plain().visit(annotation))


def read_by(facts: Sequence[str]) -> tuple[list[str], list[str]]:
    """The sources that facts read themselves; and those behind them, by other facts and to tell what the host is."""
    direct = list(dict.fromkeys(one for name in facts for one in FACTS[name].reads if "." not in one))
    behind = dict.fromkeys(one for name in (*facts, *OF_EVERY_RULE) for one in sources_of(name))
    return direct, [one for one in behind if one not in direct]
