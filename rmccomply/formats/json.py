"""Report JSON, version 1: `schemas/report-1.schema.json`, in JSON of RFC 8259
(https://www.rfc-editor.org/rfc/rfc8259).

Written as results come: what is known at the start, then the findings, one a line, then what only the end knows.
Readings chosen: every text is printable ASCII (anything else as `\\uNNNN`), so no text of a host can drive a
terminal; members stand in one fixed order; a notification is filed under the target whose evidence it is about.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

from rmccomply.documents.report_1 import encode, finding_line
from rmccomply.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rmccomply.evidence.model import Notification
    from rmccomply.formats import Frame
    from rmccomply.report import Assessed, Closing, PolicyCard, TargetCard

SCHEMA: Final = "rmccomply/report/1"
_BETWEEN: Final = ",\n"


class JsonFragment(NamedTuple):
    """A target in report JSON: its findings and its notifications, each a row and joined as rows are, and itself."""

    findings: str
    target: str
    notifications: str


def fragment(item: "Assessed", frame: "Frame") -> JsonFragment:
    """The rows of a target."""
    return JsonFragment(
        _BETWEEN.join(map(finding_line, item.findings)),
        encode(_target(item.target)),
        _notifications(item.notifications, item.target.id),
    )


class JsonAssembly:
    """Report JSON in the making. Targets and notifications, which stand at the end, go through spools."""

    def __init__(self, frame: "Frame") -> None:
        self._run = frame.run
        self._targets = Spool()
        self._notifications = Spool()
        self._between = "\n"

    def begin(self) -> str:
        run = self._run
        tool = {"name": "rmccomply", "version": run.version}
        policies = "".join(_rows(encode(_policy(card)) for card in run.policies))
        head = f'{{"schema":{encode(SCHEMA)},\n"tool":{encode(tool)},\n"now":{encode(run.now)}'
        tuned = "".join(_rows(encode(card._asdict()) for card in run.parameters))
        parameters = f',\n"parameters":{tuned}' if run.parameters else ""
        return f'{head},\n"policies":{policies}{parameters},\n"findings":['

    def add(self, fragment: JsonFragment) -> str:
        self._targets.add(fragment.target)
        if fragment.notifications:
            self._notifications.add(fragment.notifications)
        if not fragment.findings:
            return ""
        between, self._between = self._between, _BETWEEN
        return between + fragment.findings

    def end(self, closing: "Closing") -> "Iterator[str]":
        if closing.notifications:
            self._notifications.add(_notifications(closing.notifications, ""))
        yield "]" if self._between == "\n" else "\n]"
        yield ',\n"targets":'
        yield from _rows(self._targets.rows())
        yield ',\n"notifications":'
        yield from _rows(self._notifications.rows())
        yield f',\n"summary":{encode({**closing.summary, "decided": closing.decided})}}}\n'

    def abandon(self) -> None:
        self._targets.close()
        self._notifications.close()


def assembly(frame: "Frame") -> JsonAssembly:
    """An empty report."""
    return JsonAssembly(frame)


def _rows(rows: "Iterable[str]") -> "Iterator[str]":
    """A list with a row a line, in pieces."""
    before = "[\n"
    for row in rows:
        yield before + row
        before = _BETWEEN
    yield "[]" if before == "[\n" else "\n]"


def _policy(card: "PolicyCard") -> dict[str, str]:
    return {"id": card.id, "title": card.title, "version": card.version, "sha256": card.sha256, "uri": card.uri}


def _target(card: "TargetCard") -> dict[str, object]:
    return {
        "id": card.id,
        "platform": card.platform,
        "identity": {"type_model": card.type_model, "serial": card.serial, "lpar_id": card.lpar_id},
        "labels": card.labels,
        "collected": card.collected,
        "evidence": [{"uri": each.uri, "sha256": each.sha256} for each in card.evidence],
    }


def _notifications(notifications: "tuple[Notification, ...]", target: str) -> str:
    return _BETWEEN.join(encode(_notification(each, target)) for each in notifications)


def _notification(note: "Notification", target: str) -> dict[str, object]:
    where = note.target or target
    return {"level": note.level, "text": note.text, "uri": note.uri, "line": note.line, "target": where}
