"""YAML as a tree with lines."""

import time

import pytest

from rmccomply.sources.shared.answer import Unreadable
from rmccomply.sources.shared.yaml_tree import YamlAlias, YamlList, YamlMap, YamlScalar, yaml_tree

LOGGING = (
    "_log:",
    " - &log_base |",
    "   [loggers]",
    "   keys=root,cloudinit",
    "",
    "   [handlers]",
    "   # no comment",
    " - &log_file |",
    "   [handler]",
    "log_cfgs:",
    " - [ *log_base, *log_file ]",
    "output: {all: '| tee -a /var/log/cloud-init-output.log'}",
)


def test_the_file_for_logs_that_cloud_init_brings() -> None:
    tree = yaml_tree(LOGGING)
    assert isinstance(tree, YamlMap)
    assert [(key.text, key.line) for key, _ in tree.pairs] == [("_log", 1), ("log_cfgs", 10), ("output", 12)]
    logs = tree.get("log_cfgs")
    assert isinstance(logs, YamlList)
    assert logs.items == (YamlList((YamlAlias("log_base", 11), YamlAlias("log_file", 11)), 11),)
    assert tree.get("none") is None


def test_of_a_key_that_stands_twice_the_later_value_counts() -> None:
    tree = yaml_tree(("a: 1", "a: '2'"))
    assert isinstance(tree, YamlMap)
    assert tree.get("a") == YamlScalar("2", False, 2)
    assert tree.lines_of("a") == (1, 2)


@pytest.mark.parametrize(("text", "empty"), [("~", True), ("null", True), ("'~'", False), ("None", False)])
def test_nothing(text: str, empty: bool) -> None:
    tree = yaml_tree((text,))
    assert isinstance(tree, YamlScalar)
    assert tree.empty is empty
    assert yaml_tree(("# comment", "")) is None


@pytest.mark.parametrize(
    "lines",
    [
        ("a: [",),
        ("a: b: c",),
        ("\ta: b",),
        ("a: *x",),
        ("a: !!python/object/apply:os.system [id]",),
        ("? [a]", ": b"),
        ("a: b", "---", "c: d"),
        ("a: \x01",),
        tuple("- " * 50),
        ("[" * 60,),
        ("%TAG ! x", "a: b"),
    ],
)
def test_what_is_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(Unreadable) as refused:
        yaml_tree(lines if len(lines) < 20 else ("".join(lines) + "x",))
    assert refused.value.reason == "unparsable"


def test_a_bomb_takes_no_time() -> None:
    lines = ["a0: &a0 [x]", *(f"a{one}: &a{one} [{', '.join([f'*a{one - 1}'] * 9)}]" for one in range(1, 30))]
    start = time.perf_counter()
    assert isinstance(yaml_tree(lines), YamlMap)
    with pytest.raises(Unreadable):
        yaml_tree(["a: [" + "x, " * 30_000 + "]"])
    with pytest.raises(Unreadable):
        yaml_tree(["[" * 100_000])
    assert time.perf_counter() - start < 20
