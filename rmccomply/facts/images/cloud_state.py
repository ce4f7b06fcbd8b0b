"""What cloud-init left of the host that an image was built on.

canonical/cloud-init, doc/rtd/reference/data-layout: below its folder of state each instance has a folder in
`instances`, named by its ID, and the link `instance` leads to that of the last boot. `cloud-init clean` removes them. A
new instance gets a folder of its own, so that what is left keeps nothing from being done; it tells of the build host.
"""

from typing import Final

from rmccomply.facts.gather import Facts
from rmccomply.facts.images.cloud_merged import merged
from rmccomply.facts.images.cloud_reset import of_platform
from rmccomply.facts.judging.folders import folder
from rmccomply.facts.model import Fact, known, unknown

NAME: Final = "image.cloud_state"
_LINK: Final = "instance"
_INSTANCES: Final = "instances"


def state_of_image(facts: Facts) -> Fact:
    """The fact image.cloud_state."""
    title = "Whether cloud-init left an instance of the build host"
    other = of_platform(facts, NAME, title)
    if other is not None:
        return other
    state = facts.cached(merged).state
    top, kept = folder(facts, state), folder(facts, f"{state}/{_INSTANCES}")
    names = sorted(kept.names)
    if names:
        says = f"{len(names)} instances are" if len(names) > 1 else f"The instance {names[0]} is"
        places = tuple(place for name in names for place in kept.names[name])
        return known(NAME, "left", f"{says} left below {state}/{_INSTANCES}.", (*places, *top.names.get(_LINK, ())))
    if _LINK in top.names:
        return known(NAME, "left", f"The link {state}/{_LINK} to the last instance is left.", top.names[_LINK])
    why = top.why or (kept.why if _INSTANCES in top.names else None)
    if why is not None:
        settle = f"ls -lR {state}"
        return unknown(NAME, why.reason, f"{title} is unknown: {why.says}.", why.evidence, settle=settle)
    says = f"cloud-init left no instance below {state}." if top.present else f"{state} is not there."
    return known(NAME, "clean", says, top.evidence)
