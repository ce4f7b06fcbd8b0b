"""SARIF 2.1.0 of what needs attention, and nothing else: for code scanning, dashboards and tickets.

Every consumer makes an alert of every result, whatever its kind, and most ignore suppressions. So results are

- the active fails above info, also those that are the same fault as another one (`coveredBy` says of which);
- for each target and for each thing that is to be done about unknowns above info, one result of the rule RMC-UNDECIDED.
  What cannot be decided before a fail is fixed is counted by that fail alone (`blocks`).

What passes, does not apply, only informs, is waived or is known from a baseline is no result; `inThisLog` of the run
counts what became of everything. `-o sarif-all` has a result for each finding.
"""

from typing import TYPE_CHECKING, Final

from rmccomply.formats._sarif.attention import COUNTED, attention
from rmccomply.formats._sarif.log import SarifAssembly, SarifFragment
from rmccomply.formats._sarif.texts import UNDECIDED

if TYPE_CHECKING:
    from rmccomply.formats import Frame
    from rmccomply.report import Assessed
    from rmccomply.words import Disposition

_SHOWS: Final[tuple["Disposition", ...]] = ("active",)


def fragment(item: "Assessed", frame: "Frame") -> SarifFragment:
    """The rows of a target."""
    return attention(item, frame.run, _SHOWS, UNDECIDED)


def assembly(frame: "Frame") -> SarifAssembly:
    """An empty log."""
    return SarifAssembly(frame, COUNTED, undecided=UNDECIDED)
