"""Headings: that of the report, with its policies and what was selected and changed, and that of a target."""

from typing import TYPE_CHECKING, Final

from rmccomply.age import dated
from rmccomply.formats._targets import platform_of
from rmccomply.formats.text.canvas import INDENT
from rmccomply.formats.text.layout import filled
from rmccomply.terminal import Page, visible, width_of

if TYPE_CHECKING:
    from rmccomply.report import ParameterCard, Run, TargetCard

_LABEL: Final = 10
"""Columns of what stands before a row of the report's heading."""
_MOST_SETTINGS: Final = 3


def header(page: Page, run: "Run", targets: int) -> str:
    """The head of the report."""
    lines = [f"{page.paint('bold', f'rmccomply {visible(run.version)}')}  {visible(run.now)}"]
    for at, card in enumerate(run.policies):
        label = "" if at else "policies" if len(run.policies) > 1 else "policy"
        name = visible(f"{card.id} {card.version}")
        lines.append(f"{_label(page, label)}{name}  {page.paint('faint', visible(card.title))}")
    for at, text in enumerate(dict.fromkeys(map(_tuned, run.parameters))):
        lines.append(f"{_label(page, '' if at else 'changed')}{visible(text)}")
    if run.left_out:
        selected = f"{len(run.rules)} of {len(run.rules) + run.left_out}, selected for this run"
        lines.append(f"{_label(page, 'rules')}{selected}")
    return "\n".join([*lines, f"{_label(page, 'targets')}{targets}"])


def heading(page: Page, target: "TargetCard", now: str) -> str:
    """The head of a target: on one line where that has room."""
    name, about = visible(target.id), visible(" · ".join([*_about_target(target), dated_at(target, now)]))
    title = page.paint("bold", name)
    if width_of(f"{name}  {about}") <= page.width:
        rows = [f"{title}  {page.paint('faint', about)}".rstrip()]
    else:
        rows = [title, *(page.paint("faint", row) for row in page.prose(about, INDENT))]
    return "\n".join([page.rule(), *rows])


def dated_at(target: "TargetCard", now: str) -> str:
    """How old what is known of a target is, at a time."""
    return visible(dated(target.collected, now))


def _label(page: Page, label: str) -> str:
    return page.paint("faint", label.ljust(_LABEL))


def _tuned(card: "ParameterCard") -> str:
    looser = ", looser than the policy" if card.looser else ""
    return f"{card.name} {card.value} (policy: {card.of_policy}){looser}"


def _about_target(target: "TargetCard") -> list[str]:
    parts = [
        platform_of(target.platform),
        " ".join(part for part in (target.type_model, target.serial) if part),
        "" if target.lpar_id is None else f"LPAR {target.lpar_id}",
        *(f"{name} {value}" for name, value in target.labels.items()),
    ]
    return [part for part in parts if part]


def policies_of(run: "Run") -> str:
    """What was judged by: `rmc-core 2026.1`, and how much of it where not all was."""
    names = ", ".join(f"{card.id} {card.version}" for card in run.policies)
    part = f" ({len(run.rules)} of {len(run.rules) + run.left_out} rules selected)" if run.left_out else ""
    return names + part


def settings_of(page: Page, run: "Run") -> list[str]:
    """What is not as the policies have it, a line each, the looser first."""
    tuned = list(dict.fromkeys(_tuned(card) for card in sorted(run.parameters, key=lambda card: not card.looser)))
    lines = [filled(page, f"changed: {page.visible(text)}", page.width, 1)[0] for text in tuned[:_MOST_SETTINGS]]
    return lines + ([f"{len(tuned) - _MOST_SETTINGS} more changed: --show open"] if tuned[_MOST_SETTINGS:] else [])
