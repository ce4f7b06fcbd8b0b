"""`docs/rule-examples.toml`, made from the tables that prove the shipped rules: `python -m tests.rule_examples`.

Of each rule the first case that passes and the first that fails, with the answers that decide it. All is constructed.
"""

from collections.abc import Iterator
from typing import NamedTuple

from rmccomply import data
from rmccomply.assess import assess
from rmccomply.evaluate import compile_rules
from rmccomply.evidence.model import Evidence
from rmccomply.finding import Finding
from rmccomply.inputs.loaded import Loaded
from rmccomply.policy.find import shipped
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, choose
from rmccomply.reference.rule_examples import FILE
from rmccomply.sources.reading import Readings
from tests.hosts.building import NOW, healthy_aix, judge, replaced, without
from tests.hosts.cases import healthy_linux
from tests.policies import cloud_cases, console_cases, image_aix
from tests.policies.test_shipped import CASES, IPV6, LINUX

HEAD = """\
# Answers with which each shipped rule passes, and with which it fails: `rmccomply policy docs` shows them on its page.
# Made by `python -m tests.rule_examples` from the tables of tests/policies; do not edit. Constructed.
"""


class Tried(NamedTuple):
    """A case that was judged: its evidence, which of it is not that of a healthy host, and what was found."""

    platform: str
    parameters: dict[str, str]
    evidence: list[Evidence]
    others: list[Evidence]
    finding: Finding


def tried() -> Iterator[Tried]:
    """Every case of the tables that passes or fails."""
    for cases, platform, healthy, parameters in (
        (CASES, "aix", healthy_aix, {}),
        (IPV6, "aix", healthy_aix, {"management": "powervs"}),
        (LINUX, "linux", healthy_linux, {}),
    ):
        for rule, less, others, expected in cases:
            if expected in ("pass", "fail"):
                yield _judged(platform, rule, replaced(without(healthy(), *less), *others), others, parameters)
    for platform, rule, less, others, expected in console_cases.CASES:
        if expected in ("pass", "fail"):
            evidence = replaced(without(console_cases.HOSTS[platform](), *less), *others)
            yield _judged(platform, rule, evidence, others, {})
    for platform, rule, less, others, parameters, expected in cloud_cases.CASES:
        if expected in ("pass", "fail"):
            evidence = replaced(without(cloud_cases.HOSTS[platform](), *less), *others)
            yield _judged(platform, rule, evidence, others, parameters, "powervs-import")
    for platform, rule, evidence, others, image, beside in image_aix.CASES:
        _, chosen = choose([load("image-gate")], Choice(select=(rule,)))
        loaded = Loaded(Readings(evidence), platform=platform, image=image, others=beside)
        first = assess(loaded, compile_rules(chosen, NOW)).findings[0]
        yield Tried(platform, {}, evidence, others, first)


def _judged(
    platform: str,
    rule: str,
    evidence: list[Evidence],
    others: list[Evidence],
    parameters: dict[str, str],
    policy: str = "rmc-core",
) -> Tried:
    found = judge(evidence, policy, platform, **parameters)[rule]
    return Tried(platform, parameters, evidence, others, found)


def shown(one: Tried, beside: Tried) -> list[Evidence]:
    """The answers to show: those that prove it, and those that make the other case another one."""
    requests = {item.request for item in (*one.others, *beside.others)}
    requests |= {place.request for place in one.finding.evidence}
    return [item for item in one.evidence if item.request in requests]


def text_of(item: Evidence) -> str:
    """What an answer shows on a terminal."""
    if item.state == "absent":
        return "(no such file)"
    return "\n".join((*item.out.lines, *item.err.lines)) or "(nothing)"


def table(name: str, one: Tried, beside: Tried) -> Iterator[str]:
    yield f"[{name}]"
    yield f'platform = "{one.platform}"'
    if one.parameters:
        yield "parameters = { " + ", ".join(f'{key} = "{value}"' for key, value in one.parameters.items()) + " }"
    yield f"says = {literal(one.finding.message)}"
    for item in shown(one, beside):
        yield from (f"[[{name}.answers]]", f"request = {literal(item.request)}", f"text = {literal(text_of(item))}")
    yield ""


def literal(text: str) -> str:
    assert "'''" not in text
    assert all(char.isprintable() or char in "\n\t" for char in text)
    return f"'''\n{text}'''" if "\n" in text or "'" in text else f"'{text}'"


def content() -> str:
    """The whole file."""
    first: dict[tuple[str, str], Tried] = {}
    for one in tried():
        first.setdefault((one.finding.rule, one.finding.result), one)
    lines = [HEAD]
    for rule in dict.fromkeys(loaded.rule.id for name in shipped() for loaded in load(name).rules):
        good, bad = first.get((rule, "pass")), first.get((rule, "fail"))
        if good is not None and bad is not None:
            lines += [*table(f"{rule}.pass", good, bad), *table(f"{rule}.fail", bad, good)]
    return "\n".join(lines).rstrip("\n") + "\n"


def main() -> None:
    """Write it."""
    (data.folder("docs") / FILE).write_text(content(), "utf-8")


if __name__ == "__main__":
    main()
