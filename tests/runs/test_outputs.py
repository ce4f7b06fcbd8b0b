"""A report never replaces evidence, by whatever name either is called."""

import gzip
from pathlib import Path

import pytest

from rmccomply.errors import UsageError
from rmccomply.runs.outputs import refuse_evidence
from tests.cli.running import Program
from tests.hosts.building import bundle, healthy_aix

DATA = bundle(healthy_aix())


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundle by four names, a folder of captures, an unpacked archive, and earlier reports."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fleet").mkdir()
    (tmp_path / "fleet" / "b.rmcc").write_bytes(DATA)
    (tmp_path / "fleet" / "report.json").write_text('{"schema": "rmccomply/report/1"}')
    (tmp_path / "fleet" / "facts.ndjson").write_text('{"schema": "rmccomply/facts/1"}')
    (tmp_path / "link.rmcc").symlink_to("fleet/b.rmcc")
    (tmp_path / "hard.rmcc").hardlink_to(tmp_path / "fleet" / "b.rmcc")
    (tmp_path / "b.rmcc.gz").write_bytes(gzip.compress(DATA))
    (tmp_path / "captures").mkdir()
    for name in ("lssrc-a.txt", "mine.log", "report.txt", "target.toml"):
        (tmp_path / "captures" / name).write_text(
            '[requests]\n"mine.log" = ["lspv"]\n' if name == "target.toml" else "x"
        )
    return tmp_path


@pytest.mark.parametrize(
    ("output", "source"),
    [
        ("fleet/b.rmcc", "fleet/b.rmcc"),
        ("fleet/b.rmcc", "fleet"),
        ("fleet/b.rmcc", "captures"),
        ("link.rmcc", "fleet/b.rmcc"),
        ("hard.rmcc", "fleet"),
        ("b.rmcc.gz", "fleet"),
        ("fleet/facts.ndjson", "fleet"),
        ("captures/lssrc-a.txt", "captures"),
        ("captures/mine.log", "captures"),
        ("captures/target.toml", "captures"),
        ("captures/report.txt", "captures/report.txt"),
    ],
)
def test_evidence_is_not_replaced(output: str, source: str) -> None:
    before = Path(output).read_bytes()
    with pytest.raises(UsageError, match="never replaces"):
        refuse_evidence([output], [source])
    assert Path(output).read_bytes() == before


@pytest.mark.parametrize(
    ("output", "source"),
    [
        (None, "fleet"),
        ("-", "fleet"),
        ("fleet/new.json", "fleet"),
        ("fleet/report.json", "fleet"),
        ("fleet/facts.ndjson", "fleet/b.rmcc"),
        ("captures/report.txt", "captures"),
        ("/dev/null", "fleet"),
    ],
)
def test_any_other_file_may_be_written(output: str | None, source: str) -> None:
    refuse_evidence([output], [source])


@pytest.mark.parametrize("command", ["check", "facts"])
def test_the_commands_refuse_it_with_one_sentence(command: str, program: Program) -> None:
    ran = program(command, "fleet/b.rmcc", "-o", "json=hard.rmcc")
    assert ran.status == 2
    assert ran.err.count("\n") == 1
    assert "name another file" in ran.err
    assert Path("hard.rmcc").read_bytes() == DATA
