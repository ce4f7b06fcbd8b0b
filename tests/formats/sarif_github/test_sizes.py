"""How many parts are needed: named where too few are asked for, and true."""

import random
import re
import zlib

import pytest

from rmccomply.errors import OutputError
from rmccomply.formats.sarif_github import sizes
from rmccomply.formats.sarif_github.sizes import PartSizes, gauged

RULES = 40


def of(parts: int, targets: list[tuple[int, int, int]]) -> PartSizes:
    made = PartSizes(parts)
    for target in targets:
        made.add(*target)
    return made


def fitting(error: pytest.ExceptionInfo[OutputError]) -> int:
    found = re.search(r"--parts (\d+) fits", str(error.value))
    assert found
    return int(found[1])


def test_as_many_results_as_github_keeps_are_no_fault_and_one_more_is() -> None:
    of(1, [(0, 4_999, 1), (1, 1, 1)]).refuse_overfull(RULES)
    with pytest.raises(OutputError, match="part 1 of 1 would have 5,001 results, and GitHub keeps 5,000 of a file"):
        of(1, [(0, 5_000, 1), (1, 1, 1)]).refuse_overfull(RULES)


def test_the_number_that_is_named_is_the_least_that_fits() -> None:
    chance = random.Random(7)
    targets = [(chance.getrandbits(64), chance.randrange(400), 1) for _ in range(2_000)]
    with pytest.raises(OutputError) as error:
        of(16, targets).refuse_overfull(RULES)
    least = fitting(error)
    of(least, targets).refuse_overfull(RULES)
    for fewer in range(17, least):
        with pytest.raises(OutputError):
            of(fewer, targets).refuse_overfull(RULES)


def test_where_no_number_fits_it_is_said() -> None:
    with pytest.raises(OutputError, match="no number of parts fits: check fewer targets at a time"):
        of(16, [(3, 5_001, 1)]).refuse_overfull(RULES)


def test_too_many_rules_are_told() -> None:
    of(1, []).refuse_overfull(25_000)
    with pytest.raises(OutputError, match="GitHub takes 25,000 rules in a file, and the policies have 25,001"):
        of(1, []).refuse_overfull(25_001)


def test_a_part_that_is_too_long_after_gzip_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "SARIF_GZIP_OCTETS", 20_000)
    chance = random.Random(7)
    texts = [chance.randbytes(2_000).hex() for _ in range(30)]
    targets = [(number, 1, 4_000) for number in range(30)]
    made = of(2, targets)
    with pytest.raises(OutputError, match=r"part 1 of 2 would have 0\.0 MB after gzip") as error:
        list(gauged(made, 0, iter(texts[::2])))
    named = fitting(error)
    for number in range(named):
        assert list(gauged(of(named, targets), number, iter(texts[number::named]))) == texts[number::named]


def test_what_is_short_as_it_stands_is_not_compressed(monkeypatch: pytest.MonkeyPatch) -> None:
    made = of(1, [(0, 1, 100)])
    monkeypatch.setattr(zlib, "compressobj", lambda **_: Untouched())
    assert list(gauged(made, 0, iter("ab"))) == ["a", "b"]


class Untouched:
    """A packer that nothing may be given to."""

    def flush(self) -> bytes:
        return b""
