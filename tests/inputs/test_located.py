"""Labels: whatever hosts call themselves, and whatever becomes of their evidence, no two targets have one."""

import pickle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rmccomply.inputs.located import Claims, LabelsOf, Located, in_turn, label_for, with_names

NAMES = [
    "a",
    "b",
    "a (x)",
    "a (x)#2",
    "b (y)",
    "a (x) (y)",
    "x",
    "x:1",
    "y:2",
    "x:1#2",
    "a (x:1)",
    "x (x)",
    "f",
    "f (x)",
]
URIS = ["x", "y", "d/x"]


def file(uri: str, fallback: str = "f") -> Located:
    return Located("file", f"/{uri}", uri, fallback)


def own(*inputs: tuple[Located, Claims]) -> list[set[str]]:
    found = with_names([one for one, _ in inputs], [claim for _, claim in inputs])
    return [set(one.own or ()) for one in found]


def test_a_name_of_two_is_of_neither() -> None:
    two = own((file("x", "f1"), Claims(("a",))), (file("y", "f2"), Claims(("a",))), (file("z", "f3"), Claims(("b",))))
    assert two == [{"f1"}, {"f2"}, {"b", "f3"}]
    assert label_for("a", "x", two[0]) == "a (x)"
    assert label_for("b", "z", two[2]) == "b"


def test_a_name_that_was_not_foreseen_is_told_apart() -> None:
    (first, _) = with_names([file("x", "f1"), file("y", "f2")], [Claims(("a",)), Claims(("b",))])
    assert label_for("b", "x", first.own) == "b (x)"


def test_an_only_target_has_every_name() -> None:
    (one,) = with_names([file("x")], [Claims()])
    assert (one.own, label_for("whatever", "x", one.own)) == (None, "whatever")
    (document,) = with_names([file("x")], [Claims(("a",), documents=True)])
    assert document.own is None


def test_a_place_that_is_there_twice_has_its_turn() -> None:
    found = list(with_names([file("x"), file("y"), file("x")], [Claims(("a",)), Claims(("b",)), Claims(("a",))]))
    assert [one.turn for one in found] == [0, 0, 1]
    assert [label_for("a", one.uri, one.own, one.turn) for one in found if one.uri == "x"] == ["a (x)", "a (x)#2"]


@pytest.mark.parametrize("name", ["a (x)", "a (x)#2", "a (y:3)", "y", "y:3", "y:3#2", "z (y)"])
def test_a_name_that_reads_as_the_label_of_another_is_told_apart(name: str) -> None:
    claims = [Claims(("a",)), Claims(("b", "c"), documents=True), Claims((name,))]
    *_, last = with_names([file("x", "f1"), file("y", "f2"), file("z", "f3")], claims)
    assert set(last.own or ()) == {"f3"}


@pytest.mark.parametrize("name", ["a (q)", "web (prod)", "a (x", "lpar7#2", "a(x)", "z:3"])
def test_a_name_that_only_looks_odd_stays(name: str) -> None:
    claims = [Claims(("a",)), Claims(("b", "c"), documents=True), Claims((name,))]
    *_, last = with_names([file("x", "f1"), file("y", "f2"), file("z", "f3")], claims)
    assert set(last.own or ()) == {name, "f3"}


def test_a_file_named_as_a_host_does_not_take_its_name() -> None:
    """Should it fail to be read."""
    assert own((file("d/a", "a"), Claims(("b",))), (file("y", "f"), Claims(("a",)))) == [{"b"}, {"a", "f"}]
    assert own((file("d/a", "a"), Claims(("a",))), (file("e/a", "a"), Claims(("b",)))) == [{"a"}, {"b"}]


def test_what_is_told_is_passed_on_in_its_place() -> None:
    told = Located("told")
    found = list(with_names([told, file("x"), told, file("y")], [Claims(("a",)), Claims(("a",))]))
    assert [one.kind for one in found] == ["told", "file", "told", "file"]
    assert pickle.loads(pickle.dumps(found)) == found


names = st.sampled_from(NAMES)
single = st.tuples(st.just(False), st.lists(names, max_size=1), st.lists(names | st.none(), max_size=1))
several = st.tuples(st.just(True), st.lists(names | st.just(""), max_size=4), st.lists(names | st.none(), max_size=4))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(URIS), single | several), min_size=2, max_size=6))
def test_no_two_targets_of_a_run_have_one_label(
    drawn: list[tuple[str, tuple[bool, list[str], list[str | None]]]],
) -> None:
    """Each input is a place, what was foreseen of it, and what its reader found: a name, or a failure."""
    inputs = [file(uri, uri.rpartition("/")[2]) for uri, _ in drawn]
    claims = [Claims(tuple(foreseen), documents=many) for _, (many, foreseen, _) in drawn]
    labels = []
    for one, (_, (many, _, found)) in zip(with_names(inputs, claims), drawn, strict=True):
        of_input = LabelsOf(one)
        for line, name in enumerate(found, 1):
            place = f"{one.uri}:{line}" if many else one.uri
            if name is None and many:
                labels.append(in_turn(place, one.turn))
            else:
                labels.append(of_input.label(one.fallback if name is None else name, place))
    assert len(set(labels)) == len(labels), labels


def test_a_name_that_was_foreseen_once_is_given_once() -> None:
    (one, _) = with_names([file("x"), file("y")], [Claims(("a",), documents=True), Claims(("b",))])
    labels = LabelsOf(one)
    assert [labels.label("a", f"x:{line}") for line in (1, 2, 3)] == ["a", "a (x:2)", "a (x:3)"]
    alone = LabelsOf(file("x"))
    assert [alone.label(name, f"x:{line}") for line, name in enumerate(("a (x:3)", "a", "a"), 1)] == [
        "a (x:3)",
        "a",
        "a (x:3)#2",
    ]
