"""The target of a case: from answers that stand in a file of cases, or from the evidence that it names.

A verdict on answers cites the lines of the file of cases. Without a time of their own they are of the moment at which
the case is judged.
"""

import shlex
from pathlib import Path
from typing import Final

from rmccomply.errors import Fault, PolicyError
from rmccomply.evidence.entry import entered
from rmccomply.evidence.model import Artifact, Bundle, Damage, Evidence, Kind, Stream
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.shared_id import held_by
from rmccomply.facts.others import Other, beside, digests_of
from rmccomply.inputs.loaded import Failed, Loaded, of_bundle
from rmccomply.inputs.locate import uri_of
from rmccomply.inputs.read import load_inputs
from rmccomply.sources.named import read_instead
from rmccomply.sources.requests import source_of
from rmccomply.words import counted
from rmccomply.written.cases import Case, CaseAnswer

MOMENT: Final = "2026-12-01T00:00:00Z"
"""When a case is judged that does not say it: always at the same time, so that it says the same every day."""


def request_in(text: str) -> tuple[Kind, tuple[str, ...]]:
    """A request as cases write it: the path of a file, `tcp ADDRESS PORT`, or a command with or without quotes."""
    if text.startswith("/") and " " not in text:
        return "file", (text,)
    try:
        argv = tuple(shlex.split(text)) if "'" in text or '"' in text else tuple(text.split())
    except ValueError:
        argv = tuple(text.split())
    return ("probe" if argv[:1] == ("tcp",) else "cmd"), argv


def unread(text: str) -> str:
    """Why nothing reads the answer to a request; empty where something does."""
    if source_of(*request_in(text)) is not None:
        return ""
    read = read_instead(text)
    told = f"; what is read: {read}" if "," in read else f"; did you mean '{read}'?" if read else ""
    return f"nothing reads the answer to this{told} (`rmccomply collect list` lists the requests)"


def target_of(case: Case) -> Loaded:
    """The target of a case, with those that it is compared with. Raises PolicyError as their evidence does."""
    target = _alone(case)
    if case.against is None:
        return target
    return target._replace(others=beside(tuple(map(_other, case.against)), target.artifacts))


def _other(case: Case) -> Other:
    target = _alone(case)
    held = held_by(Facts(target.readings, target.platform))
    return Other(case.name, case.path, held, digests_of(target.artifacts) if case.evidence else frozenset())


def _alone(case: Case) -> Loaded:
    """The target of a case. Raises PolicyError where its evidence is not that of one target."""
    if case.evidence is None:
        uri = uri_of(Path(case.path), Path.cwd())
        now = case.now or MOMENT
        evidence = tuple(_evidence(text, answer, uri, now) for text, answer in case.answers.items())
        bundle = entered(Bundle((Artifact(uri, ""),), evidence, name=case.name, platform=case.platform, collected=now))
        return of_bundle(bundle)._replace(image=case.image)
    found = list(load_inputs([str(case.evidence)], Path.cwd()))
    targets = [one for one in found if isinstance(one, Loaded)]
    if len(targets) != 1:
        told = next((one.says if isinstance(one, Failed) else str(one) for one in found), "it holds none")
        says = f"holds {counted(len(targets), 'target')}: name the evidence of one" if targets else told
        raise PolicyError((Fault(case.path, case.line, f"'{case.name}'", "evidence", says),))
    (target,) = targets
    return target._replace(platform=case.platform or target.platform, image=case.image or target.image)


def _evidence(text: str, answer: CaseAnswer, uri: str, now: str) -> Evidence:
    kind, argv = request_in(text)
    table = answer.table
    out, err = (_stream(one, answer.first) for one in (table.text, table.errors))
    damage = Damage(table.lost, "this case has no whole answer to it", bool(table.text)) if table.lost else None
    return Evidence(
        kind,
        argv,
        uri,
        "absent" if table.absent else "exit",
        None if table.lost else table.exit or 0,
        out,
        err,
        ended=str(table.at or now),
        line=answer.line,
        text=answer.shown,
        damage=damage,
    )


def _stream(text: str, first: int) -> Stream:
    lines = tuple(text.removesuffix("\n").split("\n")) if text else ()
    return Stream(lines, first, size=len(text))
