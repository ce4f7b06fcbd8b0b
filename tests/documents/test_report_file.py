"""A report read from its file, or why not."""

from pathlib import Path

import pytest

from rmccomply.documents.report_file import read_report
from rmccomply.errors import InputError
from rmccomply.runs.check import check
from tests.cli.running import Program
from tests.hosts.building import NOW, bundle, healthy_aix


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.rmcc").write_bytes(bundle(healthy_aix(), "a"))


def test_a_report_comes_with_its_octets(program: Program) -> None:
    program("check", "a.rmcc", "--now", NOW, "-o", "json=r.json", "-o", "sarif=r.sarif", "-o", "jsonl=r.jsonl")
    found = read_report(Path("r.json"))
    assert found.raw == Path("r.json").read_bytes()
    assert len(found.document.findings) == len(check(["a.rmcc"], now=NOW).targets[0].findings)
    for name in ("r.sarif", "r.jsonl", "a.rmcc"):
        with pytest.raises(InputError, match=f"{name}: is not a report in JSON"):
            read_report(Path(name))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"schema":"rmccomply/report/1"}', r"x.json: \$.tool: is missing"),
        ('{"schema":"rmccomply/report/1"', "x.json: is not valid JSON"),
        ('{"schema":"rmccomply/report/9"}', "schema: must be"),
        (None, "x.json: cannot be read: No such file or directory"),
    ],
)
def test_what_is_no_report_is_told(text: str | None, says: str) -> None:
    if text is not None:
        Path("x.json").write_text(text)
    with pytest.raises(InputError, match=says):
        read_report(Path("x.json"))
