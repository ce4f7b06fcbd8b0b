"""Mutation testing by mutmut, with one session of pytest for all mutants: see CONTRIBUTING.md.

    python -m tests.mutation                                # from sources to what becomes of a fail: some hours
    python -m tests.mutation --every 20                     # of each module one mutant in twenty
    python -m tests.mutation 'rmccomply.checks.*' ...       # the mutants with these names
    mutmut results; mutmut show NAME                        # those that survived; one mutant

mutmut makes the mutants and learns which test calls which function; its own loop then collects the tests anew for each
mutant, which takes longer than to run them. Here a session collects once and forks for each mutant, which is judged by
the tests that call its function, the nearest first, up to the first that fails. What is asked of mutmut are
the JSON files in `mutants/` and the variable MUTANT_UNDER_TEST; the verdicts go into its files. What was killed once is
not judged again until its function changes.
"""

import argparse
import gc
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

import pytest
import tomli

FOLDER: Final = Path("mutants")
CALLS: Final = "mutmut-stats.json"
FIRST: Final = "rmccomply.finding.x_fingerprint__mutmut_1"
WANTED: Final = "MUTANTS_WANTED"
MOST: Final = 250
"""How many tests judge one mutant at most."""
SECONDS: Final = 60
SURVIVED, KILLED, NO_TESTS, TIMEOUT = 0, 1, 33, 36
VERDICTS: Final = {SURVIVED: "survived", KILLED: "killed", NO_TESTS: "no tests", TIMEOUT: "timeout"}
"""The verdicts as mutmut writes them."""


def main() -> int:
    """Make the mutants of the working tree, judge those with these names, and count."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("names", nargs="*", default=["*"], help="names of mutants, with * for any part")
    parser.add_argument("--every", type=int, default=1, help="one mutant in so many")
    environment = {**os.environ, WANTED: json.dumps(vars(parser.parse_args()))}
    environment.pop("MUTANT_UNDER_TEST", None)
    # Without it mutmut learns anew what calls what; of new tests alone it would, by names that pytest may not take.
    (FOLDER / CALLS).unlink(missing_ok=True)
    mutmut = [sys.executable, "-m", "mutmut", "run", "--max-children", "1", FIRST]
    subprocess.run(mutmut, check=True, env=environment)
    given = tomli.loads(Path("pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
    # Nobody reads why a test fails, and to tell it takes time.
    pytest_line = ["-m", "pytest", "--rootdir=.", "-q", "-x", "--assert=plain", "--tb=native", "-p", "tests.mutation"]
    chosen = [*given["pytest_add_cli_args"], *given["pytest_add_cli_args_test_selection"]]
    return subprocess.run([sys.executable, *pytest_line, *chosen], cwd=FOLDER, env=environment).returncode


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Instead of the tests once: the tests of each mutant, in a process of its own."""
    calls: dict[str, list[str]] = json.loads(Path(CALLS).read_text("utf-8"))["tests_by_mangled_function_name"]
    breadth = Counter(test for tests in calls.values() for test in tests)
    items = {item.nodeid: item for item in session.items}
    gc.collect()
    gc.freeze()
    wanted = json.loads(os.environ[WANTED])
    for path in sorted(Path("rmccomply").rglob("*.meta")):
        meta = json.loads(path.read_text("utf-8"))
        codes = meta["exit_code_by_key"]
        chosen = [name for name in codes if any(fnmatch(name, one) for one in wanted["names"])][:: wanted["every"]]
        for name in chosen:
            if codes[name] != KILLED:
                plain = name.replace("__init__.", "")
                tests = sorted(calls.get(plain.rpartition("__mutmut_")[0], ()), key=_order(path, breadth))
                codes[name] = _judged(plain, [items[test] for test in tests if test in items])
        path.write_text(json.dumps(meta, indent=4), "utf-8")
        _say(path, [codes[name] for name in chosen])
    return True


def _order(path: Path, breadth: Counter[str]) -> Callable[[str], tuple[bool, bool, int, str]]:
    """The tests that name the module first, then those of its package, then those that call least."""
    module, package = path.name.partition(".")[0], path.parent.name
    return lambda test: (module not in test, f"/{package}/" not in test, breadth[test], test)


def _judged(name: str, items: list[pytest.Item]) -> int:
    """The verdict on one mutant."""
    if not items:
        return NO_TESTS
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        os.environ["MUTANT_UNDER_TEST"] = name
        items[0].config.pluginmanager.unregister(name="terminalreporter")
        os._exit(int(_fails(items[:MOST])))
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == -signal.SIGALRM:
        return TIMEOUT
    return KILLED if code else SURVIVED


def _fails(items: list[pytest.Item]) -> bool:
    for item, following in _pairs(items):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if item.session.testsfailed:
            return True
    return False


def _pairs(items: list[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    return zip(items, [*items[1:], None], strict=True)


def _say(path: Path, codes: list[int]) -> None:
    counted = Counter(VERDICTS[code] for code in codes)
    if counted:
        sys.__stderr__.write(f"{path.with_suffix('')}: {dict(counted)}\n")  # type: ignore[union-attr]


if __name__ == "__main__":
    sys.exit(main())
