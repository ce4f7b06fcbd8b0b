"""The page of what an image cannot answer, or answers otherwise than a running system: made from the rules."""

from collections.abc import Iterator, Sequence
from typing import Final

from rmccomply.checks.kind import facts_of
from rmccomply.policy.load import LoadedPolicy, LoadedRule
from rmccomply.policy.wording import needs_words
from rmccomply.reference.source_pages import MADE
from rmccomply.words import Needs

_MODE: Final = "image.mode"
_HEAD: Final = """\
# Images

A policy with `images = true` ({policies})
judges images: the root of one that is mounted where it is built, or the running system that it is made of. The same
image gives the same verdicts both ways, but for the rules of this page. Whether the evidence is of a running system is
told by the head of a bundle, and never guessed.

Under any other policy these rules are judged as ever: on a mounted root they are undecided, and the advice is to
collect after the first start.
"""
_RUNNING: Final = """\
## What only a running system can answer

On a mounted root these do not apply (`needs = "running"`). They are judged where the image is a running system.
"""
_FIRST_BOOT: Final = """\
## What the first boot of a copy settles

These apply to no image, mounted or running (`needs = "first_boot"`): the node ID that counts is the one that a copy
gets. What an image needs for it is asked by [RMC-IMG-001](rules/RMC-IMG-001.md).
"""
_INFORMS: Final = """\
## What only informs on a running system

Of a mounted root these have the severity of the policy, of a running system `info`.
"""


def images_page(policies: Sequence[LoadedPolicy]) -> str:
    """The page."""
    rules = {loaded.rule.id: loaded for policy in policies for loaded in policy.rules}
    named = ", ".join(f"[{one.id}](policies/{one.id}.md)" for one in policies if one.images)
    lines = [MADE, _HEAD.format(policies=named)]
    for need, text in _TEXTS.items():
        lines += [text, *_table(loaded for loaded in rules.values() if loaded.rule.needs == need)]
    informing = (loaded for loaded in rules.values() if _MODE in facts_of(loaded.rule.informs))
    lines += [_INFORMS, *_table(informing)]
    return "\n".join(lines).rstrip() + "\n"


_TEXTS: Final[dict[Needs, str]] = {"running": _RUNNING, "first_boot": _FIRST_BOOT}


def _table(rules: Iterator[LoadedRule]) -> Iterator[str]:
    yield from ("| rule | title |", "|---|---|")
    for rule in (one.rule for one in rules):
        places = f" ({needs_words(rule).partition(' on ')[2]} only)" if rule.needs_on else ""
        yield f"| [{rule.id}](rules/{rule.id}.md) | {rule.title}{places} |"
    yield ""
