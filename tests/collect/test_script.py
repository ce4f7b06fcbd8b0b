"""The script as a text: its size, what it never names, what old shells do not know, and what lint says."""

import re
import subprocess
from pathlib import Path

import pytest

from rmccomply.data import collector_text
from tests.collect.running import need, script
from tests.hosts.building import SHARED

TEXT = collector_text()
NEVER = (
    *("rmcctrl", "recfgct", "uncfgct", "cfgct", "mknodeid", "recfgctnid", "odmdelete", "odmchange", "odmadd", "chdev"),
    *("rmdev", "mkdev", "cfgmgr", "startsrc", "stopsrc", "refresh", "rmcrefreshMD", "refrsrc", "mkrsrc", "chrsrc"),
    *("rmrsrc", "runact", "ctskeygen", "cthagsctrl", "dlparreset", "autocorrect", "chsysstate", "clmgr", "rmcluster"),
    *("stoprpdomain", "startrpdomain", "rmrpdomain", "mkrpdomain", "rmsock", "autoconf6", "ctsnap", "snap", "invscout"),
    *("genfilt", "mkfilt", "rmfilt", "sos", "sosreport", "kdb", "osrefresh", "kextract", "telnet", "curl", "wget"),
    *("reboot", "shutdown", "modprobe", "insmod", "sysctl", "chroot", "sudo", "su", "tee", "chmod", "chown", "touch"),
)
"""What changes anything, or is too heavy: the deny list of the domain reference and of the collection page."""
ONLY_READ = ("/etc/modprobe.d /usr/lib/modprobe.d", "grep -rns recfgct", "/sysctl.conf", "/sysctl.d/*.conf")
"""Where these words stand all the same: what is searched for, and files that are read."""
NOT_IN_OLD_SHELLS = {
    "local": r"(^|[;{] *)local ",
    "two brackets": r"\[\[ ",
    "array": r"^\s*\w+=\(",
    "echo": r"(^|[;|&{(] *)echo\b",
    "here-document": r"<<",
    "process substitution": r"[<>]\(",
    "read with options": r"\bread -[^r]",
    "replacing expansion": r"\$\{\w+/",
    "seconds of the epoch": r"date [^\n]*%s(?![a-z])",
    "brace range": r"\{\d+\.\.\d+\}",
    "stat": r"(^|[;|&{(] *)stat\b",
    "readlink": r"\breadlink\b",
    "timeout": r"(^|[;|&{(] *)timeout\s",
    "mktemp": r"\bmktemp\b",
    "seq": r"\bseq\b",
    "sed in place": r"sed -i",
    "tail that follows": r"tail -f",
    "grep for parts": r"grep -[a-zA-Z]*[oAq]",
    "EXIT trap": r"trap .* (0|EXIT)\b",
    "set -u": r"set -[a-z]*u",
    "dollar quote": r"\$'",
    "fraction of a second": r"sleep 0\.",
    "function keyword": r"^function ",
    "let": r"(^|[;] *)let ",
    "command -v": r"command -v",
    "case in a substitution": r"\$\(\s*case",
    "conditional, counting or list in arithmetic": r"\$\(\([^\n]*?(\?|\+\+|--|,)[^\n]*?\)\)",
    "part of a value": r"\$\{\w+:[\d\s(]",
    "appending": r"\b\w+\+=",
    "output of both kinds at once": r"&>|\|&",
}
ALLOWED = {
    "SC2015": "a and b or c, where b cannot fail",
    "SC2016": "programs of awk and perl stand in single quotes",
    "SC2046": "words that are meant to be split",
    "SC2086": "words that are meant to be split",
    "SC2231": "a pattern, where words are not split",
    "SC2172": "numbers of signals: ksh88 knows their names without SIG, other shells with it",
    "SC3013": "`-ef` is asked only of a shell that has it",
    "SC3045": "where a shell has no `ulimit -c`, it goes on without",
    "SC2317": "the exit behind main is for a main that returns",
}
BASHISMS = ("trap with signal numbers", "kill -[0-9] or -[A-Z]", "(ulimit)", "$BASH_SOMETHING")
"""XSI forms that all our shells have, and the variable that tells a bash."""


def code() -> str:
    """The script without its comments and its texts in single quotes."""
    lines = [line for line in TEXT.split("\n") if not line.lstrip().startswith("#")]
    return re.sub(r"'[^'\n]*'", "''", "\n".join(lines))


def test_it_is_small_plain_text() -> None:
    assert len(TEXT) < 80 * 1024
    assert TEXT.isascii()
    assert "\r" not in TEXT
    assert TEXT.endswith('\nmain "$@"; exit\n}\n')


def test_nothing_that_changes_anything_is_named_anywhere_in_it() -> None:
    text = re.sub("|".join(map(re.escape, ONLY_READ)), "", TEXT)
    assert [word for word in NEVER if re.search(rf"(?<![\w.-]){re.escape(word)}(?![\w-])", text)] == []
    assert re.search(r"\brm -[a-z]*r", TEXT) is None


def test_the_deny_list_of_the_domain_reference_is_in_ours() -> None:
    page = SHARED / "domain-reference.md"
    if not page.is_file():
        pytest.skip("the shared pages are not here")
    named = page.read_text("utf-8").partition("NEVER from a collector: ")[2].partition("\n")[0]
    words = {
        word for word in re.findall(r"[A-Za-z0-9]{3,}", re.sub(r"\([^)]*\)", "", named)) if word not in ("and", "any")
    }
    ours = {*NEVER, "ctsthl", "lspartition", "diagrmc"}
    assert words - ours == set()


def test_removing_is_of_our_own_files_alone() -> None:
    assert set(re.findall(r"\brm -f ([^\n]*?)(?: 2>|$)", TEXT, re.MULTILINE)) == {
        '"$TEMP/canary"',
        '"$TEMP/out" "$TEMP/err" "$TEMP/told" "$TEMP/raw" "$TEMP/said"',
        '"$TEMP/empty" "$TEMP/out" "$TEMP/err" "$TEMP/told" "$TEMP/new" "$TEMP/canary" "$TEMP/raw" "$TEMP/said"',
        '"$TEMP/db"/* "$TEMP/db"/.[!.]*',
    }
    for word in ("mkdir", "rmdir", "mv"):
        for line in re.findall(rf"\b{word} [^\n]*", code()):
            assert '"$TEMP' in line, line


@pytest.mark.parametrize("construct", NOT_IN_OLD_SHELLS)
def test_no_construct_that_old_shells_do_not_know(construct: str) -> None:
    assert re.findall(NOT_IN_OLD_SHELLS[construct], code(), re.MULTILINE) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("dialect", ["sh", "ksh"])
def test_shellcheck_finds_only_what_is_allowed(dialect: str, tmp_path: Path) -> None:
    words = [need("shellcheck"), "-s", dialect, "-f", "gcc", str(script(tmp_path))]
    found = subprocess.run(words, capture_output=True, text=True).stdout.splitlines()
    assert [line for line in found if line.rpartition("[")[2].rstrip("]") not in ALLOWED] == []


@pytest.mark.exhaustive
def test_checkbashisms_finds_only_what_is_allowed(tmp_path: Path) -> None:
    done = subprocess.run([need("checkbashisms"), "-p", str(script(tmp_path))], capture_output=True, text=True)
    found = [line for line in done.stderr.splitlines() if line.startswith("possible bashism")]
    assert found
    assert [line for line in found if not any(allowed in line for allowed in BASHISMS)] == []


def test_a_script_that_was_cut_on_its_way_runs_nothing(tmp_path: Path) -> None:
    """Nor what the beginning of a name happens to be: `set`, `find`, `w`."""
    data = TEXT.encode()
    names = [match.start() + 3 for match in re.finditer(r"^[a-z_]+\(\) \{", TEXT, re.MULTILINE)]
    for size in (*range(0, len(data) - 20, 1777), *names, len(data) - 2, len(data) - 3):
        done = subprocess.run([need("dash"), "-s", "--", "full"], input=data[:size], capture_output=True, cwd=tmp_path)
        assert done.stdout == b"", size
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--frob"], "'--frob' is not known"),
        (["--limit"], "--limit needs a value"),
        (["--limit", "soon"], "--limit needs a number"),
        (["--limit", "0"], "--limit needs a number"),
        (["--limit", "09"], "--limit needs a number"),
        (["--each", "08"], "--each needs a number"),
        (["--skip", "rmc.mpc"], "no request is called 'rmc.mpc'"),
        (["--only", "src.all,rmc"], "no request is called 'rmc'"),
        (["--root", "mnt"], "--root needs an absolute path"),
        (["--root", "/no/such/folder"], "is not a folder"),
        (["--replay", "/"], "is not a replay folder"),
        (["--root", "/usr", "--replay", "/usr"], "do not go together"),
        (["--root", "/"], "/ is the root of the running system"),
        (["--root", "//"], "// is the root of the running system"),
        (["--root", "/usr/.."], "/usr/.. is the root of the running system"),
        (["--root", "/usr"], "/usr holds neither Linux (etc/os-release) nor AIX (usr/lpp)"),
        (["--image", "/etc/passwd"], "--image needs --root"),
        (["--image", "image.raw"], "--image needs an absolute path"),
        (["--image", "/no/such/file"], "is not a file"),
        (["--name", ""], "--name needs a name"),
        (["--name", "two words"], "--name needs a name of ASCII without blanks"),
        (["--name", "line\nfeed"], "--name needs a name of ASCII without blanks"),
    ],
)
def test_a_command_line_that_it_does_not_know_asks_nothing(words: list[str], says: str, tmp_path: Path) -> None:
    done = subprocess.run([need("dash"), str(script(tmp_path)), *words], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


def test_help_names_every_option(tmp_path: Path) -> None:
    told = subprocess.run([need("dash"), str(script(tmp_path)), "--help"], capture_output=True, text=True).stdout
    options = set(re.findall(r"^      (--[a-z]+)", TEXT, re.MULTILINE))
    assert {"--probe", "--root", "--replay", "--limit"} <= options
    assert [option for option in options if option not in told] == []
