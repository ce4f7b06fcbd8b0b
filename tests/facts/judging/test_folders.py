"""What stands in a folder, and whether something else may."""

from rmccomply.facts.judging.folders import below, folder
from tests.hosts.building import command
from tests.hosts.image_files import UNITS, gone, image, listed, unit_links

PATH = "/etc/sysctl.d"


def test_a_listing_tells_all_names_and_where_links_lead() -> None:
    found = folder(image(listed(PATH, "a.conf", **{"b.conf": "/dev/null"})), PATH)
    assert sorted(found.names) == ["a.conf", "b.conf"]
    assert [found.masked(name) for name in ("a.conf", "b.conf")] == [False, True]
    assert (found.present, found.why) == (True, None)


def test_what_stands_for_nothing() -> None:
    """As systemd.unit(5) has it: a link to /dev/null, however it leads there, or an empty file."""
    links = {"a": "/dev/null", "b": "../../dev/null", "c": "/usr/lib/null"}
    empty = "-rw-r--r--. 1 root root 0 Nov  2 08:15 d\n"
    evidence = listed(PATH, "e", **links)
    whole = evidence._replace(out=command("ls", "".join(f"{one}\n" for one in evidence.out.lines) + empty).out)
    found = folder(image(whole), PATH)
    assert [name for name in "abcde" if found.masked(name)] == ["a", "b", "d"]


def test_a_folder_that_is_not_there_has_no_names() -> None:
    found = folder(image(gone(PATH)), PATH)
    assert (found.present, dict(found.names), found.why) == (False, {}, None)


def test_without_a_listing_others_may_be_there() -> None:
    assert folder(image(), PATH).why == (
        "`ls -l /etc/sysctl.d` was not collected",
        "not_collected",
        (),
        f"ls -l {PATH}",
    )
    denied = folder(
        image(command(f"ls -l {PATH}", "", 2, f"ls: cannot open directory '{PATH}': Permission denied\n")), PATH
    )
    assert denied.why is not None
    assert denied.why.reason == "denied"


def test_folders_below_one_are_those_of_a_deep_listing() -> None:
    found = list(below(image(unit_links("ctrmc.service")), "/etc/systemd/system"))
    assert [one.path for one in found] == ["/etc/systemd/system/multi-user.target.wants"]
    assert found[0].links == {"ctrmc.service": "/usr/lib/systemd/system/ctrmc.service"}
    assert UNITS.startswith("ls -lR")
