"""Evidence enters without secrets: lines, names, requests, notes; every line keeps its place."""

from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.entry import entered
from rmccomply.evidence.model import Bundle, Notification
from rmccomply.evidence.octets import octets_of
from rmccomply.evidence.secret_forms import REDACTED
from tests.hosts.building import command

RMCKEY = b'resource 1:\n\tRMCKey = "64b686a1"\n\tMNName = "x"\n'


def test_a_line_keeps_its_place_and_loses_its_secret() -> None:
    data = write_bundle({"host": "lpar7"}, [Section("cmd", ("/bin/lsrsrc", "IBM.MCP"), RMCKEY)])
    (item,) = read_bundle(data, "x.rmcc").evidence
    place = item.at(2)
    assert place is not None
    assert place.text == f"\tRMCKey = {REDACTED}"
    assert b"RMCKey" in data.split(b"\n")[place.start_line - 1]
    assert octets_of(data.split(b"\n"), item.out) == RMCKEY.replace(b'"64b686a1"', REDACTED.encode())


def test_of_a_hex_stream_the_file_s_own_octets_are_shown_but_where_they_hold_a_secret() -> None:
    data = write_bundle({}, [Section("cmd", ("/bin/x",), b"plain\x01\npassword=hunter2\x01\n")])
    (item,) = read_bundle(data, "x.rmcc").evidence
    plain, secret = item.at(1), item.at(2)
    assert plain is not None
    assert secret is not None
    assert (plain.snippet or "").startswith(" 70 6c")
    assert secret.snippet == secret.text == f"password={REDACTED}"


def test_names_requests_and_notes_hold_none() -> None:
    item = command("mysql -phunter2", "x")._replace(id="token=hunter2", text="%sect password=hunter2")
    bundle = Bundle(
        (),
        (item,),
        name="password=hunter2",
        fallback="pwd=hunter2",
        head={"note": "token=hunter2", "secret": "hunter2"},
        labels={"password": "hunter2"},
        notifications=(Notification("it says pass=hunter2"),),
    )
    assert "hunter2" in repr(bundle)
    assert "hunter2" not in repr(entered(bundle))


def test_without_secrets_nothing_is_made_anew() -> None:
    item = command("lssrc -a", "Subsystem Group PID Status\n")
    bundle = Bundle((), (item,), name="lpar7")
    assert entered(bundle).evidence[0] is item
    assert entered(bundle)._replace(evidence=()) == bundle._replace(evidence=())
