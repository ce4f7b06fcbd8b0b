"""`tests/policies/cases/*.cases.toml`, made of the tables that prove the shipped rules: `python -m tests.policy_cases`.

They are cases as anybody writes them for `policy test`. Each stands on a healthy host and has other answers; what they
expect is what the tables say. All is constructed.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from rmccomply.evidence.model import Evidence
from rmccomply.policy.load import load
from rmccomply.reasoning.case_evidence import request_in
from rmccomply.words import PLATFORMS
from tests.hosts.building import THEN, healthy_aix, judge, replaced
from tests.hosts.cases import healthy_linux
from tests.hosts.consoles import whole_aix, whole_linux, whole_vios
from tests.hosts.image_files import HEADER
from tests.policies import cloud_cases, console_cases, image_cases, more_cases
from tests.policies.test_shipped import CASES, IPV6, LINUX

FOLDER: Final = Path(__file__).parent / "policies" / "cases"
HEAD: Final = """\
# Cases of the shipped policy {policy} and of all that it inherits: `rmccomply policy test {policy} FILE --inherited`.
# Made by `python -m tests.policy_cases` from the tables of tests/policies; do not edit. Constructed.
schema = 1
"""
BASES: Final = {
    "AIX, RMC alone": ("aix", healthy_aix),
    "Linux, RMC alone": ("linux", healthy_linux),
    "AIX": ("aix", whole_aix),
    "VIOS": ("vios", whole_vios),
    "Linux": ("linux", whole_linux),
    "AIX for the cloud": ("aix", cloud_cases.aix),
    "Linux for the cloud": ("linux", cloud_cases.linux),
    **image_cases.BASES,
}
OF_CONSOLES: Final = {"aix": "AIX", "vios": "VIOS", "linux": "Linux"}


class Line(NamedTuple):
    """A case of a table: what it changes of which host, and what the rule says."""

    base: str
    rule: str
    less: Sequence[str]
    others: Sequence[Evidence]
    expected: str
    parameters: dict[str, str]
    platform: str = ""
    image: str = ""
    against: str = ""


def tables(policy: str) -> Iterator[Line]:
    """Every case of the tables."""
    for rule, less, others, expected in CASES:
        yield Line("AIX, RMC alone", rule, less, others, expected, {})
    for rule, less, others, expected in IPV6:
        parameters = {} if policy == "powervs-import" else {"management": "powervs"}
        yield Line("AIX, RMC alone", rule, less, others, expected, parameters)
    for rule, less, others, expected in LINUX:
        yield Line("Linux, RMC alone", rule, less, others, expected, {})
    for platform, rule, less, others, expected in console_cases.CASES:
        yield Line(OF_CONSOLES[platform], rule, less, others, expected, {})
    if policy != "rmc-core":
        for platform, rule, less, others, parameters, expected in cloud_cases.CASES:
            yield Line(f"{OF_CONSOLES[platform]} for the cloud", rule, less, others, expected, parameters)
    if policy == "image-gate":
        for base, rule, others, expected, parameters, against in image_cases.CASES:
            yield Line(base, rule, (), others, expected, parameters, "", "", against)
    for base, rule, less, others, expected, parameters in more_cases.of(policy):
        yield Line(base, rule, less, others, expected, parameters)


def lines_of(policy: str) -> list[Line]:
    """Every case in the order of the rules. What passes somewhere does not apply where a rule is not for the platform,
    though the same is answered there: a management console has RMC too."""
    found = list(tables(policy))
    for one in load(policy).rules:
        passing = [line for line in found if line.rule == one.rule.id and line.expected == "pass"]
        first = {BASES[line.base][0]: line for line in reversed(passing) if line.base != image_cases.ROOT}
        for platform in (name for name in PLATFORMS if name not in one.rule.platforms):
            fit = [line for at, line in first.items() if (at == "linux") == (platform == "linux") or platform == "hmc"]
            found += [
                line._replace(expected="not_applicable", platform=platform, less=(*line.less, HEADER)) for line in fit
            ]
    if policy == "image-gate":
        found = list(_of_images(found))
    rules = [one.rule.id for one in load(policy).rules]
    return sorted(found, key=lambda line: rules.index(line.rule))


def _of_images(lines: Sequence[Line]) -> Iterator[Line]:
    """The cases under a policy for images: what the first boot settles applies to none, and what only a running system
    answers to no mounted root."""
    needs = {one.rule.id: one.rule.needs for one in load("image-gate").rules}
    passing = {line.rule: line for line in reversed(lines) if line.expected == "pass"}
    for line in lines:
        if needs[line.rule] != "first_boot":
            yield line
    for rule, line in passing.items():
        if needs[rule] == "first_boot":
            yield line._replace(expected="not_applicable")
            yield line._replace(base="nothing is known", less=(), others=(), expected="unknown", parameters={})
        elif needs[rule] == "running":
            yield line._replace(expected="not_applicable", image="mounted_root")


def content(policy: str) -> str:
    """The whole file."""
    lines = [HEAD.format(policy=policy)]
    cases = lines_of(policy)
    used = {name for line in cases for name in (line.base, line.against)}
    lines += [line for base in BASES if base in used for line in _host(base, policy)]
    names: dict[str, int] = {}
    for line in cases:
        lines += _case(line, names)
    return "\n".join(lines).rstrip("\n") + "\n"


def _host(base: str, policy: str) -> Iterator[str]:
    """A healthy host: all that it answers, and what every rule says of it."""
    platform, made = BASES[base]
    found = judge(made(), policy, platform)
    expect = {rule: one.result for rule, one in found.items() if one.result in ("pass", "not_applicable")}
    yield from ("[[cases]]", f"name = {quoted(base)}", f'now = "{THEN}"')
    if platform:
        yield f'platform = "{platform}"'
    if base in image_cases.ROOTS:
        yield 'image = "mounted_root"'
    if base in OF_CONSOLES.values():
        yield "[cases.expect]"
        yield from (f'"{rule}" = "{result}"' for rule, result in expect.items())
    yield from _answers(made())


def _case(line: Line, names: dict[str, int]) -> Iterator[str]:
    name = f"{line.rule}: {line.expected.replace('_', ' ')}"
    names[name] = names.get(name, 0) + 1
    yield "[[cases]]"
    yield f"name = {quoted(name if names[name] == 1 else f'{name}, {names[name]}')}"
    yield f"base = {quoted(line.base)}"
    if line.image:
        yield f'image = "{line.image}"'
    if line.against:
        yield f"against = [{quoted(line.against)}]"
    if line.platform:
        yield f'platform = "{line.platform}"'
    there = {item.request for item in BASES[line.base][1]()}
    less = [request for request in line.less if request in there]
    if less:
        yield f"without = [{', '.join(map(quoted, less))}]"
    if line.parameters:
        told = (f"{key} = {quoted(value)}" for key, value in line.parameters.items())
        yield f"params = {{ {', '.join(told)} }}"
    yield f'expect = {{ "{line.rule}" = "{line.expected}" }}'
    yield from _answers(replaced([], *line.others))


def _answers(evidence: Sequence[Evidence]) -> Iterator[str]:
    if evidence:
        yield "[cases.answers]"
    for item in evidence:
        assert request_in(item.request) == (item.kind, item.argv), item
        yield f"{quoted(item.request)} = {_answer(item)}"
    yield ""


def _answer(item: Evidence) -> str:
    text, errors = ("".join(f"{line}\n" for line in stream.lines) for stream in (item.out, item.err))
    parts = {"text": quoted(text) if text else "", "errors": quoted(errors.rstrip("\n")) if errors else ""}
    parts["exit"] = str(item.exit_status) if item.exit_status else ""
    parts["absent"] = "true" if item.state == "absent" else ""
    reason = item.damage.reason if item.damage else "not_collected" if item.state == "skipped" else ""
    parts["lost"] = f'"{reason}"' if reason else ""
    parts["at"] = f'"{item.ended}"' if item.ended != THEN else ""
    told = {key: value for key, value in parts.items() if value}
    if set(told) == {"text"}:
        return told["text"]
    if "\n" in told.get("text", "") and len(told) > 1:
        told["text"] = json.dumps(text)
    return f"{{ {', '.join(f'{key} = {value}' for key, value in told.items())} }}" if told else '""'


def quoted(text: str) -> str:
    """A text in TOML as it stands, where that can be."""
    if "'''" in text or not all(char.isprintable() or char in "\n\t" for char in text):
        return json.dumps(text)
    return f"'''\n{text}'''" if "\n" in text else f"'{text}'" if "'" not in text else json.dumps(text)


def main() -> None:
    """Write them."""
    FOLDER.mkdir(exist_ok=True)
    for policy in ("rmc-core", "powervs-import", "image-gate"):
        (FOLDER / f"{policy}.cases.toml").write_text(content(policy), "utf-8")


if __name__ == "__main__":
    main()
