"""The word that somebody may have meant, of those that there are."""

from collections.abc import Iterable


def near(word: str, known: Iterable[str], alike: float = 0.5) -> str:
    """A clause that names the nearest of the real words, whatever its capitals; empty where none is near.

    >>> near("RMC-VER-02", ["RMC-VER-002", "RMC-SUB-001"]), near("Polarity", ["platform"], 0.8)
    ("; did you mean 'RMC-VER-002'?", '')
    """
    from difflib import get_close_matches

    folded = {one.casefold(): one for one in known}
    found = get_close_matches(word.casefold(), folded, 1, alike)
    return f"; did you mean '{folded[found[0]]}'?" if found else ""
