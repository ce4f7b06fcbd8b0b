"""The templates and the style sheet of the HTML report, and what makes data harmless in them.

Every text that a template shows passes `visible`, so that nothing can drive or reorder what is read, and then the
escaping of Jinja (https://jinja.palletsprojects.com/en/stable/api/#autoescaping); only what a template itself made is
let through. The style sheet is allowed by its hash alone (https://www.w3.org/TR/CSP3/#grammardef-hash-source), so that
a `style` attribute or another sheet would be without effect even if one got in.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from rmccomply.formats.html.prose import paragraphs, spans
from rmccomply.terminal import visible

_FOLDER: Final = Path(__file__).parent / "templates"
_FOLLOWED: Final = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?([/?#][!-~]*)?")


def template(name: str) -> Template:
    """A template by its name, without `.html.j2`."""
    return _environment().get_template(f"{name}.html.j2")


@cache
def style_sheet() -> str:
    """The style sheet, as it stands between the tags."""
    return (_FOLDER / "page.css").read_text("utf-8")


def policy_of_content() -> str:
    """The Content Security Policy of the page: its own style sheet, and nothing else from anywhere."""
    digest = base64.b64encode(hashlib.sha256(style_sheet().encode()).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


def linked_to(url: str) -> str:
    """An address that may be followed, which is one of http or https; else none."""
    return url if _FOLLOWED.fullmatch(url) else ""


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_shown,
    )
    made.filters |= {
        "spans": spans,
        "paragraphs": paragraphs,
        "linked_to": linked_to,
        "thousands": lambda count: f"{count:,}",
    }
    return made


def _shown(value: object) -> object:
    """What a template shows of a value: text as everyone can read it. What has `__html__` came of a template."""
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
