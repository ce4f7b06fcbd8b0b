"""AIX snap: answers below their dotted requests, and what stands in files of its own."""

import pytest

from tests.evidence.archives.building import by_request, dotted, held, snap
from tests.hosts.building import DF, INITTAB, command, file

LPARSTAT = (
    b"Node Name                                  : lpar7\nPartition Name                             : lpar7 - x\n"
)


def test_a_command_below_its_dots() -> None:
    found = held(snap([command("df -k", DF), command("lspv", "hdisk0 00f9c2d54c0017a1 rootvg active\n")]))
    df = by_request(found)["df -k"]
    assert (df.exit_status, df.ended, df.out.lines) == (None, None, tuple(DF.split("\n")[:-1]))
    place, whole = df.at(1), df.at(0)
    assert place is not None
    assert whole is not None
    assert (place.uri, place.start_line, place.text) == ("x.tar.gz!/general/general.snap", 8, DF.split("\n")[0])
    assert (whole.start_line, whole.text) == (5, ".....    df -k")


def test_components_and_files_of_their_own() -> None:
    files = snap([file("/etc/inittab", INITTAB)]) | {
        "general/lparstat.out": LPARSTAT,
        "filesys/filesys.snap": dotted("df -k", DF).encode(),
        "a/b/deep.snap": dotted("lspv", "x").encode(),
    }
    found = held(files)
    assert sorted(found.answers) == ["/etc/inittab", "df -k", "lparstat -i"]
    assert by_request(found)["/etc/inittab"].exit_status is None
    assert found.bundle.name == "lpar7"


@pytest.mark.parametrize(("vios", "platform"), [("4.1.0.10", "vios"), ("", "")])
def test_a_virtual_io_server_is_known_by_its_level(vios: str, platform: str) -> None:
    assert held(snap([command("df -k", DF)], vios=vios)).bundle.platform == platform


@pytest.mark.parametrize("root", [".", "ibmsupt", "tmp/ibmsupt"])
def test_roots(root: str) -> None:
    assert held(snap([command("df -k", DF)], root)).answers == ("df -k",)


@pytest.mark.parametrize(
    "text",
    [
        "....\n.... \n....\n\n" + DF,
        "..\n..   df -k\n..\n\n" + DF,
        ".....\n.....    df -k\n\n" + DF,
        ".....\n.....    df -k | sort\n.....\n\n" + DF,
        ".....\n.....    lsattr -El ent0\n.....\n\nx\n",
        ".....    df -k",
    ],
)
def test_what_is_no_request_is_not_read(text: str) -> None:
    assert held({"general/general.snap": text.encode()}).bundle.evidence == ()


def test_an_answer_without_lines() -> None:
    (item,) = held({"general/general.snap": (dotted("lsrpdomain", "") + dotted("x", "")).encode()}).bundle.evidence
    assert (item.out.lines, item.exit_status) == ((), None)
