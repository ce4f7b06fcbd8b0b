"""Values that are printed in more than one way."""

import pytest

from rmccomply.sources.shared.values import node_id_of_decimal, parse_node_id, parse_version, version_text


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("3.2.6.2", (3, 2, 6, 2)),
        ("3.2.1", (3, 2, 1, 0)),
        ("3", (3, 0, 0, 0)),
        (" 3.10.0.0 ", (3, 10, 0, 0)),
        ("3.2.6.2-22081", (3, 2, 6, 2)),
        ("3.2.6.2-1-2", None),
        ("1:3.2.6.2", (3, 2, 6, 2)),
        ("03.02.06.02", (3, 2, 6, 2)),
        ("3.2.6.2.1", None),
        ("3.2.x", None),
        ("3..2", None),
        ("", None),
        ("3.2.6.2a", None),
        ("\u0663.2", None),
        ("1234567890.1", None),
        ("-1.2", None),
    ],
)
def test_levels_are_four_integers(text: str, version: tuple[int, ...] | None) -> None:
    assert parse_version(text) == version
    assert parse_version(text) == version, "the second reading is remembered"


def test_levels_compare_as_numbers() -> None:
    older, newer = parse_version("3.9.9.9"), parse_version("3.10")
    assert older is not None
    assert newer is not None
    assert older < newer
    assert version_text(newer) == "3.10.0.0"


@pytest.mark.parametrize(
    ("text", "node_id"),
    [
        ("9f684c509e74d650", "9f684c509e74d650"),
        ("9F684C509E74D650", "9f684c509e74d650"),
        ("1a", "000000000000001a"),
        ("0", "0000000000000000"),
        ("f" * 16, "f" * 16),
        ("f" * 17, None),
        ("g", None),
        ("0x1a", None),
        ("", None),
        ("1 a", None),
        ("\u0661", None),
    ],
)
def test_node_ids_are_64_bits(text: str, node_id: str | None) -> None:
    assert parse_node_id(text) == node_id


@pytest.mark.parametrize(
    ("text", "node_id"),
    [
        ("2061498837301126216", "1c9bea452e36e448"),
        ("0", "0000000000000000"),
        ("18446744073709551615", "f" * 16),
        ("18446744073709551616", None),
        ("9" * 5000, None),
        ("-1", None),
        ("1a", None),
        ("", None),
    ],
)
def test_node_ids_in_decimal(text: str, node_id: str | None) -> None:
    assert node_id_of_decimal(text) == node_id
