"""The partitions that a console lists. All of it is constructed."""

from rmccomply.collect.inventory.partitions import partitions_of
from rmccomply.collect.inventory.row import HostRow, Inventory
from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.bundle_write import Section, write_bundle

HEADER = "name:lpar_id:lpar_env:state:rmc_state:rmc_ipaddr:os_version\n"
ROWS = """\
lpar7:3:aixlinux:Running:active:192.0.2.7:AIX 7.2
prod db:4:aixlinux:Running:none::Unknown
lpar8:5:aixlinux:Running:inactive::Unknown
vios1:1:vioserver:Running:active:192.0.2.8:VIOS 3.1
old:6:aixlinux:Not Activated:inactive::
i1:7:os400:Running:active:192.0.2.9:
"a:b":8:aixlinux:Running:active:192.0.2.10:
torn:9:aixlinux
"""


def listing(system: str, text: str, status: int = 0) -> Section:
    argv = ("lssyscfg", "-r", "lpar", "-m", system, "-F", "name:lpar_id", "--header")
    return Section("cmd", argv, text.encode(), exit_status=status)


def test_every_running_partition_is_a_row_whether_rmc_knows_its_address_or_not() -> None:
    sections = [listing("frame 1", HEADER + ROWS), listing("frame2", HEADER + "lpar7:3:aixlinux:Running:none::\n")]
    found = partitions_of(read_bundle(write_bundle({"os": "HMC"}, sections), "hmc.rmcc"))
    of_first = {"system": "frame 1"}
    rows = {row.label: row for row in found.rows}
    assert rows.pop("prod db").missing.startswith("its address is not one that ssh accepts")
    assert rows == {
        "lpar7": HostRow("lpar7", "192.0.2.7", labels=of_first),
        "lpar8": HostRow("lpar8", "lpar8", labels=of_first),
        "vios1": HostRow("vios1", "192.0.2.8", access="vios", labels=of_first),
        "a:b": HostRow("a:b", "192.0.2.10", labels=of_first),
        "torn": HostRow("torn", labels=of_first, missing="this line of the console is incomplete: torn:9:aixlinux"),
        "lpar7#2": HostRow("lpar7#2", "lpar7", labels={"system": "frame2"}),
    }
    assert [note.partition(": ")[0] for note in found.notes] == ["old on frame 1", "i1 on frame 1"]


def test_a_system_whose_partitions_are_not_listed_is_a_row_that_is_not_reached() -> None:
    refused = listing("frame1", "HSCL0000 The attribute is not valid.\n", 1)
    found = partitions_of(read_bundle(write_bundle({"os": "HMC"}, [refused]), "hmc.rmcc"))
    says = "the console did not list the partitions of this system: HSCL0000 The attribute is not valid."
    assert found.rows == (HostRow("partitions of frame1", labels={"system": "frame1"}, missing=says),)
    assert found.notes == ()
    again = write_bundle({"os": "HMC"}, [refused, listing("frame1", HEADER)])
    assert partitions_of(read_bundle(again, "hmc.rmcc")) == Inventory()
