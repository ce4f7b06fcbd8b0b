"""Each target takes octets as one kind of file that comes from outside, and raises where a promise is broken.

Whatever the octets are, reading them ends in findings, notifications or an error that an operator can mend. Bounds on
time and memory are the fuzzer's, and hold for a single input.
"""

import io
import json
import os
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Final

from rmccomply import formats
from rmccomply.assess import assess, policy_cards, rule_cards
from rmccomply.collect.inventory import read_inventory
from rmccomply.errors import InputError, RmccomplyError
from rmccomply.evaluate import CompiledRule, compile_rules
from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.model import Kind
from rmccomply.inputs.read import InputItem, Loaded, load_inputs
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, choose
from rmccomply.reasoning.lint import lint
from rmccomply.report import Closing, Run, Style
from rmccomply.words import FORMATS, RESULTS
from tests.evidence.damage import ANSWERS, HEAD
from tests.hosts.building import NOW, THEN

Target = Callable[[bytes], None]
SUMMARY: Final = Closing(dict.fromkeys(RESULTS, 0), 1, 0)


@cache
def _rules() -> tuple[Run, tuple[CompiledRule, ...]]:
    policies, chosen = choose([load("powervs-import")], Choice())
    return Run("0", NOW, policy_cards(policies), rule_cards(chosen)), compile_rules(chosen, NOW)


def evidence(octets: bytes) -> None:
    """A bundle, an archive or facts documents on standard input: judged, and written in every format."""
    _judged(load_inputs(("-",), Path.cwd(), io.BytesIO(octets)))


def answers(octets: bytes) -> None:
    """A bundle of one answer: the first octet names the request, the second is the exit status, the rest the output."""
    kind, argv = requests()[octets[0] % len(requests())] if octets else requests()[0]
    section = Section(kind, argv, octets[2:], exit_status=octets[1] % 3 if octets[1:] else 0, begun=THEN, ended=THEN)
    evidence(write_bundle(HEAD, [section], THEN))


@cache
def requests() -> tuple[tuple[Kind, tuple[str, ...]], ...]:
    """A request of every source, as its samples have it."""
    return tuple((sections[0].kind, sections[0].argv) for sections in ANSWERS.values())


def captures(octets: bytes) -> None:
    """A folder of captures: what stands before the first NUL is its target.toml, the rest an answer of `lssrc -a`."""
    with tempfile.TemporaryDirectory() as folder:
        target, _, answer = octets.partition(b"\0")
        Path(folder, "target.toml").write_bytes(target)
        Path(folder, "lssrc-a.txt").write_bytes(answer)
        _judged(load_inputs((folder,), Path(folder)))


def policy(octets: bytes) -> None:
    """A policy file: loaded and looked through for doubts, or refused with its faults."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "fuzzed.toml")
        path.write_bytes(octets)
        try:
            lint(os.fspath(path))
        except RmccomplyError as error:
            str(error).encode()


def inventory(octets: bytes) -> None:
    """An inventory in any of its forms, or an error that says where it is none."""
    try:
        read_inventory(octets, "-")
    except InputError as error:
        str(error).encode()


def _judged(items: Iterable[InputItem]) -> None:
    header, rules = _rules()
    for item in items:
        if not isinstance(item, Loaded):
            str(item).encode("utf-8", "surrogateescape")
            continue
        assessed = assess(item, rules)
        for name in FORMATS:
            frame = formats.Frame(header, Style(False, 100, "all"))
            text = formats.write_whole(name, frame, (assessed,), SUMMARY)
            text.encode()
            if name in ("json", "sarif"):
                json.loads(text)


TARGETS: Final[dict[str, Target]] = {
    "evidence": evidence,
    "answers": answers,
    "captures": captures,
    "policy": policy,
    "inventory": inventory,
}
