"""What a policy decides about the facts of every target."""

from rmccomply.facts.gather import FactSettings
from rmccomply.policy.load import LoadedPolicy
from rmccomply.words import MANAGEMENTS, Management


def settings_of(policy: LoadedPolicy, now: str, platform: str = "") -> FactSettings:
    """The settings of a run's facts under this policy."""
    return FactSettings(_management(policy), platform, now, policy.max_age)


def _management(policy: LoadedPolicy) -> Management:
    declared = policy.values.get("management")
    return next((word for word in MANAGEMENTS if word == declared), "unknown")
