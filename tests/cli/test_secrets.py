"""A list of names and beginnings of words that a site calls secret: what they stand for is in no output."""

from pathlib import Path

import pytest

from rmccomply.evidence.bundle_write import Section, write_bundle
from tests.cli.running import Program

LINES = (
    "KV_Secret_Of_Ours = tiger-one",
    "sent --salasana tiger-two now",
    "id acme_tiger-three was seen",
    "[x.*] tiger-four",
)
SECRETS = ("tiger-one", "tiger-two", "tiger-three")
LIST = 'names = ["kv_secret_of_ours", "salasana", "[x.+]"]\nprefixes = ["acme_"]\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    text = "\n".join((*LINES, "")).encode()
    sections = [Section("cmd", ("/usr/bin/lssrc", "-a"), text, text), Section("file", ("/etc/services",), text)]
    (tmp_path / "host.rmcc").write_bytes(write_bundle({"host": "acme_tiger-three", "os": "AIX"}, sections))
    (tmp_path / "list.toml").write_text(LIST)
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        "check host.rmcc -o json --show all",
        "check acme_tiger-three host.rmcc",
        "facts host.rmcc",
        "facts host.rmcc -o json",
        "explain RMC-SUB-001 host.rmcc",
        "bundle show host.rmcc",
        "bundle verify host.rmcc",
        "bundle extract host.rmcc /etc/services",
        "bundle extract host.rmcc --to captures",
        "bundle replay host.rmcc replay",
    ],
)
def test_what_it_names_is_in_no_output(words: str, folder: Path, program: Program) -> None:
    plain = program(*words.split())
    before = set(folder.rglob("*"))
    again = words.replace("captures", "captures2").replace("rmcc replay", "rmcc replay2")
    ran = program(*again.split(), "--secrets", "list.toml")
    assert ran.status == plain.status
    written = "".join(path.read_text() for path in folder.rglob("*") if path not in before and path.is_file())
    assert [secret for secret in SECRETS if secret in ran.out + ran.err + written] == []
    kept = "".join(path.read_text() for path in before if path.is_file() and path.suffix not in (".rmcc", ".toml"))
    assert "verify" in words or any(secret in plain.out + plain.err + kept for secret in SECRETS)


def test_it_is_literal_and_of_one_run_alone(folder: Path, program: Program) -> None:
    shown = program("bundle", "extract", "host.rmcc", "/etc/services", "--secrets", "list.toml").out
    assert shown.splitlines() == [
        "KV_Secret_Of_Ours = (redacted)",
        "sent --salasana (redacted)",
        "id (redacted) was seen",
        "[x.*] tiger-four",
    ]
    after = program("bundle", "extract", "host.rmcc", "/etc/services").out.splitlines()
    assert after[1:] == list(LINES[1:])


def test_all_that_is_wrong_with_it_is_told_at_once(folder: Path, program: Program) -> None:
    (folder / "list.toml").write_text('name = ["kv"]\nnames = ["ab", 7, "two words"]\nprefixes = "acme_"\n')
    ran = program("check", "host.rmcc", "--secrets", "list.toml")
    assert (ran.status, ran.out) == (2, "")
    assert [line.removeprefix("rmccomply: error: list.toml (--secrets): ") for line in ran.err.splitlines()] == [
        "'name' is not a known key: use names or prefixes",
        "names: 'ab' has 2 characters, not 3 to 64",
        "names: 7 is not text; write it in quotes",
        "names: 'two words' contains a space or a control character",
        'prefixes is not a list; write prefixes = ["..."]',
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "it is empty"),
        ("names = []", "it is empty"),
        ("names = [", "list.toml (--secrets), line 1: is not valid TOML"),
        ("\0", "is not valid TOML"),
        (f"names = {[f'name{n}' for n in range(201)]}", "names has 201 words, but at most 200 are allowed"),
        (f"# {'x' * 70_000}", "is larger than 65536 bytes"),
        (None, "cannot be read"),
    ],
)
def test_a_list_that_cannot_be_used(text: str | None, says: str, folder: Path, program: Program) -> None:
    (folder / "list.toml").unlink()
    if text is not None:
        (folder / "list.toml").write_text(text)
    ran = program("facts", "host.rmcc", "--secrets", "list.toml")
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err


@pytest.mark.parametrize("words", ["check host.rmcc -o json=list.toml", "facts host.rmcc -o json=list.toml"])
def test_no_report_goes_over_the_list(words: str, folder: Path, program: Program) -> None:
    ran = program(*words.split(), "--secrets", "list.toml")
    assert (ran.status, (folder / "list.toml").read_text()) == (2, LIST)


@pytest.mark.parametrize("command", ["ssh x", "local", "hmc x", "import x"])
def test_collect_takes_it_too(command: str, folder: Path, program: Program) -> None:
    ran = program("collect", *command.split(), "--secrets", "secrets.toml")
    assert (ran.status, "secrets.toml (--secrets): cannot be read" in ran.err) == (2, True)
