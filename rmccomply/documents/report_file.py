"""A report in JSON that an earlier run wrote, read from its file."""

from pathlib import Path
from typing import Final

from rmccomply.documents.report_1_reader import read
from rmccomply.documents.report_1_rows import ReportDocument
from rmccomply.errors import InputError
from rmccomply.guarded import Unfit, bounded
from rmccomply.tuples import NamedTuple

LARGEST: Final = 1024**3
_START: Final = 4096
_SCHEMA: Final = b"rmccomply/report/"
"""What stands at the beginning of a report."""


class ReportFile(NamedTuple):
    """A report with the octets that it was read from."""

    document: ReportDocument
    raw: bytes


def read_report(path: Path) -> ReportFile:
    """A report of `check -o json`. Raises InputError with what is wrong with the file."""
    try:
        raw = bounded(path, LARGEST)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None
    except Unfit as unfit:
        raise InputError(f"{path}: {unfit.says}") from None
    return report_of(raw, path)


def report_of(raw: bytes, path: Path) -> ReportFile:
    """A report of the octets that a file has. Raises InputError with what is wrong with them."""
    if _SCHEMA not in raw[:_START]:
        raise InputError(f"{path}: is not a report in JSON: make one with 'rmccomply check -o json=FILE'")
    return ReportFile(read(raw, str(path)), raw)
