"""A YAML file as a tree whose nodes know their lines, read by PyYAML.

cloud-init reads its configuration by `yaml.safe_load` (canonical/cloud-init, cloudinit/util.py, `load_yaml`), so the
same library reads it here: what is a list, a text or a comment to cloud-init is the same to us. Its scanner and parser
alone run; nothing is constructed, and an alias stays an alias, so that no file becomes larger than it is. Files that
are deeper or have more nodes than any configuration are refused, and so are tags, keys that are no words, an alias
without its anchor and a second document: there the library, or cloud-init, would do something of its own.

Where a secret was taken out, what else stood behind its key went with it, the closing bracket too: such a value is
read as one word.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from rmccomply.evidence.model import Line
from rmccomply.evidence.secret_forms import REDACTED
from rmccomply.record import record
from rmccomply.sources.shared.answer import Unreadable

if TYPE_CHECKING:
    from yaml.events import Event

_MOST_EVENTS: Final = 20_000
_DEEPEST: Final = 40
_BEHIND_KEY: Final = re.compile(r"(\s*(?:- +)*[\w.\"'-]+\s*:\s).*" + re.escape(REDACTED) + ".*")
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})


@record(frozen=True, slots=True)
class YamlScalar:
    """A word or a text. `plain`: it stands without quotes, so that it may be a number or nothing at all."""

    text: str
    plain: bool
    line: Line

    @property
    def empty(self) -> bool:
        """Whether it is YAML's null."""
        return self.plain and self.text in _NULLS


@record(frozen=True, slots=True)
class YamlAlias:
    """What stands elsewhere too."""

    name: str
    line: Line


@record(frozen=True, slots=True)
class YamlList:
    """A list."""

    items: tuple["YamlNode", ...]
    line: Line


@record(frozen=True, slots=True)
class YamlMap:
    """A map: of a key that stands twice the later value counts, as PyYAML has it."""

    pairs: tuple[tuple[YamlScalar, "YamlNode"], ...]
    line: Line

    def get(self, name: str) -> "YamlNode | None":
        """The value of a key."""
        return next((value for key, value in reversed(self.pairs) if key.text == name), None)

    def lines_of(self, name: str) -> tuple[Line, ...]:
        """Where a key stands."""
        return tuple(key.line for key, _ in self.pairs if key.text == name)


YamlNode = YamlScalar | YamlAlias | YamlList | YamlMap


def yaml_tree(lines: Iterable[str]) -> YamlNode | None:
    """The tree of a file; None where it holds nothing but comments. Raises Unreadable `unparsable`."""
    import yaml

    text = "\n".join(_BEHIND_KEY.sub(r"\1redacted", one) if REDACTED in one else one for one in lines)
    try:
        return _built(yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or str(error).partition("\n")[0]
        raise Unreadable("unparsable", f"this is not YAML: {said}", mark.line + 1 if mark else 0) from None


class _Open:
    """A list or a map whose end has not come."""

    def __init__(self, is_map: bool, line: Line) -> None:
        self.is_map = is_map
        self.line = line
        self.nodes: list[YamlNode] = []

    def closed(self) -> YamlNode:
        if not self.is_map:
            return YamlList(tuple(self.nodes), self.line)
        keys, values = self.nodes[::2], self.nodes[1::2]
        pairs: list[tuple[YamlScalar, YamlNode]] = []
        for key, value in zip(keys, values, strict=True):
            if not isinstance(key, YamlScalar):
                raise Unreadable("unparsable", "a key of the file is not a word", key.line)
            pairs.append((key, value))
        return YamlMap(tuple(pairs), self.line)


def _built(events: "Iterable[Event]") -> YamlNode | None:
    """Without recursion, so that no depth of a file ends the program."""
    root = _Open(False, 0)
    stack, anchors = [root], set[str]()
    for node, closes, anchor in _steps(events):
        if anchor:
            anchors.add(anchor)
        if closes:
            stack[-2].nodes.append(stack.pop().closed())
        elif isinstance(node, _Open):
            stack.append(node)
        elif node is not None:
            if isinstance(node, YamlAlias) and node.name not in anchors:
                raise Unreadable("unparsable", f"the alias {node.name} stands for nothing", node.line)
            stack[-1].nodes.append(node)
        if len(stack) > _DEEPEST:
            raise Unreadable("unparsable", "the file is deeper than any configuration", stack[-1].line)
    if len(root.nodes) > 1:
        raise Unreadable("unparsable", "the file holds several documents", root.nodes[1].line)
    return root.nodes[0] if root.nodes else None


_Step = tuple[YamlNode | _Open | None, bool, str]


def _steps(events: "Iterable[Event]") -> Iterator[_Step]:
    """Of each event the node, or what it opens, or that it closes; and its anchor."""
    from yaml import events as kinds

    for count, event in enumerate(events):
        line = event.start_mark.line + 1
        if count > _MOST_EVENTS:
            raise Unreadable("unparsable", "the file holds more than any configuration", line)
        if isinstance(event, kinds.AliasEvent):
            yield YamlAlias(event.anchor, line), False, ""
        elif isinstance(event, kinds.NodeEvent):
            if event.tag is not None and event.tag != "!":
                raise Unreadable("unparsable", f"a value has a tag of its own: {event.tag}", line)
            anchor = event.anchor or ""
            if isinstance(event, kinds.ScalarEvent):
                yield YamlScalar(event.value, event.style is None, line), False, anchor
            else:
                yield _Open(isinstance(event, kinds.MappingStartEvent), line), False, anchor
        elif isinstance(event, kinds.CollectionEndEvent):
            yield None, True, ""
