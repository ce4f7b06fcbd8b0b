"""How a fact says that it cannot be established: the reason that came closest, and never a guess."""

import pytest

from rmccomply.evidence.model import WHOLE, Evidence
from rmccomply.facts.catalogue import FACTS
from rmccomply.facts.judging.reasons import NOT_MANAGED, exempted, lower_first, not_for, sentence, unread
from rmccomply.facts.model import known
from rmccomply.sources.reading import Read, Unread
from rmccomply.words import REASONS, Reason
from tests.hosts.building import command, facts, healthy_aix
from tests.hosts.cases import KVM, LPAR, broken, healthy_linux, linux_host


def _unread(name: str, reason: Reason, says: str) -> Unread:
    return Unread(name, "lssrc", (name,), healthy_aix()[0], reason, says)


def _read(partial: Reason | None = None) -> Read[object]:
    return Read("a", "lssrc", ("a",), object(), healthy_aix()[0], partial)


def test_nothing_was_collected() -> None:
    fact = unread("x", "the daemon", (), "lssrc -a")
    assert (fact.reason, fact.settle) == ("not_collected", "lssrc -a")
    assert fact.says == "The daemon is unknown: `lssrc -a` was not collected."


@pytest.mark.parametrize("reason", [reason for reason in REASONS if reason != "not_collected"])
def test_any_reason_says_more_than_not_collected(reason: Reason) -> None:
    readings = [_unread("a", "not_collected", "it was skipped"), _unread("b", reason, "it is so")]
    fact = unread("x", "the daemon", readings, "lssrc -a")
    assert (fact.reason, fact.says) == (reason, "The daemon is unknown: `b`: it is so.")


def test_a_contradiction_is_told_before_all() -> None:
    readings = [_unread("a", "denied", "no"), _unread("b", "conflicting", "they differ")]
    assert unread("x", "the daemon", readings, "").reason == "conflicting"


def test_the_order_of_readings_decides_nothing() -> None:
    one, other = _unread("a", "timeout", "slow"), _unread("b", "timeout", "slower")
    assert unread("x", "t", [one, other], "").says == unread("x", "t", [other, one], "").says


def test_a_cut_answer_says_that_what_is_missing_proves_nothing() -> None:
    fact = unread("x", "the daemon", [_read("truncated")], "lssrc -a")
    assert (fact.reason, "proves nothing" in fact.says) == ("truncated", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The level is 3.", "the level is 3."),
        ("RSCT is absent.", "RSCT is absent."),
        ("IBM.DRM runs.", "IBM.DRM runs."),
        ("A cluster is there.", "a cluster is there."),
    ],
)
def test_names_keep_their_capitals(text: str, expected: str) -> None:
    assert lower_first(text) == expected


def test_sentence() -> None:
    assert sentence("whether it runs") == "Whether it runs"


SHUT = known("console.tcp", "closed", "It is closed.", _read().at(WHOLE))
KINDS = [
    # management, evidence, state, sentence
    pytest.param(
        "unknown", [command("uname -W", "3\n")], "not_applicable", NOT_MANAGED["wpar"], id="a kind without it"
    ),
    pytest.param(
        "unknown", [command("uname -L", "-1 NULL\n")], "not_applicable", NOT_MANAGED["full_system"], id="full"
    ),
    pytest.param(
        "none",
        [command("uname -L", "7 lpar1\n")],
        "not_applicable",
        "The policy declares that nobody manages this partition.",
        id="nobody manages it",
    ),
    pytest.param("hmc", [command("uname -L", "7 lpar1\n")], "known", "It is closed.", id="a partition"),
]


@pytest.mark.parametrize(("management", "evidence", "state", "sentence"), KINDS)
def test_where_a_fact_is_not_due(management: str, evidence: list[Evidence], state: str, sentence: str) -> None:
    fact = not_for(facts(*evidence, management=management), SHUT, ("open",), NOT_MANAGED)
    assert (fact.name, fact.state, fact.says) == ("console.tcp", state, sentence)


@pytest.mark.parametrize("cpuinfo", [LPAR, KVM])
def test_only_a_proof_that_rsct_is_absent_exempts(cpuinfo: str) -> None:
    without = linux_host(cpuinfo, level="")
    fact = exempted(facts(*without, platform="linux"), SHUT, ())
    assert (fact.name, fact.state) == ("console.tcp", "not_applicable")
    assert {place.request for place in fact.evidence} == {without[-1].request}
    assert exempted(facts(*without[:-1], platform="linux"), SHUT, ()) is SHUT


def test_what_a_container_may_hide_is_unknown() -> None:
    found = facts(*linux_host(distribution="rhcos"), platform="linux", management="hmc")
    fact = not_for(found, SHUT, ("open",), NOT_MANAGED)
    assert (fact.name, fact.state, fact.reason, fact.settle) == ("console.tcp", "unknown", "inconclusive", "lssrc -a")
    assert fact.says == (
        "It is closed. On Red Hat CoreOS, RSCT may run in a container of its own (DaemonSet powervm-rmc or the RSCT "
        "Operator), which this evidence does not show."
    )
    assert (fact.evidence, [one.name for one in fact.basis]) == (SHUT.evidence, ["console.tcp", "host.kind"])
    asked = unread("console.tcp", "it", (), "lssrc -a")
    assert not_for(found, asked, ("open",), NOT_MANAGED) is asked
    assert not_for(found, SHUT, ("closed",), NOT_MANAGED) is SHUT


PLATFORMS = ["aix", "vios", "linux", "hmc", ""]


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("management", ["unknown", "hmc", "powervs", "novalink"])
def test_no_fact_is_known_from_nothing(platform: str, management: str) -> None:
    declared = {"host.platform", "host.kind", "host.management"}
    found = [fact.name for fact in facts(platform=platform, management=management).every() if fact.state == "known"]
    assert set(found) <= declared


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("platform", ["aix", "linux"])
def test_no_fact_is_known_from_answers_that_all_failed(reason: Reason, platform: str) -> None:
    whole = healthy_aix() if platform == "aix" else healthy_linux()
    found = facts(*(broken(item, reason) for item in whole), platform=platform)
    assert [fact.name for fact in found.every() if fact.state == "known"] == ["host.platform"]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_fact_keeps_its_form(platform: str) -> None:
    for fact in facts(*healthy_aix(), platform=platform).every():
        assert fact.says.endswith(".")
        assert (fact.state == "unknown") == (fact.reason is not None)
        assert (fact.state == "known") == (fact.value is not None)
        line = FACTS[fact.name]
        if fact.state == "known" and line.type == "word":
            assert fact.value in line.words
