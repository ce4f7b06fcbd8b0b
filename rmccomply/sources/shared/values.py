"""Values that are printed in more than one way, and the one way in which they are compared."""

from typing import Final

Version = tuple[int, int, int, int]

_VERSIONS: Final[dict[str, Version | None]] = {}
_CACHE_LIMIT: Final = 4096


def parse_version(text: str) -> Version | None:
    """A level as four integers: `3.2.1` is (3, 2, 1, 0). None for text that is no level.

    Missing parts are 0, as VRMF levels are compared; an `-release` (rpm, dpkg: after the last hyphen) and an
    epoch are ignored.
    """
    if text in _VERSIONS:
        return _VERSIONS[text]
    version = _parse_version(text)
    if len(_VERSIONS) < _CACHE_LIMIT:
        _VERSIONS[text] = version
    return version


def _parse_version(text: str) -> Version | None:
    bare = text.strip().rpartition(":")[2]
    if "-" in bare:
        bare = bare.rpartition("-")[0]
    parts = bare.split(".")
    if not 1 <= len(parts) <= 4 or not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        return None
    numbers = [int(part) for part in parts] + [0, 0, 0]
    return (numbers[0], numbers[1], numbers[2], numbers[3])


def version_text(version: Version) -> str:
    """A level as it is printed: `3.2.6.2`."""
    return ".".join(map(str, version))


HEX_DIGITS: Final = frozenset("0123456789abcdefABCDEF")


def parse_node_id(text: str) -> str | None:
    """A node ID in bare hexadecimal as 16 lower-case digits, so that equal text is an equal number.

    None for a digit that is not hexadecimal (`g`), a `0x` prefix, or more than 16 digits. 0 and all ones parse;
    that they are no node IDs is a rule's business.
    """
    if not text or len(text) > 16 or not HEX_DIGITS.issuperset(text):
        return None
    return text.lower().rjust(16, "0")


def node_id_of_decimal(text: str) -> str | None:
    """A node ID printed in decimal, as `lsrsrc` does; None where it is no unsigned 64-bit integer."""
    if not (text.isascii() and text.isdigit()) or len(text) > 20 or int(text) >= 1 << 64:
        return None
    return f"{int(text):016x}"


def serial_number(text: str) -> str:
    """The serial number of `IBM,0278A5C10`: what follows the two digits of the plant; empty for other text."""
    number = text.removeprefix("IBM,")
    number = number[2:] if number != text and len(number) == 9 else number
    return number if len(number) == 7 and number.isascii() and number.isalnum() else ""
