"""SARIF 2.1.0 of everything: a result for each finding, whatever it says.

It is for archives and for tools that look at kinds. Where every result becomes an alert, `-o sarif` is the one to send.
"""

from collections import Counter
from typing import TYPE_CHECKING

from rmccomply.formats._sarif.log import SarifAssembly, SarifFragment, fragment_of
from rmccomply.formats._sarif.places import known_places
from rmccomply.formats._sarif.results import result_of

if TYPE_CHECKING:
    from rmccomply.formats import Frame
    from rmccomply.report import Assessed


def fragment(item: "Assessed", frame: "Frame") -> SarifFragment:
    """The rows of a target."""
    known = known_places(frame.run)
    blocks = Counter(one for finding in item.findings for one in finding.blocked_by)
    found = [finding for finding in item.findings if finding.result != "error"]
    results = (result_of(finding, item, known, blocks[finding.fingerprint]) for finding in found)
    return fragment_of(item, known, results, Counter({"results": len(found)}))


def assembly(frame: "Frame") -> SarifAssembly:
    """An empty log."""
    return SarifAssembly(frame, ("results",))
