"""Databases of packages below a root, made by rpm and dpkg of small packages of their own. Constructed.

SLES 15 keeps its packages in the format ndb, which the rpm of Debian can neither write nor read: what stands in a root
of that layout is of the format sqlite at the place where SLES has it, and `ndb` plants the other format.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest

REQUIRED: Final = "TESTS_REQUIRE_RPM"
"""Set to 1 where rpm or dpkg that is missing is a failure and no reason to skip."""
TOOLS: Final = ("rpm", "rpmbuild", "dpkg", "dpkg-deb")
_SPEC: Final = """\
Name: {name}
Version: {version}
Release: {release}
Summary: constructed for tests
License: none
%description
Constructed for tests.
%files
"""
_CONTROL: Final = """\
Package: {name}
Version: {version}
Architecture: ppc64el
Maintainer: nobody <nobody@example.com>
Description: constructed for tests
"""


def need_packages() -> None:
    """Skips where the tools are not here, or fails where they were promised."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing and os.environ.get(REQUIRED) == "1":
        pytest.fail(f"{', '.join(missing)} is not installed, and {REQUIRED}=1 says that it must be")
    if missing:
        pytest.skip(f"{', '.join(missing)} is not installed")


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True, env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"})


def rpms(folder: Path, packages: Mapping[str, str]) -> dict[str, Path]:
    """Packages by name, of `version-release`."""
    folder.mkdir()
    specs = []
    for name, level in packages.items():
        version, _, release = level.partition("-")
        specs.append(folder / f"{name}.spec")
        specs[-1].write_text(_SPEC.format(name=name, version=version, release=release))
    target = ["--target", "ppc64le-linux", "--define", f"_topdir {folder}", "--define", "_build_id_links none"]
    _run("rpmbuild", "-bb", "--quiet", *target, *map(str, specs))
    return {
        name: next((folder / "RPMS/ppc64le").glob(f"{name}-{level}.ppc64le.rpm")) for name, level in packages.items()
    }


def install_rpms(root: Path, place: str, files: Sequence[Path]) -> None:
    """Write them down in the database at a place of the root."""
    (root / place.lstrip("/")).mkdir(parents=True, exist_ok=True)
    to = ["--root", str(root), "--dbpath", place, "--define", "_db_backend sqlite"]
    how = ["--justdb", "--ignorearch", "--ignoreos", "--nodeps", "--noscripts", "--nosignature", "--nodigest"]
    _run("rpm", *to, "-i", *how, *map(str, files))


def remove_rpm(root: Path, place: str, name: str) -> None:
    _run("rpm", "--root", str(root), "--dbpath", place, "-e", "--justdb", "--nodeps", "--noscripts", name)


def debs(folder: Path, packages: Mapping[str, str]) -> dict[str, Path]:
    """Packages by name, of a whole version."""
    found = {}
    for name, version in packages.items():
        (folder / name / "DEBIAN").mkdir(parents=True)
        (folder / name / "DEBIAN/control").write_text(_CONTROL.format(name=name, version=version))
        found[name] = folder / f"{name}.deb"
        _run("dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", str(folder / name), str(found[name]))
    return found


def install_debs(root: Path, files: Sequence[Path]) -> None:
    """Install them below the root."""
    for name in ("info", "updates", "triggers"):
        (root / "var/lib/dpkg" / name).mkdir(parents=True, exist_ok=True)
    for name in ("status", "available"):
        (root / "var/lib/dpkg" / name).touch()
    _dpkg(root, "-i", *map(str, files))


def remove_deb(root: Path, name: str) -> None:
    """Remove a package; dpkg forgets one without configuration."""
    _dpkg(root, "--purge", name)


def _dpkg(root: Path, *words: str) -> None:
    _run(
        "dpkg", f"--root={root}", f"--log={root}/dpkg.log", "--force-all", "--force-unsafe-io", "--no-triggers", *words
    )
    (root / "dpkg.log").unlink(missing_ok=True)


def ndb(root: Path, place: str) -> None:
    """Another format of database in the place of the one that is there: its first octets, all that is read."""
    folder = root / place.lstrip("/")
    for path in folder.iterdir():
        path.unlink()
    (folder / "Packages.db").write_bytes(b"RpmP" + bytes(4092))
