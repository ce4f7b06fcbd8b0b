"""ctsnap: what is not documented is read for what it shows, and for nothing that it does not."""

import pytest

from tests.evidence.archives.building import by_request, held, notes_of
from tests.hosts.building import LSSRC

ROOT = "ctsnap.lpar7.11200300"


def test_copies_by_their_paths_and_answers_by_their_names() -> None:
    found = held({f"{ROOT}/var/ct/cfg/ct_node_id": b"12ab\n", f"{ROOT}/rmc/lssrc-a.out": LSSRC.encode()})
    evidence = by_request(found)
    assert evidence["/var/ct/cfg/ct_node_id"].whole
    assert not evidence["lssrc -a"].whole
    assert {item.exit_status for item in found.bundle.evidence} == {None}
    assert "what a ctsnap holds is not documented, so what is missing in it proves nothing" in notes_of(found)


@pytest.mark.parametrize("path", ["a/b/etc/ct_node_id", f"{ROOT}/backup/etc/ct_node_id", "xetc/ct_node_id"])
def test_the_copy_of_another_root_is_none(path: str) -> None:
    assert held({f"{ROOT}/x": b"", path: b"12ab\n"}).bundle.evidence == ()


@pytest.mark.parametrize(
    "mark", [{f"{ROOT}.log": b"", "var/ct/cfg/ct_node_id": b"1\n"}, {"var/ct/cfg/ct_node_id": b"1\n"}]
)
def test_marks_and_the_name_of_the_file(mark: dict[str, bytes]) -> None:
    assert held(mark, name=f"{ROOT}.tar.gz").answers == ("/var/ct/cfg/ct_node_id",)
