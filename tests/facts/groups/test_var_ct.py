"""The file system of /var/ct (table 3.11)."""

import pytest

from rmccomply.evidence.model import Evidence
from tests.hosts.building import command, facts, judge
from tests.hosts.cases import broken, says

HEAD = "Filesystem    1024-blocks      Free %Used    Iused %Iused Mounted on\n"
MIB = 1024


def df(*rows: str, request: str = "df -k /var /tmp /") -> Evidence:
    """`df -k`; rows are "MOUNT SIZE_MIB FREE_MIB"."""
    text = HEAD
    for row in rows:
        mount, size, free = row.split(" ")
        text += f"/dev/{mount.strip('/') or 'root'} {int(size) * MIB} {int(free) * MIB} 50% 7821 99% {mount}\n"
    return command(request, text)


VAR, TMP, ROOT = "/var 10000 5000", "/tmp 1000 900", "/ 2000 1000"
FREE = [
    pytest.param([df(VAR, TMP, ROOT)], 5000, id="/var"),
    pytest.param([df(ROOT, TMP, ROOT)], 1000, id="/ holds /var"),
    pytest.param([df("/var/ct 300 20", request="df -k /var/ct")], 20, id="a file system of its own"),
    pytest.param([df(VAR, "/var/ct 300 20", ROOT, request="df -k")], 20, id="the longest prefix"),
    pytest.param([df(VAR, "/var/ctx 300 20", ROOT, request="df -k")], 5000, id="/var/ctx is none"),
    pytest.param([df(TMP)], "?not_collected", id="no row for it"),
    pytest.param([df(TMP, ROOT)], "?not_collected", id="the row of /var is missing"),
    pytest.param([df(TMP, ROOT, request="df -k /tmp /")], "?not_collected", id="not asked for /var"),
    pytest.param([df(VAR, ROOT)], 5000, id="the row of /tmp is missing"),
    pytest.param([broken(df(VAR, TMP, ROOT), "timeout")], "?timeout", id="timeout"),
    pytest.param([broken(df(VAR, TMP, ROOT), "truncated", partial=True)], "?truncated", id="cut"),
    pytest.param([command("df -k /var /tmp /", "")], "?empty", id="empty"),
    pytest.param([command("df -k /var /tmp /", HEAD)], "?empty", id="the header alone"),
    pytest.param([command("df -k /var /tmp /", HEAD + "/dev/hd9var - - - - - /var\n")], "?unparsable", id="no value"),
    pytest.param([df(VAR), df(VAR, request="df -k /var")], 5000, id="two answers agree"),
    pytest.param([df(VAR), df("/var 10000 1", request="df -k /var")], "?conflicting", id="two answers differ"),
    pytest.param([], "?not_collected", id="not collected"),
]


GNU = "Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/sda3 2048000 1024000 1024000 50% /\n"


@pytest.mark.parametrize(
    ("listing", "expected"),
    [
        (df(ROOT, TMP, request="df -k"), "?not_collected"),
        (df(ROOT, TMP, VAR, request="df -k"), 5000),
        (command("df -k", GNU), 1000),
    ],
)
def test_a_listing_of_all_without_var_was_cut_on_aix(listing: Evidence, expected: object) -> None:
    assert says(facts(listing._replace(exit_status=None)).fact("var_ct.free_mib")) == expected


@pytest.mark.parametrize(("evidence", "expected"), FREE)
def test_free_space(evidence: list[Evidence], expected: object) -> None:
    assert says(facts(*evidence).fact("var_ct.free_mib")) == expected


def test_a_listing_without_a_row_for_it_is_shown() -> None:
    fact = facts(df(TMP)).fact("var_ct.free_mib")
    assert fact.says == "The file system of /var/ct is unknown: no row of df shows it."
    assert [place.text for place in fact.evidence] == [HEAD.strip()]


def test_a_row_with_blocks_is_taken_before_one_with_inodes_alone() -> None:
    inodes = command("df -i -T /var", INODES.format(kind="ext4", share="97%"))
    assert says(facts(df(VAR), inodes, platform="linux").fact("var_ct.free_mib")) == 5000


def test_the_share_is_computed_from_blocks_and_not_read() -> None:
    assert says(facts(df("/var 1000 51", ROOT, TMP)).fact("var_ct.used_percent")) == 94.9


LINUX = """\
Filesystem     Type 1024-blocks    Used Available Capacity Mounted on
/dev/sda3      {kind} 1000000    500000    400000     56% /var
"""


def test_gnu_df_counts_what_root_keeps_back_as_used() -> None:
    found = facts(command("df -kPT /var", LINUX.format(kind="ext4")), platform="linux")
    assert says(found.fact("var_ct.used_percent")) == 55.5


INODES = "Filesystem     Type  Inodes  IUsed   IFree IUse% Mounted on\n/dev/sda3      {kind} 100 97 3 {share} /var\n"
INODE_TABLE = [
    ("ext2", "97%", 97),
    ("ext3", "97%", 97),
    ("ext4", "97%", 97),
    ("xfs", "97%", "n/a"),
    ("btrfs", "-", "n/a"),
    ("jfs2", "97%", "n/a"),
]


@pytest.mark.parametrize(("kind", "share", "expected"), INODE_TABLE)
def test_inodes_count_where_their_number_is_fixed(kind: str, share: str, expected: object) -> None:
    found = facts(command("df -i -T /var", INODES.format(kind=kind, share=share)), platform="linux")
    assert says(found.fact("var_ct.inode_percent")) == expected


SPACE = "Filesystem     Type 1024-blocks    Used Available Capacity Mounted on\n/dev/sda3 {kind} 900 500 400 56% /var\n"
BARE = "Filesystem     Inodes  IUsed   IFree IUse% Mounted on\n/dev/sda3      100 97 3 97% /var\n"
WITHOUT_INODES = [
    ("ext2", None, "?not_collected"),
    ("ext3", None, "?not_collected"),
    ("ext4", None, "?not_collected"),
    ("ext4", command("df -iPT /var", INODES.format(kind="ext4", share="-")), "?not_collected"),
    ("ext4", command("df -iPT /var", INODES.format(kind="ext4", share="97%")), 97),
    ("ext4", command("df -i /var", BARE), 97),
    ("xfs", None, "n/a"),
    ("xfs", command("df -i /var", BARE), "n/a"),
    ("zfs", None, "n/a"),
    ("somefs", command("df -i /var", BARE), "?inconclusive"),
    ("somefs", None, "?inconclusive"),
    ("overlay", command("df -i /var", BARE), 97),
    ("overlay", None, "?not_collected"),
    ("nfs", command("df -iPT /var", INODES.format(kind="nfs", share="2%")), 2),
    ("nfs4", command("df -iPT /var", INODES.format(kind="nfs4", share="2%")), 2),
    ("tmpfs", command("df -iPT /var", INODES.format(kind="tmpfs", share="2%")), 2),
]


@pytest.mark.parametrize(("kind", "inodes", "expected"), WITHOUT_INODES)
def test_a_fixed_number_of_inodes_without_the_answer_that_shows_them_is_not_passed_over(
    kind: str, inodes: Evidence | None, expected: object
) -> None:
    found = facts(command("df -kPT /var", SPACE.format(kind=kind)), *([inodes] if inodes else []), platform="linux")
    assert says(found.fact("var_ct.inode_percent")) == expected


@pytest.mark.parametrize("platform", ["aix", "vios"])
def test_inodes_of_jfs2_are_not_judged(platform: str) -> None:
    assert says(facts(df(VAR, TMP, ROOT), platform=platform).fact("var_ct.inode_percent")) == "n/a"


UNTYPED = command("df -kP /var", LINUX.format(kind="").replace("Type", ""))


@pytest.mark.parametrize("more", [(), (command("df -i /var", BARE),)])
def test_where_no_answer_shows_the_type_of_the_file_system_its_inodes_are_unknown(more: tuple[Evidence, ...]) -> None:
    fact = facts(UNTYPED, *more, platform="linux").fact("var_ct.inode_percent")
    assert (says(fact), fact.settle) == ("?not_collected", "df -i -T /var/ct")
    assert judge([UNTYPED, *more], platform="linux")["RMC-FS-004"].result == "unknown"


FS_001 = [
    (df("/var 1000 63"), "fail"),
    (df("/var 1000 64"), "pass"),
    (df("/var 500000 20000"), "pass"),
    (df("/var 10000 500"), "fail"),
    (df("/var 10000 501"), "pass"),
    (df("/var 10000 511"), "pass"),
    (df("/var 10240 512"), "pass"),
    (df("/var 10240 511"), "fail"),
    (df(VAR), "pass"),
    (df(TMP), "unknown"),
]


@pytest.mark.parametrize(("evidence", "expected"), FS_001)
def test_full(evidence: Evidence, expected: str) -> None:
    assert judge([evidence])["RMC-FS-001"].result == expected


def test_inodes_of_ext4_have_a_rule_of_their_own() -> None:
    evidence = [
        command("df -kP /var", LINUX.format(kind="").replace("Type", "")),
        command("df -i -T /var", INODES.format(kind="ext4", share="97%")),
    ]
    assert judge(evidence, platform="linux")["RMC-FS-004"].result == "fail"


FS_003 = [
    (df("/var 6000 901"), "pass"),
    (df("/var 6000 900"), "fail"),
    (df("/var 6820 1023"), "fail"),
    (df("/var 6826 1024"), "pass"),
    (df("/var 500000 20000"), "pass"),
    (df("/var 1000 0"), "fail"),
    (df(TMP), "unknown"),
]


@pytest.mark.parametrize(("evidence", "expected"), FS_003)
def test_filling_up(evidence: Evidence, expected: str) -> None:
    assert judge([evidence])["RMC-FS-003"].result == expected


def test_a_file_system_of_no_size_is_full() -> None:
    fact = facts(command("df -k /var", HEAD + "/dev/hd9var 0 0 - - - /var\n")).fact("var_ct.used_percent")
    assert says(fact) == 100.0


@pytest.mark.parametrize(("name", "what"), [("free_mib", "free space"), ("used_percent", "use")])
def test_what_df_does_not_print_is_named(name: str, what: str) -> None:
    fact = facts(command("df -k /var", HEAD + "/dev/hd9var - - - - - /var\n")).fact(f"var_ct.{name}")
    assert (says(fact), fact.says) == ("?unparsable", f"The {what} of /var is unknown: df prints none.")


SOS = """\
Filesystem 1K-blocks Used Available Use% Mounted on
rootfs - - - - /
sysfs 0 0 0 - /sys
/dev/mapper/rhel-root 2048000 1024000 1024000 50% /
"""
SOS_INODES = """\
Filesystem Type Inodes IUsed IFree IUse% Mounted on
rootfs rootfs - - - - /
/dev/mapper/rhel-root ext4 1222992 110000 1112992 9% /
"""


def test_a_mount_point_that_another_one_hides_has_no_values() -> None:
    found = facts(command("df -a -x autofs", SOS), command("df -aiT -x autofs", SOS_INODES), platform="linux")
    assert (says(found.fact("var_ct.free_mib")), says(found.fact("var_ct.inode_percent"))) == (1000, 9)


@pytest.mark.parametrize("request_", ["df -l", "df -al -x autofs", "df -kPl", "df -a -x nfs4", "df -kx xfs"])
@pytest.mark.parametrize("mount", ["/", "/var"])
def test_a_listing_that_leaves_out_file_systems_does_not_show_where_var_ct_is(request_: str, mount: str) -> None:
    """/var may be of another host, and then `/` holds nothing of RSCT."""
    found = facts(command(request_, GNU.replace(" /\n", f" {mount}\n")), platform="linux").fact("var_ct.free_mib")
    says_ = (
        f"The file system of /var/ct is unknown: `{request_}` leaves out some file systems, and this may be one of "
        "them."
    )
    assert (says(found), found.says, found.settle) == ("?inconclusive", says_, "df -k /var/ct")


@pytest.mark.parametrize(
    ("request_", "mount"),
    [
        ("df -l", "/var/ct"),
        ("df -a -x autofs", "/"),
        ("df -x squashfs", "/"),
        ("df -l /var/ct", "/"),
        ("df -kl /var", "/var"),
    ],
)
def test_what_is_left_out_elsewhere_is_of_no_account(request_: str, mount: str) -> None:
    found = facts(command(request_, GNU.replace(" /\n", f" {mount}\n")), platform="linux")
    assert says(found.fact("var_ct.free_mib")) == 1000
