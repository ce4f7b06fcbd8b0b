"""The policy file: what may stand in it. Its JSON Schema is made from these models.

A policy states parameters and rules; it may extend one other policy and then set parameters, change the severity of
rules, disable them, and add its own. Whatever makes the result weaker than the extended policy needs a `reason`.
"""

import re
from datetime import date
from math import isfinite
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from rmccomply.checks import Check
from rmccomply.checks.kind import facts_of
from rmccomply.checks.operands import nearest
from rmccomply.facts.catalogue import FACTS
from rmccomply.guarded import as_written
from rmccomply.sources.shared.values import parse_version
from rmccomply.words import Confidence, Needs, Reason, Severity

_GUARDED: Final = ("recfgct", "odmdelete", "chdev")
_NEVER: Final = ("startsrc", "stopsrc")
_OTHER_RMCCTRL: Final = {
    flags: re.compile(rf"(?i:rmcctrl)(?! -[{flags}](?!\w| *-))", re.ASCII) for flags in ("p", "ps")
}
"""rmcctrl with anything else behind it than one of these flags alone: others stop resource managers."""

OF_EVERY_RULE: Final = ("host.platform", "host.kind")
"""The facts that every rule asks before its own, since they say whether it is for this host at all."""
Value = str | int | float | bool
ParameterType = Literal["version", "number", "word"]
SystemWord = Literal["aix", "vios", "linux", "rhel", "sles", "ubuntu", "rhcos"]
"""Where a text of its own may stand for a rule's remediation: a distribution by its ID, else a platform."""
TYPES: Final[tuple[str, ...]] = get_args(ParameterType)


def _refuse_words(text: str, words: tuple[str, ...], why: str) -> str:
    low = text.lower()
    for word in words:
        if word in low:
            raise ValueError(f"names {word}: {why}")
    return text


def _never(text: str) -> str:
    return _refuse_words(text, _NEVER, "it bypasses rmcctrl and must not be advised for RMC daemons")


def _refuse_guarded(text: str, flags: str) -> str:
    why = "that can break a cluster; put it into remediation_unclustered"
    _refuse_words(_never(text), _GUARDED, why)
    if "rmcctrl" in text.lower() and _OTHER_RMCCTRL[flags].search(text):
        allowed = " and ".join(f"rmcctrl -{flag}" for flag in flags)
        raise ValueError(f"names rmcctrl: {why} (only {allowed} may stand here)")
    return text


def _safe(text: str) -> str:
    return _refuse_guarded(text, "p")


def _starting(text: str) -> str:
    return _refuse_guarded(text, "ps")


Text = Annotated[str, Field(min_length=1), AfterValidator(_safe)]
"""Text that is shown for every host: it names nothing that could break a cluster. `rmcctrl -p` breaks none."""
StartingText = Annotated[str, Field(min_length=1), AfterValidator(_starting)]
"""Text that is shown where no sign of a cluster is seen: beside what any host may be told, `rmcctrl -s` starts RMC."""
UnclusteredText = Annotated[str, Field(min_length=1), AfterValidator(_never)]
"""Text that is shown only where a cluster is ruled out."""
RULE_ID: Final = r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$"
NAME: Final = r"^[a-z][a-z0-9_]*$"
POLICY_ID: Final = r"^[a-z][a-z0-9-]*$"
AGE: Final = r"^[1-9][0-9]*[smhd]$"
URL: Final = r"^https?://\S+$"
CONTROL: Final = r"^[a-z0-9-]+:[A-Za-z0-9().-]+$"
RuleId = Annotated[str, Field(pattern=RULE_ID)]
Name = Annotated[str, Field(pattern=NAME)]
PolicyId = Annotated[str, Field(pattern=POLICY_ID)]
Age = Annotated[str, Field(pattern=AGE)]


class Model(BaseModel):
    """No unknown keys, no change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class Parameter(Model):
    """A tunable value. Without a `default` it is unset, and what compares with it does not apply.

    `stricter` says which way a change makes the policy stricter, so that the other way needs a reason.
    """

    type: ParameterType
    default: Value | None = None
    doc: Text
    values: list[str] | None = Field(default=None, min_length=1)
    stricter: Literal["higher", "lower"] | None = None

    @model_validator(mode="after")
    def _default(self) -> "Parameter":
        if self.default is not None:
            parameter_value(self.type, self.values, self.default)
        return self


def parameter_value(kind: str, values: list[str] | None, value: Value) -> Any:
    """The value of a parameter as checks compare it. Raises ValueError where it is not of the parameter's type."""
    if kind == "version":
        version = parse_version(value) if isinstance(value, str) else None
        if version is None:
            raise ValueError(f"'{as_written(value)}' is not a version such as \"3.2.1.0\"")
        return version
    if kind == "number":
        if isinstance(value, str):
            value = _number(value)
        if isinstance(value, bool) or not isfinite(value):
            raise ValueError(f"'{as_written(value)}' is not a number")
        return value
    if not isinstance(value, str) or (values is not None and value not in values):
        near = nearest(value, values or ()) if isinstance(value, str) else ""
        raise ValueError(f"'{as_written(value)}' is not one of: {', '.join(values or ())}{near}")
    return value


def _number(text: str) -> int | float:
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", text):
        raise ValueError(f"'{text}' is not a number")
    return float(text) if "." in text else int(text)


class Link(Model):
    """Where a fact or a reason can be read."""

    title: Text
    url: Annotated[str, Field(pattern=URL)] | None = None


def _no_texts() -> dict[Any, str]:
    """None by default; to look at how `dict` itself is called takes pydantic longer than all of a rule."""
    return {}


def _no_controls() -> list[str]:
    return []


def _no_list() -> list[Any]:
    """None by default: a list that is written there is copied for each of a hundred causes."""
    return []


class Rule(Model):
    """The smallest judged unit.

    `title` is what it demands, `problem` what heads a fail of it: "The RMC daemon (ctrmc) is not running".
    `confidence` says how what it asks is known. `remediation_on` are the texts that stand for `remediation` on a
    distribution, or else on a platform, and `remediation_for` those that stand for both where a fact of the check has
    that word, or the finding that subject. `remediation_unseen` is added where nothing that can be seen without RMC
    shows a cluster, `remediation_unclustered` where one is ruled out; what ends in `_on` are those of other systems.

    `needs`: under a policy for images, what only a "running" system can answer is not for a mounted root, and what is
    settled at the "first_boot" of a copy is for no image; `needs_on` are the platforms where it is so, if not all.
    `informs`: where that check passes, a fail is of severity info.
    `measures`: the numbers in what it finds are measures (MiB, %, counts, ages), which change while the fault is the
    same. Before the day `effective` a fail of it is of severity info and names that day.
    """

    id: RuleId
    title: Text
    problem: Text | None = None
    severity: Severity
    confidence: Confidence = "documented"
    platforms: list[Literal["aix", "vios", "linux", "hmc"]] = Field(min_length=1)
    check: Check
    when: Check | None = None
    needs: Needs | None = None
    needs_on: list[Literal["aix", "vios", "linux"]] = Field(default_factory=_no_list)
    informs: Check | None = None
    measures: bool = False
    effective: date | None = None
    rationale: Text
    remediation: Text
    remediation_on: dict[SystemWord, Text] = Field(default_factory=_no_texts)
    remediation_for: dict[str, Text] = Field(default_factory=_no_texts)
    remediation_unseen: StartingText | None = None
    remediation_unseen_on: dict[SystemWord, StartingText] = Field(default_factory=_no_texts)
    remediation_unclustered: UnclusteredText | None = None
    remediation_unclustered_on: dict[SystemWord, UnclusteredText] = Field(default_factory=_no_texts)
    references: list[Link] = Field(min_length=1)
    controls: list[Annotated[str, Field(pattern=CONTROL)]] = Field(default_factory=_no_controls)

    @field_validator("remediation_for")
    @classmethod
    def _said_of(cls, value: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        if value and "check" in info.data:
            words = [
                word for fact in facts_of(info.data["check"]) for word in (*FACTS[fact].words, *FACTS[fact].subjects)
            ]
            for word in value:
                if word not in words:
                    raise ValueError(f"no fact of the check is ever '{word}'{nearest(word, words) or '.'}")
        return value

    @model_validator(mode="after")
    def _beside(self) -> "Rule":
        if self.needs_on and self.needs is None:
            raise ValueError("has needs_on, but no needs")
        for key in ("remediation_unseen", "remediation_unclustered"):
            if getattr(self, f"{key}_on") and getattr(self, key) is None:
                raise ValueError(f"has {key}_on, but no {key} for all others")
        return self


class Cause(Model):
    """What a fail of a rule brings about on the same target: other fails (`of`), and unanswered requests (`blocks`).

    It holds only where `when`, a check like those of rules, passes on the target; with `same_line`, only between fails
    that cite a line in common; and only for fails about one of `subjects`, on fails about one of `of_subjects`, where
    these are given. A `certain` one is the same fault seen again, and people are shown both as one problem; any other
    can be the reason, and both stay. `says` is the sentence for it: "A full /var can be the reason." `blocks` are
    beginnings of requests, such as "lsrsrc", and `reasons` why their answers say nothing (any, where there are none).
    """

    rule: RuleId
    of: list[RuleId] = Field(default_factory=_no_list)
    blocks: list[Annotated[str, Field(min_length=1)]] = Field(default_factory=_no_list)
    reasons: list[Reason] = Field(default_factory=_no_list)
    when: Check | None = None
    certain: bool = False
    same_line: bool = False
    subjects: list[Annotated[str, Field(min_length=1)]] = Field(default_factory=_no_list)
    of_subjects: list[Annotated[str, Field(min_length=1)]] = Field(default_factory=_no_list)
    says: Text
    references: list[Link] = Field(default_factory=_no_list)

    @model_validator(mode="after")
    def _does_something(self) -> "Cause":
        if not self.of and not self.blocks:
            raise ValueError("names neither rules that it explains (of) nor requests that it blocks (blocks)")
        for key, needs in (("reasons", "blocks"), ("certain", "of"), ("same_line", "of"), ("of_subjects", "of")):
            if getattr(self, key) and not getattr(self, needs):
                raise ValueError(f"has {key}, which says something only beside '{needs}'")
        if self.blocks and self.subjects:
            raise ValueError("has subjects beside blocks: what a problem blocks is told without them")
        return self


class Setting(Model):
    """A new value for a parameter of the extended policy."""

    value: Value
    reason: Text | None = None


class Change(Model):
    """A change to a rule of the extended policy."""

    rule: RuleId
    severity: Severity | None = None
    disabled: bool = False
    reason: Text | None = None


class Profile(Model):
    """A named selection of rules and setting of parameters."""

    title: Text
    doc: Text | None = None
    select: list[str] | None = Field(default=None, min_length=1)
    ignore: list[str] = []
    set: dict[Name, Value] = {}


class WaiverTerms(Model):
    """What a policy asks of waivers: how many days one may last from its approval, rules that none may cover, how many
    days before its end it is told to run out, and whether somebody else than its owner has to approve it."""

    max_days: Annotated[int, Field(ge=1, le=36500)] | None = None
    never: list[RuleId] = Field(default_factory=_no_list)
    notice_days: Annotated[int, Field(ge=0, le=3650)] = 14
    four_eyes: bool = False


NO_WAIVER_TERMS: Final = WaiverTerms.model_construct()


class Policy(Model):
    """A policy file. `images`: it is for images, so that rules do not apply which need a running system, where the
    image is a mounted root, or the first boot of a copy."""

    schema_: Literal[1] = Field(alias="schema")
    id: PolicyId
    title: Text
    version: Annotated[str, Field(min_length=1)]
    doc: Text | None = None
    extends: Annotated[str, Field(min_length=1)] | None = None
    max_age: Age | None = None
    images: bool = False
    waivers: WaiverTerms | None = None
    parameters: dict[Name, Parameter] = {}
    set: dict[Name, Setting] = {}
    change: list[Change] = []
    rules: list[Rule] = []
    causes: list[Cause] = []
    profiles: dict[Name, Profile] = {}

    @field_validator("set", "change")
    @classmethod
    def _needs_extends(cls, value: Any, info: ValidationInfo) -> Any:
        if value and not info.data.get("extends"):
            raise ValueError("stands only in a policy that extends another")
        return value
