"""The id of a run: the same of the same, and another of anything else that a report is made of."""

from pathlib import Path

import pytest

from rmccomply.errors import InputError
from rmccomply.evidence.model import Artifact, Notification
from rmccomply.report import Gate, Run, SettingCard, TargetCard
from rmccomply.runs.check import check
from rmccomply.runs.run_id import RunId, digest_of
from tests.formats.awkward import HOSTILE, RUN
from tests.hosts.building import NOW, bundle, healthy_aix

CARD = TargetCard("a\udc80", "aix", None, None, None, (Artifact("a.rmcc", "d" * 64),), {"wave": "3", "site": HOSTILE})


def id_of(run: Run = RUN, *cards: TargetCard, fault: str = "") -> str:
    made = RunId(run)
    for card in cards or (CARD,):
        made.target(digest_of(card), fault)
    return made.hex()


def test_the_same_has_the_same_id() -> None:
    turned = CARD._replace(labels={"site": HOSTILE, "wave": "3"})
    assert id_of(RUN, CARD) == id_of(RUN, turned)
    assert len(id_of()) == 64


@pytest.mark.parametrize(
    "other",
    [
        id_of(RUN._replace(version="9")),
        id_of(RUN._replace(now="2026-11-21T08:30:01Z")),
        id_of(RUN._replace(policies=RUN.policies[:1])),
        id_of(RUN._replace(policies=(RUN.policies[0]._replace(sha256="c" * 64), RUN.policies[1]))),
        id_of(RUN._replace(rules=RUN.rules[1:])),
        id_of(RUN._replace(settings=(SettingCard("fail_on", "high", "default"),))),
        id_of(RUN, CARD._replace(id="b")),
        id_of(RUN, CARD._replace(labels={})),
        id_of(RUN, CARD._replace(evidence=())),
        id_of(RUN, CARD._replace(evidence=(Artifact("a.rmcc", "e" * 64),))),
        id_of(RUN, CARD, CARD),
        id_of(RUN, CARD, fault="too slow"),
    ],
)
def test_anything_else_has_another(other: str) -> None:
    assert other != id_of()


def test_the_order_of_targets_counts_and_what_could_not_be_used_too() -> None:
    other = CARD._replace(id="b")
    assert id_of(RUN, CARD, other) != id_of(RUN, other, CARD)
    ids = set()
    for said in (None, Notification("x"), Notification("x", "y"), InputError("x")):
        made = RunId(RUN)
        if said is not None:
            made.told(said)
        ids.add(made.hex())
    assert len(ids) == 4


def test_a_run_has_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.rmcc").write_bytes(bundle(healthy_aix()))
    first = check(["a.rmcc"], now=NOW).closing.run_id
    assert check(["a.rmcc"], now=NOW).closing.run_id == first
    assert check(["a.rmcc"], now=NOW, gate=Gate(exit_zero=True)).closing.run_id != first
    assert check(["a.rmcc"], now=NOW, parameters={"management": "hmc"}).closing.run_id != first
    assert check(["a.rmcc", "gone"], now=NOW).closing.run_id != first
    Path("a.rmcc").write_bytes(bundle(healthy_aix(), "other"))
    assert check(["a.rmcc"], now=NOW).closing.run_id != first
