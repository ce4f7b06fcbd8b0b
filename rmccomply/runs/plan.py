"""The plan of a run: which rules are judged, on what, and under which terms."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from rmccomply.assess import NONE_GIVEN, Given, policy_cards, rule_cards
from rmccomply.dispose import NO_TERMS, Terms
from rmccomply.guarded import LIMITS, Limits
from rmccomply.policy.load import LoadedPolicy
from rmccomply.policy.select import Choice, ChosenRule, changed, choose
from rmccomply.report import Gate, ParameterCard, Run
from rmccomply.runs.settings import SettingsAsked, settings_of
from rmccomply.tuples import NamedTuple
from rmccomply.version import VERSION
from rmccomply.words import Origin

if TYPE_CHECKING:
    from rmccomply.facts.others import Others

_NO_CHOICE: Final = Choice()


class Plan(NamedTuple):
    """What is judged in a run: how reports begin, and the rules; and what they were chosen from, and how."""

    run: Run
    rules: tuple[ChosenRule, ...]
    policies: tuple[LoadedPolicy, ...] = ()
    choice: Choice = _NO_CHOICE


class CheckAsked(NamedTuple):
    """What is checked, and against what.

    `inputs` are paths, or `-` for `stdin`; `given` the labels of targets by name, of which `labels_file` tells; uris of
    evidence are relative to `root`; `terms` may take a fail out of the gate, those of `waivers_file` among them, which
    has this SHA-256. `origins` says where options come from. `against` are paths of evidence whose node IDs are those
    of others, and `others` what they hold.
    """

    inputs: tuple[str, ...]
    plan: Plan
    platform: str = ""
    given: Given = NONE_GIVEN
    labels_file: str = ""
    root: Path = Path()
    limits: Limits = LIMITS
    stdin: BinaryIO | None = None
    terms: Terms = NO_TERMS
    secrets_file: str = ""
    origins: Mapping[str, Origin] = {}
    against: tuple[str, ...] = ()
    others: "Others" = None
    waivers_file: str = ""
    waivers_sha256: str = ""
    config_file: str = ""


def planned(policies: Sequence[LoadedPolicy], choice: Choice, now: str) -> Plan:
    """The rules of a run; `now` is its clock, RFC 3339 in UTC. Raises UsageError and PolicyError."""
    tuned, chosen = choose(policies, choice)
    left_out = len({one.rule.id for policy in tuned for one in policy.rules}) - len(chosen)
    parameters = tuple(ParameterCard(*one) for one in changed(policies, tuned))
    run = Run(VERSION, now, policy_cards(tuned), rule_cards(chosen), left_out, parameters)
    return Plan(run, chosen, tuned, choice)


def under_baseline(asked: CheckAsked, path: str) -> CheckAsked:
    """What is asked, under the baseline of a file; none where it is empty. Raises InputError with all faults of it."""
    if not path:
        return asked
    from rmccomply.documents.baseline_1_reader import read_baseline

    return asked._replace(terms=asked.terms._replace(baseline=read_baseline(Path(path))))


def under_waivers(asked: CheckAsked, path: str) -> CheckAsked:
    """What is asked, under the waivers of a file; none where it is empty. Raises UsageError with all faults of it."""
    if not path:
        return asked
    from rmccomply.runs.waivers import waivers_of

    plan = asked.plan
    read = waivers_of(path, plan.policies, (one.loaded.rule.id for one in plan.rules), plan.run.now)
    terms = asked.terms._replace(waivers=read.waivers)
    return asked._replace(terms=terms, waivers_file=path, waivers_sha256=read.sha256)


def settled(asked: CheckAsked, gate: Gate) -> CheckAsked:
    """What is asked, with its settings for reports to tell, and what others hold. Raises UsageError."""
    known = SettingsAsked(
        gate=gate,
        limits=asked.limits,
        platform=asked.platform,
        labels_file=asked.labels_file,
        labelled=len(asked.given),
        secrets_file=asked.secrets_file,
        origins=asked.origins,
        against=asked.against,
        waivers_file=asked.waivers_file,
        waivers_sha256=asked.waivers_sha256,
        baseline=asked.terms.baseline,
        config_file=asked.config_file,
    )
    settings = settings_of(asked.plan.policies, asked.plan.choice, known)
    plan = asked.plan._replace(run=asked.plan.run._replace(settings=settings))
    if not asked.against:
        return asked._replace(plan=plan)
    from rmccomply.runs.against import others_of

    return asked._replace(plan=plan, others=others_of(asked.against, asked.root, asked.limits))
