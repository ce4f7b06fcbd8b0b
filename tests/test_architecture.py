"""The architecture, as far as a machine can hold it: layers, tables, sizes, words, and what a start imports."""

import ast
import inspect
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path
from statistics import median
from types import FunctionType
from typing import get_args

import pytest

from rmccomply.checks import KINDS
from rmccomply.cli import COMMANDS
from rmccomply.collect.inventory import DOCUMENTS, TEXTS
from rmccomply.facts.catalogue import FACTS
from rmccomply.facts.model import Fact
from rmccomply.sinks import SINKS
from rmccomply.sources.shared.answer import Answer
from rmccomply.sources.table import SOURCES
from rmccomply.words import FORMATS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "rmccomply"
EXAMPLE = ROOT / "examples" / "aurora-db1.rmcc"

CATALOGUE = ("fact_line", "console_lines", "first_boot_lines", "image_lines", "catalogue")
OVER_SOURCES = ("named", "reading", "requests", "source", "table")
ROOMS = sorted({source.module.partition(".")[0] for source in SOURCES.values()})
IN_FILTERS = ("firewalld_services", "filter_rules", "iptables_listing", "iptables_rules", "nft_rules", "nft_words")
"""What sources of packet filters share."""
# A module may import from its own line and from those above it. `facts.gather` asks for a derived fact by the name of
# its module, which the catalogue gives; so do the other tables. Nothing else is imported by name.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("words", "errors", "version", "data", "record", "tuples", "guarded", "files", "spool", "terminal"),
    ("written",),
    ("evidence",),
    ("collect.plan", "collect.listing", "collect.replay"),
    ("sources.shared", *(f"sources.filters.{name}" for name in IN_FILTERS)),
    tuple(f"sources.{room}" for room in ROOMS),
    ("sources",),
    ("facts.model", *(f"facts.{name}" for name in CATALOGUE)),
    ("facts",),
    ("facts.judging", "facts.images", "facts.groups"),
    ("outcome",),
    ("checks",),
    ("policy",),
    ("verdict",),
    ("advice",),
    ("evaluate",),
    ("finding",),
    ("causes", "problems", "undecided"),
    ("dispose",),
    ("report",),
    ("ending",),
    ("age", "isolation"),
    ("documents",),
    ("inputs",),
    ("assess",),
    ("formats", "sinks"),
    ("reasoning",),
    ("reference",),
    ("collect",),
    ("attest",),
    ("runs",),
    ("cli",),
    ("__main__", ""),
)
BY_NAME = {"__init__", "cli", "facts.gather", "formats", "sources.source"}
"""Modules that import others by the names of a table."""
UNTESTED = {
    "__main__": "tests/test_main.py runs it",
    "checks": "a table, held here",
    "cli.signals": "tests/collect/test_interrupted.py sends them to a run",
    "cli.terminal_teller": "what is printed, told by the tests of all commands",
    "runs.plan": "what a run is asked, tested with it in tests/runs/test_check.py and tests/runs/test_settings.py",
    "runs.judge": "what a process of a run does: tests/runs/test_spread.py has it in two",
    "runs.reports": "how a run writes, tested with it in tests/runs/test_check.py",
    "data": "tests/test_wheel.py finds the files of an installed wheel, every other test those of a checkout",
    "inputs.fact_documents": "a part of the inputs, tested with them",
    "facts.console_lines": "a part of the catalogue, tested with it",
    "facts.first_boot_lines": "a part of the catalogue, tested with it",
    "sources.filters.filter_rules": "the form of a rule, told by the tests of those who read and who follow it",
    "sources.filters.nft_words": "the words of a rule, told by the tests of the reader of rules",
    "facts.image_lines": "a part of the catalogue, tested with it",
    "facts.fact_line": "a line of the catalogue, tested with it",
    "documents": "what documents are called, told by every test that writes or reads one",
    "documents.facts_1_rows": "tests/documents/test_facts_1_reader.py holds each row to the schema and to what is read",
    "runs.facts": "what `facts` prints, tested as that command",
    "formats._sarif.attention": "a part of sarif and sarif-github, whose tests hold what it counts",
    "formats._sarif.log": "a part of sarif, whose snapshots show it",
    "formats._sarif.places": "a part of sarif, whose snapshots show it",
    "formats._sarif.results": "a part of sarif-all, whose snapshots show it",
    "formats._sarif.rules": "a part of sarif, whose snapshots show it",
    "formats.junit.cases": "a part of junit, whose snapshot shows it",
    "formats.markdown.front": "a part of markdown, whose snapshot shows it",
    "formats.markdown.partition": "a part of markdown, whose snapshot shows it",
    "formats.html.quoted": "a part of html, whose snapshots show it",
    "formats.html.shown": "values without a choice, made and tested in tests/formats/html/test_partition.py",
    "formats._sarif.texts": "a part of sarif, whose tests hold its sentences",
    "formats._sarif.undecided": "a part of sarif, whose snapshots show it",
    "formats.text.about": "a part of text, whose snapshots show it",
    "formats.text.brief": "a part of text, whose snapshots show it",
    "formats.text.canvas": "a part of text, whose snapshots show it",
    "formats.text.finding": "a part of text, whose snapshots show it",
    "formats.text.gist": "a part of text, whose snapshots show it",
    "formats.text.heading": "a part of text, whose snapshots show it",
    "formats.text.nothing": "tests/cli/test_verdict.py runs it",
    "formats.text.quoted": "a part of text, whose snapshots show it",
    "formats.text.summary": "a part of text, whose snapshots show it",
    "formats.text.target": "a part of text, whose snapshots show it",
    "formats.text.whole": "a part of text, whose snapshots show it",
    "formats.text.fleet_page": "a part of the page, which tests/test_front_page.py holds",
    "formats.text.groups": "a part of the page, which tests/test_front_page.py holds",
    "formats.text.lists": "a part of the page, which tests/test_front_page.py holds",
    "formats.text.page": "a part of the page, which tests/test_front_page.py holds",
    "inputs.loaded": "a part of the inputs, tested with them",
    "sinks": "a table, held here",
    "sources.source": "a line of the table, held by the table's test",
    "sources.table": "a table, held here and in tests/sources/test_requests.py",
    "verdict": "a form without a choice, told by the tests of evaluate",
    "version": "one constant",
    "words": "closed sets, told by every other test",
}
"""Modules without a test module of their own, each with where it is tested instead."""


def module_of(path: Path) -> str:
    """The dotted name below the package; "" is the package itself."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix("__init__").removesuffix(".")


MODULES = {module_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}


def imported(name: str) -> Iterator[str]:
    """The modules of the package that a module names in any import, lazy ones and those for types included."""
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: a relative import"
            module = node.module or ""
            for alias in node.names:
                full = f"{module}.{alias.name}"
                yield full if full.removeprefix("rmccomply.") in MODULES else module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def ours(name: str) -> set[str]:
    """The modules of the package that a module imports."""
    return {one.removeprefix("rmccomply").removeprefix(".") for one in imported(name) if one.startswith("rmccomply")}


def layer_of(name: str) -> int:
    """The line of LAYERS with the longest name that a module is, or is in."""
    found = [
        (len(entry), number)
        for number, line in enumerate(LAYERS)
        for entry in line
        if name == entry or (entry and name.startswith(f"{entry}."))
    ]
    assert found, f"{name} is in no layer"
    return max(found)[1]


def of_all_modules(holds: Callable[[str], None]) -> Callable[[], None]:
    """One test that says of each module what does not hold of it."""

    def test() -> None:
        wrong: dict[str, str] = {}
        for name in MODULES:
            try:
                holds(name)
            except AssertionError as error:
                wrong[name] = str(error)
        assert wrong == {}

    return test


@of_all_modules
def test_imports_point_one_way(name: str) -> None:
    assert [other for other in sorted(ours(name)) if layer_of(other) > layer_of(name)] == []


def test_there_are_no_cycles() -> None:
    order = list(TopologicalSorter({name: ours(name) - {name} for name in MODULES}).static_order())
    assert len(order) == len(MODULES)


@of_all_modules
def test_formats_and_sinks_know_nothing_of_each_other(name: str) -> None:
    package = name.partition(".")[0]
    if package in ("formats", "sinks"):
        other = "sinks" if package == "formats" else "formats"
        assert [one for one in ours(name) if one.partition(".")[0] == other] == []
    if package not in ("cli", "__main__"):
        assert [one for one in ours(name) if one.partition(".")[0] == "cli"] == []


def test_only_tables_import_by_name() -> None:
    by_name = {name or "__init__" for name, tree in TREES.items() if "import_module" in ast.dump(tree)}
    assert by_name == BY_NAME


def test_the_page_of_the_architecture_names_every_part() -> None:
    table = (ROOT / "docs" / "architecture.md").read_text("utf-8").partition("| package or module |")[2]
    parts = {f"{name.partition('.')[0]}{'/' if '.' in name else ''}" for name in MODULES} - {"", "__main__"}
    packages = {name.removesuffix("/") for name in parts if name.endswith("/")}
    assert sorted(name for name in parts - packages if f"`{name}`" not in table) == []


BY_HAND = (
    ".pre-commit-config.yaml",
    ".ci/run",
    "pyproject.toml",
    "*.md",
    "docs/*.md",
    "*/README.md",
    "tests/*/README.md",
)
"""What is written by hand and names files of this tree."""


def test_the_files_that_tools_and_pages_are_told_of_are_there() -> None:
    pattern = re.compile(
        r"(?<![\w./-])(?:tests|rmccomply|benchmarks|docs|schemas|policies|examples)/[\w./-]+\.[a-z]{2,5}\b"
    )
    told = {one for glob in BY_HAND for path in ROOT.glob(glob) for one in pattern.findall(path.read_text("utf-8"))}
    assert {"tests/reference/test_pages.py", "docs/architecture.md", "rmccomply/policy/model.py"} < told
    assert (
        sorted(one for one in told if not (ROOT / one).exists() and not {"NAME", "ROOM"} & set(re.split(r"\W|_", one)))
        == []
    )


def files_in(folder: str) -> set[str]:
    """The modules of a package without the package itself and without private ones."""
    return {path.stem for path in (PACKAGE / folder).glob("*.py") if not path.stem.startswith("_")}


def test_the_page_of_the_architecture_names_what_there_is() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"`((?:[a-z_0-9]+/)+[a-z_0-9]+)`", page)) - {"rmccomply/report/1", "rmccomply/facts/1"}
    assert {"checks/word", "inputs/locate"} < named
    assert sorted(one for one in named if one.replace("/", ".") not in MODULES) == []


def test_the_line_of_the_walk_is_where_it_says() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    found = re.search(r"`examples/(\S+)` has, on its line (\d+), `([^`]*)`", page)
    assert found
    lines = (ROOT / "examples" / found[1]).read_text("utf-8").split("\n")
    assert lines[int(found[2]) - 1].removeprefix("|") == found[3]


def test_every_source_is_in_the_table() -> None:
    found = {f"{room}.{name}" for room in ROOMS for name in files_in(f"sources/{room}") - {*IN_FILTERS}}
    assert found == {source.module for source in SOURCES.values()}
    assert files_in("sources") == {*OVER_SOURCES}


def test_every_kind_of_check_is_in_the_table() -> None:
    listed = {kind.__module__.rpartition(".")[2] for kind in KINDS.values()}
    assert files_in("checks") - {"bounds", "kind", "operands"} == listed
    assert all(word in get_args(kind.model_fields["kind"].annotation) for word, kind in KINDS.items())


def test_every_format_is_in_the_table() -> None:
    found = (path.parent.name for path in (PACKAGE / "formats").glob("*/__init__.py"))
    folders = {name for name in found if not name.startswith("_")}
    assert files_in("formats") | folders == {name.replace("-", "_") for name in FORMATS}


def test_every_form_of_inventory_is_in_the_table() -> None:
    assert files_in("collect/inventory") - {"row", "partitions", "ansible_text", "plain"} == {*DOCUMENTS, *TEXTS}


SIGNS = "attest.ssh_keygen"
"""What begins ssh-keygen."""


@of_all_modules
def test_only_collect_begins_processes_and_connections(name: str) -> None:
    reaching = {"asyncio", "subprocess", "socket", "ssl", "http", "urllib"} & {
        one.partition(".")[0] for one in imported(name)
    }
    assert name.startswith("collect.") or reaching == ({"subprocess"} if name == SIGNS else set())


def test_every_sink_is_in_the_table() -> None:
    assert files_in("sinks") == set(SINKS)


WITHOUT_A_COMMAND = {"layout", "options", "signals", "terminal_teller"}


MAY_PRINT = ("cli", "sinks", "__main__")
STREAMS = {"stdout", "stderr", "__stdout__", "__stderr__"}
WRITES = {"write", "writev", "fdopen", "dup2", "sendfile"}


def printing(tree: ast.AST) -> Iterator[str]:
    """What a module has that reaches the streams of this process; those of its children are others."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in STREAMS and ast.unparse(node.value) == "sys":
            yield ast.unparse(node)
        if isinstance(node, ast.ImportFrom) and node.module in ("sys", "typer", "click"):
            yield from (
                f"from {node.module}: {one.name}" for one in node.names if one.name in STREAMS | {"echo", "secho"}
            )
        if isinstance(node, ast.Call):
            words, numbers = ast.unparse(node.func).split("."), [ast.unparse(one) for one in node.args]
            if words == ["print"] or words[-1] in ("echo", "secho"):
                yield ast.unparse(node)
            if {"1", "2"} & {*numbers[:2]} and (words == ["open"] or (words[0] == "os" and words[-1] in WRITES)):
                yield ast.unparse(node)


@pytest.mark.parametrize(
    ("line", "prints"),
    [
        *((one, True) for one in ("sys.stderr.write('x')", "print('x')", "typer.echo('x')", "from sys import stdout")),
        *((one, True) for one in ("os.write(1, b'')", "os.fdopen(2, 'w')", "open(1, 'w')", "os.dup2(n, 1)")),
        *((one, False) for one in ("os.write(pipe, b'')", "run(stdout=far)", "done.stderr", "sys.stdin.read(2)")),
    ],
)
def test_what_prints_is_found(line: str, prints: bool) -> None:
    assert bool([*printing(ast.parse(line))]) == prints


@of_all_modules
def test_only_the_command_line_and_sinks_print(name: str) -> None:
    assert name.partition(".")[0] in MAY_PRINT or [*printing(TREES[name])] == []


def test_runs_have_no_clock_of_their_own() -> None:
    calls = [
        f"{name}: {ast.unparse(node.func)}"
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if name.startswith("runs.") and isinstance(node, ast.Call)
    ]
    clocks = {"now", "utcnow", "today", "utc", "time", "monotonic"}
    assert [one for one in calls if one.replace(": ", ".").rpartition(".")[2] in clocks] == []


def test_a_module_of_the_command_line_is_a_command_and_no_work() -> None:
    assert sorted(name for name in files_in("cli") if name.endswith("ing")) == []


def test_every_command_is_in_the_table() -> None:
    assert files_in("cli") - WITHOUT_A_COMMAND == set(COMMANDS.values())


def derivations() -> Iterator[str]:
    """Every function of `facts.groups` that makes a fact out of facts alone."""
    for path in (PACKAGE / "facts" / "groups").glob("[!_]*.py"):
        module = import_module(f"rmccomply.facts.groups.{path.stem}")
        for name, value in vars(module).items():
            if isinstance(value, FunctionType) and value.__module__ == module.__name__ and not name.startswith("_"):
                signature = inspect.signature(value)
                if list(signature.parameters) == ["facts"] and signature.return_annotation is Fact:
                    yield f"{path.stem}.{name}"


def test_every_fact_of_the_catalogue_has_its_function_and_no_other_is_there() -> None:
    assert sorted(derivations()) == sorted(FACTS)


def test_of_module(name: str) -> Path:
    """Where the test of a module is."""
    path = MODULES[name].relative_to(PACKAGE)
    if path.name == "__init__.py":
        return ROOT / "tests" / path.parent / f"test_{path.parent.name or 'init'}.py"
    return ROOT / "tests" / path.parent / f"test_{path.name}"


test_of_module.__test__ = False  # type: ignore[attr-defined]


@of_all_modules
def test_every_module_has_its_test(name: str) -> None:
    text = ast.get_docstring(TREES[name]) or ""
    assert text, f"{name} does not say what it is"
    only_words = len(TREES[name].body) == 1
    if name in UNTESTED or only_words:
        assert not test_of_module(name).is_file() or only_words, f"{name} has its test now"
    else:
        assert test_of_module(name).is_file(), test_of_module(name).relative_to(ROOT)


def broad(node: ast.ExceptHandler) -> bool:
    names = {one.id for one in ast.walk(node.type) if isinstance(one, ast.Name)} if node.type else {"BaseException"}
    passed_on = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
    return bool(names & {"Exception", "BaseException"}) and not passed_on


def test_one_broad_except_where_a_crash_becomes_a_report() -> None:
    found = [
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and broad(node)
    ]
    assert found == ["cli", "isolation"]


def functions() -> Iterator[tuple[str, int]]:
    """Every function with the lines of its body, its signature and docstring left out."""
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
                yield f"{name}.{node.name}", lines


def test_functions_are_short() -> None:
    assert [(name, lines) for name, lines in functions() if lines > 45] == []
    assert median(lines for _, lines in functions()) <= 8


@of_all_modules
def test_files_are_small(name: str) -> None:
    assert len(MODULES[name].read_text("utf-8").splitlines()) <= 400


NOT_USED = {
    "alert",
    "context",
    "engine",
    "handler",
    "helper",
    "issue",
    "manager",
    "scan",
    "util",
    "violation",
}
FIELD_TERMS = {"facts.groups.subsystem": {"manager"}}
"""IBM calls IBM.MgmtDomainRM the management-domain resource manager."""


def defined(tree: ast.AST) -> Iterator[str]:
    """Every name that a module gives to something."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def words_of(name: str) -> set[str]:
    return {word.lower().removesuffix("s") for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)}


def test_no_class_name_stands_for_two_things() -> None:
    found: dict[str, list[str]] = {}
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(name)
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


def aliases(tree: ast.Module) -> Iterator[str]:
    """The names that a module gives to types that are written as expressions."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(target := node.targets[0], ast.Name) and not target.id.isupper():
            yield target.id


def test_no_type_has_the_name_of_a_class_elsewhere() -> None:
    classes = {node.name for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    found = {f"{name}.{alias}" for name, tree in TREES.items() for alias in aliases(tree) if alias in classes}
    assert found == set()


def test_no_folder_is_a_heap() -> None:
    folders = Counter(path.parent.relative_to(PACKAGE).as_posix() for path in MODULES.values())
    assert {folder: count for folder, count in folders.items() if count > 25} == {}


ROOMS_WITHOUT_ANY = ("facts.groups", "facts.images", "checks", "reasoning")


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith(ROOMS_WITHOUT_ANY)])
def test_nothing_that_judges_is_of_any_type(name: str) -> None:
    found = [node.lineno for node in ast.walk(TREES[name]) if isinstance(node, ast.Name) and node.id == "Any"]
    assert found == []


@of_all_modules
def test_names_are_the_words_of_the_field(name: str) -> None:
    given = {*defined(TREES[name]), *name.split(".")}
    not_used = NOT_USED - FIELD_TERMS.get(name, set())
    assert sorted(one for one in given if words_of(one) & not_used) == []


@pytest.mark.parametrize("folder", ["rmccomply", "tests", "benchmarks"])
def test_suppressions_are_few(folder: str) -> None:
    lines = [line for path in (ROOT / folder).rglob("*.py") for line in path.read_text("utf-8").splitlines()]
    silenced = [line for line in lines if re.search(r"#\s*(noqa|type: ignore)", line)]
    assert len(silenced) <= max(1, 3 * len(lines) / 1000), "\n".join(silenced)


def modules_after(*arguments: str) -> set[str]:
    """The modules in memory at the end of a run."""
    program = (
        f"import sys; sys.argv = ['rmccomply', *{arguments!r}]\n"
        "from rmccomply.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as stop:\n    assert stop.code == 0, stop.code\n"
        "print('modules:', *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.rpartition("modules:")[2].split())


def test_a_check_imports_nothing_heavy_and_only_the_sources_it_needs() -> None:
    loaded = modules_after("check", str(EXAMPLE))
    heavy = {"rich", "jsonschema", "toml_rs", "hypothesis", "pytest", "asyncio", "ssl", "http", "xml", "json", "yaml"}
    assert {name.partition(".")[0] for name in loaded} & heavy == set()
    assert {"typer", "pydantic", "tomli", "rmccomply.sources.rsct.lssrc", "rmccomply.formats.text"} <= loaded
    others = {
        "rmccomply.sources.software.rpm",
        "rmccomply.sources.network.ip_addr",
        "rmccomply.formats.sarif",
        "rmccomply.formats.json",
        "rmccomply.formats.html",
        "jinja2",
        "rmccomply.sinks.file",
        "rmccomply.sinks.folder",
        "rmccomply.written.labels",
        "rmccomply.written.toml_lines",
        "rmccomply.policy.fault_words",
        "rmccomply.facts.judging.firewalld_zones",
        "rmccomply.facts.judging.ufw_rules",
    }
    assert (
        loaded & (others | {"rmccomply.reference.pages", "rmccomply.documents.validate", "rmccomply.cli.facts"})
        == set()
    )


@pytest.mark.parametrize("name", ["json", "jsonl", "sarif"])
def test_a_report_for_machines_is_written_without_the_models_of_documents(name: str) -> None:
    loaded = modules_after("check", str(EXAMPLE), "-o", name)
    documents = {one.removeprefix("rmccomply.documents.") for one in loaded if one.startswith("rmccomply.documents.")}
    assert documents == {"report_1", *(["finding_1"] if name == "jsonl" else [])}


def test_the_version_imports_nothing_but_itself() -> None:
    loaded = modules_after("--version")
    assert {name for name in loaded if name.startswith("rmccomply")} == {
        "rmccomply",
        "rmccomply.__main__",
        "rmccomply.version",
    }
    assert loaded & {"typer", "pydantic", "tomli", "json"} == set()


@pytest.mark.parametrize(
    "arguments", [("--help",), ("check", "--help"), ("policy", "--help"), ("bundle", "--help"), ("collect", "--help")]
)
def test_help_loads_no_facts_checks_or_formats(arguments: tuple[str, ...]) -> None:
    packages = {name.split(".")[1] for name in modules_after(*arguments) if name.startswith("rmccomply.")}
    assert packages & {"facts", "checks", "formats", "policy", "evidence", "sinks"} == set()


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_is_what_a_source_is(name: str) -> None:
    module = SOURCES[name].load()
    hints = (module.OPTIONS, module.LISTING, module.RECORD)
    assert [type(one) for one in hints[:2]] == [frozenset, bool]
    assert inspect.isclass(module.RECORD)
    assert list(inspect.signature(module.asks).parameters) == ["argv"]
    assert inspect.signature(module.parse).parameters["answer"].annotation is Answer
    assert inspect.signature(module.parse).return_annotation is module.RECORD
