"""One awkward report, built by hand: all results, and evidence that means to do harm to whoever shows it."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from syrupy.extensions.single_file import SingleFileSnapshotExtension

from rmccomply.dispose import Leftover
from rmccomply.dispose.waiver_ends import UseSum, WaiverEnd, ends_of, notes_of_waivers
from rmccomply.dispose.waivers import Waiver
from rmccomply.ending.status import STATUS, RunFault, shut_by
from rmccomply.evidence.model import Artifact, Notification, Reference
from rmccomply.finding import Because, Finding, WaiverCard, fingerprint
from rmccomply.formats import Frame, write_whole
from rmccomply.report import Assessed, Closing, Gate, PolicyCard, RuleCard, Run, SettingCard, Style, Tally, TargetCard
from rmccomply.verdict import Verdict
from rmccomply.words import Disposition, Reason, Result, Severity
from tests.waivers import CARD

ESCAPE: Final = "\x1b[2J\x1b]0;owned\x07"
BIDI: Final = "abc\u202egnp.exe\u2066x\u2069\u200f\u061c"
MARKUP: Final = '<script>alert("1")</script> [click](http://evil.example) {0} {"10.0.0.1"}'
HOSTILE: Final = f"=cmd|'/c calc'!A1 | {ESCAPE}\x00\x7f\x9b31m {BIDI} {MARKUP}"
COLLECTED: Final = "2026-11-20T03:00:00Z"

CORE: Final = PolicyCard("rmc-core", "RMC works on this partition", "2026.1", "a" * 64, "policies/rmc-core.toml")
IMPORT: Final = PolicyCard(
    "powervs-import",
    "The image is fit for a Power Virtual Server",
    "2026.2",
    "b" * 64,
    "policies/powervs-import.toml",
)


def card(rule: str, title: str, severity: Severity, line: int, **more: Any) -> RuleCard:
    policy = more.pop("policy", CORE)
    return RuleCard(
        rule,
        title,
        severity,
        policy.id,
        policy.uri,
        line,
        more.pop("rationale", "A partition that its management console cannot reach cannot be moved or changed."),
        more.pop("remediation", "Ask the owner of the partition, then mend it in the next maintenance window."),
        **more,
    )


RULES: Final = (
    card(
        "RMC-ID-001",
        "Both node ID files hold the same number",
        "critical",
        12,
        problem="The two node ID files differ",
        rationale="Two partitions with one node ID take each other's connection: the console shows now the one, "
        "now the other. A clone that kept the ID of its image is the usual cause.",
        remediation="Do not change the ID while a cluster may be there. Rule a cluster out first:\n"
        "  lsrpdomain; lssrc -a | grep -e cthags -e clstrmgrES\nThen open a case with IBM Support.",
        references=(("RSCT: node ID", "https://www.ibm.com/docs/en/rsct/3.3"), ("Redbook", "SG24-7940 §3.2")),
        controls=("nist-800-53r5:IA-3", "cis-aix-7.2:4.1"),
    ),
    card(
        "RMC-VER-001",
        "RSCT is at or above the minimum level",
        "high",
        27,
        problem="RSCT is older than the image needs",
        policy=IMPORT,
        references=(("Requirements for importing", "https://cloud.ibm.com/docs/power-iaas"),),
        controls=("nist-800-53r5:SI-2",),
    ),
    card(
        "RMC-FS-001",
        "File systems that RSCT writes to have room",
        "medium",
        41,
        controls=("nist-800-53r5:AU-4",),
        problem="The file system of /var/ct is full",
    ),
    card("RMC-VER-002", "RSCT is at the recommended level", "low", 55),
    card("RMC-OS-001", "The level of the operating system is known", "info", 63),
    card("RMC-NET-001", "TCP port 657 of every control point is reachable — “both ways”", "high", 71),
    card(
        "RMC-SUB-001",
        "The subsystem ctrmc is active",
        "critical",
        88,
        problem="The RMC daemon (ctrmc) is not running",
    ),
)
BY_ID: Final = {rule.id: rule for rule in RULES}
SETTINGS: Final = (
    SettingCard("fail_on", "low", "default"),
    SettingCard("rmc-core.minimum_free_mib", HOSTILE, "command line"),
)
RUN: Final = Run("0.1.0", "2026-11-21T08:30:00Z", (CORE, IMPORT), RULES, settings=SETTINGS)
RUN_ID: Final = "9" * 64


def at(uri: str, line: int, text: str, request: str = "lssrc -a", status: int | None = 0, **more: Any) -> Reference:
    return Reference(uri, line, more.pop("end", line), text, request, status, more.pop("collected", COLLECTED), **more)


def judged(
    rule: str,
    target: str,
    result: Result,
    message: str,
    *evidence: Reference,
    reason: Reason | None = None,
    disposition: Disposition | None = None,
    subject: str = "",
    caused_by: tuple[Because, ...] = (),
    covered_by: str | None = None,
    blocked_by: tuple[str, ...] = (),
    waiver: WaiverCard = CARD,
    **more: Any,
) -> Finding:
    about = BY_ID[rule]
    verdict = Verdict(
        rule=rule,
        policy=about.policy,
        severity=about.severity,
        result=result,
        message=message,
        reason=reason,
        subject=subject,
        expected=more.pop("expected", ""),
        actual=more.pop("actual", ""),
        evidence=evidence,
        remediation=about.remediation if result in ("fail", "unknown") else "",
        **more,
    )
    return Finding(
        verdict=verdict,
        target=target,
        fingerprint=fingerprint(rule, target, subject),
        disposition=disposition or ("active" if result == "fail" else None),
        caused_by=caused_by,
        covered_by=covered_by,
        blocked_by=blocked_by,
        waiver=waiver if disposition == "waived" else None,
    )


SICK: Final = "lpar-ñ07"
SICK_URI: Final = "bundles/lpar-%C3%B107.rmcc"
OD: Final = "66 64 38 33 36 65 37 37 61 66 36 37 64 34 36 31\n| 0a"
DF: Final = "/dev/hd9var       2.00      0.00  100%    11873    97% /var"
LSLPP: Final = (
    "rsct.core:rsct.core.rmc:3.1.5.3: : :C: :RSCT Resource Monitoring and Control: : : : : :0:/:1543 — 日本語"
)

FULL: Final = Because(fingerprint("RMC-FS-001", SICK, f"/var\n{BIDI}"), "RMC-FS-001", "A full /var can be the reason")
OLD: Final = Because(fingerprint("RMC-VER-001", SICK, ""), "RMC-VER-001", "It is the same level")

SICK_FINDINGS: Final = (
    judged(
        "RMC-ID-001",
        SICK,
        "fail",
        "The node ID files differ: fd836e77af67d461 and 0123456789abcdef.",
        at(SICK_URI, 97, "fd836e77af67d461", "/var/ct/cfg/ct_node_id", end=98, start_column=2, snippet=OD),
        at(SICK_URI, 112, "0123456789abcdef", "/etc/ct_node_id", start_column=2),
        expected="one number",
        actual="fd836e77af67d461, 0123456789abcdef",
        notes=("A cluster cannot be ruled out here, so no command is given.",),
        caused_by=(FULL,),
    ),
    judged(
        "RMC-VER-001",
        SICK,
        "fail",
        "RSCT is 3.1.5.3, older than 3.2.1.0.",
        at(SICK_URI, 1053, LSLPP, "lslpp -Lcq rsct.*", start_column=2),
        expected="3.2.1.0 or later",
        actual="3.1.5.3",
    ),
    judged(
        "RMC-FS-001",
        SICK,
        "fail",
        f"/var is full, says {HOSTILE}",
        at(SICK_URI, 61, DF, "df -g", start_column=2),
        at(SICK_URI, 62, f"\t{HOSTILE}", "df -g", start_column=2),
        at(SICK_URI, 70, "", f"lsattr -El sys0 {HOSTILE}", 255, start_column=2),
        subject=f"/var\n{BIDI}",
        expected="5 % free",
        actual=HOSTILE,
    ),
    judged(
        "RMC-VER-002",
        SICK,
        "fail",
        "RSCT is 3.1.5.3, older than 3.2.6.2.",
        at(SICK_URI, 1053, LSLPP),
        caused_by=(OLD,),
        covered_by=OLD.fingerprint,
    ),
    judged("RMC-OS-001", SICK, "fail", "oslevel gives no level.", at(SICK_URI, 8, "%sect 2 os.level", "oslevel -s", 1)),
    judged(
        "RMC-NET-001",
        SICK,
        "unknown",
        "The probe of 10.1.2.3 was not allowed",
        at(SICK_URI, 200, "%sect 19 net.probe kind=probe st=noexec", "probe 10.1.2.3 657", None, collected=None),
        reason="denied",
        subject="10.1.2.3",
        settle="nc -z -w 5 10.1.2.3 657",
        advice="Ask as root: `nc -z -w 5 10.1.2.3 657`.",
        step="as_root",
    ),
    judged(
        "RMC-SUB-001",
        SICK,
        "unknown",
        "No answer of lssrc was collected.",
        reason="not_collected",
        settle="lssrc -s ctrmc",
        advice="Add the output of `lssrc -s ctrmc`.",
        notes=("The collector ran with the profile minimal.",),
        step="fix_first",
        first="RMC-FS-001",
        blocked_by=(FULL.fingerprint,),
    ),
)

FAIR: Final = "vios1"
FAIR_URI: Final = "captures/vios1/lssrc-a.txt"
FAIR_FINDINGS: Final = (
    judged("RMC-ID-001", FAIR, "not_applicable", "The rule does not name VIOS"),
    judged(
        "RMC-VER-001",
        FAIR,
        "fail",
        "RSCT is 3.2.0.0, older than 3.2.1.0.",
        at("captures/vios1/lslpp.txt", 4, "rsct.core.rmc  3.2.0.0  COMMITTED", "lslpp -L rsct.core.rmc", None),
        disposition="waived",
    ),
    judged("RMC-VER-002", FAIR, "fail", "RSCT is 3.2.0.0, older than 3.2.6.2.", disposition="baseline"),
    judged(
        "RMC-SUB-001",
        FAIR,
        "pass",
        "ctrmc is active.",
        at(FAIR_URI, 1, "Subsystem  Group  PID  Status\n ctrmc     rsct   42   active", status=None, end=2),
        actual="active",
    ),
    judged("RMC-NET-001", FAIR, "error", "The check ended in a fault: KeyError 'x'", at(FAIR_URI, 2, " ctrmc")),
)

WELL: Final = "lpar0009"
WELL_FINDINGS: Final = (
    judged("RMC-ID-001", WELL, "pass", "Both files hold fd836e77af67d462.", at("bundles/lpar0009.rmcc", 31, "|")),
    judged("RMC-OS-001", WELL, "not_applicable", "Only AIX has such a level."),
)
NONE_APPLIED: Final = "hmc1"

ASSESSED: Final = (
    Assessed(
        TargetCard(
            FAIR,
            "vios",
            "9105-42A",
            None,
            None,
            (Artifact(FAIR_URI, "c" * 64),),
            {"site": "Köln"},
            "2026-11-19T23:00:00Z",
        ),
        FAIR_FINDINGS,
    ),
    Assessed(
        TargetCard(
            SICK,
            "aix",
            "9105-42A",
            "78A1B20",
            8,
            (Artifact(SICK_URI, "d" * 64),),
            {"wave": HOSTILE},
            COLLECTED,
            f"AIX 7.2 {BIDI}",
            "unknown",
        ),
        SICK_FINDINGS,
        (
            Notification("section 19 was cut by a signal", SICK_URI, 200),
            Notification(f"a line outside any section was not read: {HOSTILE}", SICK_URI, 300, "note"),
        ),
    ),
    Assessed(TargetCard(WELL, "aix", None, None, None, (Artifact("bundles/lpar0009.rmcc", "e" * 64),)), WELL_FINDINGS),
    Assessed(
        TargetCard(NONE_APPLIED, "hmc", None, None, None, ()),
        (judged("RMC-SUB-001", NONE_APPLIED, "not_applicable", "A console has no such subsystem."),),
    ),
)
NOTIFICATIONS: Final = (
    Notification("bundles/notes.docx is no evidence and was left out", "bundles/notes.docx", None, "note"),
    Notification("bundles/lpar0010.rmcc is not there", level="error"),
)


def closing(
    items: Iterable[Assessed],
    exit_status: int,
    notifications: tuple[Notification, ...] = (),
    ends: Sequence[WaiverEnd] = (),
) -> Closing:
    """How a run over these targets closes with this status, by the first gate or fault that gives it."""
    tally = Tally()
    for item in items:
        tally.add(item)
    gates = (Gate(), Gate("never", "report"), Gate("info"))
    faults: tuple[RunFault | None, ...] = (None, "input")
    words = [(gate, shut_by(tally, gate, 1.0, fault)) for fault in faults for gate in gates]
    fitting = ((gate, word) for gate, word in words if STATUS[word] == exit_status)
    gate, word = next(fitting, words[0])
    counts = {str(result): count for result, count in tally.counts.items()}
    sums = tally.sums()
    told = (*notifications, *notes_of_waivers(ends))
    left = Leftover(tuple(ends))
    return Closing(
        *(counts, tally.targets, exit_status, told),
        leftover=left,
        counts=sums,
        gate=gate,
        shut_by=word,
        run_id=RUN_ID,
    )


_WAIVER: Final = Waiver(CARD.id, "RMC-VER-001", ("vios*",), "high", None, *CARD[1:], uri="waivers.toml", line=3)
WAIVERS: Final = (
    _WAIVER,
    _WAIVER._replace(id="W-2026-009", rule="RMC-FS-001", owner=HOSTILE, state="expired", line=30),
    _WAIVER._replace(id="W-2026-011", rule="RMC-ID-001", state="void", why="its owner approved it", line=44),
    _WAIVER._replace(id="W-2026-013", rule="RMC-NET-001", state="soon", left=86_400, line=58),
    _WAIVER._replace(id="W-2026-015", rule="RMC-OS-001", line=72),
)
ENDS: Final = ends_of(
    WAIVERS,
    {
        ("W-2026-014", "covers"): UseSum(1, 1, "vios1", "high"),
        ("W-2026-009", "expired"): UseSum(2, 1, "lpar-ñ07", "high"),
        ("W-2026-013", "covers"): UseSum(1, 1, "vios1", "high"),
    },
)
CLOSING: Final = closing(ASSESSED, 2, NOTIFICATIONS, ENDS)
PLAIN: Final = Style()


def write(
    name: str, style: Style = PLAIN, items: tuple[Assessed, ...] = ASSESSED, end: Closing = CLOSING, run: Run = RUN
) -> str:
    """The whole report in a format."""
    return write_whole(name, Frame(run, style), items, end)


def snapshots_as(extension: str) -> type[SingleFileSnapshotExtension]:
    """One file a snapshot, named as a person would open it."""
    return type("Report", (SingleFileSnapshotExtension,), {"file_extension": extension})
