"""Why nothing came: the words for how transports end. The texts are those of OpenSSH 9.2, shortened."""

import pytest

from rmccomply.collect.causes import CAUSES, Ended, advice, cause_of, worth_another_try
from rmccomply.sources.host.transport import ADVICE, WORDS

CHANGED = """\
@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
Offending ED25519 key in /home/audit/.ssh/known_hosts:3
Host key verification failed.
"""


@pytest.mark.parametrize(
    ("errors", "word"),
    [
        ("ssh: connect to host lpar7 port 22: Connection refused\n", "unreachable"),
        ("ssh: connect to host lpar7 port 22: No route to host\n", "unreachable"),
        ("Connection timed out during banner exchange\n", "unreachable"),
        ("kex_exchange_identification: Connection closed by remote host\n", "unreachable"),
        ("", "unreachable"),
        ("ssh: Could not resolve hostname lpar7: Name or service not known\n", "no-address"),
        ("audit@lpar7: Permission denied (publickey).\n", "auth-failed"),
        ("Received disconnect from 192.0.2.7 port 22:2: Too many authentication failures\n", "auth-failed"),
        (CHANGED, "host-key-changed"),
        ("No ED25519 host key is known for lpar7 and you have requested strict checking.\n", "host-key-unknown"),
        ("Host key verification failed.\n", "host-key-unknown"),
    ],
)
def test_ssh_gives_up(errors: str, word: str) -> None:
    found, says = cause_of(Ended(255, errors))
    assert found == word
    assert says
    assert "@@@" not in says


@pytest.mark.parametrize(
    ("status", "errors", "word"),
    [
        (1, "sudo: a password is required\n", "sudo-refused"),
        (1, "sudo: sorry, you must have a tty to run sudo\n", "sudo-refused"),
        (1, "audit is not in the sudoers file.\n", "sudo-refused"),
        (127, "sh: sudo: not found\n", "sudo-refused"),
        (127, "sh: 1: sudo:  not found.\n", "sudo-refused"),
        (127, "bash: sudo: command not found\n", "sudo-refused"),
        (127, "rksh: sh: not found\n", "no-shell"),
        (0, "", "no-shell"),
        (2, "collector: '--nothing' is not known; --help tells what is\n", "no-shell"),
    ],
)
def test_the_far_end_answers_but_not_with_a_bundle(status: int, errors: str, word: str) -> None:
    found, says = cause_of(Ended(status, errors, begun=True))
    assert found == word
    assert says


@pytest.mark.parametrize(
    ("ended", "word"),
    [
        (Ended(0, magic=True, whole=True), "collected"),
        (Ended(255, "Connection reset", magic=True, whole=True), "collected"),
        (Ended(None, magic=True, whole=True, stopped="limit"), "collected"),
        (Ended(255, "Timeout, server lpar7 not responding.", begun=True, magic=True), "incomplete"),
        (Ended(0, magic=True), "incomplete"),
        (Ended(None, magic=True, stopped="limit"), "timeout"),
        (Ended(None, stopped="limit"), "timeout"),
        (Ended(None, magic=True, stopped="deadline"), "incomplete"),
        (Ended(None, stopped="deadline"), "not-tried"),
        (Ended(None, stopped="interrupted"), "not-tried"),
        (Ended(None, begun=True, stopped="size"), "no-shell"),
        (Ended(None, magic=True, stopped="size"), "incomplete"),
    ],
)
def test_a_bundle_decides_and_what_is_not_whole_is_never_collected(ended: Ended, word: str) -> None:
    assert cause_of(ended)[0] == word


@pytest.mark.parametrize("errors", ["Permission denied (publickey).", CHANGED, "Name or service not known"])
def test_only_what_may_pass_is_tried_again_and_only_before_the_first_octet(errors: str) -> None:
    gone = Ended(255, "kex_exchange_identification: Connection reset by peer")
    assert worth_another_try(gone, cause_of(gone)[0])
    assert not worth_another_try(gone._replace(begun=True), "unreachable")
    assert not worth_another_try(gone._replace(stopped="deadline"), "unreachable")
    other = Ended(255, f"ssh: Could not resolve hostname x: {errors}")
    assert not worth_another_try(other, cause_of(other)[0])


def test_every_cause_has_its_advice_and_its_word_in_reports() -> None:
    assert set(ADVICE) == set(CAUSES) == set(WORDS) - {"collected"}


GONE = "kex_exchange_identification: Connection closed by remote host\n"


@pytest.mark.parametrize(
    ("errors", "word", "says"),
    [
        (f"ssh: Could not resolve hostname bastion: Name or service not known\n{GONE}", "jump-failed", "bastion"),
        (f"ssh: connect to host bastion port 22: Connection refused\n{GONE}", "jump-failed", "refused"),
        (f"audit@bastion: Permission denied (publickey).\n{GONE}", "jump-failed", "bastion"),
        (f"Host key verification failed.\n{GONE}", "jump-failed", "key"),
        (
            f"channel 0: open failed: connect failed: Connection refused\nstdio forwarding failed\n{GONE}",
            "unreachable",
            "",
        ),
        ("Host key verification failed.\n", "host-key-unknown", "key"),
        ("audit@lpar7: Permission denied (publickey).\n", "auth-failed", "lpar7"),
        (GONE, "unreachable", "closed"),
    ],
)
def test_a_jump_host_that_fails_is_not_blamed_on_the_target(errors: str, word: str, says: str) -> None:
    found, said = cause_of(Ended(255, errors, jump="bastion"))
    assert (found, says in said) == (word, True)


def test_a_jump_host_that_lets_nobody_in_is_not_asked_again() -> None:
    denied = Ended(255, f"audit@bastion: Permission denied (publickey).\n{GONE}", jump="bastion")
    refused = Ended(255, f"ssh: connect to host bastion port 22: Connection refused\n{GONE}", jump="bastion")
    assert not worth_another_try(denied, "jump-failed")
    assert worth_another_try(refused, "jump-failed")


def test_what_a_login_says_that_is_not_allowed_is_told() -> None:
    ended = Ended(1, begun=True, heard="This account is currently not available.")
    assert cause_of(ended) == ("no-shell", "This account is currently not available.")


def test_no_way_is_advised_that_was_taken_already() -> None:
    assert "--vios" in advice("no-shell")
    assert "--vios" not in advice("no-shell", "vios")
