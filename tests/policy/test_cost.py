"""What it costs to refuse a policy, or to lint one, grows as the policy does: twice as large, twice the time."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from rmccomply.errors import PolicyError
from rmccomply.reasoning.lint import lint
from tests.policy.writing import SOUND

MOST: float = 2.5
MANY = 400
RULE = SOUND["rules"][1]
PARAMETERS = SOUND["parameters"]


def rules(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{**RULE, "id": f"MY-X{number}-001", **more} for number in range(count)]


def own(**more: Any) -> dict[str, Any]:
    return {**SOUND, **more}


def extending(**more: Any) -> dict[str, Any]:
    return {"schema": 1, "id": "mine", "title": "Mine", "version": "1", "extends": "rmc-core", **more}


def named(count: int, value: Any) -> dict[str, Any]:
    return {f"name{number}": value for number in range(count)}


def compared(below: str) -> dict[str, Any]:
    return {"kind": "number", "fact": "var_ct.used_percent", "below": below}


def profile(count: int) -> dict[str, Any]:
    return {"p": {"title": "P", "select": [f"MY-Y{number}-001" for number in range(count)]}}


def apart(count: int) -> dict[str, Any]:
    return {f"p{number}": {"title": "P", "select": [f"MY-X{number}"]} for number in range(count)}


POLICIES: dict[str, Callable[[int], dict[str, Any]]] = {
    "severities": lambda count: own(rules=rules(count, severity="urgent")),
    "keys": lambda count: own(rules=rules(count, colour="red")),
    "kinds": lambda count: own(rules=rules(count, check={"kind": "numbr"})),
    "unknown parameters": lambda count: own(
        parameters={**PARAMETERS, **named(count, {"type": "number", "doc": "N"})},
        rules=rules(count, check=compared("$ful")),
    ),
    "one id": lambda count: own(rules=[RULE] * count),
    "sound": lambda count: own(rules=rules(count)),
    "patterns": lambda count: own(rules=rules(count), profiles=profile(count // 8)),
    "profiles": lambda count: own(rules=rules(count), profiles=apart(count)),
    "settings": lambda count: extending(set=named(count, {"value": 1})),
    "changes": lambda count: extending(change=[{"rule": f"RMC-X-{at}", "severity": "low"} for at in range(count)]),
    "parameters": lambda count: own(parameters={**PARAMETERS, **named(count, {"type": "number", "doc": "N"})}),
    "references": lambda count: own(rules=[{**RULE, "references": [{"title": f"t{at}"} for at in range(count)]}]),
}


def toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(one)}" for key, one in value.items()) + "}"
    return "[" + ", ".join(map(toml, value)) + "]" if isinstance(value, list) else json.dumps(value)


def written(document: dict[str, Any]) -> Iterator[str]:
    yield from (f"{key} = {toml(value)}" for key, value in document.items() if not isinstance(value, dict | list))
    for key, value in document.items():
        inner = value.items() if isinstance(value, dict) else ()
        for name, table in inner:
            yield f"[{key}.{json.dumps(name)}]"
            yield from (f"{json.dumps(one)} = {toml(other)}" for one, other in table.items())
        for table in value if isinstance(value, list) else ():
            yield f"[[{key}]]"
            yield from (f"{json.dumps(one)} = {toml(other)}" for one, other in table.items())


def seconds(path: Path) -> float:
    begun = time.process_time()
    with suppress(PolicyError):
        lint(str(path))
    return time.process_time() - begun


@pytest.mark.exhaustive
@pytest.mark.parametrize("make", POLICIES.values(), ids=POLICIES)
def test_twice_the_policy_takes_twice_the_time(tmp_path: Path, make: Callable[[int], dict[str, Any]]) -> None:
    took = []
    for count in (1, MANY, 2 * MANY):
        path = tmp_path / f"{count}.toml"
        path.write_text("\n".join([*written(make(count)), ""]), "utf-8")
        took.append(min(seconds(path) for _ in range(2)))
    _, once, twice = took  # the first pays for imports
    assert twice < MOST * once + 0.1
