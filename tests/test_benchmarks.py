"""The benchmarks measure what they say: a smoke test, since their numbers belong to a machine."""

import ast
import json

import pytest

from benchmarks import formats, policy_tests, startup, terms, throughput, waivers


def options(source: str) -> list[str]:
    """The parameters of the function `check` in a program."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    (function,) = [node for node in functions if node.name == "check"]
    return [argument.arg for argument in function.args.args]


def test_the_floor_has_the_options_of_check_and_no_body() -> None:
    from rmccomply.cli.check import check

    source = startup.floor_source()
    assert options(source) == [name for name in check.__annotations__ if name != "return"]
    assert "rmccomply check" not in source
    assert "import rmccomply" not in source


@pytest.mark.exhaustive
def test_startup_measures_both_pairs(capsys: pytest.CaptureFixture[str]) -> None:
    startup.main(1)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["check", "--version"]
    assert all(" ratio " in line for line in lines)


def test_the_floor_of_throughput_is_as_large_as_the_fleet(monkeypatch: pytest.MonkeyPatch) -> None:
    text = throughput.objects(100_000)
    assert 100_000 <= len(text) < 101_000
    assert isinstance(json.loads(text)[0], dict)


@pytest.mark.exhaustive
def test_throughput_measures(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(throughput, "TARGETS", 20)
    monkeypatch.setattr(throughput, "ROUNDS", 1)
    throughput.main(profile=False)
    lines = capfd.readouterr().out.splitlines()
    figures = ["check", "json.loads", "ratio"]
    assert [line.split()[0] for line in lines] == ["healthy", *figures, "as", *figures, "as", *figures, "peak"]


def test_policies_are_tested_within_their_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert policy_tests.main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[-1:]] == ["all"]
    assert len(lines) > 2
    assert all("none unnoticed" in line for line in lines[:-1])


@pytest.mark.exhaustive
def test_waivers_are_measured(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    for name, value in (("HOSTS", 3), ("RULES", 4), ("WAIVERS", 8), ("ROUNDS", 1)):
        monkeypatch.setattr(waivers, name, value)
    waivers.main()
    lines = capfd.readouterr().out.splitlines()
    names = [line.partition(":")[0] for line in lines]
    assert names[0] == "single hosts"
    assert names[-1] == "globs"
    assert all(" ratio " in line for line in lines)


@pytest.mark.exhaustive
def test_terms_measures(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(terms, "TARGETS", 10)
    monkeypatch.setattr(terms, "ROUNDS", 1)
    terms.main()
    lines = capfd.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["10", "ratio", "peak"]


def test_formats_measure_each_pair(capsys: pytest.CaptureFixture[str]) -> None:
    formats.main(1, 2)
    lines = capsys.readouterr().out.splitlines()
    pairs = [name for name, _ in (*formats.PAIRS, *formats.OTHERS)]
    assert [line.split()[0] for line in lines] == ["all", *pairs, "as", *pairs]
