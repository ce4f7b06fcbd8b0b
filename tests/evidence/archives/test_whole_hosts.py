"""Whole hosts as sos and supportutils hold them: judged like a bundle of the same answers, in each spelling."""

from functools import cache
from typing import Final

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.finding import Finding
from tests.evidence.archives.building import Files
from tests.hosts.archived import SOS, SUPPORTUTILS, held, sos_of, supportconfig_of
from tests.hosts.building import judge, replaced
from tests.hosts.healthy import HEALTHY
from tests.hosts.stories import STORIES
from tests.hosts.whole import whole
from tests.test_archives import carried

OF_OTHERS: Final = {"RMC-FS-001", "RMC-FS-003", "RMC-FS-004"}
"""sos asks df for local file systems alone, and /var may be another; supportutils does not ask for types."""
NO_STATE: Final = {"RMC-SUB-001"}
"""Before 4.6 sos asks nothing of RSCT, and systemd alone for the files of units."""
CUT: Final = {"RMC-VER-005"}
"""The table of `dpkg -l` may be cut, so that it proves no absence."""
LACKS: Final = {"4.0": OF_OTHERS | NO_STATE, "4.6": OF_OTHERS, "4.10 to 4.12": OF_OTHERS}
BROKEN: Final = {
    f"{story.number}: {story.words}": story
    for story in STORIES
    if story.number in (14, 15, 20) and HEALTHY[story.host].host.platform == "linux"
}
LINUX: Final = [name for name, kind in HEALTHY.items() if kind.host.platform == "linux"]
HOSTS: Final = [*LINUX, *BROKEN]


@cache
def answers(name: str) -> tuple[Evidence, ...]:
    """What a bundle of the host has."""
    story = BROKEN.get(name)
    kind = HEALTHY[story.host if story else name]
    return tuple(replaced(whole(kind.host, kind.packet_filter).evidence, *(story.others if story else ())))


def results(findings: dict[str, Finding]) -> dict[str, str]:
    return {rule: found.result for rule, found in findings.items()}


def judged(files: Files) -> dict[str, str]:
    return results(judge(carried(files).readings, platform="linux"))


def is_debian(name: str) -> bool:
    return (BROKEN[name].host if name in BROKEN else name).startswith("ubuntu")


@pytest.mark.exhaustive
@pytest.mark.parametrize("version", LACKS)
@pytest.mark.parametrize("name", HOSTS)
def test_a_report_of_sos_4_is_judged_like_a_bundle_of_the_same_answers(name: str, version: str) -> None:
    found = judged(sos_of(answers(name), version))
    expected = results(judge(held(answers(name), SOS[version]), platform="linux"))
    differs = {rule: result for rule, result in found.items() if result != expected[rule]}
    assert set(differs.values()) <= {"unknown"}
    assert differs.keys() <= LACKS[version] | (CUT if is_debian(name) else set())


@pytest.mark.parametrize("name", HOSTS)
def test_without_exit_status_an_archive_says_the_same_or_that_it_does_not_know(name: str) -> None:
    for files, release in (
        (sos_of(answers(name), "3.2"), SOS["3.2"]),
        (supportconfig_of(answers(name)), SUPPORTUTILS),
    ):
        found, known = judged(files), results(judge(held(answers(name), release), platform="linux"))
        differs = {rule: result for rule, result in found.items() if result != known[rule]}
        assert set(differs.values()) <= {"unknown"}


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", LINUX)
def test_an_archive_of_a_healthy_host_passes_much_and_fails_nothing(name: str) -> None:
    for files in (sos_of(answers(name), "4.10 to 4.12"), supportconfig_of(answers(name))):
        found = judged(files)
        assert {rule for rule, result in found.items() if result == "fail"} <= {
            *HEALTHY[name].host.informs,
            "RMC-VER-002",
        }
        assert list(found.values()).count("pass") >= 12
