"""The package as others import it."""

import subprocess
import sys

import pytest

import rmccomply
from tests.building import NOW, bundle
from tests.console_answers import whole_aix


@pytest.mark.parametrize("name", dir(rmccomply))
def test_every_public_name_is_found(name: str) -> None:
    assert getattr(rmccomply, name) is not None


def test_no_submodule_hides_a_public_name() -> None:
    import rmccomply.assess
    import rmccomply.evaluate
    import rmccomply.finding

    assert callable(rmccomply.judge)
    assert [name for name in dir(rmccomply) if type(getattr(rmccomply, name)).__name__ == "module"] == []


def test_another_name_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="module 'rmccomply' has no attribute 'scan'"):
        rmccomply.scan  # noqa: B018


def test_importing_it_imports_nothing_heavy() -> None:
    program = "import rmccomply, sys; print([name for name in sys.modules if name.startswith('rmccomply.')])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "[]\n"


def test_the_way_its_docstring_shows() -> None:
    read = rmccomply.read_bundle(bundle(whole_aix()), "lpar1.rmcc")
    _, rules = rmccomply.choose([rmccomply.load_policy("rmc-core")], rmccomply.Choice())
    findings = rmccomply.judge(rmccomply.compile_rules(rules, NOW), rmccomply.Readings(read.evidence), "aix")
    assert {finding.result for finding in findings} == {"pass", "not_applicable"}
