"""Where cloud-init is told how to look for its datasource: `/etc/cloud/ds-identify.cfg`.

canonical/cloud-init, tools/ds-identify (`_read_config`, `parse_policy`, `_main`).

    datasource: ConfigDrive
    policy: search,found=all,maybe=all,notfound=disabled

A generator of systemd runs it before each start. Everything behind `#` is a comment, a line without a colon is passed
over, of a key that stands twice the later value counts, quotes around a value go. Of the policy only the mode can keep
cloud-init from starting whatever the partition offers: `disabled`. `enabled` starts it without looking; `search` (also
where no mode is given) and `report` look. `notfound=disabled` keeps it from starting where no datasource is found, and
an instance on Power Virtual Server has one, its drive with the configuration. Words that ds-identify does not know it
passes over. A datasource that is named here is taken without looking.

That the file is not there, or says none of both, is an answer: the policy is the built-in one, which searches. Nothing
marks its end: without an exit status later lines may say something else.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import refuse_complaints

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
_MODES: Final = frozenset({"enabled", "disabled", "search", "report"})
_SEARCH: Final = "search"


@record(frozen=True, slots=True)
class Identification:
    """`mode` is one of enabled, disabled, search, report; the lines are those that say so, 0 where none does. `whole`:
    no later line says something else."""

    present: bool
    mode: str = _SEARCH
    mode_line: Line = 0
    datasource: str = ""
    datasource_line: Line = 0
    whole: bool = True


RECORD: Final = Identification


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> Identification:
    """Read the two settings. Raises Unreadable: `failed`, `denied`; `empty` for a copy that holds nothing."""
    if answer.absent:
        return Identification(False)
    refuse_complaints(answer, "cat:", "ksh:", "sh:", "bash:")
    answer.refuse_failure()
    if answer.exit_status is None and not any(line.strip() for line in answer.lines):
        raise Unreadable("empty", "nothing shows that the file is empty")
    mode, mode_line, datasource, datasource_line = _SEARCH, 0, "", 0
    for number, line in enumerate(answer.lines, 1):
        key, colon, value = line.partition("#")[0].partition(":")
        if colon and key.strip() == "datasource":
            datasource, datasource_line = _bare(value), number
        elif colon and key.strip() == "policy":
            mode, mode_line = mode_of(_bare(value)), number
    whole = answer.exit_status is not None
    return Identification(True, mode, mode_line, datasource, datasource_line if datasource else 0, whole)


def mode_of(policy: str) -> str:
    """The mode of a policy, here or on the kernel command line: the last word that is one."""
    words = [word for word in policy.split(",") if word in _MODES]
    return words[-1] if words else _SEARCH


def _bare(value: str) -> str:
    text = value.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
