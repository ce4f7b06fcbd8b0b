"""Others beside a target: evidence that is its own, octet for octet, is marked, and nothing else is."""

from rmccomply.evidence.model import Artifact
from rmccomply.facts.others import HeldIds, Other, beside, digests_of

ONE, TWO = Artifact("one.rmcc", "a" * 64), Artifact("two.rmcc", "b" * 64)
OTHERS = (
    Other("one", "one.rmcc", HeldIds(), digests_of([ONE])),
    Other("both", "run", HeldIds(), digests_of([ONE, TWO])),
    Other("none", "-", HeldIds()),
)


def test_only_the_same_files_are_the_target_itself() -> None:
    def itself(*files: Artifact) -> list[str]:
        return [one.label for one in beside(OTHERS, files) or () if one.itself]

    assert itself(Artifact("copy.rmcc", ONE.sha256)) == ["one"]
    assert itself(TWO, ONE) == ["both"]
    assert itself(TWO) == []
    assert itself() == []


def test_no_others_stay_none() -> None:
    assert beside(None, [ONE]) is None
