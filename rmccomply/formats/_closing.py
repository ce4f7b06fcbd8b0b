"""The sentences at the end of a text report: how much is decided, and what the exit status means."""

from typing import TYPE_CHECKING

from rmccomply.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmccomply.report import Closing


def decided(summary: "dict[str, int]") -> str:
    """The share, rounded down, so that 100 % means all of them."""
    settled = summary["pass"] + summary["fail"]
    applicable = settled + summary["unknown"] + summary["error"]
    if not applicable:
        return "no finding is applicable"
    percent = f"{settled * 1000 // applicable / 10:g} %"
    return f"{settled} of {counted(applicable, 'applicable finding')} decided ({percent})"


def reason_of_exit(
    closing: "Closing", fails: int, severities: "Sequence[str]", unknown: int, left_out: int = 0, rules: int = 1
) -> str:
    """The sentence that explains the exit status of a run."""
    match closing.exit_status:
        case 0:
            return _why_zero(fails, unknown, left_out)
        case 1:
            worst = next(iter(severities), "none")
            return f"{counted(fails, 'active failing finding')}, the worst of severity {worst}."
        case 3 if closing.shut_by == "min_decided":
            share = f"{closing.decided * 100:g} %"
            return f"no fail gates, but {share} is decided, and this run demands {closing.gate.min_decided:g} %."
        case 3 if closing.damaged and not unknown:
            return "no fail gates, but an input is damaged, and what was lost with it may not have been good."
        case 3:
            return f"no fail gates, but {_unknown(unknown)}, and unknown is never a pass."
        case 4 if not rules:
            return "nothing was examined: no rule was selected."
        case 4 if not closing.targets:
            return "nothing was examined: there was no target."
        case 4:
            return "nothing was examined: no rule applied to a target."
    return _why_two(closing)


def _unknown(count: int) -> str:
    return f"{counted(count, 'finding')} {_are(count)} unknown"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _why_zero(fails: int, unknown: int, left_out: int) -> str:
    """Zero is only praise where nothing fails and nothing is unknown; else the run was told to let it be."""
    left = [f"{counted(fails, 'finding')} {'fails' if fails == 1 else 'fail'}"] if fails else []
    if unknown:
        left.append(f"{unknown} {_are(unknown)} unknown")
    if left:
        return f"{' and '.join(left)}, but none counts for the exit status (--fail-on, --on-unknown)."
    if left_out:
        rest = f"{counted(left_out, 'rule')} {'was' if left_out == 1 else 'were'} not judged"
        return f"of what was selected all that applies is decided, and none fails; {rest}."
    return "everything that applies is decided, and no active finding fails."


def _why_two(closing: "Closing") -> str:
    if errors := closing.summary["error"]:
        return f"{counted(errors, 'target')} could not be judged; what is said of each tells why."
    return "a fault of the run itself, such as an input that is not there; standard error names it."
