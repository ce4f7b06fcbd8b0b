"""Bundle format v1 sentence by sentence: the frame of a bundle, its head, its end, and what stands around it.

All bundles here are constructed; `test_section` and `test_stream` have what stands inside of a section.
"""

import hashlib
from dataclasses import replace

import pytest

from rmccomply.evidence.bundle import is_bundle, read_bundle
from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.cksum import posix_cksum
from rmccomply.evidence.model import Bundle, Notification

HEAD = {"collector": "1", "mode": "live", "host": "lpar8", "os": "VIOS", "utc": "2026-11-20T03:00:00Z"}
LSSRC = Section("cmd", ("/usr/bin/lssrc", "-a"), b"Subsystem Group PID Status\n ctrmc rsct 5 active\n", id="src.all")
NODE_ID = Section("file", ("/etc/ct_node_id",), b"9f684c509e74d650\n", id="id.file")
UNAME = Section("cmd", ("/usr/bin/uname", "-L"), b"8 lpar8\n", id="os.lpar")
WHOLE = write_bundle(HEAD, [LSSRC, NODE_ID, UNAME], "2026-11-20T03:00:05Z")
LINES = WHOLE.splitlines(keepends=True)
NOT_RISING = "the section numbers do not increase here; nothing from here on was read"


def read(data: bytes) -> Bundle:
    return read_bundle(data, "b/lpar8.rmcc", "stem")


def says(data: bytes) -> list[tuple[str, int | None]]:
    return [(note.text, note.line) for note in read(data).notifications]


def whole_answers(bundle: Bundle) -> list[str]:
    return [item.id for item in bundle.evidence if item.damage is None]


def resummed(*lines: bytes, kind: bytes = b"cksum") -> bytes:
    """Lines of a bundle whose `%done` and `%end` lines get their sums anew."""
    summed: list[bytes] = []
    done: list[bytes] = []
    out: list[bytes] = []
    for line in lines:
        label, mark, _ = line.partition(b" sum=")
        if line.startswith(b"%done ") and mark:
            line = b"%b sum=%b\n" % (label, _sum(kind, b"".join(summed)))
            done.append(line)
            summed = []
        elif line.startswith(b"%end "):
            line = b"%b sum=%b\n" % (label, _sum(kind, b"".join(done)))
        else:
            summed.append(line)
        out.append(line)
    return b"".join(out)


def _sum(kind: bytes, data: bytes) -> bytes:
    if kind == b"-":
        return b"-"
    return (
        b"cksum:%d" % posix_cksum(data) if kind == b"cksum" else b"sha256:" + hashlib.sha256(data).hexdigest().encode()
    )


def test_a_sound_bundle() -> None:
    bundle = read(WHOLE)
    assert (bundle.name, bundle.fallback, bundle.platform) == ("lpar8", "stem", "vios")
    assert (bundle.collected, bundle.head, bundle.notifications) == ("2026-11-20T03:00:00Z", HEAD, ())
    assert bundle.artifacts == (("b/lpar8.rmcc", hashlib.sha256(WHOLE).hexdigest()),)
    assert whole_answers(bundle) == ["src.all", "id.file", "os.lpar"]
    assert resummed(*LINES) == WHOLE


def test_every_line_is_found_in_the_file() -> None:
    lines = WHOLE.decode().split("\n")
    for item in read(WHOLE).evidence:
        assert lines[item.line - 1] == item.text
        for number, text in enumerate(item.out.lines, 1):
            place = item.at(number)
            assert place is not None
            assert lines[place.start_line - 1] == "|" + text == "|" + place.text


@pytest.mark.parametrize("kind", [b"sha256", b"-"])
def test_other_sums(kind: bytes) -> None:
    bundle = read(resummed(*LINES, kind=kind))
    assert whole_answers(bundle) == ["src.all", "id.file", "os.lpar"]
    notes = [note.text for note in bundle.notifications]
    assert notes == ([] if kind == b"sha256" else ["sections carry no checksum (sum=-); only byte counts were checked"])


def test_a_wrong_sha256() -> None:
    data = resummed(*LINES, kind=b"sha256").replace(b"ctrmc rsct 5", b"ctrmc rsct 6")
    assert whole_answers(read(data)) == ["id.file", "os.lpar"]


@pytest.mark.parametrize("value", [b"cksum:", b"cksum:+1", b"cksum:0", b"cksum:1 2", b"crc:1", b"", b"--", b"sha256:"])
def test_a_sum_of_no_form_is_wrong(value: bytes) -> None:
    data = b"".join(b"%%done 2 id.file sum=%b\n" % value if x.startswith(b"%done 2") else x for x in LINES)
    assert whole_answers(read(data)) == ["src.all", "os.lpar"]


@pytest.mark.parametrize("noise", [b"Welcome to lpar8\n", b"\n\n", b"%h host other\n", b"\xff\0\x1b[2J\r\n", b"| x\n"])
def test_noise_before_the_magic_is_a_note(noise: bytes) -> None:
    bundle = read(noise + WHOLE)
    assert (bundle.name, whole_answers(bundle)) == ("lpar8", ["src.all", "id.file", "os.lpar"])
    assert bundle.notifications == (Notification("lines before the bundle were not read", "b/lpar8.rmcc", 1, "note"),)
    assert bundle.evidence[0].line == read(WHOLE).evidence[0].line + noise.count(b"\n")


@pytest.mark.parametrize("noise", [b"$ exit\n", b"logout", WHOLE])
def test_noise_after_the_end_is_a_note(noise: bytes) -> None:
    bundle = read(WHOLE + noise)
    assert whole_answers(bundle) == ["src.all", "id.file", "os.lpar"]
    assert {note.line for note in bundle.notifications} <= {len(LINES) + 1, len(LINES) + 7}
    assert bundle.notifications or noise == b"logout"


def test_blank_lines_after_the_end_are_nothing() -> None:
    assert read(WHOLE + b"\n\n").notifications == ()


def test_crlf_on_every_line_is_undone() -> None:
    crlf, plain = read(WHOLE.replace(b"\n", b"\r\n")), read(WHOLE)
    assert (crlf.evidence, crlf.head, crlf.notifications) == (plain.evidence, plain.head, ())
    assert read(b"Login\n" + WHOLE.replace(b"\n", b"\r\n") + b"bye\n").evidence[0].damage is None
    assert read(WHOLE.replace(b"\n", b"\r\n")[:-30]).evidence == plain.evidence


@pytest.mark.parametrize("at", range(len(LINES)))
def test_crlf_on_one_line_is_damage(at: int) -> None:
    data = b"".join(line.replace(b"\n", b"\r\n") if n == at else line for n, line in enumerate(LINES))
    assert whole_answers(read(data)) != ["src.all", "id.file", "os.lpar"] or read(data).notifications
    data = b"".join(line.replace(b"\n", b"\r\n") if n != at else line for n, line in enumerate(LINES))
    assert len(whole_answers(read(data))) < 3 or at == 0


@pytest.mark.parametrize("version", [b"2", b"10", b"2\r"])
def test_a_newer_version_is_a_target_without_answers(version: bytes) -> None:
    bundle = read(b"banner\n" + WHOLE.replace(b"evidence 1", b"evidence " + version, 1))
    assert (bundle.evidence, bundle.name, bundle.fallback) == ((), "", "stem")
    assert "newer than this release" in bundle.notifications[-1].text
    assert bundle.notifications[-1].line == 2


@pytest.mark.parametrize("version", [b"", b"x", b"1.0", b"1 ", b"-1"])
def test_a_damaged_version_loses_the_head_only(version: bytes) -> None:
    bundle = read(WHOLE.replace(b"evidence 1", b"evidence " + version, 1))
    assert (bundle.head, whole_answers(bundle)) == ({}, ["src.all", "id.file", "os.lpar"])
    assert bundle.notifications[0].text == "the head of the bundle is damaged and is not used"


def test_unknown_head_keys_are_kept() -> None:
    bundle = read(write_bundle({**HEAD, "weather": "fair, 12 C", "args": ""}, [UNAME]))
    assert (bundle.head["weather"], bundle.head["args"], bundle.notifications) == ("fair, 12 C", "", ())


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data.replace(b"host lpar8", b"host lpar9"),
        lambda data: data.replace(b"%done 0 head", b"%done 0 tail"),
        lambda data: data.replace(LINES[6], b""),
        lambda data: data.replace(b"%h mode", b"mode"),
        lambda data: data.replace(b"%h os VIOS\n", b"%h os\n"),
    ],
)
def test_a_wrong_head_is_not_used(damage: object) -> None:
    bundle = read(damage(WHOLE))  # type: ignore[operator]
    assert (bundle.name, bundle.fallback, bundle.platform, bundle.collected) == ("", "stem", "", None)
    assert whole_answers(bundle) == ["src.all", "id.file", "os.lpar"]
    assert bundle.notifications[0] == Notification(
        "the head of the bundle is damaged and is not used", "b/lpar8.rmcc", 1, damage=True
    )


def test_a_lost_magic_line() -> None:
    bundle = read(b"".join(LINES[1:]))
    assert (bundle.head, whole_answers(bundle)) == ({}, ["src.all", "id.file", "os.lpar"])
    assert bundle.notifications[0].text == "the first line of the bundle is lost; its head is not used"
    assert bundle.evidence[0].line == 7


def test_an_image_is_not_called_by_the_name_of_the_machine_that_looks() -> None:
    bundle = read(write_bundle({**HEAD, "mode": "image", "root": "/mnt/gold"}, [UNAME]))
    assert (bundle.name, bundle.fallback, bundle.platform) == ("", "stem", "vios")
    (note,) = bundle.notifications
    assert (note.level, note.line) == ("note", None)
    assert note.text.startswith("collected from the image in /mnt/gold (mode image), not from a running system")


def test_what_was_asked_by_the_quick_profile_says_so_once() -> None:
    (note,) = read(write_bundle({**HEAD, "profile": "quick"}, [UNAME])).notifications
    assert (note.level, note.damage) == ("note", False)
    assert note.text.startswith("collected with the plan quick")
    assert read(write_bundle({**HEAD, "profile": "full"}, [UNAME])).notifications == ()


def test_a_controllers_bundle() -> None:
    bundle = read_bundle(
        write_bundle({**HEAD, "mode": "controller"}, [UNAME]), "lpar8.controller.rmcc", controller=True
    )
    assert [item.origin for item in bundle.evidence] == ["controller"]


@pytest.mark.parametrize(
    ("last", "note"),
    [
        (b"", "the bundle has no %end line: it was cut off, and what is not in it counts as not collected"),
        (LINES[-1][:-1], "the bundle has no %end line: it was cut off, and what is not in it counts as not collected"),
        (
            b"%end sections=3 utc=2026-11-20T03:00:05Z\n",
            "the %end line is damaged; only sections with correct checksums were read",
        ),
        (
            LINES[-1].replace(b"sections=3", b"sections=4"),
            "the %end line does not match the sections: some are lost, repeated or reordered",
        ),
        (
            LINES[-1].replace(b"cksum:", b"cksum:1"),
            "the %end line does not match the sections: some are lost, repeated or reordered",
        ),
    ],
)
def test_a_wrong_or_missing_end(last: bytes, note: str) -> None:
    data = b"".join(LINES[:-1]) + last
    assert whole_answers(read(data)) == ["src.all", "id.file", "os.lpar"]
    assert [text for text, _ in says(data)] == [note]


def sections() -> list[list[bytes]]:
    """The lines of the head, of each section, and of the end."""
    starts = [n for n, line in enumerate(LINES) if line.startswith((b"%sect ", b"%end "))]
    return [LINES[a:b] for a, b in zip([0, *starts], [*starts, len(LINES)], strict=True)]


@pytest.mark.parametrize(
    ("order", "kept"),
    [
        ((0, 2, 1, 3, 4), ["id.file"]),
        ((0, 1, 3, 4), ["src.all", "os.lpar"]),
        ((0, 1, 1, 2, 3, 4), ["src.all"]),
        ((0, 4), []),
        ((0, 3, 4, 1), ["os.lpar"]),
    ],
)
def test_lost_repeated_and_reordered_sections_are_noticed(order: tuple[int, ...], kept: list[str]) -> None:
    data = b"".join(line for at in order for line in sections()[at])
    assert whole_answers(read(data)) == kept
    assert {"the %end line does not match the sections: some are lost, repeated or reordered", NOT_RISING} & {
        *dict(says(data))
    }


def test_a_done_line_of_another_section() -> None:
    head, first, second, third, end = sections()
    data = resummed(*head, *first[:-1], second[-1], *second[:-1], first[-1], *third, *end)
    damages = [item.damage and item.damage.says for item in read(data).evidence]
    assert damages == ["the section is closed by the %done line of another"] * 2 + [None]


def test_lines_between_sections_are_not_read() -> None:
    head, first, *others = sections()
    data = b"".join([*head, *first, b"|foo\n", b"%done 9 x sum=-\n", *(line for one in others for line in one)])
    assert whole_answers(read(data)) == ["src.all", "id.file", "os.lpar"]
    assert says(data)[0] == ("this is outside of all sections and was not read", len(head) + len(first) + 1)
    assert read(data).evidence[1].line == len(head) + len(first) + 3


def test_nothing_but_a_magic_line() -> None:
    for data in (b"%rmccomply-evidence 1\n", b"%rmccomply-evidence 1", b"%rmccomply-evidence ", b"%sect "):
        assert is_bundle(data)
        assert (read(data).evidence, read(data).head) == ((), {})
        assert "no %end line" in read(data).notifications[-1].text


@pytest.mark.parametrize(
    ("data", "known"),
    [
        (WHOLE, True),
        (b"motd\r\n" + WHOLE, True),
        (b"".join(LINES[1:]), True),
        (b"", False),
        (b"%rmccomply-evidence", False),
        (b"see %rmccomply-evidence 1", False),
        (b'{"schema": "rmccomply/facts/1"}', False),
    ],
)
def test_a_bundle_is_known_by_content(data: bytes, known: bool) -> None:
    assert is_bundle(data) is known


def test_two_sections_with_one_argv_are_both_kept() -> None:
    bundle = read(write_bundle(HEAD, [UNAME, UNAME]))
    assert [item.request for item in bundle.evidence] == ["uname -L", "uname -L"]
    assert bundle.notifications == ()


OTHER = write_bundle(
    {**HEAD, "host": "lpar9"},
    [replace(one, out=one.out.replace(b"5", b"6").replace(b"8", b"9")) for one in (LSSRC, NODE_ID, UNAME)],
    "2026-11-20T03:00:05Z",
)
SEPARATORS = [
    b"", b"\n", b"\r",
    b"\r\n", b"\n\n\n", b"garbage\n", b"garbage", b"|", b"| ", b"> ", b"\xef\xbb\xbf", b"\0", b"%", b"%h x y\n",
    b"From: root\nSubject: evidence\n\n", b"--=_boundary\r\nContent-Type: text/plain\r\n\r\n", b"%end\n", b"logout\n",
]  # fmt: skip


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("form", [b"\n", b"\r\n"])
def test_a_bundle_ends_where_another_begins(separator: bytes, form: bytes) -> None:
    for at in range(1, len(LINES) + 1):
        first = b"".join(LINES[:at])
        alone = read(first)
        both = read(first + separator + OTHER.replace(b"\n", form))
        assert set(whole_answers(both)) <= set(whole_answers(alone)), at
        assert both.name in (alone.name, ""), at
        assert any(note.damage for note in both.notifications), at


def test_no_part_of_another_bundle_behind_a_part_of_this_one_is_sound() -> None:
    rest = OTHER.splitlines(keepends=True)
    for at in range(1, len(LINES) + 1):
        for begin in range(len(rest)):
            both = b"".join(LINES[:at] + rest[begin:])
            assert both in (WHOLE, OTHER) or any(note.damage for note in read(both).notifications), (at, begin)


def test_what_follows_another_head_is_told_with_its_line() -> None:
    assert says(WHOLE + OTHER) == [
        (
            "another bundle begins here; nothing from here on was read: give each bundle a file of its own",
            len(LINES) + 1,
        )
    ]


def test_numbers_of_sections_rise() -> None:
    first = b"".join(LINES[:-1])
    again = b"".join(line for line in LINES[3:] if not line.startswith(b"%end"))
    assert (NOT_RISING, len(LINES)) in says(first + again[again.index(b"%sect") :])


@pytest.mark.parametrize(
    ("data", "damaged"),
    [
        (WHOLE, False),
        (b"Welcome\n" + WHOLE + b"logout\n", False),
        (resummed(*LINES, kind=b"-"), False),
        (b"".join(LINES[:-1]), True),
        (WHOLE.replace(b"%end sections=3", b"%end sections=4"), True),
        (WHOLE.replace(b"%end sections", b"%end"), True),
        (WHOLE.replace(b"%sect 2", b"stray\n%sect 2"), True),
        (WHOLE.replace(b"%h host", b"%h hast"), True),
        (WHOLE.replace(b"%rmccomply-evidence 1\n", b""), True),
        (WHOLE.replace(b"evidence 1", b"evidence 2"), True),
        (WHOLE + b"%done 4 x sum=-\n", True),
        (WHOLE + LINES[-1], True),
    ],
)
def test_damage_is_told_from_noise(data: bytes, damaged: bool) -> None:
    assert any(note.damage for note in read(data).notifications) is damaged


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        (b"%rmccomply-evidence 1", True),
        (b"$ %rmccomply-evidence 1", True),
        (b"%h host other", True),
        (b"%done 0 head sum=-", True),
        (b"|%rmccomply-evidence 1", False),
        (b"|%h host other", False),
        (b"%rmccomply-evidence", False),
        (b"%done 00", False),
    ],
)
def test_a_bundle_ends_where_the_head_of_another_begins(line: bytes, ends: bool) -> None:
    payload = b"|%rmccomply-evidence " * 2
    found = read(WHOLE.replace(b"%sect 2", b"\n".join((payload, line, b"%sect 2")), 1))
    assert any(note.text.startswith("another bundle begins here") for note in found.notifications) is ends
