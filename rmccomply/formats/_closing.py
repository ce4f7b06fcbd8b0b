"""How much is decided, in words."""

from rmccomply.words import counted


def decided(summary: "dict[str, int]") -> str:
    """The share, rounded down, so that 100 % means all of them."""
    settled = summary["pass"] + summary["fail"]
    applicable = settled + summary["unknown"] + summary["error"]
    if not applicable:
        return "no check applies"
    percent = f"{settled * 1000 // applicable / 10:g} %"
    return f"{settled} of {counted(applicable, 'check')} decided ({percent})"
