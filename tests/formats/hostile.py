"""Names and lines of evidence that mean harm to those who read reports of pipelines, and a fleet of them."""

from typing import Final

from rmccomply.evidence.model import Artifact
from rmccomply.evidence.uris import encoded
from rmccomply.report import Assessed, TargetCard
from tests.formats.awkward import at, judged

TEXTS: Final = (
    *("\x1b[2J\x00\x7f\x9b", "abc\u202egnp.exe\u2066x\u2069\u200f", "a|b", "| x | y |\n|---|---|", "\\|", "a\\|b"),
    *("<script>alert(1)</script>", "<!-- x", "<details>", "<img src=x onerror=y>", "<a@b.example>", "&lt;b&gt; &#60;"),
    *("`", "``` ```", "a`b``c```d", "` ", "~~~", "```\n<b>", "    x"),
    *("::error ::x", "::error file=a,line=1::x", " ::stop-commands::t", "##[error]x", "##[set-env name=A]b"),
    *("x\n::error::y", "x\r::error::y", "%0A::error::x", "x%0D%0A::add-mask::y", "a:b,c=d", "##vso[task.complete]"),
    *("]]>", "<![CDATA[x]]>", "<?xml x?>", "<!DOCTYPE x [<!ENTITY e 'y'>]>&e;", "\ud800", "\ufffe\uffff", "\U0001ffff"),
    *(
        "a\nb",
        "\n\n# heading",
        "> quote",
        "> [!NOTE]",
        "- item",
        "1. item",
        "+ item",
        "===",
        "---",
        "***bold***",
        "_x_",
    ),
    *("[x](http://evil.example)", "![x](http://evil.example)", "http://evil.example", "www.evil.example", "[x]: /y"),
    *("someone@evil.example", "@octocat", "@org/team", "#123", "GH-12", "org/repo#1", "!12", "%12", "~bug", "&1", "$1"),
    *("deadbeefdeadbeef", ":smile:", "$`x`$", "$$x$$", "/close", "/merge", "[ ] task", "[^1]", "~~gone~~", "H~2~O"),
    *("{0} {x}", "](x)", "x\u2028y", "x\u00a0y", "日本語 ñ", "e\u0301", "'\"", "%s %n", "= 1+1", "\t x"),
)


def target(number: int, text: str) -> Assessed:
    """A target of that name, with a fail about that subject, proved by that line, and an unknown."""
    name = text.replace("/", "-").encode("utf-8", "backslashreplace").decode("utf-8")
    uri = f"bundles/{encoded(f'{number} {name}')}.rmcc"
    line = at(uri, 7, text, text)
    return Assessed(
        TargetCard(text, "aix", text, None, None, (Artifact(uri, "0" * 64),), {"wave": text}),
        (
            judged("RMC-SUB-001", text, "fail", f"It says {text}", line, subject=text, notes=(text,), actual=text),
            judged("RMC-FS-001", text, "fail", text, line, subject=text, disposition="baseline"),
            judged("RMC-NET-001", text, "unknown", text, line, reason="denied", step="as_root", advice=f"Ask {text}"),
            judged("RMC-ID-001", text, "not_applicable", text),
            judged("RMC-VER-001", text, "pass", text),
        ),
    )


FLEET: Final = tuple(target(number, text) for number, text in enumerate(TEXTS))
