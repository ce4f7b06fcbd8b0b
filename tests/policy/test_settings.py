"""Settings: what a policy decides about facts."""

from rmccomply.facts.gather import FactSettings
from rmccomply.policy.load import load
from rmccomply.policy.settings import settings_of
from tests.hosts.building import NOW


def test_without_a_declared_management_it_is_unknown() -> None:
    policy = load("rmc-core")
    assert settings_of(policy, NOW) == FactSettings("unknown", "", NOW, None)
    assert settings_of(policy._replace(values={}), NOW, "vios") == FactSettings("unknown", "vios", NOW, None)
    assert settings_of(policy._replace(values={"management": "fax"}), NOW) == FactSettings("unknown", "", NOW, None)


def test_a_policy_declares_the_management_and_an_age() -> None:
    policy = load("rmc-core")._replace(values={"management": "novalink"}, max_age=60)
    assert settings_of(policy, NOW) == FactSettings("novalink", "", NOW, 60)
