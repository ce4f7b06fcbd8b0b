"""What `doctor` does: look here, look there, tell what is missing and what would mend it."""

import locale
import platform as machine
import shutil
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from rmccomply.collect.doctor import There, agent_fault, look, missing_on
from rmccomply.collect.inventory.ansible_text import PROGRAM
from rmccomply.collect.inventory.row import Access, distinct
from rmccomply.collect.jobs import client_fault
from rmccomply.collect.rights import snippet
from rmccomply.collect.ssh import ClientSettings
from rmccomply.errors import InputError, UsageError
from rmccomply.runs.collect.rows import CONSOLE, row_of, rows_of
from rmccomply.runs.collect.run import CollectOptions, Surroundings
from rmccomply.runs.lines import printed
from rmccomply.terminal import Verbatim
from rmccomply.version import VERSION
from rmccomply.words import FORMATS, counted

_HTML: Final = "html"


def doctor(
    hosts: Sequence[str],
    inventories: Sequence[str],
    settings: ClientSettings,
    access: Access,
    user: str,
    around: Surroundings,
) -> int:
    """Tell what is missing, here and on these hosts, and for `user` what would give root; 1 where something is.

    Of inventories it is told whether they can be read; their targets are not asked. Raises UsageError for what is no
    host.
    """
    rows = distinct(map(row_of, hosts))
    fault = _client(settings)
    lines = [*_here(), f"here: {fault}" if fault else "here: ssh can be used"]
    read = [_inventory(name, around) for name in inventories]
    found = [] if fault else look(rows, settings, access)
    note = "" if fault else agent_fault()
    lines += [f"here: {note}; the key files in your ssh configuration can still be used"] if note else []
    lines += [text for text, _ in read]
    missing = {one.label: missing_on(one, access) for one in found}
    for one in found:
        lines += _of_target(one, missing[one.label])
    for platform in _without_root(found):
        lines += ["", *map(Verbatim, snippet(platform, user).rstrip("\n").split("\n"))]
    around.teller.result(printed(lines, around.teller.page()))
    return 1 if fault or any(missing.values()) or not all(fine for _, fine in read) else 0


def _here() -> Iterator[str]:
    """What runs here, and what it can do without."""
    yield f"here: rmccomply {VERSION}, Python {machine.python_version()}"
    encoding = locale.getencoding()
    if encoding.lower() not in ("utf-8", "utf8"):
        yield f"here: the locale is not UTF-8 ({encoding}): text is shown in ASCII; LC_ALL=C.UTF-8 shows it in full"
    if shutil.which(PROGRAM) is None:
        yield f"here: {PROGRAM} is not installed; only Ansible inventories in INI or YAML need it"
    if _HTML in FORMATS and find_spec("jinja2") is None:
        yield (
            "here: jinja2 is not installed; only HTML reports need it: pip install 'rmccomply[report]' "
            "(after pipx: pipx inject rmccomply jinja2)"
        )


def _inventory(name: str, around: Surroundings) -> tuple[str, bool]:
    """What an inventory lists, or why it cannot be read, and whether it can."""
    if name.startswith(CONSOLE):
        return f"{name}: the console is asked when you collect; to look at it now: rmccomply collect hmc", True
    try:
        rows = rows_of((), [name], Path(), CollectOptions(proxy_commands=True), around)
    except (InputError, UsageError) as error:
        return str(error), False
    ready = [row for row in rows if not row.missing]
    left = f"; not usable: {counted(len(rows) - len(ready), 'other')}" if len(ready) < len(rows) else ""
    return f"{name}: {counted(len(ready), 'target')}{left}", bool(ready)


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
