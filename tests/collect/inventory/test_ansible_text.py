"""Inventories of Ansible in INI and YAML: told from the other forms, and read by Ansible or not at all. Constructed."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from rmccomply.collect.inventory import read_inventory
from rmccomply.collect.inventory.ansible_text import PROGRAM, recognises
from rmccomply.errors import InputError

BESIDE = Path(sys.executable).parent
ONE_LINE = "localhost ansible_host=192.0.2.9 ansible_port=2222\n"
INI = """\
# hosts
[aix]
lpar[01:03] ansible_user=audit

[aix:vars]
ansible_become="True"
note="{{ lookup('pipe', 'touch ran') }}"
"""
YAML = """\
---
all:
  hosts:
    lpar1:
      ansible_host: 192.0.2.1
      ansible_become: "yes"
      ansible_become_method: su
    lpar2:
      ansible_connection: local
"""


@pytest.mark.parametrize(
    "text",
    [
        ONE_LINE,
        INI,
        YAML,
        "all:\n  hosts:\n",
        "[aix]\nlpar1\n",
        "lpar[1:3]\n",
        "; a comment\nlpar1\n[web:children]\naix\n",
        "lpar1   ansible_ssh_host = 192.0.2.1\n",
    ],
)
def test_what_only_ansible_has(text: str) -> None:
    assert recognises(text.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "lpar1\nlpar2 wave=2\n",
        "[fe80::1%en0]:22\naudit@[2001:db8::1]:22 wave=1\n",
        "# [aix]\nlpar1\n",
        "Host lpar1\n  IdentityFile ~/.ssh/ansible_key\n",
        "",
    ],
)
def test_what_other_forms_have_too(text: str) -> None:
    assert not recognises(text.splitlines())


@pytest.mark.parametrize("text", [ONE_LINE, INI, YAML])
def test_without_ansible_it_is_refused_and_nobody_is_asked(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "hosts").write_text(text)
    with pytest.raises(InputError, match="which is not on this machine"):
        read_inventory(text.encode(), str(tmp_path / "hosts"))


@pytest.mark.parametrize("text", ["[aix]\nlpar1\n", "\n[aix:children] # all\nold\n", "[web-1]\n"])
def test_a_group_at_the_beginning_is_no_list_of_json(text: str) -> None:
    with pytest.raises(InputError, match="is an Ansible inventory in INI or YAML"):
        read_inventory(text.encode(), "-")


@pytest.mark.parametrize(
    "printed",
    [
        r'{"_meta": {"hostvars": {"a\ud800": {}}}}',
        '{"_meta": {"hostvars": {"a": {"n": ' + "9" * 5000 + "}}}}",
        "[" * 100_000,
    ],
)
def test_what_ansible_prints_is_read_within_the_limits_of_any_json(
    printed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / PROGRAM
    (tmp_path / "printed").write_text(printed)
    program.write_text(f"#!/bin/sh\n/bin/cat '{tmp_path}/printed'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match=r"what ansible-inventory printed (is not valid|cannot be used as) JSON"):
        read_inventory(ONE_LINE.encode(), str(tmp_path / "hosts"))


def test_from_standard_input_it_is_refused() -> None:
    with pytest.raises(InputError, match="name its file"):
        read_inventory(INI.encode(), "-")


@pytest.fixture
def hosts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where an inventory may stand; Ansible is on the PATH."""
    path = f"{BESIDE}{os.pathsep}{os.environ['PATH']}"
    if shutil.which(PROGRAM, path=path) is None:
        if os.environ.get("TESTS_REQUIRE_CARRIERS"):
            pytest.fail(f"{PROGRAM} is not installed")
        pytest.skip(f"{PROGRAM} is not installed")
    monkeypatch.setenv("PATH", path)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "hosts"


def test_ini_is_read_as_ansible_reads_it(hosts: Path) -> None:
    hosts.write_text(ONE_LINE + INI)
    rows = {row.label: row for row in read_inventory(hosts.read_bytes(), str(hosts)).rows}
    assert (rows["localhost"].address, rows["localhost"].port) == ("192.0.2.9", 2222)
    assert {rows[name].access for name in ("lpar01", "lpar02", "lpar03")} == {"sudo"}
    assert rows["lpar01"].user == "audit"
    assert not (hosts.parent / "ran").exists()


def test_yaml_and_the_variables_beside_it_are_read(hosts: Path) -> None:
    hosts.write_text(YAML)
    (hosts.parent / "group_vars").mkdir()
    (hosts.parent / "group_vars" / "all.yml").write_text("ansible_ssh_user: audit\n")
    found = read_inventory(hosts.read_bytes(), str(hosts))
    one, two = found.rows
    assert (one.address, one.user, one.access) == ("192.0.2.1", "audit", None)
    assert found.notes == ("lpar1: ansible_become_method is su, but only sudo is supported: collected without root",)
    assert two.missing == (
        "its connection in the inventory is 'local', not ssh; collect this machine with `rmccomply collect local`"
    )


def test_a_program_is_not_run_and_the_refusal_says_why(hosts: Path) -> None:
    hosts.write_text("#!/bin/sh\n[aix]\ntouch ran\n")
    hosts.chmod(0o755)
    with pytest.raises(InputError, match="was rejected by ansible-inventory: "):
        read_inventory(hosts.read_bytes(), str(hosts))
    assert not (hosts.parent / "ran").exists()


def test_a_configuration_where_we_were_started_is_not_read(hosts: Path) -> None:
    hosts.write_text(INI)
    (hosts.parent / "ansible.cfg").write_text("[defaults]\ninventory_plugins = .\n")
    assert len(read_inventory(hosts.read_bytes(), str(hosts)).rows) == 3
