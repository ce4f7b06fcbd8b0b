"""What the templates show of one target, as values: each text as it came, for the templates make it harmless."""

from rmccomply.formats.html.graph import Drawing
from rmccomply.tuples import NamedTuple
from rmccomply.words import Severity, Standing


class QuotedSource(NamedTuple):
    """Lines of evidence from one place: where, what gave them, and the lines, each with its number."""

    place: str
    asked: str
    lines: tuple[tuple[str, str], ...]


class Quotes(NamedTuple):
    """Lines that prove something, and how many more places there are in the reports for machines."""

    sources: tuple[QuotedSource, ...] = ()
    more: int = 0


class Said(NamedTuple):
    """What one finding says, and what proves it."""

    says: str
    quotes: Quotes


class LinkedProblem(NamedTuple):
    """Another problem of the target, and a sentence on it."""

    anchor: str
    title: str
    says: str = ""


class SameFault(NamedTuple):
    """A check that sees the same fault."""

    rule: str
    severity: Severity
    said: Said


class ShownProblem(NamedTuple):
    """A problem of a target; `about` is the anchor of what is said of it in general."""

    anchor: str
    about: str
    rule: str
    severity: Severity
    title: str
    said: tuple[Said, ...]
    same: tuple[SameFault, ...]
    reasons: tuple[LinkedProblem, ...]
    remediations: tuple[str, ...]
    notes: tuple[str, ...]


class AlikeChecks(NamedTuple):
    """Checks that are undecided in the same words: each its rule and severity."""

    rules: tuple[tuple[str, Severity], ...]
    said: Said


class ShownUndecided(NamedTuple):
    """Checks of a target that the same doing settles; `advice` is what is said of each."""

    total: int
    says: str
    first: LinkedProblem | None
    settles: str
    advice: tuple[str, ...]
    checks: tuple[AlikeChecks, ...]


class ShownAccepted(NamedTuple):
    """A fail that counts for nothing: it is waived, or known from a baseline."""

    rule: str
    severity: Severity
    title: str
    word: str
    said: Said
    notes: tuple[str, ...]
    terms: str = ""


class ShownSettled(NamedTuple):
    """A check that passes or does not apply; lines of it only where all is shown."""

    rule: str
    said: Said
    place: str


class ShownNote(NamedTuple):
    """What is to be said of evidence: how grave it is, and the places of it."""

    level: str
    text: str
    places: tuple[str, ...]


class ShownTarget(NamedTuple):
    """A target with all that is shown of it."""

    anchor: str
    name: str
    standing: Standing
    word: str
    mark: str
    about: tuple[str, ...]
    counts: tuple[str, ...]
    errors: tuple[Said, ...]
    problems: tuple[ShownProblem, ...]
    informing: tuple[ShownProblem, ...]
    drawing: Drawing | None
    undecided: tuple[ShownUndecided, ...]
    undecided_count: int
    accepted: tuple[ShownAccepted, ...]
    passes: tuple[ShownSettled, ...]
    apart: tuple[ShownSettled, ...]
    notes: tuple[ShownNote, ...]
