"""What cloud-init left of the build host."""

import pytest

from rmccomply.evidence.model import Damage
from tests.hosts.building import facts
from tests.hosts.roots import Root, aix, linux

STATE = "/var/lib/cloud"


def value(built: Root) -> object:
    return facts(*built.evidence(), platform="aix" if built.aix else "linux").fact("image.cloud_state").value


@pytest.mark.parametrize(
    ("built", "expected"),
    [
        (linux(), "clean"),
        (linux().lacking(STATE), "clean"),
        (linux().having({f"{STATE}/instances/i-1/obj.pkl": "", f"{STATE}/instances/i-2/x": ""}), "left"),
        (linux().linking({f"{STATE}/instance": f"{STATE}/instances/i-1"}), "left"),
        (linux().having({f"{STATE}/seed/nocloud/meta-data": "", f"{STATE}/sem/x.once": ""}), "clean"),
        (Root(linux().files, linux().links, (f"{STATE}/instances",)), "clean"),
        (aix(), "clean"),
        (aix().having({"/opt/freeware/var/lib/cloud/instances/i-1/x": ""}), "left"),
    ],
)
def test_states(built: Root, expected: str) -> None:
    assert value(built) == expected


def test_a_listing_that_is_lost_or_closed_tells_nothing() -> None:
    whole = linux().evidence()
    at = next(at for at, one in enumerate(whole) if one.request == f"ls -lR {STATE}")
    for evidence in ([*whole[:at], *whole[at + 1 :]], [whole[at]._replace(damage=Damage("denied", "closed"))]):
        fact = facts(*evidence, platform="linux").fact("image.cloud_state")
        assert (fact.state, fact.settle) == ("unknown", f"ls -lR {STATE}")


def test_the_instance_is_named() -> None:
    built = linux().having({f"{STATE}/instances/i-0001/obj.pkl": ""})
    fact = facts(*built.evidence(), platform="linux").fact("image.cloud_state")
    assert fact.says == f"The instance i-0001 is left below {STATE}/instances."
    assert fact.evidence[0].text.endswith(" i-0001")
