"""The line of a key in a TOML text, for what is said of it.

Positions come from toml-rs where it is installed (`pip install 'rmccomply[locations]'`), which is imported only here.
"""

from collections.abc import Sequence
from typing import Any


def nodes_of(text: str) -> Any:
    """The positions of a text; None where they are not to be had."""
    try:
        import toml_rs
    except ImportError:
        return None
    try:
        return toml_rs.load_with_metadata(text).meta["nodes"]
    except toml_rs.TOMLDecodeError:
        return None


def deepest(nodes: Any, loc: Sequence[str | int]) -> int | None:
    """The line of the deepest key that the file has of a place; None where there is none of it."""
    line: int | None = None
    for part in loc:
        nodes = _inside(nodes, part)
        if nodes is None:
            break
        line = _line_of(nodes) or line
        if isinstance(nodes, dict) and "value" in nodes and ("value_line" in nodes or "key_line" in nodes):
            nodes = nodes["value"]
    return line


def line_of_key(text: str, loc: Sequence[str | int]) -> int | None:
    """The line of a place: by its positions, else the first line that begins with its last key or is that table."""
    if (nodes := nodes_of(text)) is not None:
        return deepest(nodes, loc)
    names = {str(loc[-1]), f"[{'.'.join(map(str, loc))}]"} if loc else set()
    heads = ((number, line.partition("=")[0].strip()) for number, line in enumerate(text.split("\n"), 1))
    return next((number for number, head in heads if head in names or head.strip("\"'") in names), None)


def _inside(nodes: Any, part: str | int) -> Any:
    if isinstance(nodes, list):
        return nodes[part] if isinstance(part, int) and part < len(nodes) else None
    return nodes.get(part) if isinstance(nodes, dict) else None


def _line_of(node: Any) -> int | None:
    if not isinstance(node, dict):
        return None
    found = node.get("key_line", node.get("value_line"))
    if isinstance(found, list | tuple):
        found = found[0]
    if found is None:
        return next((line for line in map(_line_of, node.values()) if line is not None), None)
    return int(found)
