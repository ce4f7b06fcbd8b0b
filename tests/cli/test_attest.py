"""`attest` as a release manager has it: an image, its report, a statement; and a year later whether it holds."""

import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest

from tests.attest.test_ssh_keygen import key, signers
from tests.cli.running import Program, Ran
from tests.hosts.building import NOW, bundle, file, replaced
from tests.hosts.consoles import whole_aix
from tests.hosts.story_answers import OTHER_ID

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
CREATE = ("attest", "create", "r.json", "--image", "aix73.raw", "-o", "s.json")
VERIFY = ("attest", "verify", "s.json", "--image", "aix73.raw", "--report", "r.json", "--allowed-signers", "signers")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Program) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.rmcc").write_bytes(bundle(whole_aix(), "a"))
    Path("aix73.raw").write_bytes(b"an image\n" * 300_000)
    signers(tmp_path, key(tmp_path))
    checked(program)
    return tmp_path


def checked(program: Program, *more: str, name: str = "a.rmcc") -> None:
    program("check", name, "--now", NOW, "-o", "json=r.json", *more)


def broken() -> None:
    evidence = replaced(whole_aix(), file("/etc/ct_node_id", f"{OTHER_ID}\n"))
    Path("a.rmcc").write_bytes(bundle(evidence, "a"))


def observed(digest: str | None = None) -> None:
    """Let the report say that the root was mounted from the image."""
    mine = digest or hashlib.sha256(Path("aix73.raw").read_bytes()).hexdigest()
    text = Path("r.json").read_text()
    unseen = '"image":{"mode":"running","sha256":null}'
    assert unseen in text
    Path("r.json").write_text(text.replace(unseen, f'"image":{{"mode":"mounted_root","sha256":"{mine}"}}'))


def made(program: Program, *more: str) -> Ran:
    ran = program(*CREATE, "--sign", "key", *more)
    assert (ran.status, ran.err) == (0, "")
    return ran


def refused(program: Program, *more: str) -> str:
    ran = program(*VERIFY, *more)
    assert (ran.status, ran.out) == (1, "")
    (line,) = ran.err.splitlines()
    assert line.startswith("rmccomply: error: refused: ")
    return line


def test_an_image_that_passed_verifies(program: Program) -> None:
    assert made(program).out == "s.json: aix73.raw PASSED (asserted, signed in s.json.sig)\n"
    ran = program(*VERIFY)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"verified: aix73.raw PASSED on {NOW} (asserted), signed by key@example.com\n"


def test_the_same_report_and_image_give_the_same_octets(program: Program) -> None:
    made(program)
    first, signature = Path("s.json").read_bytes(), Path("s.json.sig").read_bytes()
    made(program)
    assert (Path("s.json").read_bytes(), Path("s.json.sig").read_bytes()) == (first, signature)


@pytest.mark.parametrize("name", ["aix73.raw", "r.json", "s.json", "s.json.sig"])
@pytest.mark.parametrize("at", [0, 77, -1])
def test_any_octet_changed_is_refused(program: Program, name: str, at: int) -> None:
    made(program)
    raw = bytearray(Path(name).read_bytes())
    raw[at] ^= 1
    Path(name).write_bytes(raw)
    assert name in refused(program)


@pytest.mark.parametrize("name", ["aix73.raw", "r.json", "s.json", "s.json.sig"])
def test_an_octet_more_is_refused(program: Program, name: str) -> None:
    made(program)
    with Path(name).open("ab") as end:
        end.write(b"\n")
    refused(program)


def test_a_policy_that_is_another_is_refused(program: Program) -> None:
    head = 'schema = 1\nid = "ours"\ntitle = "Ours"\nversion = "1"\nextends = "rmc-core"\n'
    Path("ours.toml").write_text(head)
    checked(program, "-p", "ours.toml")
    made(program)
    assert program(*VERIFY, "--policy", "ours.toml").status == 0
    Path("ours.toml").write_text(head.replace("Ours", "ours"))
    assert "ours.toml is not a policy of the statement: its SHA-256 is " in refused(program, "--policy", "ours.toml")


def test_what_was_observed_may_be_required(program: Program) -> None:
    made(program)
    assert "is asserted, and was not observed" in refused(program, "--require", "observed")
    observed()
    assert "PASSED (observed, signed" in made(program).out
    ran = program(*VERIFY, "--require", "observed", "--require", "passed")
    assert (ran.status, "PASSED on" in ran.out, "(observed)" in ran.out) == (0, True, True)


def test_a_report_of_another_image_makes_no_statement(program: Program) -> None:
    observed("b" * 64)
    ran = program(*CREATE)
    assert (ran.status, Path("s.json").exists()) == (2, False)
    assert "the report is of another image file" in ran.err


@pytest.mark.parametrize("options", [("--fail-on", "never"), ("--exit-zero",), ("--fail-on", "never", "--exit-zero")])
def test_an_image_that_failed_is_stated_so_whatever_the_options(program: Program, options: tuple[str, ...]) -> None:
    broken()
    checked(program, *options)
    assert "aix73.raw FAILED (asserted, signed in s.json.sig): 1 check above info fails" in made(program).out
    said = refused(program)
    assert "the statement is genuine, but says FAILED: 1 check above info fails" in said


@pytest.mark.parametrize("options", [("--select", "RMC-SUB"), ("--ignore", "RMC-ID-001")])
def test_a_selection_is_no_pass(program: Program, options: tuple[str, ...]) -> None:
    checked(program, *options)
    assert "FAILED" in made(program).out


def test_damage_is_no_pass(program: Program) -> None:
    raw = Path("a.rmcc").read_bytes()
    Path("a.rmcc").write_bytes(raw[:-40])
    checked(program, "--exit-zero", "--on-unknown", "report")
    assert "an input is damaged" in made(program).out


def test_what_a_baseline_covers_is_warned_of(program: Program) -> None:
    broken()
    checked(program)
    program("baseline", "write", "r.json", "-o", "b.jsonl")
    checked(program, "--baseline", "b.jsonl")
    assert "aix73.raw WARNED (asserted, signed in s.json.sig): a fail was known from a baseline" in made(program).out
    assert program(*VERIFY).status == 0
    assert "the statement is genuine, but says WARNED" in refused(program, "--require", "passed")
    digest = hashlib.sha256(Path("b.jsonl").read_bytes()).hexdigest()
    described = json.loads(Path("s.json").read_text())["predicate"]["configuration"]
    assert [one["digest"]["sha256"] for one in described if one["name"] == "baseline"] == [digest]


@pytest.mark.parametrize("beside", ["aix73.raw.sha256", "aix73.sha256"])
def test_a_checksum_beside_the_image_must_be_its_own(program: Program, beside: str) -> None:
    digest = hashlib.sha256(Path("aix73.raw").read_bytes()).hexdigest()
    Path(beside).write_text(f"{digest}  aix73.raw\n")
    made(program)
    Path(beside).write_text(f"{'0' * 64}  aix73.raw\n")
    ran = program(*CREATE)
    assert ran.status == 2
    assert f"{beside}: has {'0' * 64} for aix73.raw, whose SHA-256 is {digest}" in ran.err
    Path(beside).write_text(f"{digest}\n")
    assert program(*CREATE).status == 2
    Path(beside).write_text(f"{digest}  other.raw\n")
    assert program(*CREATE).status == (2 if beside == "aix73.raw.sha256" else 0)


def test_a_statement_without_a_signature_is_refused(program: Program) -> None:
    assert program(*CREATE).out == "s.json: aix73.raw PASSED (asserted, not signed)\n"
    assert "s.json is not signed: s.json.sig is missing" in refused(program)


def test_a_signer_who_is_not_allowed_is_refused(program: Program, folder: Path) -> None:
    made(program)
    signers(folder, key(folder, "other"))
    assert "the signature s.json.sig is by a key that signers does not name" in refused(program)


def test_a_signed_text_that_is_no_statement_is_refused(program: Program) -> None:
    from rmccomply.attest.ssh_keygen import sign

    for text in (b"x", b"{}", b'{"_type":"https://in-toto.io/Statement/v1"}'):
        Path("s.json").write_bytes(text)
        Path("s.json.sig").write_bytes(sign(text, Path("key")))
        assert "s.json is not" in refused(program)


def test_a_signed_statement_that_the_report_does_not_bear_out_is_refused(program: Program) -> None:
    from rmccomply.attest.ssh_keygen import sign

    made(program)
    good = Path("s.json").read_text()
    for old, new, says in (
        ('"PASSED"', '"WARNED"', "the statement says WARNED, and by the report it is PASSED"),
        ('"asserted"', '"observed"', "the statement says observed, and by the report it is asserted"),
        (NOW, NOW.replace("2026", "2027"), "the statement says judged on 2027"),
        ('"policy/rmc-core"', '"policy/other"', "the policies of the statement are not those of the report"),
    ):
        text = good.replace(old, new)
        assert text != good
        Path("s.json").write_text(text)
        Path("s.json.sig").write_bytes(sign(text.encode(), Path("key")))
        assert says in refused(program)


@pytest.mark.parametrize(
    "arguments",
    [
        (*CREATE[:5], "-o", "a.rmcc"),
        (*CREATE[:5], "-o", "r.json"),
        (*CREATE[:5], "-o", "aix73.raw"),
        (*CREATE[:5], "-o", "nowhere/s.json"),
        ("attest", "create", "a.rmcc", *CREATE[3:]),
        (*CREATE[:3], "--image", "gone.raw", "-o", "s.json"),
        (*CREATE[:3], "--image", ".", "-o", "s.json"),
        (*CREATE, "--sign", "gone"),
        (*CREATE, "--sign", "a.rmcc"),
        CREATE[:3],
        ("attest", "verify", "gone.json", *VERIFY[3:]),
        (*VERIFY[:5], "--report", "gone.json", *VERIFY[7:]),
        (*VERIFY[:3], "--image", "gone.raw", *VERIFY[5:]),
        (*VERIFY[:-1], "gone"),
        (*VERIFY, "--require", "certain"),
        (*VERIFY, "--policy", "gone.toml"),
        VERIFY[:5],
    ],
)
def test_what_cannot_be_used_is_told_and_ends_with_2(program: Program, arguments: tuple[str, ...]) -> None:
    if arguments[1] == "verify":
        made(program)
    before = {one.name: one.read_bytes() for one in Path().iterdir() if one.is_file()}
    ran = program(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err
    assert {one.name: one.read_bytes() for one in Path().iterdir() if one.is_file()} == before


def test_an_image_is_read_in_pieces(program: Program) -> None:
    """A file of 256 MiB that is nearly all holes does not come into memory whole."""
    import resource

    os.truncate("aix73.raw", 256 * 1024**2)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    made(program)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024


def test_a_folder_is_no_image_and_no_statement(program: Program, tmp_path: Path) -> None:
    report = tmp_path / "r.json"
    program("check", "examples/aurora-db1.rmcc", "-q", "-o", f"json={report}")
    image = program("attest", "create", str(report), "--image", ".", "-o", str(tmp_path / "s"))
    output = program("attest", "create", str(report), "--image", str(report), "-o", ".")
    assert (image.status, ".: cannot be read: " in image.err) == (2, True)
    assert (output.status, ".: is a folder: name a file" in output.err) == (2, True)
