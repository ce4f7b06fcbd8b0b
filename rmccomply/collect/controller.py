"""What is written here about a target, beside what it answered itself: `LABEL.controller.rmcc`.

A section of the kind `meta` says how the transport went. Its request is `rmccomply-collect TRANSPORT LABEL`, its answer
one word, then what was said, then details:

    unreachable
    ssh: connect to host lpar7 port 22: Connection refused
    tries 3
    address lpar7

Probes made from here are sections of their own, and so is what an inventory says of the target's health. Until a target
was asked the word is `not-tried`, so that no target of a run is ever missing in its report.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.companion import ASKED, label_key
from rmccomply.evidence.redact import redact, redact_json, redact_table
from rmccomply.evidence.told import redact_told
from rmccomply.sources.host.transport import Word
from rmccomply.version import VERSION
from rmccomply.words import blanked


def meta(
    transport: str,
    label: str,
    word: Word,
    says: str,
    begun: str,
    ended: str,
    details: Mapping[str, str],
    errors: str = "",
) -> Section:
    """How the transport went."""
    lines = [
        word,
        " ".join(blanked(redact_told(says, label)).split()),
        *(f"{key} {redact(value)}" for key, value in details.items() if value),
    ]
    return Section(
        "meta",
        (ASKED, transport, one_line(label)),
        "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"),
        redact_told(errors, label).encode("utf-8", "backslashreplace"),
        id="transport",
        begun=begun,
        ended=ended,
    )


def probe(address: str, port: int, word: str, begun: str, ended: str, limit: int) -> Section:
    """What a connection from here met."""
    argv = ("tcp", address, str(port))
    out = f"{word}\n".encode()
    return Section("probe", argv, out, begun=begun, ended=ended, limit=limit, extra={"from": "controller"})


def health(label: str, told: Mapping[str, Any], utc: str) -> Section:
    """What the inventory says of the target's health, as JSON with sorted keys."""
    out = (
        json.dumps(redact_json(told), sort_keys=True, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")
        + b"\n"
    )
    return Section("meta", ("powervs-health", one_line(label)), out, id="health", begun=utc, ended=utc)


def controller_bundle(host: str, sections: Sequence[Section], labels: Mapping[str, str], utc: str) -> bytes:
    """The bundle. `host` is the name in the target's own bundle where there is one, so that the two are joined."""
    head = {"collector": f"rmccomply-{VERSION}", "mode": "controller"}
    head |= {"host": one_line(host)} if host else {}
    head |= {label_key(key): one_line(value) for key, value in redact_table(labels).items() if key}
    return write_bundle({**head, "utc": utc}, sections, utc)


def one_line(text: str) -> str:
    """A text that can stand in a control line."""
    return blanked(text) or "-"
