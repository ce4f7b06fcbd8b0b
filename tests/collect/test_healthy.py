"""Healthy hosts of every kind through the collector's own defaults: the bundle that comes says what the host says."""

from pathlib import Path

import pytest

from rmccomply.collect.replay import write_replay
from rmccomply.evidence.bundle import read_bundle
from tests.collect.running import collect, sound
from tests.hosts.healthy import HEALTHY
from tests.hosts.whole import bundle_of
from tests.test_generations import judged, results

REPLAYED = (
    *(
        "aix-6.1",
        "aix-7.2-hmc-and-novalink",
        "aix-7.3-ip-filter",
        "aix-7.1-powerha",
        "vios-2.2-two-hmcs",
        "vios-4.1-ssp",
    ),
    *("rhel-7-iptables", "rhel-8-nft", "rhel-10-in-band", "sles-12-samp", "sles-15-powervs", "ubuntu-24.04-ufw"),
)
"""One for each system, management, cluster and packet filter: a run of the collector costs a second."""


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", REPLAYED)
def test_a_healthy_host_that_is_collected_says_what_it_is(name: str, tmp_path: Path) -> None:
    kind = HEALTHY[name]
    data = bundle_of(kind.host, kind.packet_filter)
    original = read_bundle(data, "host.rmcc")
    write_replay(original, data, tmp_path / "host")
    run = collect(tmp_path / "run", "--replay", str(tmp_path / "host"))
    assert (run.status, run.errors) == (0, "")
    sound(run, [note.text for note in run.bundle.notifications if "replays another bundle" in note.text])
    before, after = (
        {item.request: (item.state, item.exit_status) for item in one.evidence} for one in (original, run.bundle)
    )
    assert before.items() <= after.items()
    assert {state for request, (state, _) in after.items() if request not in before} <= {"absent"}
    assert results(judged(run.bundle.evidence, run.bundle.platform or "")) == results(
        judged(original.evidence, original.platform or "")
    )


def test_every_axis_is_replayed() -> None:
    names = " ".join(REPLAYED)
    for word in (
        "aix",
        "vios",
        "rhel",
        "sles",
        "ubuntu",
        "novalink",
        "powervs",
        "in-band",
        "powerha",
        "ssp",
        "samp",
        "two-hmcs",
    ):
        assert word in names
    filters = {HEALTHY[name].packet_filter for name in REPLAYED}
    assert {"none", "nft", "iptables", "ufw", "firewalld"} <= filters
