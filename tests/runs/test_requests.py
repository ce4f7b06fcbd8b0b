"""What `requests` tells, for people and for programs."""

import json

from rmccomply.runs.requests import requests
from tests.runs.hearing import Heard


def test_one_platform_or_all() -> None:
    heard = Heard()
    requests(["rmc-core"], "aix", "full", "text", heard)
    requests(["rmc-core"], None, "quick", "json", heard)
    text, document = heard.of("result")
    assert text.startswith("AIX\n")
    assert "Linux" not in text.splitlines()
    assert set(json.loads(document)["platforms"]) == {"aix", "vios", "linux"}
