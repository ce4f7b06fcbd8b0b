"""What `collect script` and `collect list` do: the script that gathers the evidence of one partition, what it asks, and
what of it policies need, told before anyone connects.
"""

from collections.abc import Sequence

from rmccomply.collect.listing import TITLES, listing
from rmccomply.collect.needs import Need, needs, needs_json, needs_text
from rmccomply.collect.plan import SYSTEMS, steps
from rmccomply.data import collector_text
from rmccomply.policy.load import load
from rmccomply.runs.teller import Teller


def script(teller: Teller) -> None:
    """Tell the collector script."""
    teller.result(collector_text())


def asked(names: Sequence[str], platform: str | None, plan: str, form: str, teller: Teller) -> None:
    """Tell what the collector asks of a platform, or of all; with policies, by id or path, what of it they need.

    `plan` is quick or full, `form` text or json. Raises UsageError and PolicyError.
    """
    platforms = (platform,) if platform else tuple(SYSTEMS)
    if not names and form == "text":
        teller.result(listing(platforms, plan))
        return
    policies = [load(name) for name in names]
    found = {one: needs(policies, one, plan) if policies else _all(one, plan) for one in platforms}
    if form == "json":
        teller.result(needs_json(policies, found))
    else:
        teller.result("\n".join(needs_text(TITLES[name], lines) for name, lines in found.items()))


def _all(platform: str, plan: str) -> tuple[Need, ...]:
    return tuple(Need(step, (), False) for step in steps(platform) if plan in step.plans)
