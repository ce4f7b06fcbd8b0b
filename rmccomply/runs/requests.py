"""What `requests` does: what policies need of partitions, told before anyone connects."""

from collections.abc import Sequence

from rmccomply.collect.listing import TITLES
from rmccomply.collect.needs import needs, needs_json, needs_text
from rmccomply.policy.load import load
from rmccomply.runs.teller import Teller


def requests(names: Sequence[str], platform: str | None, profile: str, form: str, teller: Teller) -> None:
    """Tell what policies, by id or path, need of a platform, or of all; `form` is text or json.

    Raises UsageError and PolicyError.
    """
    policies = [load(name) for name in names]
    found = {name: needs(policies, name, profile) for name in ([platform] if platform else TITLES)}
    if form == "json":
        teller.result(needs_json(policies, found))
    else:
        teller.result("\n".join(needs_text(TITLES[name], lines) for name, lines in found.items()))
