"""What `ansible-inventory --list` prints. It is constructed."""

from typing import Any

import pytest

from rmccomply.collect.inventory.ansible import jump_of, read, recognises
from rmccomply.collect.inventory.row import HostRow, without_commands

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
        "lpar7": HostRow(
            "lpar7",
            "192.0.2.7",
            "audit",
            2222,
            "jump@bastion",
            "sudo",
            (("IdentityFile", "~/.ssh/audit"),),
            {"groups": "aix,wave2"},
        ),
        "lpar8": HostRow("lpar8", "lpar8", jump="bastion", labels={"groups": "aix"}),
        "lpar10": HostRow("lpar10", "lpar10"),
        "lpar11": HostRow("lpar11", "lpar11", labels={"groups": "aix"}),
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


def row_of(**own: Any) -> HostRow:
    return read({"_meta": {"hostvars": {"a": own}}}).rows[0]


def test_older_spellings_win_as_they_do_in_ansible() -> None:
    row = row_of(
        ansible_host="192.0.2.1",
        ansible_ssh_host="192.0.2.2",
        ansible_ssh_user="audit",
        ansible_ssh_port="2222",
        ansible_private_key_file="~/.ssh/key",
    )
    assert (row.address, row.user, row.port, row.options) == (
        "192.0.2.2",
        "audit",
        2222,
        (("IdentityFile", "~/.ssh/key"),),
    )


@pytest.mark.parametrize("word", [True, "True", "yes", "ON", 1, "y"])
def test_every_word_for_yes_is_yes(word: object) -> None:
    assert row_of(ansible_become=word).access == "sudo"


@pytest.mark.parametrize("word", [False, "False", "no", "off", 0, None, ""])
def test_every_word_for_no_is_no(word: object) -> None:
    assert (row_of(ansible_become=word).access, row_of(ansible_become=word).missing) == (None, "")


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ({"ansible_become": "{{ root }}"}, "neither yes nor no"),
        ({"ansible_connection": "winrm"}, "its connection in the inventory is 'winrm', not ssh"),
        ({"ansible_connection": "ansible.builtin.local"}, "rmccomply collect local"),
        ({"ansible_port": "ssh"}, "its port in the inventory is not a port: ssh"),
        ({"ansible_port": 70000}, "its port in the inventory is not a port: 70000"),
    ],
)
def test_a_host_that_ansible_would_not_reach_so_is_not_asked(own: dict[str, Any], says: str) -> None:
    assert says in row_of(**own).missing


def test_what_is_not_used_is_said_once_with_its_hosts() -> None:
    hosts = {f"lpar{n}": {"ansible_become": True, "ansible_become_user": "oracle"} for n in range(9)}
    (note,) = read({"_meta": {"hostvars": hosts}}).notes
    assert note.startswith("lpar0, lpar1, lpar2 and 6 more: ansible_become_user is oracle, not root: ")


@pytest.mark.parametrize(
    ("command", "jump"),
    [
        ("ssh -W %h:%p -q bastion", "bastion"),
        ("ssh -q -W [%h]:%p -l audit -p 2222 bastion", "audit@bastion:2222"),
        ("ssh -W %h:%p audit@bastion -q", "audit@bastion"),
        ("ssh -W %h:%p -o StrictHostKeyChecking=no bastion", ""),
        ("ssh -W %h:%p bastion; touch x", ""),
        ("nc -X 5 -x proxy:1080 %h %p", ""),
        ("ssh -W %h:%p -oProxyCommand=x", ""),
        ("ssh bastion nc %h %p", ""),
        ("/tmp/ssh -W %h:%p bastion", ""),
    ],
)
def test_a_proxy_command_that_is_a_jump_host_is_one(command: str, jump: str) -> None:
    assert jump_of(command) == jump


def test_any_other_command_runs_only_where_it_is_allowed() -> None:
    row = row_of(ansible_ssh_common_args="-o ProxyCommand='nc -x proxy:1080 %h %p'")
    assert row.options == (("ProxyCommand", "nc -x proxy:1080 %h %p"),)
    (kept,) = without_commands([row])
    assert "--proxy-commands" in kept.missing
    assert without_commands([row_of()]) == (row_of(),)
