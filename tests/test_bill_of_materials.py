"""The bill of materials that `.ci/package` writes beside the wheel; TESTS_BILL names it."""

import json
import os
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name
from packaging.version import Version

from rmccomply.version import VERSION
from tests.test_dependencies import PINS, RUN_TIME, pinned

BILL = os.environ.get("TESTS_BILL", "")
pytestmark = pytest.mark.skipif(not BILL, reason="TESTS_BILL names no bill of materials")


def test_it_is_of_this_release_and_lists_what_an_installation_brings() -> None:
    text = Path(BILL).read_text("utf-8")
    bill = json.loads(text)
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "rmccomply")
    assert bill["metadata"]["component"]["version"] == VERSION
    parts = {canonicalize_name(part["name"]): Version(part["version"]) for part in bill["components"]}
    assert {canonicalize_name(one.name) for one in RUN_TIME} <= set(parts)
    assert not {"pip", "setuptools", "pytest"} & set(parts)
    assert all(version in pinned(PINS)[name] for name, version in parts.items())
    assert "file://" not in text
