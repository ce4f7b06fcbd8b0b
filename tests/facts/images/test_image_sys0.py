"""ghostdev and clouddev."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.model import Fact
from tests.hosts.building import command
from tests.hosts.image_files import image

LSATTR = "ghostdev  {} Recreate ODM devices on system change True\nclouddev 0 Recreate ODM devices on next boot True\n"


def stanza(name: str, value: str) -> Evidence:
    out = f'\nCuAt:\n\tname = "sys0"\n\tattribute = "{name}"\n\tvalue = "{value}"\n'
    return command(f"odmget -q attribute={name} CuAt", out)


def fact(name: str, *evidence: Evidence) -> Fact:
    return image(*evidence, platform="aix").fact(f"image.{name}")


@pytest.mark.parametrize("name", ["ghostdev", "clouddev"])
def test_what_was_changed_and_what_was_not(name: str) -> None:
    assert fact(name, stanza(name, "1")).value == 1
    assert fact(name, stanza(name, "0")).value == 0
    assert fact(name, command(f"odmget -q attribute={name} CuAt", "")).value == 0
    assert fact(name).reason == "not_collected"
    assert fact(name, stanza(name, "yes")).reason == "unparsable"


def test_lsattr_shows_what_is_in_force() -> None:
    assert fact("ghostdev", command("lsattr -El sys0", LSATTR.format(1))).value == 1
    both = (command("lsattr -El sys0", LSATTR.format(1)), stanza("ghostdev", "0"))
    assert fact("ghostdev", *both).reason == "conflicting"


def test_linux_has_none() -> None:
    assert image().fact("image.ghostdev").state == "not_applicable"
