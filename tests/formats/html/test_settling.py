"""What settles a group, as the page says it."""

import pytest

from rmccomply.formats.html.settling import settled_by
from rmccomply.undecided import UndecidedKey, UndecidedRow


@pytest.mark.parametrize(
    ("advice", "says"),
    [
        ("--show open --reason timeout", "look at the lines that are quoted"),
        ("ask in the pod, and add the output: --show open", "ask in the pod, and add the output"),
        ("rmccomply collect ssh HOST --sudo", "`rmccomply collect ssh HOST --sudo`"),
        (
            "see that ssh reaches it, then rmccomply collect ssh",
            "see that ssh reaches it, then `rmccomply collect ssh`",
        ),
        ("--param management=… (hmc, novalink)", "`--param management=…` (hmc, novalink)"),
        ("fix RMC-SUB-001, then collect again", "fix RMC-SUB-001, then collect again"),
    ],
)
def test_commands_are_marked_and_options_of_text_are_not_named(advice: str, says: str) -> None:
    assert settled_by(UndecidedRow(UndecidedKey(None, "failed"), 1, 1, "", advice)) == says
