"""Who else holds the node ID of an image: told by what is known of both, and never told to differ where it is not."""

import pytest

from rmccomply.evidence.model import Artifact, Evidence
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.shared_id import held_by
from rmccomply.facts.model import Fact, known, unknown
from rmccomply.facts.others import HeldIds, Other, Others, beside
from rmccomply.sources.reading import Readings
from tests.hosts.building import command, file
from tests.hosts.cases import says

BACKUP, LIVE = "/etc/ct_node_id", "/var/ct/cfg/ct_node_id"
OURS, THEIRS, THIRD = "5f3c09a1be27d846", "9f684c509e74d650", "1a2b3c4d5e6f7081"
NO_RESET = known("image.reset", "none", "Nothing renews the node ID.")


def ids(backup: str | None, live: str | None) -> list[Evidence]:
    """Both files; None is one that does not exist."""
    return [
        file(path, f"{value}\n") if value is not None else file(path, state="absent", exit_status=None)
        for path, value in ((BACKUP, backup), (LIVE, live))
    ]


def other(evidence: list[Evidence], label: str = "golden") -> Other:
    return Other(label, f"{label}.rmcc", held_by(Facts(Readings(evidence))), frozenset({label}))


def fact(evidence: list[Evidence], others: Others, reset: Fact = NO_RESET) -> Fact:
    facts = Facts(Readings(evidence), "linux", others=others)
    facts._facts["image.reset"] = reset
    return facts.fact("image.shared_node_id")


SAME = ids(OURS, OURS)
DIFFERENT = [other(ids(THEIRS, THEIRS))]


def test_without_others_it_does_not_apply_and_says_so() -> None:
    found = fact(SAME, None)
    assert says(found) == "n/a"
    assert "--against" in found.says


@pytest.mark.parametrize(
    ("mine", "its", "expected"),
    [
        ((OURS, OURS), (THEIRS, THEIRS), []),
        ((OURS, OURS), (OURS, OURS), ["golden"]),
        ((OURS, OURS), (OURS.upper(), None), ["golden"]),
        ((OURS, THIRD), (THEIRS, OURS), ["golden"]),
        ((None, OURS), (OURS, THEIRS), ["golden"]),
        ((OURS, OURS), (None, None), "?inconclusive"),
        ((OURS, OURS), ("0", THEIRS), "?unparsable"),
        ((OURS, OURS), ("0", OURS), ["golden"]),
        ((None, None), (OURS, OURS), "n/a"),
        (("no node ID", OURS), (THEIRS, THEIRS), "?unparsable"),
        (("no node ID", OURS), (OURS, THEIRS), ["golden"]),
    ],
)
def test_what_is_known_of_both_decides(
    mine: tuple[str | None, str | None], its: tuple[str | None, str | None], expected: object
) -> None:
    found = fact(ids(*mine), (other(ids(*its)),))
    told = [item.subject for item in found.items] if found.state == "known" else says(found)
    assert told == expected


@pytest.mark.parametrize("lost", [BACKUP, LIVE])
def test_a_file_that_is_lost_never_makes_two_ids_different(lost: str) -> None:
    there = [item for item in ids(THEIRS, THEIRS) if item.request != lost]
    assert says(fact(SAME, (other(there),))) == "?not_collected"
    here = [item for item in SAME if item.request != lost]
    assert says(fact(here, tuple(DIFFERENT))) == "?not_collected"
    equal = [item for item in ids(OURS, OURS) if item.request != lost]
    assert [item.subject for item in fact(SAME, (other(equal),)).items] == ["golden"]


def test_what_lsnodeid_prints_counts_too() -> None:
    running = [*ids(THEIRS, THEIRS), command("lsnodeid", f"{OURS.lstrip('0')}\n")]
    assert [item.subject for item in fact(SAME, (other(running),)).items] == ["golden"]


def test_an_entry_names_both_with_their_lines() -> None:
    (item,) = fact(SAME, (*DIFFERENT, other(ids(OURS, OURS), "source"))).items
    assert item.subject == "source"
    assert "source.rmcc" in item.says
    assert len(item.evidence) == 2


def test_every_other_one_without_a_readable_id_is_named() -> None:
    found = fact(SAME, (other(ids(None, None), "bare"), *DIFFERENT, other([], "empty")))
    assert "2 other inputs: bare (bare.rmcc): it holds no node ID; empty (empty.rmcc): " in found.says
    assert found.settle == "rmccomply check --against"


def test_one_with_the_same_id_is_told_beside_one_that_cannot_be_read() -> None:
    found = fact(SAME, (other([], "empty"), other(ids(OURS, OURS), "source")))
    assert [item.subject for item in found.items] == ["source"]


def test_the_evidence_of_the_target_itself_is_no_other_one() -> None:
    here = beside((other(SAME, "same"), *DIFFERENT), [Artifact("elsewhere/copy.rmcc", "same")])
    found = fact(SAME, here)
    assert found.value == ()
    assert found.also == ("Not compared, since it is the evidence of this target itself: same.rmcc.",)
    alone = fact(SAME, beside((other(SAME, "same"),), [Artifact("copy.rmcc", "same")]))
    assert says(alone) == "n/a"
    assert "same.rmcc" in alone.says


@pytest.mark.parametrize("word", ["cloud_init", "first_boot"])
def test_where_the_first_boot_renews_the_id_it_does_not_matter_whose_it_is(word: str) -> None:
    reset = known("image.reset", word, "The first boot renews the node ID.")
    assert says(fact(SAME, (other(SAME, "source"),), reset)) == "n/a"
    assert says(fact(SAME, (other([], "empty"),), reset)) == "n/a"
    assert fact(SAME, tuple(DIFFERENT), reset).value == ()


def test_a_shared_id_is_undecided_where_nobody_knows_whether_it_is_renewed() -> None:
    reset = unknown("image.reset", "denied", "What renews it is unknown: the file is unreadable.", settle="cat x")
    found = fact(SAME, (other(SAME, "source"),), reset)
    assert says(found) == "?denied"
    assert "source" in found.says
    assert "the file is unreadable" in found.says
    assert fact(SAME, tuple(DIFFERENT), reset).value == ()


def test_each_id_of_a_system_is_held_once() -> None:
    held = held_by(Facts(Readings([*ids(OURS, OURS), command("lsnodeid", f"{OURS}\n")])))
    assert [one.value for one in held.ids] == [OURS]
    assert held.ids[0].says == f"{LIVE} holds {OURS}"
    assert held.unread == ""
    assert held_by(Facts(Readings())) == HeldIds((), f"{LIVE} was not collected", "not_collected", ())
