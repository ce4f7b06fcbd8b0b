"""Attributes of sys0 that decide what AIX does with its devices when it starts from a copy.

AIX documentation, "ghostdev": with 1, AIX empties its device configuration where it starts on another machine or in
another partition, and with that all that was set there; clouddev does so at the next start. Both are 0 unless changed.
"""

from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.reasons import unread, whole_of
from rmccomply.facts.model import Fact, known, not_applicable, unknown
from rmccomply.sources.table import SYS0


def of_sys0(facts: Facts, attribute: str) -> Fact:
    """The value of ghostdev or clouddev; the database of changed attributes has none that is at its default."""
    name, platform = f"image.{attribute}", facts.fact("host.platform")
    settle = f"odmget -q attribute={attribute} CuAt"
    if platform.value in ("linux", "hmc"):
        return not_applicable(name, "Only AIX has sys0.", platform.evidence, (platform,))
    read = [one for one in facts.read(SYS0) if attribute in one.record.asked]
    found = [(row, one.at(row.line)) for one in read for row in one.record.attributes if row.name == attribute]
    values = {row.value for row, _ in found}
    places = tuple(place for _, told in found for place in told)
    if None in values:
        says = f"The value of {attribute} is unknown: '{found[0][0].text}' is not a number."
        return unknown(name, "unparsable", says, places, settle=settle)
    if len(values) > 1 or (found and any(not one.record.attributes for one in read) and values != {0}):
        says = f"The value of {attribute} is unknown: two answers contradict each other."
        return unknown(name, "conflicting", says, (*places, *whole_of(read)), settle=settle)
    if found:
        value = found[0][0].value or 0
        return known(name, value, f"{attribute} of sys0 is {value}.", places)
    if read:
        return known(name, 0, f"{attribute} of sys0 is at its default, 0.", whole_of(read))
    return unread(name, f"the value of {attribute}", facts.answers(SYS0), settle)
