"""JUnit XML: each partition a suite, each check a case, for GitLab, Jenkins and others that show tests.

No standard; the schema of Jenkins' xunit plug-in (junit-10.xsd) is what most readers agree on, and GitLab's parser
(`lib/gitlab/ci/parsers/test/junit.rb`) and Jenkins' own take it. Readings chosen: a fail is a failure; an unknown and
what could not be judged are errors, which every reader counts as not passed; what was accepted or only informs is
skipped with the reason, as is what does not apply. A class is a partition and a name rule and subject, each once, for
GitLab keeps the first of equal pairs alone. XML 1.0 has no character for most controls and none for surrogates and
U+FFFE: they are written out. Where all of it is more than readers take, first what passes or does not apply is counted
alone, then each case has one sentence, then those are left out that are least grave; what was left out is told.
"""

from typing import TYPE_CHECKING, Final

from rmccomply.ending.verdict_line import verdict_line
from rmccomply.formats.junit.cases import JunitCase, attribute, cases_of
from rmccomply.formats.junit.room import Chosen, Sizes
from rmccomply.spool import Spool
from rmccomply.terminal import visible
from rmccomply.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmccomply.formats import Frame
    from rmccomply.report import Assessed, Closing
    from rmccomply.words import GateWord

_TOOL: Final = "rmccomply"
_UNTOLD: Final[frozenset["GateWord"]] = frozenset({"input", "report", "damaged", "min_decided", "nothing_judged"})
"""What shuts the gate and is the fault of no check: without a case of its own a reader would show nothing of it."""


class JunitFragment(NamedTuple):
    """A target in JUnit XML: its name, and its cases."""

    name: str
    cases: tuple[JunitCase, ...]


def fragment(item: "Assessed", frame: "Frame") -> JunitFragment:
    """The cases of a target."""
    return JunitFragment(attribute(visible(item.target.id)), cases_of(item.findings, frame.run.rules))


def assembly(frame: "Frame") -> "JunitAssembly":
    """An empty document."""
    return JunitAssembly(frame)


class JunitAssembly:
    """The document in the making. How much of each case has room is known at the end, so all go through a spool."""

    def __init__(self, frame: "Frame") -> None:
        self._run = frame.run
        self._rows = Spool()
        self._sizes = Sizes()
        self._names: set[str] = set()

    def begin(self) -> str:
        return ""

    def add(self, fragment: JunitFragment) -> str:
        name = _alone(fragment.name, self._names)
        self._sizes.add(name, fragment.cases)
        self._rows.add("\0".join((name, *("\x1f".join(case) for case in fragment.cases))))
        return ""

    def end(self, closing: "Closing") -> "Iterator[str]":
        chosen = self._sizes.chosen()
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="{_TOOL}">\n'
        for row in self._rows.rows():
            name, *cases = row.split("\0")
            yield _suite(name, [JunitCase(*case.split("\x1f")) for case in cases], chosen)
        yield from self._whole(closing, chosen)
        yield "</testsuites>\n"

    def abandon(self) -> None:
        self._rows.close()
        self._names.clear()

    def _whole(self, closing: "Closing", chosen: Chosen) -> "Iterator[str]":
        """What is said of the run: its properties, and a case for what no case of a target tells."""
        run = self._run
        verdict = str(verdict_line(closing, len(run.rules), run.left_out))
        cases = []
        if closing.shut_by in _UNTOLD:
            cases.append(
                f'<testcase classname="{_TOOL}" name="run"><error>{attribute(visible(verdict))}</error></testcase>'
            )
        if left := chosen.left["failure"] + chosen.left["error"]:
            says = f"{left} checks that fail or are undecided have no room in this file; -o json has all"
            cases.append(f'<testcase classname="{_TOOL}" name="left out"><failure>{says}</failure></testcase>')
        errors = sum("<error>" in one for one in cases)
        yield f'<testsuite name="{_TOOL}" tests="{len(cases)}" failures="{len(cases) - errors}" errors="{errors}" '
        yield 'skipped="0">\n<properties>\n'
        told = {"verdict": verdict, "run": closing.run_id, "now": run.now, "version": run.version}
        told |= {"exit_status": str(closing.exit_status), "targets": str(closing.targets)}
        told |= {result: str(count) for result, count in closing.summary.items()}
        told |= {f"left_out.{kind or 'pass'}": str(count) for kind, count in sorted(chosen.left.items())}
        for name, value in told.items():
            yield f'<property name="{name}" value="{attribute(visible(value))}"/>\n'
        yield "</properties>\n" + "".join(f"{one}\n" for one in cases) + "</testsuite>\n"


def _suite(name: str, cases: list[JunitCase], chosen: Chosen) -> str:
    kept = [case for case in cases if chosen.takes(name, case)]
    kinds = [case.kind for case in kept]
    counts = f'failures="{kinds.count("failure")}" errors="{kinds.count("error")}" skipped="{kinds.count("skipped")}"'
    rows = "".join(case.brief(name) if chosen.is_brief else case.full(name) for case in kept)
    return f'<testsuite name="{name}" tests="{len(kept)}" {counts}>\n{rows}</testsuite>\n'


def _alone(name: str, taken: set[str]) -> str:
    """A name that no target had before: two may look alike once what cannot be shown is written out."""
    number, given = 2, name
    while name in taken:
        name, number = f"{given} ({number})", number + 1
    taken.add(name)
    return name
