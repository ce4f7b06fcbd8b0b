"""Who is asked: targets as they are named, and those of inventories."""

import io
from pathlib import Path

import pytest

from rmccomply.errors import InputError, UsageError
from rmccomply.runs.collect.rows import row_of, row_of_url, rows_of
from rmccomply.runs.collect.run import CollectOptions, Surroundings
from tests.hosts.building import bundle, healthy_aix
from tests.runs.hearing import Heard


def test_a_target_as_ssh_is_asked_for_it() -> None:
    row = row_of("audit@lpar7:2222")
    assert (row.label, row.address, row.user, row.port) == ("lpar7", "lpar7", "audit", 2222)
    with pytest.raises(UsageError, match="'x' is not a port"):
        row_of("lpar7:x")


def test_an_input_of_ssh_says_how_the_collector_is_run() -> None:
    assert row_of_url("ssh://padmin@vios1?access=vios").access == "vios"
    with pytest.raises(UsageError, match="after \\? write access=direct"):
        row_of_url("ssh://vios1?access=root")


def test_standard_input_is_what_was_given(tmp_path: Path) -> None:
    heard = Heard()
    around = Surroundings(heard, io.BytesIO(b"lpar7 addres=x\n"))
    rows = rows_of(["lpar6"], ["-"], tmp_path, CollectOptions(), around)
    assert [row.label for row in rows] == ["lpar6", "lpar7"]
    assert heard.said == [("warn", "-: line 1: 'addres' was taken as a label; did you mean 'address'?")]


def test_a_bundle_of_a_partition_is_no_inventory(tmp_path: Path) -> None:
    (tmp_path / "lpar1.rmcc").write_bytes(bundle(healthy_aix()))
    with pytest.raises(InputError, match="not of a management console"):
        rows_of([], [str(tmp_path / "lpar1.rmcc")], tmp_path, CollectOptions(), Surroundings())
