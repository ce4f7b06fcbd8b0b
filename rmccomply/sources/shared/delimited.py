"""A listing of a management console, as `lssyscfg -F NAME:NAME --header` prints it: names first, then a row a line.

A value that holds the delimiter stands in double quotes, as in CSV. Of a row of another width than its header nobody
knows which value is whose, so only its text is kept. Empty, it lists nothing.
"""

import csv
from collections.abc import Iterable, Iterator
from typing import Final

from rmccomply.tuples import NamedTuple

DELIMITER: Final = ":"


class Torn(NamedTuple):
    """A row whose values cannot be told apart."""

    text: str


def delimited(lines: Iterable[str]) -> Iterator[dict[str, str] | Torn]:
    """The rows, name to value, in their order; blank lines are none."""
    rows = csv.reader((line for line in lines if line.strip()), delimiter=DELIMITER)
    header = next(rows, [])
    for row in rows:
        whole = len(row) == len(header)
        yield dict(zip(header, row, strict=True)) if whole else Torn(DELIMITER.join(row))
