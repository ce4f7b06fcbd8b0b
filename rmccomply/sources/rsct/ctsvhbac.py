"""Whether the host-based authentication of RSCT is set up: `ctsvhbac`.

RSCT documentation, "ctsvhbac Command": six tests, of the configuration file, the private key file, the public key
file, the pair that they make, the trusted host list, and of each own name and address in it. No real output is
public; the layout is remembered.

    Private and Public Key Verifications
          Configuration file:  /var/ct/cfg/ctcasd.cfg
                      Status:  Available
                  Key Parity:  Public and private keys are in pair
    Trusted Host List File Verifications
                    Identity:  192.0.2.41
                      Status:  Trusted host
                    Identity:  192.0.2.42
                      Status:  Attention: not in the trusted host list
    Host Based Authentication Mechanism Verification Check completed

A status belongs to the file or identity before it; the parity of the keys is its own status, and a status of nothing
that is known stands for itself. Statuses are kept as printed. Three are good, each of its own test, and one that begins
with `Attention` is not; of any other nothing is known (`Not available`, another language). Labels other than those of
the tests (Source, Key Type) are passed over; a test without a status has an empty one.

An exit status other than 0 says that a test found something, so rows are an answer whatever it is (`ended`), but good
rows alone are none then. Output without a test, and empty output, is never an answer. Without an exit status the rows
are all only from the title of the tests of the keys, which come first, to the line that says that the check is
completed.
"""

from dataclasses import replace
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.messages import refuse_messages
from rmccomply.sources.shared.texts import may_be_cut

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
_PARITY: Final = "key parity"
_TITLE: Final = "Private and Public Key Verifications"
_TESTS: Final = frozenset(
    {"configuration file", "private key file", "public key file", "trusted host list file", "identity", _PARITY}
)


_FILE_IS_GOOD: Final = "available"
_GOOD: Final = {"identity": "trusted host", _PARITY: "public and private keys are in pair"}


@record(frozen=True, slots=True)
class Verification:
    """One test: its label in lower case, the file or identity it is about, and its status as printed."""

    test: str
    subject: str
    status: str
    line: Line

    @property
    def attention(self) -> bool:
        return self.status.lower().startswith("attention")

    @property
    def good(self) -> bool:
        status = " ".join(self.status.lower().rstrip(".").split())
        return self.test in _TESTS and status == _GOOD.get(self.test, _FILE_IS_GOOD)


@record(frozen=True, slots=True)
class Verifications:
    """All tests. `whole`: there is no other test, and none of another identity. `ended` is the exit status, if one was
    recorded."""

    rows: tuple[Verification, ...]
    whole: bool = True
    ended: int | None = None


RECORD: Final = Verifications


def asks(argv: tuple[str, ...]) -> bool:
    """The command without options, which choose other files or less output."""
    return len(argv) == 1


def parse(answer: Answer) -> Verifications:
    """Read the tests. Raises Unreadable: `failed`, `denied`, `empty`, `unparsable` for text without one."""
    rows: list[Verification] = []
    for number, line in enumerate(answer.lines, 1):
        if not may_be_cut(answer, number):
            _read(rows, line, number)
    if not rows:
        _refuse_other_text(answer)
    titled = any(line.strip() == _TITLE for line in answer.lines[: rows[0].line])
    completed = any(line.strip().endswith("Check completed") for line in answer.lines)
    whole = answer.complete and (answer.exit_status is not None or (titled and completed))
    return Verifications(tuple(rows), whole, answer.exit_status)


def _read(rows: list[Verification], line: str, number: Line) -> None:
    label, colon, text = line.partition(":")
    test, value = " ".join(label.lower().split()), text.strip()
    if not colon:
        return
    if test == _PARITY:
        rows.append(Verification(test, "", value, number))
    elif test in _TESTS:
        rows.append(Verification(test, value, "", number))
    elif test == "status" and rows and not rows[-1].status:
        rows[-1] = replace(rows[-1], status=value, line=number)
    elif test == "status":
        rows.append(Verification(test, "", value, number))


def _refuse_other_text(answer: Answer) -> None:
    refuse_messages(answer)
    answer.refuse_failure()
    for number, line in enumerate(answer.lines, 1):
        if line.strip():
            raise Unreadable("unparsable", f"ctsvhbac reports no test: {line.strip()}", number)
    raise Unreadable("empty", "ctsvhbac prints nothing")
