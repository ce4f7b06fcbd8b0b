"""How tests write cases: a small policy, and cases of it that hold."""

from pathlib import Path

from rmccomply.policy.load import LoadedPolicy, load
from rmccomply.reasoning.case_evidence import unread
from rmccomply.written.cases import Case, KnownNames, read_cases

POLICY = """\
schema = 1
id = "our"
title = "Ours"
version = "1"

[parameters.full]
type = "number"
default = 95
doc = "How full it may be."

[parameters.judged]
type = "word"
default = "yes"
values = ["yes", "no"]
doc = "Whether the daemon is judged."

[[rules]]
id = "OUR-FS-001"
title = "The file system has room"
problem = "The file system is full"
severity = "low"
platforms = ["aix"]
check = { kind = "number", fact = "var_ct.used_percent", below = "$full" }
rationale = "Because."
remediation = "Make room."
references = [{ title = "A book" }]

[[rules]]
id = "OUR-SUB-001"
title = "The daemon runs"
problem = "The daemon does not run"
severity = "high"
platforms = ["aix"]
when = { kind = "parameter", name = "judged", is = ["yes"] }
check = { kind = "word", fact = "subsystem.ctrmc", is = ["active"] }
rationale = "Because."
remediation = "Let it run."
references = [{ title = "A book" }]
"""
LSLPP = "rsct.core:rsct.core.rmc:3.2.6.2: : :C: :RSCT Resource Monitoring and Control: : : : : : :1:0:/:2015"
CASES = f"""\
schema = 1

[[cases]]
name = "healthy"
platform = "aix"
expect = {{ "OUR-SUB-001" = "pass", "OUR-FS-001" = "pass" }}
[cases.answers]
"lssrc -a" = '''
Subsystem         Group            PID          Status
 ctrmc            rsct             5439966      active
'''
"df -k /var" = '''
Filesystem    1024-blocks      Free %Used    Iused %Iused Mounted on
/dev/hd9var       1000000    56000   94%     7821     1% /var
'''
"lslpp -Lcq rsct.*" = "{LSLPP}"

[[cases]]
name = "95 % are in use"
base = "healthy"
expect = {{ "OUR-FS-001" = "fail" }}
[cases.answers]
"df -k /var" = '''
Filesystem    1024-blocks      Free %Used    Iused %Iused Mounted on
/dev/hd9var       1000000    50000   95%     7821     1% /var
'''

[[cases]]
name = "the room is not known"
base = "healthy"
without = ["df -k /var"]
expect = {{ "OUR-FS-001" = "unknown:not_collected" }}

[[cases]]
name = "down"
base = "healthy"
expect = {{ "OUR-SUB-001" = "fail" }}
[cases.answers]
"lssrc -a" = '''
Subsystem         Group            PID          Status
 ctrmc            rsct                          inoperative
'''

[[cases]]
name = "silent"
base = "healthy"
answers = {{ "lssrc -a" = {{ lost = "timeout" }} }}
expect = {{ "OUR-SUB-001" = "unknown:timeout" }}

[[cases]]
name = "it is not judged"
base = "down"
params = {{ judged = "no" }}
answers = {{ "lssrc -ls mcproxy" = {{ exit = 1, errors = "0513-085 The mcproxy Subsystem is not on file." }} }}
expect = {{ "OUR-SUB-001" = "not_applicable" }}
"""
ELSEWHERE = "".join(
    f"""
[[cases]]
name = "on {platform}"
base = "healthy"
platform = "{platform}"
expect = {{ "OUR-SUB-001" = "not_applicable", "OUR-FS-001" = "not_applicable" }}
"""
    for platform in ("vios", "hmc")
)
ON_LINUX = """
[[cases]]
name = "on linux"
platform = "linux"
expect = { "OUR-SUB-001" = "not_applicable", "OUR-FS-001" = "not_applicable" }
[cases.answers]
"lssrc -a" = '''
Subsystem         Group            PID          Status
 ctrmc            rsct             5439966      active
'''
"rpm -qa --qf %{NAME}\\\\t%{VERSION}\\\\t%{RELEASE}\\\\t%{ARCH}\\\\n" = "rsct.core\\t3.2.6.4\\t22081\\tppc64le"
"df -kPT /var" = '''
Filesystem     Type 1024-blocks    Used Available Capacity Mounted on
/dev/sda3      xfs    20961280 4822712  16138568      24% /var
'''
"""
WHOLE = CASES + ELSEWHERE + ON_LINUX


def write_policy(folder: Path, text: str = POLICY) -> LoadedPolicy:
    """The policy, in a file of a folder."""
    path = folder / "our.toml"
    path.write_text(text, "utf-8")
    return load(str(path))


def known(policy: LoadedPolicy) -> KnownNames:
    return KnownNames([one.rule.id for one in policy.rules], policy.parameters, unread)


def cases(folder: Path, text: str = CASES, policy: str = POLICY) -> tuple[Case, ...]:
    """The cases of a file beside the policy."""
    path = folder / "our.cases.toml"
    path.write_text(text, "utf-8")
    return read_cases(path, known(write_policy(folder, policy)))
