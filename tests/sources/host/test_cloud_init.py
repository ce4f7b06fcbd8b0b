"""`cloud.cfg`: which modules are in an active list, by line rules."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.cloud_init import CloudConfig, asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples

ASKED = ("/etc/cloud/cloud.cfg",)
FINAL = "cloud_final_modules"


@pytest.mark.parametrize("sample", samples("cloud_init"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("cloud_init", answer_of(sample)) == snapshot


def config(*lines: str) -> CloudConfig:
    return parse(Answer(ASKED, lines))


def test_it_reads_the_file_alone() -> None:
    assert asks(ASKED)
    assert not asks(("cat", *ASKED))


@pytest.mark.parametrize(
    "lines",
    [
        (f"{FINAL}:", " - reset_rmc"),
        (f"{FINAL}:", "- reset-rmc"),
        (f"{FINAL}:  # the last", "", "  # a comment", "    -   'cc_reset_rmc'   # why"),
        (f"'{FINAL}':", ' - ["reset_rmc", always]'),
        (f"{FINAL}: [runcmd, reset_rmc]",),
        (f"{FINAL}: [", "  runcmd,", "  [reset_rmc.py, once],", "]"),
    ],
)
def test_reset_rmc_in_an_active_list(lines: tuple[str, ...]) -> None:
    module = config("users: [default]", *lines, "disable_root: true").reset_rmc
    assert module is not None
    assert (module.list, "reset" in lines[module.line - 2]) == (FINAL, True)


@pytest.mark.parametrize(
    "lines",
    [
        ("# cloud_final_modules:", "# - reset_rmc", "x: y"),
        (f"{FINAL}:", " - runcmd", "#- reset_rmc"),
        (f"{FINAL}:", " - runcmd # reset_rmc"),
        (f"{FINAL}:", " - reset_rmc_now"),
        (f"{FINAL}_old:", " - reset_rmc"),
        ("system_info:", f"  {FINAL}:", "   - reset_rmc"),
        ("datasource_list: [reset_rmc]",),
    ],
)
def test_reset_rmc_elsewhere_is_not_run(lines: tuple[str, ...]) -> None:
    assert config(*lines).reset_rmc is None


def test_lists_that_are_empty_and_lists_that_are_not_there_differ() -> None:
    assert config(f"{FINAL}: []").lists == (FINAL,)
    assert config("users: []").lists == ()
    assert (config("datasource_list: []").datasources, config("users: []").datasources) == ((), None)


def test_a_module_may_say_how_often_it_runs() -> None:
    found = config(f"{FINAL}: [[a, always], b]", "cloud_init_modules:", " - [c, once]").modules
    assert [(module.name, module.frequency, module.list) for module in found] == [
        ("a", "always", FINAL),
        ("b", "", FINAL),
        ("c", "once", "cloud_init_modules"),
    ]


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ((f"{FINAL}: *mods",), 1),
        ((f"{FINAL}: {{}}",), 1),
        ((f"{FINAL}: |", " - reset_rmc"), 1),
        ((f"{FINAL}: [reset_rmc] more",), 1),
        ((f"{FINAL}: [reset_rmc]]",), 1),
        (("x: &mods runcmd", f"{FINAL}:", " - *mods"), 3),
        ((f"{FINAL}:", " - 7"), 2),
        ((f"{FINAL}:", " - [on]"), 2),
        ((f"{FINAL}: [a]", f"{FINAL}:", " - b"), 2),
        ((f"{FINAL}: [a]", "<<: {cloud_final_modules: [reset_rmc]}"), 2),
        ((f"{FINAL}: !!set [reset_rmc]",), 1),
        (("datasource_list: ConfigDrive",), 1),
        (("datasource_list: [null]",), 1),
        (("manual_cache_clean: [yes]",), 1),
        (("## template: jinja", f"{FINAL}: [reset_rmc]"), 1),
        (("a: b", "---", "a: b"), 3),
    ],
)
def test_lists_of_another_form_are_refused(lines: tuple[str, ...], line: int) -> None:
    with pytest.raises(Unreadable) as refused:
        config(*lines)
    assert (refused.value.reason, refused.value.line) == ("unparsable", line)


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ((f"{FINAL}:", " - {name: reset-rmc, frequency: once}", " - {frequency: once}"), [("reset_rmc", "once")]),
        ((f"{FINAL}: &mods [reset_rmc]",), [("reset_rmc", "")]),
        ((f"{FINAL}:", " - [reset_rmc,", "    weekly]", " -", " - []", " - ''"), [("reset_rmc", "")]),
        ((f"{FINAL}:", "x: y"), []),
        ((f"{FINAL}: ~",), []),
        ((f"{FINAL}:", " - runcmd", "   reset_rmc"), [("runcmd reset_rmc", "")]),
    ],
)
def test_items_as_cloud_init_takes_them(lines: tuple[str, ...], names: list[tuple[str, str]]) -> None:
    found = config(*lines)
    assert [(one.name, one.frequency) for one in found.modules] == names
    assert found.lists == (FINAL,)


def test_what_else_decides_how_cloud_init_starts() -> None:
    found = config(
        "manual_cache_clean: Yes",
        "system_info: {distro: aix, paths: {cloud_dir: /opt/freeware/var/lib/cloud/}}",
        "conf_d: ~",
        "merge_how: [{name: list, settings: [append]}]",
        "runcmd:",
        " - [/opt/rsct/install/bin/recfgct, now]",
        " - |",
        "   one",
        "   two",
    )
    assert [(one.name, one.text, one.line) for one in found.settings] == [
        ("manual_cache_clean", "Yes", 1),
        ("conf_d", "", 3),
        ("merge_how", "", 4),
        ("cloud_dir", "/opt/freeware/var/lib/cloud/", 2),
    ]
    assert found.setting("conf_d") is not None
    assert found.setting("x") is None
    assert [one.text for one in found.commands] == ["/opt/rsct/install/bin/recfgct now", "one\ntwo"]


def test_a_part_may_hold_nothing_but_comments_and_the_file_may_not() -> None:
    part = ("/etc/cloud/cloud.cfg.d/10_site.cfg",)
    assert parse(Answer(part, ("# nothing",))).present
    for argv, status in ((ASKED, 0), (part, None)):
        with pytest.raises(Unreadable) as refused:
            parse(Answer(argv, ("# nothing",), (), status))
        assert refused.value.reason == "empty"


def test_a_secret_that_was_taken_out_spoils_nothing_else() -> None:
    lines = ("datasource: {Ec2: {token: (redacted)", f"{FINAL}: [reset_rmc]", "chpasswd:", "  (redacted)")
    assert config(*lines).reset_rmc is not None
