"""What the commands of `attest` do: a statement about an image by a report, and whether one holds.

create   make a statement, and sign it
verify   hold a statement to its signature, the image, the report and a policy: 0 where it holds, 1 where not
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

from rmccomply.attest.checksum import Unnamed, digest_for
from rmccomply.attest.ssh_keygen import Unproven, sign
from rmccomply.attest.ssh_keygen import verify as verify_signature
from rmccomply.attest.statement import (
    ImageFile,
    Statement,
    binding_of,
    judgement,
    statement_bytes,
    statement_of,
)
from rmccomply.documents.report_file import LARGEST, ReportFile, read_report, report_of
from rmccomply.errors import InputError, OutputError, UsageError
from rmccomply.files import replace_whole
from rmccomply.guarded import Unfit, bounded, open_plain
from rmccomply.runs.outputs import refuse_evidence
from rmccomply.terminal import visible
from rmccomply.version import VERSION

if TYPE_CHECKING:
    from rmccomply.runs.teller import Teller

Required = Literal["observed", "passed"]
_CHUNK: Final = 1024**2
_LARGEST: Final = 64 * 1024**2
_CHECKSUMS: Final = ".sha256"


def required(words: Sequence[str]) -> tuple[Required, ...]:
    """What `--require` names. Raises UsageError for another word."""
    if odd := [word for word in words if word not in get_args(Required)]:
        raise UsageError(f"--require: '{odd[0]}' is not one of: {', '.join(get_args(Required))}")
    return tuple(one for one in get_args(Required) if one in words)


def create(report: Path, image: Path, output: Path, key: Path | None, teller: "Teller") -> None:
    """Write a statement about an image, and its signature beside it where there is a key.

    Raises InputError, UsageError where report and image do not belong together or it cannot be signed, OutputError.
    """
    beside = _signature_of(output)
    refuse_evidence(map(str, (output, beside)), map(str, (report, image, *_checksums(image), *filter(None, (key,)))))
    read = read_report(report)
    file = _image(image)
    if says := _unlike_checksums(image, file):
        raise UsageError(says)
    binding = binding_of(read.raw, file)
    release = release_digest() if read.document.tool.version == VERSION else ""
    data = statement_bytes(read.document, read.raw, file, binding, release)
    signature = None if key is None else sign(data, key)
    _put(output, data)
    if signature is not None:
        _put(beside, signature)
    signed = f", signed in {beside}" if signature else ", not signed"
    judged = judgement(read.document)
    why = f": {'; '.join(judged.reasons)}" if judged.reasons else ""
    teller.result(visible(f"{output}: {file.name} {judged.result} ({binding}{signed}){why}") + "\n")


def verify(
    statement: Path,
    image: Path,
    report: Path,
    allowed: Path,
    policies: Sequence[Path],
    needs: Sequence[Required],
    teller: "Teller",
) -> int:
    """Whether a statement holds, told in a sentence: 0 where it does, 1 where not, and why first.

    Raises InputError and UsageError for what cannot be read or tried.
    """
    data, beside = _read(statement), _signature_of(statement)
    try:
        if not beside.is_file():
            raise Unproven(f"{statement} is not signed: {beside} is missing")
        who = _signer(data, beside, allowed)
        says = _holding(data, statement)
        _hold(says, image, report, policies, needs)
    except Unproven as refused:
        teller.fault(f"refused: {refused}")
        return 1
    why = f": {'; '.join(says.reasons)}" if says.reasons else ""
    line = f"verified: {says.image.name} {says.result} on {says.now} ({says.binding}), signed by {who}{why}"
    teller.result(visible(line) + "\n")
    return 0


def _signer(data: bytes, beside: Path, allowed: Path) -> str:
    """Who signed. Raises Unproven."""
    try:
        return verify_signature(data, _read(beside), allowed)
    except Unproven as refused:
        raise Unproven(f"the signature {beside} {refused}") from None


def _holding(data: bytes, statement: Path) -> Statement:
    """What a statement says. Raises Unproven."""
    try:
        return statement_of(data)
    except ValueError as error:
        raise Unproven(f"{statement} {error}") from None


def _hold(says: Statement, image: Path, report: Path, policies: Sequence[Path], needs: Sequence[Required]) -> None:
    """Hold a statement to what it is about. Raises Unproven with the first that differs."""
    file = _image(image)
    if file.sha256 != says.image.sha256:
        raise Unproven(_differs(image, "the image", file.sha256, says.image.sha256))
    raw = _read(report, LARGEST)
    if (digest := hashlib.sha256(raw).hexdigest()) != says.report:
        raise Unproven(_differs(report, "the report", digest, says.report))
    for policy in policies:
        digest = hashlib.sha256(_read(policy)).hexdigest()
        if digest not in says.policies.values():
            raise Unproven(_differs(policy, "a policy", digest, " or ".join(says.policies.values())))
    _hold_report(says, report_of(raw, report), file)
    if "observed" in needs and says.binding != "observed":
        raise Unproven("that report and image belong together is asserted, and was not observed")
    if says.result == "FAILED" or ("passed" in needs and says.result != "PASSED"):
        raise Unproven(f"the statement is genuine, but says {says.result}: {'; '.join(says.reasons)}")


def _differs(path: Path, what: str, digest: str, due: str) -> str:
    return f"{path} is not {what} of the statement: its SHA-256 is {digest}, not {due}"


def _hold_report(says: Statement, report: ReportFile, image: ImageFile) -> None:
    """Hold what is said of the report to the report itself. Raises Unproven."""
    judged = judgement(report.document)
    if judged.result != says.result:
        raise Unproven(f"the statement says {says.result}, and by the report it is {judged.result}")
    if report.document.now != says.now:
        raise Unproven(f"the statement says judged on {says.now}, and the report {report.document.now}")
    if {one.id: one.sha256 for one in report.document.policies} != says.policies:
        raise Unproven("the policies of the statement are not those of the report")
    try:
        binding = binding_of(report.raw, image)
    except UsageError as error:
        raise Unproven(str(error)) from None
    if binding != says.binding:
        raise Unproven(f"the statement says {says.binding}, and by the report it is {binding}")


@cache
def release_digest() -> str:
    """The SHA-256 over the program: each module by its name and octets, in the order of the names."""
    top = Path(__file__).parents[2]
    sha = hashlib.sha256()
    for path in sorted(top.rglob("*.py"), key=lambda one: one.relative_to(top).as_posix()):
        sha.update(path.relative_to(top).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return sha.hexdigest()


def _image(path: Path) -> ImageFile:
    """An image file, whatever its size. Raises InputError."""
    sha = hashlib.sha256()
    try:
        with open_plain(path) as file:
            while chunk := file.read(_CHUNK):
                sha.update(chunk)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None
    return ImageFile(path.name, sha.hexdigest())


def _checksums(image: Path) -> list[Path]:
    """The files of checksums that may stand beside an image: by its whole name, and by that without its last suffix."""
    names = dict.fromkeys((f"{image.name}{_CHECKSUMS}", f"{image.stem}{_CHECKSUMS}"))
    return [one for name in names if (one := image.parent / name).is_file() and name != image.name]


def _unlike_checksums(image: Path, file: ImageFile) -> str:
    """Why a file of checksums beside an image does not fit it; empty where all do, or where none is there.

    One that has the whole name of the image is about it alone; another may be about other files.
    """
    for beside in _checksums(image):
        try:
            digest = digest_for(_read(beside).decode("utf-8"), image.name)
        except UnicodeDecodeError:
            return f"{beside}: is not UTF-8 text"
        except Unnamed as error:
            if beside.stem == image.name:
                return f"{beside}: {error}"
            continue
        except ValueError as error:
            return f"{beside}: {error}"
        if digest != file.sha256:
            return f"{beside}: has {digest} for {image.name}, whose SHA-256 is {file.sha256}"
    return ""


def _signature_of(statement: Path) -> Path:
    if not statement.name:
        raise UsageError(f"{statement}: is a folder: name a file")
    return statement.with_name(f"{statement.name}.sig")


def _read(path: Path, most: int = _LARGEST) -> bytes:
    """A file. Raises InputError."""
    try:
        return bounded(path, most)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None
    except Unfit as unfit:
        raise InputError(f"{path}: {unfit.says}") from None


def _put(path: Path, data: bytes) -> None:
    """Let a file appear whole. Raises OutputError."""
    try:
        replace_whole(path, data)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from None
