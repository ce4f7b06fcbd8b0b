"""The page of images: the rules that need what an image has not, each on it once, with the word that says so."""

import re

from rmccomply.policy.find import shipped
from rmccomply.policy.load import load
from rmccomply.reference.image_page import images_page

POLICIES = [load(name) for name in shipped()]
PAGE = images_page(POLICIES)


def test_every_rule_with_a_need_stands_below_it_and_no_other_one() -> None:
    parts = PAGE.split("\n## ")[1:]
    listed = [re.findall(r"^\| \[(RMC-[A-Z0-9]+-\d+)\]", part, re.MULTILINE) for part in parts]
    rules = {one.rule.id: one.rule for policy in POLICIES for one in policy.rules}
    for number, need in enumerate(("running", "first_boot")):
        assert listed[number] == [name for name, rule in rules.items() if rule.needs == need]
        assert f'needs = "{need}"' in parts[number]
    assert listed[2] == ["RMC-IMG-005"]


def test_the_policies_for_images_are_named() -> None:
    assert "[image-gate](policies/image-gate.md)" in PAGE
    assert "rmc-core.md" not in PAGE
