"""Editors check and complete policies by the JSON Schema: proved with two language servers for TOML, where they are."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rmccomply.facts.catalogue import FACTS
from rmccomply.policy.find import shipped
from rmccomply.reference.pages import schema_text
from rmccomply.words import SEVERITIES

OWN = """\
#:schema policy.schema.json
schema = 1
id = "our-own"
title = "What we ask besides"
version = "1"
extends = "rmc-core"

[[rules]]
id = "OUR-ID-001"
title = "Both files are there"
severity = "high"
platforms = ["aix"]
check = { kind = "word", fact = "node_id.files", is = ["equal"] }
rationale = "So that nobody has to look."
remediation = "Ask the owner of the partition."
references = [{ title = "Our standard 7" }]
"""


def tool(name: str) -> str:
    """The program, of this environment or of the path; the test is left out where there is none."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.is_file() else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed: it comes with the extra `dev`")
    return found


def linters() -> list[Any]:
    return [
        pytest.param(("tombi", "lint", "--offline"), id="tombi"),
        pytest.param(("taplo", "lint"), id="taplo"),
    ]


def ran(words: tuple[str, ...], path: Path) -> subprocess.CompletedProcess[str]:
    """A linter as an editor runs it: in the folder of the file, without a configuration of ours."""
    command = [tool(words[0]), *words[1:], path.name]
    return subprocess.run(command, capture_output=True, text=True, cwd=path.parent, timeout=60)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A policy of one's own, with the schema that `rmccomply policy schema` prints beside it."""
    (tmp_path / "policy.schema.json").write_text(schema_text("policy"), "utf-8")
    path = tmp_path / "own.toml"
    path.write_text(OWN, "utf-8")
    return path


@pytest.mark.parametrize("words", linters())
@pytest.mark.parametrize("policy", shipped().values(), ids=shipped())
def test_shipped_policies_are_valid(words: tuple[str, ...], policy: Path) -> None:
    done = ran(words, policy)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("words", linters())
def test_a_policy_of_ones_own_is_valid(words: tuple[str, ...], own: Path) -> None:
    done = ran(words, own)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("words", linters())
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('"high"', '"urgent"'),
        ('"node_id.files"', '"node_id.filse"'),
        ('["equal"]', '["equals"]'),
        ('kind = "word"', 'kind = "number"'),
        ("rationale", "rational"),
    ],
)
def test_a_mistake_is_shown_while_it_is_written(words: tuple[str, ...], own: Path, right: str, wrong: str) -> None:
    own.write_text(OWN.replace(right, wrong), "utf-8")
    done = ran(words, own)
    assert done.returncode != 0
    assert "own.toml" in done.stdout + done.stderr


_TRIES = 50
"""The server reads the schema on the side and offers nothing until it has."""


class Server:
    """A language server, spoken to as an editor does."""

    def __init__(self, words: list[str], folder: Path) -> None:
        quiet = {**os.environ, "NO_COLOR": "1"}
        pipe = subprocess.PIPE
        self._running = subprocess.Popen(
            words, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, cwd=folder, env=quiet
        )
        self._number = 0
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        self.tell("initialized", {})

    def tell(self, method: str, params: dict[str, Any], **more: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        assert self._running.stdin is not None
        self._running.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._running.stdin.flush()

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        self._number += 1
        self.tell(method, params, id=self._number)
        return next(message["result"] for message in self._messages() if message.get("id") == self._number)

    def _messages(self) -> Iterator[dict[str, Any]]:
        """What the server says; what it asks of the editor is answered with nothing."""
        assert self._running.stdout is not None
        while head := self._running.stdout.readline():
            if not head.lower().startswith(b"content-length"):
                continue
            while self._running.stdout.readline().strip():
                pass
            message = json.loads(self._running.stdout.read(int(head.split(b":")[1])))
            if "method" in message and "id" in message:
                self._reply(message["id"])
            else:
                yield message

    def _reply(self, number: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", "id": number, "result": None}).encode()
        assert self._running.stdin is not None
        self._running.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._running.stdin.flush()

    def close(self) -> None:
        self._running.kill()
        self._running.communicate()


def completed(folder: Path, text: str) -> set[str]:
    """What an editor offers where the text has `<>`."""
    before, _, after = text.partition("<>")
    path = folder / "own.toml"
    path.write_text(before + after, "utf-8")
    server = Server([tool("tombi"), "lsp"], folder)
    try:
        item = {"uri": path.as_uri(), "languageId": "toml", "version": 1, "text": before + after}
        server.tell("textDocument/didOpen", {"textDocument": item})
        place = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        asked = {"textDocument": {"uri": path.as_uri()}, "position": place}
        for _ in range(_TRIES):
            found = server.ask("textDocument/completion", asked)
            items = found["items"] if isinstance(found, dict) else found or []
            if items:
                break
            time.sleep(0.2)
    finally:
        server.close()
    return {str(one["label"]).strip('"') for one in items}


def test_an_editor_completes_severities(own: Path) -> None:
    assert set(SEVERITIES) <= completed(own.parent, OWN.replace('"high"', "<>"))


def test_an_editor_completes_the_facts_of_a_kind_of_check(own: Path) -> None:
    offered = completed(own.parent, OWN.replace('"node_id.files"', "<>"))
    assert offered >= {name for name, line in FACTS.items() if line.type == "word"}


def test_an_editor_completes_keys(own: Path) -> None:
    assert "remediation_unclustered" in completed(own.parent, OWN.replace("references", "<>\nreferences"))
