"""What no text may name that is shown for every host, and what none may name at all."""

import re
from typing import Final

GUARDED: Final = ("recfgct", "odmdelete", "chdev")
NEVER: Final = ("startsrc", "stopsrc")
OTHER_RMCCTRL: Final = re.compile(r"rmcctrl(?! -[ps]\b)")
"""`rmcctrl -p` breaks nothing, and `-s` starts what does not run; every other use stops or changes something."""


def dangers(text: str) -> list[str]:
    """What in a text could break a cluster."""
    low = text.lower()
    return [*(word for word in (*GUARDED, *NEVER) if word in low), *OTHER_RMCCTRL.findall(low)]
