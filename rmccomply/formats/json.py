"""Report JSON, version 1: `schemas/report-1.schema.json`, in JSON of RFC 8259
(https://www.rfc-editor.org/rfc/rfc8259).

Written as results come: what is known at the start, then the findings, one a line, then what only the end knows.
Readings chosen: every text is printable ASCII (anything else as `\\uNNNN`), so no text of a host can drive a
terminal; members stand in one fixed order; a notification is filed under the target whose evidence it is about.
"""

from typing import TYPE_CHECKING, Any, Final

from rmccomply.documents.report_1 import encode, finding_line

if TYPE_CHECKING:
    from rmccomply.evidence.model import Notification
    from rmccomply.report import Assessed, Closing, PolicyCard, Run, Style, TargetCard

SCHEMA: Final = "rmccomply/report/1"


class Report:
    """The writer. Of each target it keeps one short text until the end."""

    def __init__(self) -> None:
        self._targets: list[str] = []
        self._notifications: list[str] = []
        self._between = "\n"

    def begin(self, run: "Run") -> str:
        tool = {"name": "rmccomply", "version": run.version}
        policies = _rows([encode(_policy(card)) for card in run.policies])
        head = f'{{"schema":{encode(SCHEMA)},\n"tool":{encode(tool)},\n"now":{encode(run.now)}'
        tuned = _rows([encode(card._asdict()) for card in run.parameters])
        parameters = f',\n"parameters":{tuned}' if run.parameters else ""
        return f'{head},\n"policies":{policies}{parameters},\n"findings":['

    def assessed(self, item: "Assessed") -> str:
        self._targets.append(encode(_target(item.target)))
        self._notify(item.notifications, item.target.id)
        pieces: list[str] = []
        for finding in item.findings:
            pieces += (self._between, finding_line(finding))
            self._between = ",\n"
        return "".join(pieces)

    def end(self, closing: "Closing") -> str:
        self._notify(closing.notifications, "")
        close = "]" if self._between == "\n" else "\n]"
        targets, notifications = _rows(self._targets), _rows(self._notifications)
        summary = encode({**closing.summary, "decided": closing.decided})
        return f'{close},\n"targets":{targets},\n"notifications":{notifications},\n"summary":{summary}}}\n'

    def _notify(self, notifications: "tuple[Notification, ...]", target: str) -> None:
        self._notifications += [encode(_notification(each, target)) for each in notifications]


def writer(style: "Style") -> Report:
    """A writer for one report."""
    return Report()


def _rows(rows: list[str]) -> str:
    return "[" + "".join(("\n" if not at else ",\n") + row for at, row in enumerate(rows)) + ("\n]" if rows else "]")


def _policy(card: "PolicyCard") -> dict[str, Any]:
    return {"id": card.id, "title": card.title, "version": card.version, "sha256": card.sha256, "uri": card.uri}


def _target(card: "TargetCard") -> dict[str, Any]:
    return {
        "id": card.id,
        "platform": card.platform,
        "identity": {"type_model": card.type_model, "serial": card.serial, "lpar_id": card.lpar_id},
        "labels": card.labels,
        "collected": card.collected,
        "evidence": [{"uri": each.uri, "sha256": each.sha256} for each in card.evidence],
    }


def _notification(note: "Notification", target: str) -> dict[str, Any]:
    where = note.target or target
    return {"level": note.level, "text": note.text, "uri": note.uri, "line": note.line, "target": where}
