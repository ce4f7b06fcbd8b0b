"""What the text of captures deserves, rule by rule: an oracle that shares nothing with the package.

Each line of the table says what must stand in the cited lines, or must not stand anywhere in the captures, for a pass
and for a fail. It is cruder than the program, so it never says what a verdict must be: it refuses verdicts that the
text does not bear. `None` is a verdict that it cannot judge.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

Level = tuple[int, ...]


class Text(NamedTuple):
    """The lines that a verdict cites, and all captures by request; blanks are single ones."""

    cited: tuple[str, ...]
    captures: dict[str, tuple[str, ...]]

    def of(self, *heads: str) -> list[str]:
        """All lines of the captures whose request begins so."""
        return [line for request, lines in self.captures.items() if request.startswith(heads) for line in lines]

    def has(self, pattern: str) -> bool:
        """Whether a cited line matches."""
        return any(re.search(pattern, line) for line in self.cited)

    def anywhere(self, pattern: str, *heads: str) -> bool:
        """Whether a line of these captures matches."""
        return any(re.search(pattern, line) for line in self.of(*heads))


def plain(line: str) -> str:
    """A line with single blanks."""
    return " ".join(line.replace("\xa0", " ").split())


Bears = Callable[[Text], bool]
LSLPP: Final = ("lslpp", "rpm", "dpkg")


def _levels(lines: Iterable[str], names: str = r"rsct\.core(?:\.rmc)?") -> list[Level]:
    found = [re.search(rf"(?:^|:|/){names}(?:[: -])v?(\d[\d.]*)(?=[-: ]|$)", line) for line in lines]
    return [tuple(int(part) for part in one.group(1).split(".") if part) for one in found if one]


def _at_least(*floor: int) -> Bears:
    return lambda text: any(level >= floor for level in _levels(text.cited))


def _below(*floor: int) -> Bears:
    def bears(text: Text) -> bool:
        levels = _levels(text.cited)
        return any(level < floor for level in levels) or not _levels(text.of(*LSLPP))

    return bears


def _mended(text: Text) -> bool:
    levels = _levels(text.cited)
    in_range = any((3, 1, 5) <= level < (3, 2, 0, 10) for level in levels)
    other = text.has(r"^7[023456789]00-|^AIX \S+ [2-9] 7") and not text.has(r"^7100-|^6100-")
    fixed = all(text.has(apar) for apar in ("IV74438", "IV77384", "IV80836", "IV81777"))
    return bool(levels) and (not in_range or other or fixed)


def _unsound(line: str) -> bool:
    """Whether it is a row of a fileset of RSCT in a state that is neither applied nor committed."""
    if not re.search(r"(^|:)rsct\.[a-z]", line) or "not installed" in line:
        return False
    if line.startswith("/"):
        state = line.split(":")[4]
    else:
        state = line.split(":")[5] if line.count(":") > 4 else "".join(line.split()[2:3])
    return state.strip() not in ("C", "A", "E", "COMMITTED", "APPLIED", "EFIXLOCKED")


def _releases(lines: Iterable[str]) -> set[Level]:
    levels = _levels(lines, r"rsct\.(?:core|basic|compat|opt)(?:\.[a-z]+)*")
    return {(*level, 0, 0, 0)[:3] for level in levels}


def _row(name: str, state: str) -> str:
    return rf"^{re.escape(name)} (?:\S+ )*{state}$"


def _number(line: str) -> int | None:
    return int(line, 16) if re.fullmatch(r"[0-9a-fA-F]{9,16}", line) and set(line) - {"0"} else None


def _id(text: Text, request: str) -> int | None:
    lines = text.captures.get(request, ())
    if request == "lsnodeid":
        lines = tuple(line for line in lines if line)
    number = _number(lines[0] if lines else "")
    return None if number == (1 << 64) - 1 else number


BACKUP, LIVE = "/etc/ct_node_id", "/var/ct/cfg/ct_node_id"


def _ids(*requests: str) -> Callable[[Text], tuple[int | None, ...]]:
    return lambda text: tuple(_id(text, request) for request in requests)


def _same(*requests: str) -> Bears:
    def bears(text: Text) -> bool:
        found = _ids(*requests)(text)
        return None not in found and len(set(found)) == 1

    return bears


def _differ(*requests: str) -> Bears:
    def bears(text: Text) -> bool:
        found = _ids(*requests)(text)
        return None not in found and len(set(found)) > 1

    return bears


UP: Final = r"^I [AaRr] 0[xX]\S+ [0-9a-fA-F]+ "


_SESSION = r"[.:](657|12601)\b.* ESTABLISHED$|^(tcp )?ESTAB .*:(657|12601)\b"
"""A session on a port of RMC, as netstat or ss shows it."""


def _every_row(good: str) -> Bears:
    return lambda text: not any(not re.search(good, line) for line in _points(text))


def _points(text: Text) -> list[str]:
    """Rows of control points. The end of one form may be cut where the other shows all rows."""
    rows: list[str] = []
    several = sum(request.startswith("rmcdomainstatus") for request in text.captures) > 1
    for request, lines in text.captures.items():
        inside = False
        for line in lines if request.startswith("rmcdomainstatus") else ():
            if "Status" in line:
                inside = "Management Control Points" in line
            elif inside and line and not line.startswith("#") and not (several and _is_cut(line, lines)):
                rows.append(line)
    return rows


def _is_cut(line: str, lines: tuple[str, ...]) -> bool:
    """Whether it is the last line, and ends before the name of the control point."""
    return line == lines[-1] and len(line.split()) < 5


def _free(text: Text) -> tuple[float, float]:
    """Free MiB and used percent of the cited row of df."""
    row = next(line for line in text.cited if line.startswith("/dev") or "%" in line)
    header = next(line for line in text.of("df") if "ounted" in line)
    unit = re.search(r"(512|1024|1K)-blocks", header)
    kib = {"512": 0.5, "1024": 1.0, "1K": 1.0}[unit.group(1)] if unit else float("nan")
    numbers = [int(word) for word in row.split() if word.isdigit()]
    if "Used" in header.replace("%Used", ""):
        used, free = numbers[1], numbers[2]
    else:
        used, free = numbers[0] - numbers[1], numbers[1]
    return free * kib / 1024, 100 * used / (used + free)


def _room(percent: float, ample: float, least: float = 0) -> Bears:
    def bears(text: Text) -> bool:
        free, used = _free(text)
        return int(free) >= least and (used < percent + 0.1 or free >= ample)

    return bears


def _no_room(percent: float, ample: float, least: float = 0) -> Bears:
    def bears(text: Text) -> bool:
        free, used = _free(text)
        return free < least + 1 or (used > percent - 0.1 and free < ample + 1)

    return bears


def _of_consoles(attribute: str, value: str, seen: Callable[[Text, str], bool]) -> Bears:
    """Whether of every resource the values of an attribute are seen elsewhere."""

    def bears(text: Text) -> bool:
        rows = [line for line in text.cited if line.startswith(attribute)]
        return bool(rows) and all(any(seen(text, one) for one in re.findall(value, row)) for row in rows)

    return bears


def _missed(bears: Bears) -> Bears:
    return lambda text: not bears(text)


ADDRESS: Final = r"[0-9a-fA-F.:]*[.:][0-9a-fA-F.:]*"
_KNOWN: Final = _of_consoles("NodeID", r"\d+", lambda text, one: text.anywhere(f"(?i)0x{int(one):016x}", "rmcdomain"))
_LOCAL: Final = _of_consoles(
    "ConnectivityNames", ADDRESS, lambda text, one: text.anywhere(rf"inet6? {re.escape(one)}[ /%]", "ifconfig", "ip ")
)
_SHOWN_TO_NOBODY: Final = r"<(?:[^>]*\bLOOPBACK\b|(?![^>]*\bUP\b))[^>]*>"
"""The flags of a card whose addresses nobody else reaches."""
_TRUSTED: Final = _of_consoles(
    "KeyToken", r'"(.+)"', lambda text, one: text.anywhere(rf"(?i)^Host name: ?{re.escape(one)}$", "ctsthl")
)
_SERVICE: Final = r"^rmc 657/{0}\b"


def _starts(text: Text) -> bool:
    """Both, by an entry that is not switched off or by units."""
    entries = all(text.has(rf"^(?:[^:#\s]+:[^:]*:(?!off)[a-z]+:\S*startsrc -s ?)?{name}\b") for name in ("ctrmc",))
    units = text.anywhere("^UnitFileState=enabled|^enabled", "systemctl")
    return (entries and text.has(r"^srcmstr:[^:]*:(?!off)|srcmstr")) or units


def _repeats(text: Text, *messages: str) -> bool:
    """Whether one log tells a kind of error twice."""
    logs = [lines for request, lines in text.captures.items() if "MgmtDomainRM" in request]
    return any(sum(any(one in line for one in messages) for line in lines) > 1 for lines in logs)


def _errors_repeat(text: Text) -> bool:
    kinds = (("2613-024", "2613-016"), ("2613-008", "2613-034"), ("2610-415",))
    return any(_repeats(text, *one) for one in kinds)


def _connected(text: Text) -> bool:
    return text.has(UP) or (text.has("(?i)hostname: *\\S") and text.has(_row("mcproxy", "active")))


def _still_trusted(text: Text) -> bool:
    """Whether a cited identity stands in the trusted host list."""
    tokens = [one for line in text.cited for one in re.findall(r'^KeyToken.*"(.+)"', line)]
    return any(text.anywhere(rf"(?i)^Host name: ?{re.escape(one)}$", "ctsthl") for one in tokens)


def _never(text: Text) -> bool:
    return False


DESERVED: Final[dict[str, tuple[Bears | None, Bears | None]]] = {
    "RMC-VER-001": (_at_least(3, 1), _below(3, 1)),
    "RMC-VER-002": (_at_least(3, 2, 6, 2), _below(3, 2, 6, 2)),
    "RMC-VER-003": (_mended, _missed(_mended)),
    "RMC-VER-004": (
        lambda text: not any(map(_unsound, text.of("lslpp"))),
        lambda text: any(map(_unsound, text.cited)),
    ),
    "RMC-VER-005": (
        lambda text: any(len(_releases(text.of(head))) == 1 for head in LSLPP),
        lambda text: len(_releases(text.cited)) > 1,
    ),
    "RMC-PKG-001": (
        lambda text: all(text.has(rf"^{name}[ -]") for name in ("src", r"rsct\.core", r"rsct\.core\.utils")),
        lambda text: (
            not all(
                text.anywhere(rf"^{name}[ -]", "rpm", "dpkg") for name in ("src", r"rsct\.core", r"rsct\.core\.utils")
            )
        ),
    ),
    "RMC-SUB-001": (
        lambda text: (
            text.has(_row("ctrmc", "active"))
            or (
                text.has("^Id=ctrmc|^LoadState|^. ctrmc.service")
                and text.anywhere(r"^SubState=running|active \(running\)", "systemctl")
            )
        ),
        lambda text: not text.anywhere(_row("ctrmc", "active"), "lssrc"),
    ),
    "RMC-SUB-002": (
        lambda text: text.has(_row("IBM.MgmtDomainRM", "active")) or text.has(_row("IBM.CSMAgentRM", "active")),
        lambda text: not text.anywhere(_row("IBM.MgmtDomainRM", "active"), "lssrc"),
    ),
    "RMC-SUB-003": (
        lambda text: text.has(_row("IBM.DRM", "active")) and _connected(text),
        lambda text: not text.anywhere(_row("IBM.DRM", "active"), "lssrc") and _connected(text),
    ),
    "RMC-SUB-004": (None, lambda text: text.has(r"^IBM\.(Host|Service)RM .*(?<! active)$")),
    "RMC-SUB-005": (
        lambda text: not text.anywhere(r"^(ctrmc|ctcas|mcproxy|IBM\.\S+|\S+ rsct\S*) .*(stopping|to stop)$", "lssrc"),
        lambda text: text.has("(stopping|warned to stop)$"),
    ),
    "RMC-SUB-006": (_starts, None),
    "RMC-SUB-008": (
        lambda text: (
            text.has(r"rmcd .*-r\b") or text.has(r"(?i)[.:](657|12601) .*LISTEN|LISTEN .*:(657|12601) |:0291 \S+ 0A ")
        ),
        lambda text: not text.has(r"rmcd .*-r\b|[.:](657|12601) .*LISTEN$"),
    ),
    "RMC-ID-001": (
        _same(BACKUP, LIVE),
        lambda text: _differ(BACKUP, LIVE)(text) or len({BACKUP, LIVE} & text.captures.keys()) < 2,
    ),
    "RMC-ID-002": (_same("lsnodeid", LIVE), lambda text: _differ("lsnodeid", LIVE)(text) or text.has("2641")),
    "RMC-ID-003": (
        lambda text: None not in _ids(BACKUP, LIVE)(text),
        lambda text: None in _ids(BACKUP, LIVE)(text) or text.has("#|^[^#]"),
    ),
    "RMC-NET-001": (
        lambda text: text.has("^open$") or (text.has(_SESSION) and text.anywhere(UP, "rmcdomainstatus")),
        lambda text: text.has("^(refused|timeout|unreachable|noroute)$"),
    ),
    "RMC-NET-002": (lambda text: text.has(UP), lambda text: text.has("^O ") and text.has("^open$")),
    "RMC-IP6-001": (
        lambda text: text.has(r"(?i)inet6 (fe[89ab]|2)"),
        lambda text: (
            not text.anywhere(r"(?i)inet6 fe[89ab]", "ip ", "ifconfig")
            or text.has(r"(?i)inet6 fe[89ab]")
            or text.anywhere("2001:", "lsrsrc")
        ),
    ),
    "RMC-DOM-001": (_connected, lambda text: not text.anywhere(UP, "rmcdomainstatus")),
    "RMC-DOM-002": (_every_row(UP), lambda text: text.has(r"^[OiXZ] [A-Za-z] 0x|^[I] [^AaRr] 0x")),
    "RMC-DOM-003": (_every_row("^[^Z]"), lambda text: text.has("^Z ")),
    "RMC-DOM-004": (_every_row("^[^i] "), _never),
    "RMC-DOM-005": (_every_row("^. [^Rr] "), lambda text: text.has("^. [Rr] 0x")),
    "RMC-MCP-001": (
        lambda text: text.has(r"^resource \d+:$"),
        lambda text: not text.anywhere(r"^resource \d+:$", "lsr"),
    ),
    "RMC-MCP-003": (_KNOWN, _missed(_KNOWN)),
    "RMC-MCP-004": (_LOCAL, lambda text: _missed(_LOCAL)(text) or text.has(_SHOWN_TO_NOBODY)),
    "RMC-AUTH-001": (_TRUSTED, _missed(_TRUSTED)),
    "RMC-AUTH-003": (
        lambda text: _connected(text) or not text.anywhere("Attention", "ctsvhbac"),
        lambda text: text.has("Attention"),
    ),
    "RMC-AUTH-004": (
        lambda text: _KNOWN(text) or not _still_trusted(text),
        lambda text: text.has("(?i)^Host name:") and text.has("^KeyToken"),
    ),
    "RMC-FS-001": (_room(95, 512, 64), _no_room(95, 512, 64)),
    "RMC-FS-003": (_room(85, 1024), _no_room(85, 1024)),
    "RMC-LOG-001": (
        lambda text: _connected(text) or not _errors_repeat(text),
        _errors_repeat,
    ),
    "RMC-CFG-001": (
        lambda text: all(text.anywhere(_SERVICE.format(one), "/etc/services") for one in ("tcp", "udp")),
        lambda text: not all(text.anywhere(_SERVICE.format(one), "/etc/services") for one in ("tcp", "udp")),
    ),
    "RMC-HA-001": (
        lambda text: not text.anywhere("(?i) yes ", "lsrpdomain"),
        lambda text: text.has("(?i) yes ") or len(_all_levels(text)) > 1,
    ),
    "RMC-HA-003": (
        lambda text: text.has(_row("cthags", "active")) and text.has(_row("IBM.ConfigRM", "active")),
        lambda text: text.has(r" Online |Cluster Name"),
    ),
}


def _all_levels(text: Text) -> set[str]:
    return {word for line in text.of("lsrpdomain", "lsrpnode") for word in re.findall(r"\b\d+(?:\.\d+)+\b", line)}


def bears_out(rule: str, result: str, text: Text) -> bool:
    """Whether the text bears this verdict, as far as the table can tell."""
    for_pass, for_fail = DESERVED.get(rule, (None, None))
    bears = {"pass": for_pass, "fail": for_fail}.get(result)
    return bears is None or bears(text)
