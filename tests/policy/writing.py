"""How tests write policies: a sound one, changed where a test says so."""

import copy
import json
from pathlib import Path
from typing import Any

from rmccomply.errors import Fault, PolicyError
from rmccomply.policy.load import LoadedPolicy, load

SOUND: dict[str, Any] = {
    "schema": 1,
    "id": "mine",
    "title": "A policy of this test",
    "version": "1",
    "parameters": {
        "minimum": {"type": "version", "default": "3.2", "stricter": "higher", "doc": "The lowest level."},
        "full": {"type": "number", "default": 95, "stricter": "lower", "doc": "How full it may be."},
        "management": {"type": "word", "default": "hmc", "values": ["hmc", "none"], "doc": "Who manages it."},
        "unset": {"type": "version", "doc": "Nothing is asked without it."},
    },
    "rules": [
        {
            "id": "MY-VER-001",
            "title": "The level",
            "problem": "The level is too low",
            "severity": "high",
            "platforms": ["aix"],
            "check": {"kind": "version", "fact": "rsct.level", "at_least": "$minimum"},
            "rationale": "Because.",
            "remediation": "Ask its owner.",
            "references": [{"title": "A book", "url": "https://example.com/book"}],
            "controls": ["nist-800-53r5:SI-2"],
        },
        {
            "id": "MY-FS-001",
            "title": "The room",
            "problem": "There is no room",
            "severity": "low",
            "platforms": ["aix", "linux"],
            "check": {"kind": "number", "fact": "var_ct.used_percent", "below": "$full"},
            "rationale": "Because.",
            "remediation": "Make room.",
            "references": [{"title": "A book"}],
        },
    ],
}
REMOVE = object()


def changed(**places: Any) -> dict[str, Any]:
    """The sound policy with these places changed: `changed(rules__0__severity="urgent")`; REMOVE takes one away."""
    document = copy.deepcopy(SOUND)
    for place, value in places.items():
        node: Any = document
        parts: list[Any] = [int(part) if part.isdigit() else part for part in place.split("__")]
        *way, last = parts
        for part in way:
            node = node[part] if isinstance(node, list) else node.setdefault(part, {})
        if value is REMOVE:
            del node[last]
        else:
            node[last] = value
    return document


def toml(document: dict[str, Any]) -> str:
    """A document as TOML, one key a line, tables and rules under headings."""
    lines = [f"{key} = {_value(value)}" for key, value in document.items() if key not in _TABLES]
    for key in _TABLES:
        content = document.get(key)
        if isinstance(content, list) and key in ("rules", "change", "causes"):
            for one in content:
                lines += ["", f"[[{key}]]", *(f"{name} = {_value(value)}" for name, value in one.items())]
        elif isinstance(content, dict):
            for name, one in content.items():
                lines += ["", f"[{key}.{name}]", *(f"{inner} = {_value(value)}" for inner, value in one.items())]
    return "\n".join(lines) + "\n"


_TABLES = ("parameters", "set", "change", "rules", "causes", "profiles")


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value)


def write(folder: Path, document: dict[str, Any] | str, name: str = "mine.toml") -> str:
    """A policy file; its path."""
    path = folder / name
    path.write_text(document if isinstance(document, str) else toml(document), "utf-8")
    return str(path)


def loaded(folder: Path, document: dict[str, Any]) -> LoadedPolicy:
    return load(write(folder, document))


def faults(folder: Path, document: dict[str, Any] | str) -> tuple[Fault, ...]:
    """What is wrong with a policy; none where it loads."""
    path = write(folder, document)
    try:
        load(path)
    except PolicyError as error:
        return error.faults
    return ()


def child(**more: Any) -> dict[str, Any]:
    """A policy that extends the sound one, which stands beside it as `base.toml`."""
    return {"schema": 1, "id": "child", "title": "A child", "version": "1", "extends": "base.toml", **more}


def child_faults(folder: Path, **more: Any) -> list[tuple[str, str, str]]:
    """Rule, key and text of each fault of a child."""
    write(folder, SOUND, "base.toml")
    return [(fault.rule, fault.key, fault.says) for fault in faults(folder, child(**more))]


def load_child(folder: Path, **more: Any) -> LoadedPolicy:
    write(folder, SOUND, "base.toml")
    return loaded(folder, child(**more))
