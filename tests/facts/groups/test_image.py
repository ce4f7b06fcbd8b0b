"""The image that evidence was gathered from."""

import pytest

from rmccomply.evidence.model import Damage, Evidence
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Fact
from rmccomply.sources.reading import Readings
from rmccomply.words import Image
from tests.hosts.building import answer, command

SLOW = Damage("timeout", "it did not end within 1800 s")


@pytest.mark.parametrize("image", ["running", "mounted_root"])
def test_where_evidence_was_gathered_is_told(image: Image) -> None:
    assert Facts(Readings(), image=image).fact("image.mode").value == image


def test_it_is_never_guessed() -> None:
    assert Facts(Readings()).fact("image.mode").state == "unknown"


FILE = "/srv/build/rhel9.raw"
DIGEST, OTHER = "a" * 64, "b" * 64
SAME = ("same", "source /dev/loop0p2", f"file {FILE}")


def digest(value: str, end: str = "") -> Evidence:
    return command(f"sha256sum {end}{FILE}", f"{value}  {FILE}\n")


def after(value: str) -> Evidence:
    return digest(value, "-- ")


def mounted(*lines: str, root: str = "/mnt/rhel9", path: str = FILE) -> Evidence:
    return answer("probe", ("mounted", root, path), "\n".join(lines) + "\n")


def image_file(*evidence: Evidence, image: Image | None = "mounted_root") -> Fact:
    return Facts(Readings(evidence), image=image).fact("image.file")


def test_a_file_that_stayed_the_same_and_is_mounted_is_the_image() -> None:
    fact = image_file(digest(DIGEST), mounted(*SAME), after(DIGEST))
    assert (fact.state, fact.value) == ("known", DIGEST)
    assert [place.request for place in fact.evidence] == [
        f"sha256sum {FILE}",
        f"sha256sum -- {FILE}",
        f"mounted /mnt/rhel9 {FILE}",
    ]


@pytest.mark.parametrize(
    ("evidence", "reason", "says"),
    [
        ((digest(DIGEST), mounted(*SAME), after(OTHER)), "conflicting", "changed while its root was read"),
        ((digest(DIGEST), mounted(*SAME)), "not_collected", "was not collected"),
        ((digest(DIGEST), digest(DIGEST), mounted(*SAME)), "not_collected", "was not collected"),
        ((mounted(*SAME),), "not_collected", "was not collected"),
        ((digest(DIGEST), after(DIGEST)), "not_collected", "was not collected"),
        ((), "not_collected", "was not collected"),
        (
            (digest(DIGEST), mounted("not-loop", "source /dev/nbd0p2"), after(DIGEST)),
            "inconclusive",
            "/dev/nbd0p2, from which the root is mounted, is not a loop device",
        ),
        (
            (digest(DIGEST), mounted("another-file", "source /dev/loop0", "file /srv/b.raw"), after(DIGEST)),
            "inconclusive",
            "/srv/b.raw, which is another file than /srv/build/rhel9.raw",
        ),
        ((digest(DIGEST), mounted("not-mounted"), after(DIGEST)), "inconclusive", "nothing is mounted at /mnt/rhel9"),
        ((digest(DIGEST), mounted(*SAME, path="/srv/c.raw"), after(DIGEST)), "conflicting", "two files"),
        (
            (digest(DIGEST), mounted(*SAME), command(f"sha256sum -- {FILE}", "", 1, "sha256sum: Input/output error\n")),
            "failed",
            "Input/output error",
        ),
        (
            (digest(DIGEST), mounted(*SAME), command(f"sha256sum -- {FILE}", "", damage=SLOW)),
            "timeout",
            "did not end",
        ),
    ],
)
def test_an_image_file_that_is_not_proven_is_unknown_and_says_why(
    evidence: tuple[Evidence, ...], reason: str, says: str
) -> None:
    fact = image_file(*evidence)
    assert (fact.state, fact.reason) == ("unknown", reason)
    assert says in fact.says


def test_a_running_system_has_no_image_file() -> None:
    assert image_file(digest(DIGEST), mounted(*SAME), after(DIGEST), image="running").state == "not_applicable"
    assert image_file(image=None).state == "unknown"
