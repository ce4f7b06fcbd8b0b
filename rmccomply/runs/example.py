"""What `example` does: the shipped examples put into a new folder, to try everything on before there is evidence."""

import shlex
from pathlib import Path
from typing import Final

from rmccomply.data import folder
from rmccomply.errors import OutputError, UsageError
from rmccomply.files import whole_folder, write_private
from rmccomply.runs.lines import printed
from rmccomply.runs.teller import Teller

FOLDER: Final = "rmccomply-examples"
_CACHES: Final = "__pycache__"
"""Python leaves such folders where it ran an example."""


def example(to: Path, teller: Teller) -> None:
    """Write the examples into a new folder, and tell what to try first.

    Raises UsageError where something is there already, OutputError.
    """
    top = folder("examples")
    try:
        with whole_folder(to) as part:
            for path in sorted(top.rglob("*")):
                if path.is_file() and _CACHES not in path.parts:
                    place = part / path.relative_to(top)
                    place.parent.mkdir(parents=True, exist_ok=True)
                    write_private(place, path.read_bytes())
    except FileExistsError:
        raise UsageError(f"{to}: already exists; name a new folder") from None
    except OSError as error:
        says = f"{to}: cannot be written: {error.strerror or error}; nothing of it was left behind"
        raise OutputError(says) from None
    teller.result(printed(_told(to), teller.page()))


def _told(to: Path) -> tuple[str, ...]:
    return (
        f"{to}: five constructed partitions, and examples of ways to collect from real ones (carriers)",
        f"Try: rmccomply check {shlex.quote(str(to))}",
    )
