"""Uris of evidence: relative, percent-encoded, safe in every report. Consumers refuse a log for one uri that is none.

A file in an archive has the uri of the archive, `!/` and its path there: `reports/sos.tar.xz!/sos/etc/ct_node_id`.
An exclamation mark in a name is encoded, so the first `!/` always is the border.
"""

import re
from typing import Final

from rmccomply.evidence.redact import redact

_SAFE: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
_OCTET: Final = re.compile(rb"%([0-9A-Fa-f]{2})")
_RELATIVE: Final = re.compile(r"(?!/)(?:[A-Za-z0-9._~/!-]|%[0-9A-Fa-f]{2})*")


def encoded(path: str) -> str:
    """A path as a uri: UTF-8, every other octet as `%NN`. A name that holds a secret does not show it."""
    path = "/".join(map(redact, path.split("/")))
    if _SAFE.issuperset(path):
        return path
    return "".join(
        char if char in _SAFE else "".join(f"%{octet:02X}" for octet in char.encode("utf-8", "surrogateescape"))
        for char in path
    )


def decoded(uri: str) -> str:
    """The path that a uri stands for, as `encoded` takes it; of a file in an archive with its `!/`.

    >>> decoded("bundles/lpar-%C3%B1%2007.rmcc")
    'bundles/lpar-ñ 07.rmcc'
    """
    if "%" not in uri:
        return uri
    octets = _OCTET.sub(lambda found: bytes((int(found[1], 16),)), uri.encode("utf-8", "surrogateescape"))
    return octets.decode("utf-8", "surrogateescape")


def inside(archive: str, path: str) -> str:
    """The uri of a file in an archive, whose own uri is given."""
    return f"{archive}!/{encoded(path)}"


def carried(uri: str) -> str:
    """A uri that a document brings: as it is where it is one of these, else as that of a file of this name.

    >>> carried("reports/sos.tar.xz!/sos/etc/ct_node_id"), carried("javascript:alert(1)"), carried("/etc/x y")
    ('reports/sos.tar.xz!/sos/etc/ct_node_id', 'javascript%3Aalert%281%29', 'etc/x%20y')
    """
    return uri if _RELATIVE.fullmatch(uri) else encoded(uri.lstrip("/") or ".")
