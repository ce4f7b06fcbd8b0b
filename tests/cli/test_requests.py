"""`rmccomply requests`, run as a user would."""

import json

import pytest

from tests.cli.running import Program


def test_text_names_each_request_and_its_rules(program: Program) -> None:
    ran = program("requests", "--platform", "aix")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("AIX\n  root no      5 s  uname -a\n                    every rule\n")
    assert "  root yes    15 s  rmcdomainstatus -s ctrmc -a ip\n" in ran.out
    assert "Linux" not in ran.out
    assert all(len(line) <= 130 for line in ran.out.splitlines())


def test_json_is_for_programs(program: Program) -> None:
    ran = program("requests", "-p", "powervs-import", "-o", "json")
    found = json.loads(ran.out)
    assert found["policies"] == ["powervs-import"]
    assert set(found["platforms"]) == {"aix", "vios", "linux"}
    one = next(one for one in found["platforms"]["linux"] if one["argv"] == ["/etc/services"])
    assert one == {
        "kind": "file",
        "argv": ["/etc/services"],
        "root": "no",
        "limit": 5,
        "why": "the name of port 657",
        "rules": ["RMC-CFG-001"],
    }


@pytest.mark.parametrize("arguments", [("-p", "nothing"), ("--platform", "hmc")])
def test_what_is_not_there(program: Program, arguments: tuple[str, ...]) -> None:
    assert program("requests", *arguments).status == 2
