"""What fuzzing found stays mended; and each seed holds the promises, so that a fuzzer starts from sound ground."""

from pathlib import Path

import pytest

from tests.fuzz.seeds import found, seeds
from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("path", [path for name in TARGETS for path in found(name)], ids=lambda path: path.name[:24])
def test_inputs_that_were_found_hold_the_promises(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", TARGETS)
def test_seeds_hold_the_promises(name: str) -> None:
    for seed in seeds(name):
        TARGETS[name](seed)
