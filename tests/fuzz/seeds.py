"""What a fuzzer starts from: sound inputs of each kind, and everything that was found before."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import tomli

from tests.evidence.archives.building import gzipped, snap, sosreport, supportconfig, tar
from tests.evidence.damage import ANSWERS
from tests.facts.samples import SAMPLES
from tests.hosts.building import bundle, healthy_aix

FOUND: Final = Path(__file__).parent / "found"
"""A folder for each target: inputs that once broke a promise, or reach what no sound one does."""
ROOT: Final = Path(__file__).parents[2]


def seeds(target: str) -> Iterator[bytes]:
    """Sound inputs for a target."""
    yield from _SEEDS[target]()


def found(target: str) -> list[Path]:
    """The inputs that earlier runs found."""
    return sorted(path for path in (FOUND / target).glob("*") if path.is_file())


def _evidence() -> Iterator[bytes]:
    yield from (path.read_bytes() for path in sorted((ROOT / "examples").glob("*.rmcc")))
    yield gzipped(bundle(healthy_aix()))
    for build in (sosreport, supportconfig, snap):
        yield tar(build(healthy_aix()))
    yield b'{"schema": "rmccomply/facts/1", "target": {"id": "a", "platform": "aix"}, "facts": {"lsnodeid": {"value": {"id": 1, "line": 1}, "reason": null, "evidence": []}}}\n'  # noqa: E501


def _answers() -> Iterator[bytes]:
    for number, sections in enumerate(ANSWERS.values()):
        yield from (bytes((number, section.exit_status or 0)) + section.out for section in sections)


def _captures() -> Iterator[bytes]:
    target = b'name = "a"\nplatform = "aix"\n[requests]\n"x" = ["lssrc", "-a"]\n\0'
    for sample in tomli.loads((SAMPLES / "lssrc.toml").read_text("utf-8"))["answer"]:
        yield target + sample.get("out", "").encode()


def _policy() -> Iterator[bytes]:
    yield from (path.read_bytes() for path in sorted((ROOT / "policies").glob("*.toml")))
    yield b'schema = 1\nid = "a"\ntitle = "A"\nversion = "1"\nextends = "rmc-core"\n[set]\nminimum_rsct = "3.2.1.0"\n'


def _inventory() -> Iterator[bytes]:
    yield b"lpar1\nroot@lpar2:22 wave=3\nssh://[fe80::1%en1]:22\n# no\n"
    yield b"Host a b\n  HostName 192.0.2.1\n  User root\n"
    yield b'{"_meta": {"hostvars": {"a": {"ansible_host": "192.0.2.1", "ansible_port": 22}}}, "all": {"hosts": ["a"]}}'
    yield b'{"pvmInstances": [{"serverName": "a", "networks": [{"ipAddress": "192.0.2.1"}]}]}'
    yield b"[aix]\na ansible_host=192.0.2.1\n[aix:vars]\nansible_user=root\n"
    yield b"all:\n  hosts:\n    a:\n      ansible_host: 192.0.2.1\n"


_SEEDS: Final = {
    "evidence": _evidence,
    "answers": _answers,
    "captures": _captures,
    "policy": _policy,
    "inventory": _inventory,
}
