"""Every verdict on the constructed bundles is the one that stands beside them."""

import json

import pytest

from rmccomply.assess import assess
from rmccomply.evaluate import compile_rules
from rmccomply.inputs.read import Loaded, load_inputs
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, choose
from tests.hosts.building import NOW, SHARED

BUNDLES = SHARED / "bundles"
EXPECTED = BUNDLES / "expected.json"
TARGETS = sorted(json.loads(EXPECTED.read_text("utf-8"))) if EXPECTED.is_file() else []


@pytest.mark.skipif(not TARGETS, reason="the bundles with expected results are not here")
@pytest.mark.parametrize("target", TARGETS)
def test_verdicts(target: str) -> None:
    _, chosen = choose([load("powervs-import")], Choice())
    (one,) = [item for item in load_inputs([str(BUNDLES / f"{target}.rmcc")], BUNDLES) if isinstance(item, Loaded)]
    expected = json.loads(EXPECTED.read_text("utf-8"))[target]
    found = assess(one, compile_rules(chosen, NOW))
    results = {finding.rule: finding.result for finding in found.findings}
    assert {rule: results[rule] for rule in expected} == expected
    for finding in found.findings:
        assert finding.evidence or finding.reason == "not_collected" or finding.result == "not_applicable"
