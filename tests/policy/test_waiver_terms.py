"""What a policy asks of waivers is never less than what the policy that it extends asks, and names rules that are."""

from pathlib import Path
from typing import Any

import pytest

from rmccomply.policy.load import load
from rmccomply.policy.model import WaiverTerms
from tests.policy.writing import SOUND, child, faults, toml, write

BASE: dict[str, Any] = {"max_days": 40, "never": ["MY-VER-001"], "notice_days": 30, "four_eyes": True}


def table(terms: dict[str, Any]) -> str:
    text = {True: "true", False: "false"}
    return "[waivers]\n" + "".join(
        f"{key} = {text[one] if isinstance(one, bool) else one}\n" for key, one in terms.items()
    )


def child_of(folder: Path, terms: dict[str, Any], *, images: bool = False) -> str:
    write(folder, f"images = {str(images).lower()}\n{toml(SOUND)}\n{table(BASE)}", "base.toml")
    return f"{toml(child())}\n{table(terms)}"


@pytest.mark.parametrize(
    ("terms", "key", "says"),
    [
        ({"max_days": 41}, "waivers.max_days", "is longer than the 40 days of the policy that this one extends"),
        ({"four_eyes": False}, "waivers.four_eyes", "is true in the policy that this one extends"),
        ({"never": ["MY-VER-01"]}, "waivers.never.0", "unknown rule 'MY-VER-01'; did you mean 'MY-VER-001'?"),
    ],
)
def test_what_would_count_for_nothing_is_refused(tmp_path: Path, terms: dict[str, Any], key: str, says: str) -> None:
    (found,) = faults(tmp_path, child_of(tmp_path, terms))
    assert (found.key, found.says[: len(says)], found.line is not None) == (key, says, True)


@pytest.mark.parametrize(
    ("terms", "asked"),
    [
        ({}, BASE),
        ({"max_days": 20}, {**BASE, "max_days": 20}),
        ({"never": ["MY-FS-001"]}, {**BASE, "never": ["MY-VER-001", "MY-FS-001"]}),
        ({"notice_days": 3}, {**BASE, "notice_days": 3}),
    ],
)
def test_of_both_the_stricter_counts(tmp_path: Path, terms: dict[str, Any], asked: dict[str, Any]) -> None:
    assert load(write(tmp_path, child_of(tmp_path, terms))).waivers == WaiverTerms(**asked)


def test_a_rule_that_only_the_policy_itself_has_may_be_named(tmp_path: Path) -> None:
    assert faults(tmp_path, f"{toml(SOUND)}\n{table({'never': ['MY-FS-001']})}") == ()


def test_a_policy_for_images_stays_one(tmp_path: Path) -> None:
    text = child_of(tmp_path, {}, images=True)
    assert load(write(tmp_path, text)).images
    assert [one.key for one in faults(tmp_path, f"images = false\n{text}")] == ["images"]
