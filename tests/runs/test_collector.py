"""What `collector` tells: the script, or what it asks."""

import pytest

from rmccomply.data import collector_text
from rmccomply.errors import UsageError
from rmccomply.runs.collector import collector
from tests.runs.hearing import Heard


def test_the_script_or_its_list() -> None:
    heard = Heard()
    collector(False, None, heard)
    collector(True, "linux", heard)
    script, listed = heard.of("result")
    assert script == collector_text()
    assert listed.startswith("Linux\n")


@pytest.mark.parametrize(("listed", "platform"), [(True, "hpux"), (False, "aix")])
def test_what_does_not_fit_together(listed: bool, platform: str) -> None:
    with pytest.raises(UsageError):
        collector(listed, platform, Heard())
