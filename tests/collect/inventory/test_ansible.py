"""What `ansible-inventory --list` prints. It is constructed."""

from typing import Any

import pytest

from rmccomply.collect.inventory.ansible import read, recognises
from rmccomply.collect.inventory.row import Row

LIST = {
    "_meta": {
        "hostvars": {
            "lpar7": {
                "ansible_host": "192.0.2.7",
                "ansible_port": 2222,
                "ansible_user": "audit",
                "ansible_become": True,
                "ansible_password": "hunter2",
                "ansible_ssh_private_key_file": "~/.ssh/audit",
                "ansible_ssh_common_args": "-J jump@bastion -o StrictHostKeyChecking=no -oUserKnownHostsFile=/dev/null",
            },
            "lpar8": {"ansible_ssh_common_args": "-o ProxyCommand='ssh -W %h:%p bastion' -C -F /tmp/other"},
            "lpar9": {"ansible_host": "{{ ip }}"},
            "lpar10": None,
        }
    },
    "all": {"children": ["aix", "ungrouped"]},
    "aix": {"hosts": ["lpar7", "lpar8", "lpar11"]},
    "wave2": {"hosts": ["lpar7"]},
}


def test_every_host_is_a_row() -> None:
    rows = {row.label: row for row in read(LIST).rows}
    assert rows.pop("lpar9").missing.startswith("its address is a template")
    assert rows == {
        "lpar7": Row(
            "lpar7",
            "192.0.2.7",
            "audit",
            2222,
            "jump@bastion",
            "sudo",
            (("IdentityFile", "~/.ssh/audit"),),
            {"groups": "aix,wave2"},
        ),
        "lpar8": Row("lpar8", "lpar8", options=(("ProxyCommand", "ssh -W %h:%p bastion"),), labels={"groups": "aix"}),
        "lpar10": Row("lpar10", "lpar10"),
        "lpar11": Row("lpar11", "lpar11", labels={"groups": "aix"}),
    }


def test_no_inventory_turns_off_the_checking_of_host_keys_and_no_password_is_taken() -> None:
    found = read(LIST)
    assert not any(name.lower().startswith(("strict", "userknown")) for row in found.rows for name, _ in row.options)
    assert "hunter2" not in repr(found)
    left = [note.rpartition(": ")[2] for note in found.notes]
    assert left == ["-o StrictHostKeyChecking=no", "-o UserKnownHostsFile=/dev/null", "-C", "-F /tmp/other"]


@pytest.mark.parametrize("text", ["-J", "-o", "'unbalanced", "-o ProxyJump"])
def test_arguments_that_are_none_are_left(text: str) -> None:
    row = read({"_meta": {"hostvars": {"a": {"ansible_ssh_common_args": text}}}}).rows[0]
    assert row.options == ()


@pytest.mark.parametrize("document", [[], {}, {"_meta": {}}, {"_meta": 1}, {"_meta": {"hostvars": []}}, None])
def test_what_is_none(document: Any) -> None:
    assert not recognises(document)
    assert recognises(LIST)
