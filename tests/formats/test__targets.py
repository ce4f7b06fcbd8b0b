"""What a target is, in words."""

from rmccomply.formats._targets import STANDING_TITLES, about_of, platform_of
from rmccomply.report import TargetCard
from rmccomply.words import STANDINGS


def test_what_is_known_stands_in_its_order() -> None:
    card = TargetCard("a", "vios", "9009-42A", "7804EC0", 2, (), {"wave": "3"}, os="VIOS 3.1.2.21", cluster="unknown")
    assert list(about_of(card)) == ["VIOS 3.1.2.21", "9009-42A 7804EC0", "LPAR 2", "cluster: not ruled out", "wave 3"]
    assert not any(about_of(TargetCard("a", "", None, None, None, ())))


def test_platforms_and_standings_have_names() -> None:
    assert (platform_of("vios"), platform_of("plan9"), platform_of("")) == ("VIOS", "plan9", "")
    assert STANDING_TITLES.keys() == set(STANDINGS)
