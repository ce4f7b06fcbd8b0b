"""Texts of a SARIF log: sentences in which no evidence can forge a link or a placeholder.

SARIF 2.1.0 section 3.11: `text` is a message string with its arguments filled in, braces doubled as 3.11.5 asks, and
`](` broken by a backslash, so that no evidence can forge a link of 3.11.6. A message string of a rule holds its words
(`The RMC daemon (ctrmc) is not running on {0}: {1}.`), so that a message is one sentence in every consumer; values are
not in quotes, for consumers show them.
"""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rmccomply.report import RuleCard

UNDECIDED: Final = "{0} undecided on {1}: {2}. What to do: {3}."
UNKNOWN: Final = f"Unknown: {UNDECIDED}"
"""The same for consumers that show no kind: an alert says at once that it is no fault of a target."""
_SMALL: Final = frozenset(
    {"A", "An", "Another", "Every", "It", "Its", "Neither", "No", "None", "Not", "Nothing", "One", "Only", "Several"}
    | {"Some", "The", "There", "They", "This", "Two", "Whether"}
)
"""Words that begin a message of ours and are no names, so that they are written small inside a sentence."""


def templates_of(card: "RuleCard") -> dict[str, str]:
    """The message strings of a rule by results."""
    title, fault = braced(unlinked(card.title)), braced(unlinked(card.fault))
    return {
        "fail": f"{fault} on {{0}}: {{1}}.",
        "unknown": f"Undecided on {{0}} ({{2}}): {title}. {{1}}.",
        "pass": f"Holds on {{0}}: {title}. {{1}}.",
        "not_applicable": f"Does not apply to {{0}}: {title}. {{1}}.",
    }


def message_of(name: str, template: str, arguments: list[str]) -> dict[str, object]:
    """Both `id` with `arguments` and `text`: GitHub reads the text alone."""
    given = [unlinked(one) for one in arguments]
    return {"id": name, "arguments": given, "text": template.format(*map(braced, given))}


def inner(text: str) -> str:
    """A sentence as the end of another: without its period, and small where it begins with no name.

    >>> inner("The files differ."), inner("RSCT is old.")
    ('the files differ', 'RSCT is old')
    """
    plain = text.removesuffix(".")
    return f"{plain[:1].lower()}{plain[1:]}" if plain.partition(" ")[0] in _SMALL else plain


def sentence(text: str) -> str:
    """A text that ends as a sentence, for what is no message string."""
    shown = braced(unlinked(text))
    return shown if shown.endswith((".", "!", "?")) else f"{shown}."


def unlinked(text: str) -> str:
    """The text without the beginning of a link."""
    return text.replace("](", "\\](")


def braced(text: str) -> str:
    """The text with its braces doubled."""
    return text.replace("{", "{{").replace("}", "}}")
