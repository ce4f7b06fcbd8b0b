"""Against: other images and systems, named by a bundle, a facts document, captures or a folder of them."""

import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from rmccomply.errors import UsageError
from rmccomply.facts import gather
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Fact, known
from rmccomply.finding import Finding
from rmccomply.inputs.loaded import Loaded
from rmccomply.inputs.read import load_inputs
from rmccomply.report import Closing
from rmccomply.runs.against import others_of
from rmccomply.runs.check import check, check_each
from rmccomply.runs.explain import explain
from rmccomply.runs.facts import document_line
from tests.cli.running import Program
from tests.hosts.building import NOW, bundle, command, file, replaced
from tests.hosts.consoles import whole_aix

RULE, OTHER = "RMC-IMG-006", "00c0ffee00c0ffee"
PATHS = ("/etc/ct_node_id", "/var/ct/cfg/ct_node_id")
derivation = gather._derivation


def without_reset(name: str) -> Callable[[Facts], Fact]:
    """As where nothing renews the node ID, whatever a partition in use answers of it."""
    return (lambda _: known(name, "none", "Nothing renews it.")) if name == "image.reset" else derivation(name)


def held(value: str, name: str) -> bytes:
    others = (*(file(path, f"{value}\n") for path in PATHS), command("lsnodeid", f"{value}\n"))
    return bundle(replaced(whole_aix(), *others), name)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(gather, "_derivation", without_reset)
    (tmp_path / "others").mkdir()
    (tmp_path / "image.rmcc").write_bytes(bundle(whole_aix(), "image"))
    (tmp_path / "others" / "source.rmcc").write_bytes(bundle(whole_aix(), "source"))
    (tmp_path / "others" / "apart.rmcc").write_bytes(held(OTHER, "apart"))
    return tmp_path


def found(*against: str, inputs: tuple[str, ...] = ("image.rmcc",)) -> list[Finding]:
    run = check(inputs, ["image-gate"], now=NOW, select=[RULE], against=against)
    return [one for each in run.targets for one in each.findings]


def told(*against: str) -> list[tuple[str, str]]:
    return [(one.result, one.subject) for one in found(*against)]


def document(path: str) -> str:
    (loaded,) = [item for item in load_inputs([path], Path()) if isinstance(item, Loaded)]
    return document_line(loaded, "")


def test_without_the_option_the_rule_does_not_apply_and_says_so() -> None:
    (one,) = found()
    assert one.result == "not_applicable"
    assert "--against" in one.message


def test_a_bundle_a_facts_document_captures_and_a_folder_are_others(folder: Path) -> None:
    assert told("others/apart.rmcc") == [("pass", "")]
    assert told("others/source.rmcc") == [("fail", "source")]
    assert told("others") == [("fail", "source")]
    (folder / "source.json").write_text(document("others/source.rmcc"))
    assert told("source.json", "others/apart.rmcc") == [("fail", "source")]
    (folder / "host7").mkdir()
    (folder / "host7" / "lssrc-a.txt").write_text("Subsystem Group PID Status\n ctrmc rsct 5 active\n")
    (folder / "host7" / "etc_ct_node_id").write_text("9f684c509e74d650\n")
    assert [one.label for one in others_of(["host7"], Path())] == ["host7"]


def test_a_fail_names_the_other_one_and_cites_a_line_of_each() -> None:
    (one,) = found("others")
    assert "source (others/source.rmcc)" not in one.message
    assert "the node ID of source too" in one.message
    assert {place.uri for place in one.evidence} == {"image.rmcc", "others/source.rmcc"}


def test_the_image_itself_by_another_name_is_no_other_one(folder: Path) -> None:
    os.link(folder / "image.rmcc", folder / "others" / "copy.rmcc")
    (alone,) = found("others/copy.rmcc")
    assert (alone.result, "others/copy.rmcc" in alone.message) == ("not_applicable", True)
    (one,) = found("others/copy.rmcc", "others/apart.rmcc")
    assert one.result == "pass"
    assert [note for note in one.notes if "others/copy.rmcc" in note]


def test_two_images_in_one_run_are_each_compared() -> None:
    both = check(("image.rmcc", "others/apart.rmcc"), ["image-gate"], now=NOW, select=[RULE], against=["others"])
    assert [(each.target.id, one.result) for each in both.targets for one in each.findings] == [
        ("image", "fail"),
        ("apart", "pass"),
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bare.rmcc", bundle([item for item in whole_aix() if item.request not in (*PATHS, "lsnodeid")], "bare")),
        ("cut.rmcc", bundle(whole_aix(), "cut")[:400]),
        ("odd.rmcc", held("0", "odd")),
        ("lost.rmcc", b"what was here is gone\n"),
    ],
)
def test_one_whose_node_id_cannot_be_read_leaves_it_undecided_and_is_named(
    folder: Path, name: str, content: bytes
) -> None:
    (folder / "more").mkdir()
    (folder / "more" / name).write_bytes(content)
    (one,) = found("others/apart.rmcc", "more")
    assert one.result == "unknown"
    assert f"more/{name}" in one.message
    assert "--against" in one.verdict.advice
    assert told("others", "more") == [("fail", "source")]


@pytest.mark.parametrize(
    ("against", "says"),
    [
        ("gone.rmcc", "--against gone.rmcc: no such file or folder"),
        ("empty", "--against empty: holds no evidence"),
        ("notes", "--against notes: holds no evidence"),
        ("notes/a.txt", "--against notes/a.txt: was not recognized"),
        ("-", "--against -: standard input"),
        ("", "--against an input has an empty name"),
    ],
)
def test_what_cannot_be_used_ends_the_run_before_it_judges(folder: Path, against: str, says: str) -> None:
    (folder / "empty").mkdir()
    (folder / "notes").mkdir()
    (folder / "notes" / "a.txt").write_text("nothing\n")
    for run in (check, check_each):
        with pytest.raises(UsageError, match=f"^{says}"):
            run(["image.rmcc"], ["image-gate"], now=NOW, against=[against])


def test_a_run_tells_what_it_compared_with() -> None:
    run = check(["image.rmcc"], ["image-gate"], now=NOW, against=["others/source.rmcc", "others"]).run
    (card,) = [one for one in run.settings if one.name == "against"]
    assert (card.value, card.origin) == ("source.rmcc, others", "argument")
    assert [one.value for one in run.settings if one.name == "image-gate.images"] == ["yes"]


def test_processes_compare_as_one_does() -> None:
    def closing(executor: ProcessPoolExecutor | None) -> Iterator[object]:
        for event in check_each(["image.rmcc"], ["image-gate"], now=NOW, executor=executor, against=["others"]):
            yield event.run_id if isinstance(event, Closing) else event

    with ProcessPoolExecutor(1) as pool:
        assert list(closing(pool)) == list(closing(None))


def test_the_commands_take_it_and_no_report_goes_over_it(program: Program) -> None:
    ran = program("check", "image.rmcc", "-p", "image-gate", "--against", "others", "--select", RULE, "-o", "json")
    (one,) = json.loads(ran.out)["findings"]
    assert (one["result"], one["subject"]) == ("fail", "source")
    over = program("check", "image.rmcc", "--against", "others", "-o", "json=others/apart.rmcc")
    assert (over.status, "never replaces" in over.err) == (2, True)
    why = program("explain", RULE, "image.rmcc", "-p", "image-gate", "--against", "others")
    assert "source" in why.out
    assert why.out == explain("image.rmcc", RULE, ["image-gate"], NOW, against=["others"]).text
