"""What `doctor` does: look here, look there, tell what is missing and what would mend it."""

from collections.abc import Sequence

from rmccomply.collect.doctor import There, agent_fault, look, missing_on
from rmccomply.collect.inventory.row import Access, distinct
from rmccomply.collect.jobs import client_fault
from rmccomply.collect.rights import snippet
from rmccomply.collect.ssh import ClientSettings
from rmccomply.errors import UsageError
from rmccomply.runs.collect_rows import row_of
from rmccomply.runs.lines import printed
from rmccomply.runs.teller import Teller


def doctor(hosts: Sequence[str], settings: ClientSettings, access: Access, user: str, teller: Teller) -> int:
    """Tell what is missing, here and on these hosts, and for `user` what would give root; 1 where something is.

    Raises UsageError for what is no host.
    """
    fault = _client(settings)
    lines = [f"here: {fault}" if fault else "here: ssh can be used"]
    found = [] if fault else look(distinct(map(row_of, hosts)), settings, access)
    note = "" if fault else agent_fault()
    lines += [f"here: {note}; the key files in your ssh configuration can still be used"] if note else []
    missing = {one.label: missing_on(one, access) for one in found}
    for one in found:
        lines += _of_target(one, missing[one.label])
    for platform in _without_root(found):
        lines += ["", *snippet(platform, user).rstrip("\n").split("\n")]
    teller.result(printed(lines))
    return 1 if fault or any(missing.values()) else 0


def _client(settings: ClientSettings) -> str:
    try:
        return client_fault(settings)
    except UsageError as error:
        return str(error)


def _of_target(one: There, missing: list[str]) -> list[str]:
    if one.fault:
        return [f"{one.label}: {one.fault}"]
    head = f"{one.label}: {one.system}, uid {one.uid}, RSCT in {one.rsct or 'no known folder'}"
    return [head, *(f"{one.label}: missing: {text}" for text in missing)]


def _without_root(found: Sequence[There]) -> list[str]:
    """The platforms for which rights are to be given, where nothing gives them yet."""
    lacking = (one.platform for one in found if one.platform and one.uid != "0" and not one.sudo)
    refused = ("linux" for one in found if one.fault.startswith("sudo-refused"))
    return list(dict.fromkeys([*lacking, *refused]))
