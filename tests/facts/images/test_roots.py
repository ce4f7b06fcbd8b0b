"""Good roots of three distributions and of AIX: every fact that their files decide is good, and stays no worse than
unknown whatever is lost."""

from collections.abc import Callable

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.gather import Facts
from tests.hosts.building import command, without
from tests.hosts.cases import broken
from tests.hosts.image_files import aix, image, of, rhel, sles, ubuntu

GOOD = {
    "host.platform": "linux",
    "host.kind": "lpar",
    "rsct.installed": "installed",
    "packages.core_missing": (),
    "packages.others_missing": (),
    "packages.drm_definition": "present",
    "boot.ctrmc": "enabled",
    "node_id.files": "equal",
    "node_id.form": "well_formed",
    "rmcd.port_name": "usual",
    "firewall.rmc": "open",
    "image.mode": "mounted_root",
    "image.site_identity": (),
    "image.cluster_data": (),
    "image.ipv6": "enabled",
}
BUILDER = command("uname -a", "Linux runner 6.8.0-45-generic #45 SMP x86_64 x86_64 x86_64 GNU/Linux\n")
ROOTS = pytest.mark.parametrize("root", [rhel, sles, ubuntu])
Root = Callable[[], list[Evidence]]


def values(facts: Facts) -> dict[str, object]:
    return {name: facts.fact(name).value for name in GOOD}


@ROOTS
def test_a_good_root_is_good_in_all_that_its_files_decide(root: Root) -> None:
    facts = image(*root(), BUILDER)
    assert values(facts) == GOOD
    assert [name for name in GOOD if not facts.fact(name).evidence] == ["host.kind", "image.mode"]


@ROOTS
def test_a_loss_makes_no_fault(root: Root) -> None:
    whole = of(root(), BUILDER)
    for lost in whole:
        for left in (without(whole, lost.request), [broken(one, "denied") if one is lost else one for one in whole]):
            found = values(image(*left))
            worse = {name: value for name, value in found.items() if value not in (GOOD[name], None)}
            assert worse == {}, (lost.request, worse)


def test_a_good_root_of_aix() -> None:
    facts = image(*aix(), BUILDER, platform="aix")
    expected = {
        "host.platform": "aix",
        "host.kind": "lpar",
        "boot.ctrmc": "enabled",
        "node_id.files": "equal",
        "image.site_identity": (),
        "image.cluster_data": (),
        "image.cluster_traces": (),
        "image.ghostdev": 0,
        "image.clouddev": 0,
    }
    assert {name: facts.fact(name).value for name in expected} == expected
