"""Settings: everything in force that decides what a report says, each with where it comes from.

A setting has the name of its option; what a policy sets stands behind its id (`rmc-core.management`). Files are named
without their folders, so that a report says nothing of the machine that made it.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from rmccomply.checks.operands import value_text
from rmccomply.dispose.baseline import NO_BASELINE, Baseline
from rmccomply.evidence.told import redact_told
from rmccomply.guarded import LIMITS, Limits
from rmccomply.policy.load import LoadedPolicy
from rmccomply.policy.select import Choice
from rmccomply.policy.waiver_terms import terms_lines
from rmccomply.report import NO_GATE_GIVEN, Gate, SettingCard
from rmccomply.tuples import NamedTuple
from rmccomply.words import Origin, counted

_CORE = ("rmc-core",)
"""The policies of a run that names none."""


class SettingsAsked(NamedTuple):
    """What a run was asked beside its policies. `origins` are those of options by their names, where that is known;
    else what is not as it would be by itself is an argument."""

    gate: Gate
    limits: Limits = LIMITS
    platform: str = ""
    labels_file: str = ""
    labelled: int = 0
    secrets_file: str = ""
    origins: Mapping[str, Origin] = {}
    against: tuple[str, ...] = ()
    waivers_file: str = ""
    waivers_sha256: str = ""
    baseline: Baseline = NO_BASELINE
    config_file: str = ""


def settings_of(policies: Sequence[LoadedPolicy], choice: Choice, asked: SettingsAsked) -> tuple[SettingCard, ...]:
    """All settings of a run; `policies` are as they are judged by, tuned by the choice."""
    return (*_of_options(policies, choice, asked), *_of_policies(policies, choice, asked))


def _of_options(policies: Sequence[LoadedPolicy], choice: Choice, asked: SettingsAsked) -> Iterator[SettingCard]:
    ids = tuple(policy.id for policy in policies)
    gate, limits = asked.gate, asked.limits
    yield _option("policy", _listed(ids), ids == _CORE, asked)
    yield _option("profile", choice.profile or "", choice.profile is None, asked)
    yield _option("select", _listed(choice.select), not choice.select, asked)
    yield _option("ignore", _listed(choice.ignore), not choice.ignore, asked)
    yield _option("fail_on", gate.fail_on, gate.fail_on == NO_GATE_GIVEN.fail_on, asked)
    yield _option("on_unknown", gate.on_unknown, gate.on_unknown == NO_GATE_GIVEN.on_unknown, asked)
    least = gate.min_decided
    yield _option("min_decided", "" if least is None else f"{least:g}", least is None, asked)
    yield _option("exit_zero", "yes" if gate.exit_zero else "no", not gate.exit_zero, asked)
    yield _option("platform", asked.platform, not asked.platform, asked)
    labels = PurePath(asked.labels_file).name or (counted(asked.labelled, "target") if asked.labelled else "")
    yield _option("labels", labels, not labels, asked)
    waivers = PurePath(asked.waivers_file).name
    yield _option("waivers", waivers, not waivers, asked)
    if waivers:
        yield SettingCard("waivers_sha256", asked.waivers_sha256, asked.origins.get("waivers", "argument"))
    yield _option("config", PurePath(asked.config_file).name, not asked.config_file, asked)
    yield _option("secrets", PurePath(asked.secrets_file).name, not asked.secrets_file, asked)
    against = _listed([PurePath(one).name or one for one in asked.against])
    yield _option("against", against, not asked.against, asked)
    yield _option("baseline", asked.baseline.file, not asked.baseline.file, asked)
    if asked.baseline.file:
        yield SettingCard("baseline_sha256", asked.baseline.sha256, asked.origins.get("baseline", "argument"))
    for name, value, own in zip(Limits._fields, limits, LIMITS, strict=True):
        yield _option(f"max_{name}", str(value), value == own, asked)


def _option(name: str, value: str, as_ever: bool, asked: SettingsAsked) -> SettingCard:
    origin = asked.origins.get(name, "default" if as_ever else "argument")
    return SettingCard(name, redact_told(value), origin)


def _of_policies(policies: Sequence[LoadedPolicy], choice: Choice, asked: SettingsAsked) -> Iterator[SettingCard]:
    given: Origin = "command line" if asked.origins else "argument"
    for policy in policies:
        profile = policy.profiles.get(choice.profile or "")
        of_profile = () if profile is None else profile.set
        for name in policy.parameters:
            origin: Origin = "profile" if name in of_profile else "policy"
            value = policy.values[name]
            shown = "" if value is None else redact_told(value_text(value))
            yield SettingCard(f"{policy.id}.{name}", shown, given if name in (choice.parameters or ()) else origin)
        age = policy.max_age
        yield SettingCard(f"{policy.id}.max_age", "" if age is None else f"{age} s", "policy")
        if policy.images:
            yield SettingCard(f"{policy.id}.images", "yes", "policy")
        if asked.waivers_file and (terms := "; ".join(terms_lines(policy.waivers))):
            yield SettingCard(f"{policy.id}.waivers", terms, "policy")


def _listed(values: Sequence[str]) -> str:
    return ", ".join(values)
