"""Examples of a rule for its page: answers with which it passes, and with which it fails.

They stand in `docs/rule-examples.toml`, beside the pages that show them: the installed program does not need them, but
whoever writes the pages from a checkout has them, and the tests judge by every one of them.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import tomli

from rmccomply import data

FILE: Final = "rule-examples.toml"


@cache
def examples() -> Mapping[str, Mapping[str, Any]]:
    """Rule to its examples, `pass` and `fail`; empty where there is no checkout."""
    path = data.folder("docs") / FILE
    return tomli.loads(path.read_text("utf-8")) if path.is_file() else {}


def example_lines(rule: str) -> Iterator[str]:
    """The part of a rule's page that shows them."""
    found = examples().get(rule)
    if found is None:
        return
    yield from ("## Examples", "")
    for result, lead in (("pass", "It passes with"), ("fail", "It fails with")):
        yield from _example(found[result], lead)


def _example(one: Mapping[str, Any], lead: str) -> Iterator[str]:
    yield from (f"{lead} this{_where(one)}:", "")
    for answer in one["answers"]:
        lines = answer["text"].rstrip("\n").split("\n")
        yield from ("```text", f"$ {_asked(answer['request'])}", *lines, "```", "")
    yield from (f"> {one['says']}", "")


def _asked(request: str) -> str:
    return f"cat {request}" if request.startswith("/") else request


def _where(one: Mapping[str, Any]) -> str:
    told = [f"{name} = {value}" for name, value in one.get("parameters", {}).items()]
    platform = {"linux": "on Linux"}.get(one.get("platform", ""), "")
    return "".join(f", {part}" for part in (platform, *told) if part)
