"""Failure stories: how RMC breaks, as administrators and IBM tell it, on the healthy host that fits. All constructed.

Every story of the reference is in `STORIES`, by its number there, once or for each of its ends, or in `ELSEWHERE`.
"""

from typing import Final

from tests.hosts import stories_from_18, stories_to_17

STORIES: Final = (*stories_to_17.STORIES, *stories_from_18.STORIES)
ELSEWHERE: Final = {
    30: "Red Hat CoreOS has no RSCT of its own: it is no change of a healthy host, and has a test of its own.",
}
NUMBERS: Final = range(1, 35)
