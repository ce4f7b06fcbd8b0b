"""Judge: from a located input to what a run and its reports need of it, wherever that is done.

What comes in (`Judging`, `Located`) and what goes out can be sent between processes; compiled rules stay where they
are made.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rmccomply import formats
from rmccomply.assess import Given, judged
from rmccomply.causes import CompiledCause, compile_causes
from rmccomply.dispose import NO_TERMS, Terms, Used
from rmccomply.errors import InputError
from rmccomply.evaluate import CompiledRule, compile_rules
from rmccomply.evidence.model import Notification
from rmccomply.finding import NOT_JUDGED
from rmccomply.formats import Frame
from rmccomply.guarded import Limits
from rmccomply.inputs.loaded import Failed, Loaded, name_of
from rmccomply.inputs.located import Located
from rmccomply.inputs.read import read
from rmccomply.policy.select import ChosenRule
from rmccomply.report import Assessed, Tally
from rmccomply.runs.run_id import digest_of
from rmccomply.tuples import NamedTuple

if TYPE_CHECKING:
    from rmccomply.facts.others import Others


class Opened(NamedTuple):
    """A target was read and is judged next: its files, else its name."""

    files: str


class Judged(NamedTuple):
    """A judged target: its name before it was told apart, its label, why it could not be judged if so, and its counts.

    `digest` is what it adds to the id of the run.
    `fragments` are its part of each report, in their order; `assessed` is the whole of it where that is wanted.
    """

    name: str
    label: str
    fault: str
    digest: str
    tally: Tally
    fragments: tuple[object, ...]
    assessed: Assessed | None
    used: Used


RunEvent = Opened | Judged | Notification | InputError


class Judging(NamedTuple):
    """How a run judges. `formats` are those of its reports; `keeps`: what is assessed is wanted whole; with `others`
    every target is compared."""

    rules: tuple[ChosenRule, ...]
    frame: Frame
    formats: tuple[str, ...]
    given: Given
    platform: str
    root: Path
    limits: Limits
    keeps: bool
    terms: Terms = NO_TERMS
    others: "Others" = None

    def begin(self) -> Callable[[Located], Iterator[RunEvent]]:
        """Compile rules and causes, and give what judges an input."""
        now = self.frame.run.now
        rules, causes = compile_rules(self.rules, now, self.platform), compile_causes(self.rules, now, self.platform)
        return partial(_events, self, rules, causes)


def _events(
    judging: Judging, rules: Sequence[CompiledRule], causes: Sequence[CompiledCause], located: Located
) -> Iterator[RunEvent]:
    for item in read(located, judging.root, judging.limits):
        if isinstance(item, Loaded):
            if judging.others is not None:
                from rmccomply.facts.others import beside

                item = item._replace(others=beside(judging.others, item.artifacts))
            yield Opened(", ".join(one.uri for one in item.artifacts) or item.name)
        if isinstance(item, (Loaded, Failed)):
            yield _judged(judging, rules, causes, item)
        else:
            yield item


def _judged(
    judging: Judging, rules: Sequence[CompiledRule], causes: Sequence[CompiledCause], item: Loaded | Failed
) -> Judged:
    limits, now = judging.limits, judging.frame.run.now
    assessed = judged(item, rules, judging.given, judging.platform, limits.seconds, now, judging.terms, causes)
    tally = Tally()
    tally.add(assessed, judging.frame.run.left_out)
    return Judged(
        name_of(item) if isinstance(item, Loaded) else item.name,
        assessed.target.id,
        _fault(assessed),
        digest_of(assessed.target),
        tally,
        tuple(formats.load(name).fragment(assessed, judging.frame) for name in judging.formats),
        assessed if judging.keeps else None,
        assessed.used,
    )


def _fault(assessed: Assessed) -> str:
    found = next((one for one in assessed.findings[:1] if one.result == "error"), None)
    if found is None:
        return ""
    return f"{assessed.target.id}: {NOT_JUDGED[0].lower()}{NOT_JUDGED[1:]}: {found.message}"
