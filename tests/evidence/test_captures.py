"""Capture folders: what each file answers, and all that `target.toml` can say. All captures are constructed."""

from pathlib import Path

import pytest

from rmccomply.errors import InputError
from rmccomply.evidence.captures import is_capture_folder, read_captures
from rmccomply.evidence.model import Bundle
from rmccomply.guarded import Limits
from rmccomply.sources import table
from rmccomply.sources.reading import Readings
from rmccomply.sources.requests import archive_requests
from rmccomply.sources.source import Source
from tests.hosts.building import was_not_read, was_read

LSSRC = " syslogd  ras   5867667 active\n ctrmc    rsct  5439966 active\n"


def read(folder: Path) -> Bundle:
    return read_captures(folder, lambda path: path.name, archive_requests())


def folder_of(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "host1"
    folder.mkdir()
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_bytes(text.encode("utf-8", "surrogateescape"))
    return folder


def test_files_are_answers_by_their_names(tmp_path: Path) -> None:
    bundle = read(folder_of(tmp_path, lssrc_a__txt=LSSRC, etc_ct_node_id__txt="9f684c509e74d650\n", notes__txt="x"))
    assert [(item.kind, item.argv) for item in bundle.evidence] == [
        ("file", ("/etc/ct_node_id",)),
        ("cmd", ("lssrc", "-a")),
    ]
    assert [(note.uri, note.level) for note in bundle.notifications] == [("notes.txt", "note")]
    assert (bundle.name, bundle.fallback, bundle.platform) == ("", "host1", "")
    assert [one.uri for one in bundle.artifacts] == ["etc_ct_node_id.txt", "lssrc_a.txt"]


def test_lines_are_pointed_at(tmp_path: Path) -> None:
    (item,) = read(folder_of(tmp_path, lssrc_a__txt="\ufeff" + LSSRC.replace("\n", "\r\n") + "caf\udce9")).evidence
    assert item.out.lines == (*LSSRC.split("\n")[:2], "caf\\xe9")
    place = item.at(2)
    assert place is not None
    assert (place.start_line, place.start_column, place.exit_status, place.collected) == (2, 1, None, None)


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_an_empty_capture_is_never_an_answer(tmp_path: Path, text: str) -> None:
    folder = folder_of(tmp_path, lsrpdomain__txt=text, **{"lsrsrc-IBM.MCP__txt": text, "rmcdomainstatus-s-ctrmc": text})
    readings = Readings(read(folder).evidence)
    sources: tuple[Source[object], ...] = (table.LSRPDOMAIN, table.LSRSRC, table.RMCDOMAINSTATUS)
    for source in sources:
        (reading,) = readings.of(source)
        assert was_not_read(reading).reason == "empty"


TARGET = """
name = "prod-db-01"
platform = "vios"

[labels]
wave = "3"
owner = "unix"

[requests]
"subsystems.txt" = ["lssrc", "-a"]
"mine.txt" = ["/etc/ct_node_id"]
"probe.txt" = ["tcp", "10.9.8.7", "657"]
"rsct.txt" = { request = ["lssrc", "-g", "rsct"], filtered = true }
"""


def test_all_that_target_toml_can_say(tmp_path: Path) -> None:
    bundle = read(
        folder_of(
            tmp_path, target__toml=TARGET, subsystems__txt=LSSRC, mine__txt="1\n", probe__txt="open\n", rsct__txt=LSSRC
        )
    )
    assert (bundle.name, bundle.platform) == ("prod-db-01", "vios")
    assert bundle.labels == {"owner": "unix", "wave": "3"}
    assert [(item.kind, item.argv, item.whole) for item in bundle.evidence] == [
        ("file", ("/etc/ct_node_id",), True),
        ("probe", ("tcp", "10.9.8.7", "657"), True),
        ("cmd", ("lssrc", "-g", "rsct"), False),
        ("cmd", ("lssrc", "-a"), True),
    ]
    assert bundle.notifications == ()


@pytest.mark.parametrize("where", ["filtered = true\n", "[requests]\nfiltered = true\n"])
def test_a_filtered_folder_proves_presence_only(tmp_path: Path, where: str) -> None:
    folder = folder_of(tmp_path, target__toml=where, lssrc_a__txt=LSSRC)
    (reading,) = Readings(read(folder).evidence).of(table.LSSRC)
    found = was_read(reading)
    assert found.partial == "truncated"
    assert [row.name for row in found.record.rows] == ["syslogd", "ctrmc"]
    assert not found.record.whole


def test_a_name_in_requests_that_is_no_file_is_noticed(tmp_path: Path) -> None:
    bundle = read(folder_of(tmp_path, target__toml='[requests]\n"lsrc.txt" = ["lssrc", "-a"]\n'))
    assert [note.text for note in bundle.notifications] == ["it names the file 'lsrc.txt', which is not there"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name = ", "is not valid TOML"),
        ('name = "a"\nname = "b"', "target.toml:2: is not valid TOML"),
        ("name = 7", ":1: name: must be text in quotes"),
        ('platform = "linx"', ":1: platform: 'linx' is not one of: aix, vios, linux, hmc; did you mean 'linux'?"),
        ('nmae = "x"', ":1: nmae: unknown key; did you mean 'name'?"),
        ("[labels]\nwave = 3", ':2: labels.wave: must be text in quotes: write "3"'),
        ("labels = 3", ":1: labels: must be a table: write [labels]"),
        ("[labels]\nwave = true", ":2: labels.wave: must be text in quotes"),
        ("filtered = 1000", ":1: filtered: must be true or false"),
        ('[requests]\n"a.txt" = []', ':2: requests."a.txt": must be a request, such as ["lssrc", "-a"]'),
        ('[requests]\n"a.txt" = "lssrc -a"', ':2: requests."a.txt": must be a list of words: write ["lssrc", "-a"]'),
        ('[requests]\n"a.txt" = { filtered = true }', ':2: requests."a.txt": must be { request = ["lssrc", "-a"]'),
        ('[requests]\n"a.txt" = { request = ["lssrc"], filter = true }', "must be { request ="),
        ('[requests]\n"a.txt" = true', ':2: requests."a.txt": is true; it must be a request'),
        ('nmae = "x"\n[labels]\nwave = 3', ':3: labels.wave: must be text in quotes: write "3"'),
        ('nmae = "x"\n[labels]\nwave = 3', ":1: nmae: unknown key"),
        ("name = '\udcff'", "is not UTF-8 text"),
    ],
)
def test_faults_of_target_toml(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError) as refused:
        read(folder_of(tmp_path, target__toml=text, a__txt="x"))
    assert says in str(refused.value)
    assert "target.toml" in str(refused.value)


def test_links_folders_and_large_files_are_noticed(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, **{"df-k.txt": "x" * 50, "uname-L.txt": "8 lpar8\n"})
    (folder / "lssrc-a.txt").symlink_to(folder / "df-k.txt")
    (folder / "more").mkdir()
    bundle = read_captures(
        folder, lambda path: path.relative_to(folder).as_posix(), archive_requests(), Limits(size=20)
    )
    assert [item.request for item in bundle.evidence] == ["uname -L"]
    assert [(note.uri, note.level) for note in bundle.notifications] == [
        ("df-k.txt", "warning"),
        ("lssrc-a.txt", "warning"),
        ("more", "note"),
    ]


@pytest.mark.parametrize(
    ("name", "known"),
    [("lssrc-a.txt", True), ("target.toml", True), ("etc_ct_node_id", True), ("README.md", False), ("x.rmcc", False)],
)
def test_what_makes_a_folder_one_target(tmp_path: Path, name: str, known: bool) -> None:
    (tmp_path / name).write_text("x")
    assert is_capture_folder(tmp_path, archive_requests()) is known


def test_a_link_or_a_folder_of_that_name_makes_none(tmp_path: Path) -> None:
    (tmp_path / "lssrc-a.txt").mkdir()
    (tmp_path / "uname-L.txt").symlink_to("/dev/null")
    assert not is_capture_folder(tmp_path, archive_requests())


@pytest.mark.parametrize(
    ("request_words", "kind"),
    [
        (["/usr/sbin/rsct/bin/lsnodeid"], "cmd"),
        (["lsnodeid"], "cmd"),
        (["/etc/ct_node_id"], "file"),
        (["/usr/bin/lssrc", "-a"], "cmd"),
        (["tcp", "10.0.0.1", "657"], "probe"),
    ],
)
def test_a_lone_path_is_a_file_unless_it_is_a_known_command(
    tmp_path: Path, request_words: list[str], kind: str
) -> None:
    words = ", ".join(f'"{word}"' for word in request_words)
    (tmp_path / "target.toml").write_text(f'[requests]\n"x.txt" = [{words}]\n')
    (tmp_path / "x.txt").write_text("9f684c509e74d650\n")
    (item,) = read_captures(tmp_path, lambda path: path.name, archive_requests()).evidence
    assert (item.kind, item.argv) == (kind, tuple(request_words))


def test_a_prompt_tells_more_than_the_name_of_the_file(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, lssrc_a__txt=f"[root@lpar1 ~]# lsrpdomain\n[root@lpar1 ~]# lssrc -g rsct\n{LSSRC}")
    bundle = read(folder)
    assert [(item.request, item.out.first_line) for item in bundle.evidence] == [
        ("lsrpdomain", 2),
        ("lssrc -g rsct", 3),
    ]
    assert bundle.notifications == ()


def test_a_file_whose_prompts_ask_something_else_is_noticed(tmp_path: Path) -> None:
    bundle = read(folder_of(tmp_path, lssrc_a__txt="[root@lpar1 ~]# lspartition -dlpar\nx\n"))
    assert bundle.evidence == ()
    assert [(note.text, note.uri, note.level) for note in bundle.notifications] == [
        ("it is named after 'lssrc -a', but no prompt in it asks that", "lssrc_a.txt", "warning")
    ]


@pytest.mark.parametrize("where", ["filtered = true\n", ""])
def test_a_filter_at_a_prompt_and_one_of_the_folder_leave_a_part(tmp_path: Path, where: str) -> None:
    pipe = "" if where else " | grep -v x"
    folder = folder_of(tmp_path, target__toml=where, lssrc_a__txt=f"$ lssrc -a{pipe}\n{LSSRC}$")
    (item,) = read(folder).evidence
    assert not item.whole


ACTIVE = (
    "Subsystem         Group            PID          Status\n ctrmc            rsct             5439966      active\n"
)


@pytest.mark.parametrize(
    "text",
    [
        f"[root@lpar1 ~]# ssh lpar2\n[root@lpar2 ~]# lssrc -a\n{ACTIVE}[root@lpar1 ~]# oslevel -s\n7\n",
        f"lpar1:/> oslevel -s\n7200\nlpar2:/> lssrc -a\n{ACTIVE}",
        f"(0) root @ lpar1: /\n# oslevel -s\n7200\n(0) root @ lpar2: /\n# lssrc -a\n{ACTIVE}",
        f"[root@lpar1 ~]# oslevel -s\n7200\n[root@lpar1 ~]# ssh -p 22 root@lpar2 lssrc -a\n{ACTIVE}",
        f"# oslevel -s\n7200\n# ssh lpar2 lssrc -a\n{ACTIVE}",
        f"$ ssh lpar1 oslevel -s\n7200\n$ ssh lpar2 lssrc -a\n{ACTIVE}",
        f"$ ssh 192.0.2.1 oslevel -s\n7200\n$ ssh 192.0.2.2 lssrc -a\n{ACTIVE}",
    ],
)
def test_answers_of_several_hosts_in_one_file_are_nobodys(tmp_path: Path, text: str) -> None:
    (tmp_path / "lssrc-a.txt").write_text(text)
    bundle = read(tmp_path)
    assert not bundle.evidence
    assert ["it holds answers of several hosts" in note.text for note in bundle.notifications] == [True]


@pytest.mark.parametrize(
    "text",
    [
        f"[me@jump ~]$ ssh lpar1\n[root@lpar1 ~]# lssrc -a\n{ACTIVE}[root@lpar1 ~]# oslevel -s\n7200\n",
        f"[me@jump ~]$ ssh lpar1 lssrc -a\n{ACTIVE}[me@jump ~]$ ssh root@lpar1.example.com oslevel -s\n7200\n",
        f"padmin:/home> ioslevel\n3.1.4.0\nroot:/> lssrc -a\n{ACTIVE}lpar1:/> oslevel -s\n7200\n",
        f"[me@lpar1 ~]$ oslevel -s\n7200\n[me@lpar1 ~]$ sudo -i\n# lssrc -a\n{ACTIVE}",
    ],
)
def test_answers_of_one_host_are_read_whatever_other_prompts_stand_around(tmp_path: Path, text: str) -> None:
    (tmp_path / "lssrc-a.txt").write_text(text)
    assert ("lssrc", "-a") in [item.argv for item in read(tmp_path).evidence]


def test_files_of_several_hosts_in_one_folder_are_nobodys(tmp_path: Path) -> None:
    (tmp_path / "lssrc-a.txt").write_text(f"[root@lpar2 ~]# lssrc -a\n{ACTIVE}")
    (tmp_path / "oslevel-s.txt").write_text("lpar1:/> oslevel -s\n7200-05-03-2148\n")
    bundle = read(tmp_path)
    assert not bundle.evidence
    assert "answers of several hosts (lpar1, lpar2)" in bundle.notifications[0].text


SAY = "or say under [requests] of target.toml what it holds"
SKIPPED = (
    "its name is not a request (`rmccomply collect list` lists them) and it does not begin with a prompt; "
    "target.toml may say under [requests] what it holds"
)


def test_a_file_whose_name_holds_more_than_a_request_is_told_how_to_be_called(tmp_path: Path) -> None:
    bundle = read(folder_of(tmp_path, **{"lpar2_lssrc -a.txt": LSSRC, "notes.md": "x", "uname-L.txt": "8 lpar8\n"}))
    assert [item.request for item in bundle.evidence] == ["uname -L"]
    assert [(note.uri, note.level, note.text.partition(": ")[2]) for note in bundle.notifications] == [
        ("lpar2_lssrc -a.txt", "warning", "name it 'lssrc -a.txt', in a folder for its host, " + SAY),
        ("notes.md", "note", SKIPPED),
    ]
    assert "`rmccomply collect list` lists them" in bundle.notifications[1].text


SESSION = f"# lssrc -a\n{LSSRC}# oslevel -s\n7200-05-03-2148\n#\n"


@pytest.mark.parametrize("name", ["putty.log", "session.txt", "typescript", "netstat.txt"])
def test_a_session_is_a_capture_by_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(SESSION)
    for beside in ("", "notes.txt", "lsnodeid.txt", "target.toml"):
        if beside:
            (tmp_path / beside).write_text("")
        assert is_capture_folder(tmp_path, archive_requests())
        asked = {item.request for item in read(tmp_path).evidence}
        assert asked - {"lsnodeid"} == {"lssrc -a", "oslevel -s"}


def test_a_session_makes_no_capture_folder_of_one_with_other_inputs(tmp_path: Path) -> None:
    (tmp_path / "session.txt").write_text(SESSION)
    for name, data in (("x.rmcc", b"%rmccomply-evidence 1\n"), ("x.json", b'{"schema"'), ("x.gz", b"\x1f\x8b\x08")):
        (tmp_path / name).write_bytes(data)
        assert not is_capture_folder(tmp_path, archive_requests())
        (tmp_path / name).unlink()
    (tmp_path / "below").mkdir()
    assert not is_capture_folder(tmp_path, archive_requests())


def test_files_under_their_own_names_are_captures_where_nothing_else_is(tmp_path: Path) -> None:
    (tmp_path / "inittab").write_text("init:2:initdefault:\n")
    (tmp_path / "services").write_text("rmc 657/tcp\n")
    assert is_capture_folder(tmp_path, archive_requests())
    assert [item.request for item in read(tmp_path).evidence] == ["/etc/inittab", "/etc/services"]
    (tmp_path / "passwd").write_text("root:!:0:0::/:/usr/bin/ksh\n")
    assert not is_capture_folder(tmp_path, archive_requests())


def test_what_is_no_capture_is_told_how_to_be_one(tmp_path: Path) -> None:
    files = {"df-h.txt": "x", "ct_node_id": "1\n", "image": "\0\0", "lsnodeid.txt": "4be1077fd2a9c365\n"}
    notes = {note.uri: (note.level, note.text) for note in read(folder_of(tmp_path, **files)).notifications}
    assert notes["df-h.txt"] == (
        "warning",
        "its name is a command with options that are not supported; supported: `df -k`",
    )
    assert "name it 'etc_ct_node_id.txt' or 'var_ct_cfg_ct_node_id.txt'," in notes["ct_node_id"][1]
    assert notes["image"] == ("note", "skipped: not evidence (its name is not a request, and it is not plain text)")
