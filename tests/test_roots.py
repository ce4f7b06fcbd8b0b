"""Whole roots of images, with databases made by rpm and dpkg: what is collected of them, and what a policy says.

The roots are constructed, and so is each fault in them; the databases are real.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rmccomply.assess import assess
from rmccomply.evaluate import compile_rules
from rmccomply.evidence.model import Bundle
from rmccomply.facts.gather import facts_of
from rmccomply.inputs.loaded import of_bundle
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, choose
from tests.collect.running import collect, lacking, need
from tests.roots.faults import FAULTS, IDENTITY
from tests.roots.layouts import LAYOUTS, PLACES, Root, build
from tests.roots.packages import ndb, need_packages

POLICY = Path(__file__).parents[1] / "policies" / "image-gate.toml"
RPM_QUERY = r"rpm --dbpath {} -qa --qf %{{NAME}}\t%{{VERSION}}\t%{{RELEASE}}\t%{{ARCH}}\n"
DPKG_FORMAT = r"${Package}\t${Version}\t${Architecture}\t${db:Status-Abbrev}\n"
DPKG_QUERY = f"dpkg-query --admindir=/var/lib/dpkg -W --showformat={DPKG_FORMAT}"
CASES = [(name, layout) for name, fault in FAULTS.items() for layout in fault.layouts]
Good = Callable[[str], Root]


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Good:
    need_packages()
    built: dict[str, Root] = {}

    def found(layout: str) -> Root:
        if layout not in built:
            built[layout] = build(layout, tmp_path_factory.mktemp("roots") / layout)
        return built[layout]

    return found


@pytest.fixture(scope="session")
def bundles(good: Good, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Bundle]:
    """What is collected of the good roots."""
    made: dict[str, Bundle] = {}

    def found(layout: str) -> Bundle:
        if layout not in made:
            made[layout] = collected(good(layout), tmp_path_factory.mktemp("run"))
        return made[layout]

    return found


def collected(root: Root, folder: Path, *words: str) -> Bundle:
    run = collect(folder, "image", "--root", str(root.path), "--name", root.layout, *words)
    assert (run.status, run.errors) == (0, "")
    return run.bundle


def answers(bundle: Bundle) -> dict[str, object]:
    """What was answered, by its request, without what differs from copy to copy: times, and sizes of folders."""
    found: dict[str, object] = {}
    for item in bundle.evidence:
        rows = item.out.lines
        if item.request.startswith("ls "):
            cells = [row.split() for row in rows if not row.startswith("total")]
            rows = tuple(" ".join((*row[:1], *row[8:])) for row in cells)
        found[item.request] = (item.state, item.exit_status, rows if "rpm" not in item.request else sorted(rows))
    return found


def there(root: Root) -> dict[str, object]:
    """All that is below a root, with times and contents."""
    return {
        str(path.relative_to(root.path)): (
            path.lstat().st_mode,
            path.lstat().st_mtime_ns,
            path.read_bytes() if path.is_file() and not path.is_symlink() else b"",
        )
        for path in sorted(root.path.rglob("*"))
    }


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_collected_of_a_good_root(layout: str, bundles: Callable[[str], Bundle]) -> None:
    bundle = bundles(layout)
    assert (bundle.platform, bundle.name, bundle.image) == ("linux", layout, "mounted_root")
    assert [note.text for note in bundle.notifications if note.level != "note"] == []
    query = DPKG_QUERY if layout == "ubuntu" else RPM_QUERY.format(PLACES[layout])
    (packages,) = [item for item in bundle.evidence if item.request == query]
    assert (packages.state, packages.exit_status, packages.err.lines) == ("exit", 0, ())
    lines = [line.lower() for line in packages.out.lines]
    assert any(line.startswith("rsct.core\t3.3.2.1") for line in lines)
    facts = facts_of(bundle)
    assert facts.fact("rsct.installed").value == "installed"
    for name in ("packages.core_missing", "packages.others_missing"):
        assert facts.fact(name).value == ()
    skipped = [item.request for item in bundle.evidence if item.state not in ("exit", "absent", "skipped")]
    assert skipped == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_collecting_changes_nothing_in_the_root(layout: str, good: Good, tmp_path: Path) -> None:
    """Nor beside the database of rpm, where its own queries make files."""
    root = good(layout).copy(tmp_path / "mnt")
    for path in root.path.rglob("rpmdb.sqlite-*"):
        path.unlink()
    before = there(root)
    assert facts_of(collected(root, tmp_path / "run")).fact("rsct.installed").value == "installed"
    assert there(root) == before


def test_a_root_that_is_mounted_read_only_is_read(good: Good, tmp_path: Path) -> None:
    """An image should be: its file stays the same."""
    root = good("rhel").copy(tmp_path / "made")
    for path in root.path.rglob("rpmdb.sqlite-*"):
        path.unlink()
    image, place = tmp_path / "rhel9.raw", tmp_path / "mnt"
    place.mkdir()
    image.write_bytes(bytes(24 << 20))
    subprocess.run([need("mkfs.ext4"), "-q", "-d", str(root.path), str(image)], check=True, capture_output=True)
    words = ["mount", "-o", "loop,ro", str(image), str(place)]
    if subprocess.run(words, capture_output=True).returncode:
        lacking("nothing can be mounted by a loop device here")
    try:
        bundle = collected(Root(place, "rhel"), tmp_path / "run", "--image", str(image))
        other = tmp_path / "other.raw"
        other.write_bytes(image.read_bytes())
        copied = collected(Root(place, "rhel"), tmp_path / "again", "--image", str(other))
    finally:
        subprocess.run(["umount", str(place)], check=True)
    digest = subprocess.run(["sha256sum", str(image)], capture_output=True, text=True, check=True).stdout.split()[0]
    assert facts_of(bundle).fact("rsct.installed").value == "installed"
    assert facts_of(bundle).fact("image.file").value == digest
    unproven = facts_of(copied).fact("image.file")
    assert (unproven.state, unproven.reason) == ("unknown", "inconclusive")
    assert f"is mounted from {image}, which is another file than {other}" in unproven.says


@pytest.mark.exhaustive
@pytest.mark.parametrize(("name", "layout"), [case for case in CASES if case[1] == FAULTS[case[0]].layouts[0]])
def test_a_fault_is_seen(name: str, layout: str, good: Good, bundles: Callable[[str], Bundle], tmp_path: Path) -> None:
    root = good(layout).copy(tmp_path / "mnt")
    FAULTS[name].plant(root)
    assert answers(collected(root, tmp_path / "run")) != answers(bundles(layout))


def test_copies_of_a_root_give_the_same(good: Good, bundles: Callable[[str], Bundle], tmp_path: Path) -> None:
    root = good("ubuntu").copy(tmp_path / "mnt")
    assert answers(collected(root, tmp_path / "run")) == answers(bundles("ubuntu"))


def _no_database(root: Root) -> None:
    for path in (root.path / PLACES[root.layout].lstrip("/")).iterdir():
        path.unlink()


def _of_another(root: Root) -> None:
    outside = root.path.parent / "outside"
    (root.path / "var/lib/rpm").rename(outside)
    root.link("/var/lib/rpm", str(outside))


def _damaged(root: Root) -> None:
    root.write(f"{PLACES[root.layout]}/rpmdb.sqlite", b"SQLite format 3\0" + bytes(400))


def _other_format(root: Root) -> None:
    _no_database(root)
    root.write(f"{PLACES[root.layout]}/Packages", bytes(4096))


def _two(root: Root) -> None:
    root.write("/usr/lib/sysimage/rpm/Packages.db", b"RpmP" + bytes(4092))


NOTHING_PROVED: dict[str, tuple[Callable[[Root], object], str, str, str]] = {
    "none": (_no_database, "rhel", "not_collected", "no database of its packages was found there"),
    "none of dpkg": (
        lambda root: root.remove("/var/lib/dpkg/status"),
        "ubuntu",
        "not_collected",
        "no database of its packages was found there",
    ),
    "of the machine that looks": (_of_another, "rhel", "denied", "a link that leads out of the image, or to nothing"),
    "damaged": (_damaged, "rhel", "failed", "exit status 1"),
    "Berkeley DB": (_other_format, "rhel", "failed", "exit status 1"),
    "ndb": (lambda root: ndb(root.path, PLACES["sles"]), "sles", "failed", "the image's own rpm, as in a chroot"),
    "two": (_two, "rhel", "not_collected", "the image has two databases of packages"),
    "empty": (lambda root: root.write("/var/lib/dpkg/status", ""), "ubuntu", "empty", "dpkg lists no package"),
}


@pytest.mark.parametrize("case", NOTHING_PROVED)
def test_without_a_database_that_was_read_nothing_is_not_installed(case: str, good: Good, tmp_path: Path) -> None:
    plant, layout, reason, says = NOTHING_PROVED[case]
    root = good(layout).copy(tmp_path / "mnt")
    plant(root)
    before = there(root)
    facts = facts_of(collected(root, tmp_path / "run"))
    for name in ("rsct.installed", "packages.core_missing", "packages.others_missing"):
        assert "is not installed" not in facts.fact(name).says
        fact = facts.fact(name)
        assert (fact.state, fact.reason) == ("unknown", reason), fact
        assert says in fact.says
    assert there(root) == before


def test_a_database_behind_links_of_the_image_is_read(good: Good, tmp_path: Path) -> None:
    root = good("rhel").copy(tmp_path / "mnt")
    (root.path / "var/lib/rpm").rename(root.path / "opt/database")
    root.link("/var/lib/rpm", "/opt/here")
    root.link("/opt/here", "../../../opt/database")
    bundle = collected(root, tmp_path / "run")
    assert facts_of(bundle).fact("rsct.installed").value == "installed"
    assert RPM_QUERY.format("/opt/database") in {item.request for item in bundle.evidence}


def test_what_was_written_last_is_read_too(good: Good, tmp_path: Path) -> None:
    """In the file beside the database, where rpm was ended before it put that into it."""
    root = good("rhel").copy(tmp_path / "mnt")
    database = root.path / "var/lib/rpm/rpmdb.sqlite"
    words = f"c = sqlite3.connect('{database}'); c.execute('create table later (x)'); c.commit(); os._exit(0)"
    subprocess.run([sys.executable, "-c", f"import os, sqlite3; {words}"], check=True)
    assert (root.path / "var/lib/rpm/rpmdb.sqlite-wal").stat().st_size > 0
    assert facts_of(collected(root, tmp_path / "run")).fact("rsct.installed").value == "installed"


need_policy = pytest.mark.skipif(not POLICY.is_file(), reason="the policy image-gate is not here")


def judged(bundle: Bundle, expected: frozenset[str] = frozenset()) -> dict[str, str]:
    """Rules that fail above info, or are expected to, and those that are unknown, by what becomes of them."""
    _, chosen = choose([load("image-gate")], Choice())
    found = assess(of_bundle(bundle), compile_rules(chosen, str(bundle.collected)))
    return {
        one.rule: "fail" if one.verdict.result == "fail" else f"unknown:{one.verdict.reason}"
        for one in found.findings
        if one.verdict.result == "unknown"
        or (one.verdict.result == "fail" and (one.verdict.severity != "info" or one.rule in expected))
    }


@need_policy
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_good_root_passes_without_one_unknown(layout: str, bundles: Callable[[str], Bundle]) -> None:
    assert judged(bundles(layout)) == {}


FOLLOWS: dict[frozenset[str], set[str]] = {IDENTITY: {"RMC-IMG-002"}}
"""What is unknown where a rule fails: what RSCT knows of its site matters where nothing clears it, and stands in files
that RSCT alone reads."""


@need_policy
@pytest.mark.exhaustive
@pytest.mark.parametrize(("name", "layout"), CASES)
def test_exactly_the_planted_fault_is_found(name: str, layout: str, good: Good, tmp_path: Path) -> None:
    root = good(layout).copy(tmp_path / "mnt")
    FAULTS[name].plant(root)
    expected = FAULTS[name].rules
    found = judged(collected(root, tmp_path / "run"), expected)
    assert {rule for rule, word in found.items() if word == "fail"} == expected
    assert {*found} - expected <= FOLLOWS.get(expected, set())
