"""Cases of a policy: what a host answers, and what rules have to say of it, in TOML.

schema = 1

[[cases]]
name = "a healthy partition"
platform = "aix"
answers = { "lssrc -a" = " ctrmc  rsct  5439966  active" }
expect = { "RMC-SUB-001" = "pass" }

[[cases]]
name = "the daemon does not answer"
base = "a healthy partition"
answers = { "lssrc -a" = { lost = "timeout" } }
expect = { "RMC-SUB-001" = "unknown:timeout" }

`evidence` (a bundle, a folder, a support archive, a facts document, beside the file) stands for `answers`. A case with
a `base` is that case with other answers, and `without` some of them; it may change all else too. `against` are cases of
this file with whose hosts this one is compared. What rules, requests and parameters there are is told to the reader,
which knows no policy.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from rmccomply.errors import Fault, PolicyError
from rmccomply.tuples import NamedTuple
from rmccomply.words import REASONS, Image, Platform, Reason, Result
from rmccomply.written.model_faults import WrittenFile, in_order, open_written, validated
from rmccomply.written.near import near

_CONFIG: Final = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)
Expected = Literal["pass", "fail", "unknown", "not_applicable"]
EXPECTED: Final[tuple[Result, ...]] = get_args(Expected)
_RESULTS: Final = f"{', '.join(EXPECTED)}, or unknown with a reason, such as unknown:timeout"
_DEEPEST: Final = 16
"""Cases that are bases of one another."""


class AnswerTable(BaseModel):
    """What came of one request; a text alone is what was printed, with exit status 0.

    `lost`: the answer cannot be used, for that reason; lines that are there then prove presence alone.
    """

    model_config = _CONFIG
    text: str = ""
    errors: str = ""
    exit: int | None = None
    absent: bool = False
    lost: Reason | None = None
    at: str | datetime | None = None

    @field_validator("at")
    @classmethod
    def _moment(cls, value: str | datetime | None) -> str | None:
        return _time(value)


def _as_table(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


def _time(value: str | datetime | None) -> str | None:
    """A time in RFC 3339. Raises ValueError for what is none, or names no zone."""
    says = "must be a time with its zone, such as 2026-11-20T03:00:00Z"
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise ValueError(says) from None
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError(says)
    return moment.isoformat().replace("+00:00", "Z")


class CaseTable(BaseModel):
    """A case as it is written."""

    model_config = _CONFIG
    name: Annotated[str, Field(min_length=1)]
    base: str | None = None
    evidence: Annotated[str, Field(min_length=1)] | None = None
    answers: dict[str, Annotated[AnswerTable, BeforeValidator(_as_table)]] = {}
    without: list[str] = []
    platform: Platform | None = None
    params: dict[str, Any] = {}
    image: Image | None = None
    against: list[str] = []
    now: str | datetime | None = None
    expect: dict[str, str] = {}

    @field_validator("now")
    @classmethod
    def _moment(cls, value: str | datetime | None) -> str | None:
        return _time(value)

    @field_validator("params")
    @classmethod
    def _values(cls, value: dict[str, Any]) -> dict[str, str]:
        for name, one in value.items():
            if isinstance(one, bool) or not isinstance(one, str | int | float):
                raise ValueError(f"'{name}' must be text in quotes or a number")
        return {name: str(one) for name, one in value.items()}


class CaseFile(BaseModel):
    """All that the file holds."""

    model_config = _CONFIG
    schema_: Literal[1] = Field(alias="schema")
    cases: list[CaseTable] = Field(min_length=1)


class CaseAnswer(NamedTuple):
    """An answer, and where it stands: the line of its key, and that on which its text begins."""

    table: AnswerTable
    line: int
    first: int
    shown: str


class Expectation(NamedTuple):
    """What a rule has to say of a case, for which reason where that matters, and the line that says so."""

    rule: str
    result: Result
    reason: Reason | None
    line: int

    def __str__(self) -> str:
        return f"{self.result}:{self.reason}" if self.reason else self.result.replace("_", " ")


class Case(NamedTuple):
    """A case with all that it takes over from its base."""

    path: str
    line: int
    name: str
    evidence: Path | None
    answers: Mapping[str, CaseAnswer]
    platform: str
    params: Mapping[str, str]
    image: Image | None
    now: str | None
    expect: tuple[Expectation, ...]
    against: tuple["Case", ...] | None = None


class KnownNames(NamedTuple):
    """What cases may name. `unread` says why nothing reads the answer to a request; empty where something does."""

    rules: Collection[str]
    parameters: Collection[str]
    unread: Callable[[str], str]


def read_cases(path: Path, known: KnownNames) -> tuple[Case, ...]:
    """The cases of a file that expect something. Raises PolicyError with every fault of it."""
    file = open_written(path)
    content, faults = validated(file, CaseFile, "cases")
    if content is None:
        raise PolicyError(in_order(faults))
    tables = {one.name: (number, one) for number, one in reversed(list(enumerate(content.cases)))}
    faults += [fault for number, one in enumerate(content.cases) for fault in _faults(file, number, one, tables, known)]
    if faults:
        raise PolicyError(in_order(faults))
    found = (_case(file, one, tables) for one in content.cases if one.expect)
    return tuple(_beside(file, one, tables) for one in found)


_Tables = Mapping[str, tuple[int, CaseTable]]


def _faults(file: WrittenFile, number: int, case: CaseTable, tables: _Tables, known: KnownNames) -> Iterator[Fault]:
    def fault(key: str, says: str, *more: str) -> Fault:
        place = file.line(["cases", number, key, *more])
        return Fault(file.path, place, f"'{case.name}'", ".".join((key, *more)), says)

    if tables[case.name][0] != number:
        yield fault("name", f"another case is called so, on line {file.line(['cases', tables[case.name][0], 'name'])}")
    if not case.expect and all(case.name not in (one.base, *one.against) for _, one in tables.values()):
        yield fault("name", "expects nothing, and is the base of no case")
    yield from (fault(key, says) for key, says in _of_base(case, tables))
    for rule, text in case.expect.items():
        if rule not in known.rules:
            yield fault("expect", f"unknown rule{near(rule, known.rules)}", rule)
        if says := _of_result(text):
            yield fault("expect", says, rule)
    for name in case.params:
        if name not in known.parameters:
            yield fault("params", f"unknown parameter{near(name, known.parameters)}", name)
    for request in case.answers:
        if says := known.unread(request):
            yield fault("answers", says, request)
    for other in case.against:
        if other not in tables:
            yield fault("against", f"no case is called '{other}'{near(other, tables)}")
    if case.evidence is not None and not (Path(file.path).parent / case.evidence).exists():
        yield fault("evidence", f"'{case.evidence}' is not beside this file: no such file or folder")


def _of_base(case: CaseTable, tables: _Tables) -> Iterator[tuple[str, str]]:
    """What is wrong with a base, and with what is taken from it, each with its key."""
    if case.base is not None and case.base not in tables:
        yield "base", f"no case is called '{case.base}'{near(case.base, tables)}"
        return
    chain = _chain(case, tables)
    if len(chain) > _DEEPEST:
        yield "base", f"the bases go in a circle, or more than {_DEEPEST} of them follow one another"
        return
    if any(one.evidence is not None for one in chain) and any(one.answers or one.without for one in chain):
        yield (
            "evidence" if case.evidence else "base",
            "has answers beside evidence: name requests and answers, or evidence, and not both",
        )
    there = [request for one in chain[1:] for request in one.answers]
    for request in case.without:
        if request not in there:
            yield "without", f"the base has no answer to '{request}'{near(request, there)}"


def _chain(case: CaseTable, tables: _Tables) -> list[CaseTable]:
    """A case, its base, and so on; longer than any may be where they go in a circle."""
    chain = [case]
    while chain[-1].base in tables and len(chain) <= _DEEPEST:
        chain.append(tables[str(chain[-1].base)][1])
    return chain


def _of_result(text: str) -> str:
    """Why a text is no expectation; empty where it is one."""
    result, mark, reason = text.partition(":")
    if result not in EXPECTED or (mark and result != "unknown"):
        return f"'{text}' is not a result{near(text, EXPECTED) or '.'} It is one of: {_RESULTS}"
    if mark and reason not in REASONS:
        return f"'{reason}' is not a reason{near(reason, REASONS) or '.'} The reasons are: {', '.join(REASONS)}"
    return ""


def _beside(file: WrittenFile, case: Case, tables: _Tables) -> Case:
    """A case with the others that it is compared with."""
    chain = _chain(tables[case.name][1], tables)
    names = next((one.against for one in chain if one.against), None)
    return case if names is None else case._replace(against=tuple(_case(file, tables[one][1], tables) for one in names))


def _case(file: WrittenFile, case: CaseTable, tables: _Tables) -> Case:
    number = tables[case.name][0]
    answers: dict[str, CaseAnswer] = {}
    chain = _chain(case, tables)
    for one in reversed(chain):
        at = tables[one.name][0]
        for request in one.without:
            answers.pop(request, None)
        answers.update({name: _answer(file, at, name, table) for name, table in one.answers.items()})
    evidence = next((one.evidence for one in chain if one.evidence is not None), None)
    return Case(
        file.path,
        file.line(["cases", number, "name"]) or 0,
        case.name,
        None if evidence is None else Path(file.path).parent / evidence,
        answers,
        next((one.platform for one in chain if one.platform), ""),
        {name: value for one in reversed(chain) for name, value in one.params.items()},
        next((one.image for one in chain if one.image), None),
        next((str(one.now) for one in chain if one.now), None),
        tuple(_expectation(file, number, rule, text) for rule, text in case.expect.items()),
    )


def _answer(file: WrittenFile, number: int, request: str, table: AnswerTable) -> CaseAnswer:
    """An answer with its lines: a text of several lines begins below its quotes."""
    line = file.line(["cases", number, "answers", request]) or 0
    inner = file.line(["cases", number, "answers", request, "text"]) or line
    shown = file.text.split("\n")[inner - 1]
    return CaseAnswer(table, line, inner + shown.rstrip().endswith(('"""', "'''")), shown)


def _expectation(file: WrittenFile, number: int, rule: str, text: str) -> Expectation:
    result, _, reason = text.partition(":")
    return Expectation(
        rule,
        next(one for one in EXPECTED if one == result),
        next((one for one in REASONS if one == reason), None),
        file.line(["cases", number, "expect", rule]) or 0,
    )
