"""Report JSON, version 1: `schemas/report-1.schema.json`, in JSON of RFC 8259
(https://www.rfc-editor.org/rfc/rfc8259).

Written as results come: what is known at the start, then the findings, one a line, then what only the end knows.
Readings chosen: every text is printable ASCII (anything else as `\\uNNNN`), so no text of a host can drive a
terminal; members stand in one fixed order; a notification is filed under the target whose evidence it is about.
"""

from typing import TYPE_CHECKING

from rmccomply.documents.report_1 import (
    BETWEEN,
    assessed_line,
    closing_pieces,
    finding_line,
    notification_line,
    opening_text,
    run_line,
    summary_line,
)
from rmccomply.report import cards_of
from rmccomply.spool import Spool
from rmccomply.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmccomply.evidence.model import Notification
    from rmccomply.formats import Frame
    from rmccomply.report import Assessed, Closing


class JsonFragment(NamedTuple):
    """A target in report JSON: its findings and its notifications, each a row and joined as rows are, and itself."""

    findings: str
    target: str
    notifications: str


def fragment(item: "Assessed", frame: "Frame") -> JsonFragment:
    """The rows of a target."""
    cards = cards_of(frame.run)
    return JsonFragment(
        BETWEEN.join([finding_line(each, cards[each.rule]) for each in item.findings]),
        assessed_line(item, frame.run.left_out),
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
        return opening_text(self._run.version, self._run.now, self._run.policies, self._run.parameters)

    def add(self, fragment: JsonFragment) -> str:
        self._targets.add(fragment.target)
        if fragment.notifications:
            self._notifications.add(fragment.notifications)
        if not fragment.findings:
            return ""
        between, self._between = self._between, BETWEEN
        return between + fragment.findings

    def end(self, closing: "Closing") -> "Iterator[str]":
        if closing.notifications:
            self._notifications.add(_notifications(closing.notifications, ""))
        yield from closing_pieces(
            self._between != "\n",
            self._targets.rows(),
            self._notifications.rows(),
            summary_line(closing.summary, closing.decided),
            run_line(self._run, closing),
        )

    def abandon(self) -> None:
        self._targets.close()
        self._notifications.close()


def assembly(frame: "Frame") -> JsonAssembly:
    """An empty report."""
    return JsonAssembly(frame)


def _notifications(notifications: "tuple[Notification, ...]", target: str) -> str:
    return BETWEEN.join(notification_line(each, target) for each in notifications)
