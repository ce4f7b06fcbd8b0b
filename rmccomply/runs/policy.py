"""What the commands of `policy` do: faults and doubts of policy files, one shown whole, schemas, reference pages."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from rmccomply.checks.operands import nearest
from rmccomply.errors import OutputError, PolicyError, UsageError
from rmccomply.files import replace_whole
from rmccomply.policy.find import shipped
from rmccomply.policy.load import load
from rmccomply.policy.lock import locked_text
from rmccomply.policy.show import rows, toml
from rmccomply.reasoning.lint import lint as doubts
from rmccomply.reference.pages import SCHEMAS, schema_text
from rmccomply.runs.lines import harmless
from rmccomply.runs.outputs import refuse_evidence
from rmccomply.runs.teller import Teller
from rmccomply.terminal import visible
from rmccomply.words import counted


def lint(names: Sequence[str], teller: Teller) -> int:
    """Tell what is wrong with policies, by id or path, and what is doubtful: 2 with faults, 1 with warnings alone."""
    status = 0
    for name in names:
        try:
            loaded, remarks = doubts(name)
        except (PolicyError, UsageError) as error:
            status = 2
            teller.fault(str(error))
            continue
        for remark in remarks:
            teller.warn(f"warning: {remark}")
        doubtful = counted(len(remarks), "warning") if remarks else "sound"
        teller.result(visible(f"{name}: {doubtful}, {counted(len(loaded.rules), 'rule')}") + "\n")
        status = status or (1 if remarks else 0)
    return status


def show(name: str, form: Literal["text", "toml"], teller: Teller) -> None:
    """Tell a policy, by id or path, with all that it inherits. Raises UsageError and PolicyError."""
    loaded = load(name)
    teller.result(harmless(toml(loaded)) if form == "toml" else teller.page().laid(rows(loaded)))


def lock(names: Sequence[str], path: str | None, teller: Teller) -> None:
    """Write a file that locks policies, by id or path (all shipped ones where none is named), or tell its text.

    Raises UsageError and PolicyError, and OutputError where it cannot be written.
    """
    text = locked_text([load(name) for name in names or shipped()])
    if path in (None, "-"):
        teller.result(text)
        return
    refuse_evidence((path,), names)
    try:
        replace_whole(Path(str(path)), text.encode("utf-8"))
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from None


def schema(name: str, teller: Teller) -> None:
    """Tell a JSON Schema: of policies, reports, findings or facts. Raises UsageError for another name."""
    if name not in SCHEMAS:
        raise UsageError(
            f"unknown schema '{name}'{nearest(name, SCHEMAS) or '.'} The schemas are: {', '.join(SCHEMAS)}"
        )
    teller.result(schema_text(name))


def write_pages(pages: Mapping[str, str], folder: Path, teller: Teller) -> None:
    """Write pages, name to text, into a folder, and tell the path of each. Raises OutputError."""
    for name, page in pages.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page, "utf-8")
        except OSError as error:
            raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from None
        teller.result(visible(path.as_posix()) + "\n")
