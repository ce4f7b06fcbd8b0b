"""A ctsnap that sos or supportconfig packed into its own archive is read as a second tree."""

import pytest

from tests.evidence.archives.building import (
    SCC_ROOT,
    SOS_ROOT,
    Files,
    gzipped,
    held,
    notes_of,
    sosreport,
    supportconfig,
    tar,
)
from tests.hosts.building import LSSRC, command

NODE_ID = b"9f684c509e74d650\n"
CTSNAP = gzipped(tar({"ctsnap.lpar1.1120/var/ct/cfg/ct_node_id": NODE_ID}))
NAME = "ctsnap.lpar1.1120.tar.gz"
LIVE = ("/var/ct/cfg/ct_node_id",)


@pytest.mark.parametrize(
    ("files", "path"),
    [
        (sosreport([command("lssrc -a", LSSRC)]), f"{SOS_ROOT}/sos_commands/powerpc/ctsnap/{NAME}"),
        (supportconfig([command("lssrc -a", LSSRC)]), f"{SCC_ROOT}/ppc64/ctsnap/{NAME}"),
    ],
)
def test_a_ctsnap_inside_is_a_second_tree(files: Files, path: str) -> None:
    found = held(files | {path: CTSNAP})
    (node,) = [item for item in found.bundle.evidence if item.argv == LIVE]
    assert node.uri == f"x.tar.gz!/{path}!/ctsnap.lpar1.1120/var/ct/cfg/ct_node_id"
    assert node.exit_status is None
    assert found.octets()[node.uri] == NODE_ID
    assert len(found.bundle.evidence) == 2


def test_a_damaged_ctsnap_inside_says_so_and_counts_for_nothing() -> None:
    path = f"{SOS_ROOT}/sos_commands/powerpc/ctsnap/{NAME}"
    found = held(sosreport([command("lssrc -a", LSSRC)]) | {path: CTSNAP[:-6]})
    lssrc, *others = found.bundle.evidence
    assert lssrc.damage is None
    assert all(item.damage is not None and not item.damage.partial for item in others)
    assert [note for note in notes_of(found) if "the compressed file is cut" in note]


def test_a_ctsnap_elsewhere_is_not_opened() -> None:
    found = held(sosreport([command("lssrc -a", LSSRC)]) | {f"{SOS_ROOT}/tmp/ctsupt/{NAME}": CTSNAP})
    assert [item.argv for item in found.bundle.evidence] == [("lssrc", "-a")]
