"""The facts document, version 1: what each row of it may hold.

From these classes `facts_1_reader` makes the reader and the JSON Schema (`schemas/facts-1.schema.json`). The reader is
lenient where nothing rests on a value: what of the target does not fit is as if it were not there. A fact that does not
fit is an `UnfitFact`, and costs no other. The schema is strict: it says what this program writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
)

from rmccomply.documents.faults import fault_lines
from rmccomply.documents.model import AnyText, Filled, Position, Whole, adapter, never_null
from rmccomply.words import PLATFORMS, REASONS, Image, Reason


def _else(default: object) -> WrapValidator:
    """What does not fit is as this."""

    def read(value: object, inner: ValidatorFunctionWrapHandler) -> object:
        try:
            return inner(value)
        except ValidationError:
            return default

    return WrapValidator(read)


def _always(*names: str) -> ConfigDict:
    """These are always written, though the reader can do without some of them."""
    return ConfigDict(json_schema_extra={"required": list(names)})


def _tables(value: object) -> object:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else value


def _texts(value: object) -> object:
    return {str(key): str(one) for key, one in value.items()} if isinstance(value, dict) else value


def _losses(value: object) -> object:
    """Damage that is told in another form is damage too, of which nothing more is known."""
    return value if isinstance(value, list) and all(isinstance(one, dict) for one in value) else [{}]


def _known(value: object) -> object:
    """A reason that a later release may have is none that this one can judge by."""
    return value if value is None or value in REASONS else "unparsable"


def _or_nothing(value: object) -> object:
    return value or ()


def _text_or_none(value: object) -> object:
    return "" if value is None else value


def words_of(value: object) -> tuple[str, ...] | None:
    """The words of a request; None where this is no list of texts."""
    words = value if isinstance(value, (list, tuple)) else (None,)
    return tuple(words) if all(isinstance(word, str) for word in words) else None


ForgivenText = Annotated[AnyText, _else("")]
MaybeText = Annotated[AnyText | None, _else(None)]
MaybeWhole = Annotated[Whole | None, _else(None)]
LineNumber = Annotated[Whole, Field(description="Which line of the answer: 0 the whole, negative error output.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsIdentity:
    """What tells a partition from every other one, as far as its evidence says."""

    type_model: MaybeText = None
    serial: MaybeText = None
    lpar_id: MaybeWhole = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsArtifact:
    """A file that evidence came from."""

    uri: ForgivenText = ""
    sha256: ForgivenText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DamageRow:
    """Something of the evidence that was lost."""

    __pydantic_config__ = _always("text")

    text: ForgivenText = ""
    uri: ForgivenText = ""
    line: Annotated[Position | None, _else(None)] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsTarget:
    """The target whose readings these are."""

    __pydantic_config__ = _always("id", "platform")

    id: ForgivenText = ""
    platform: Annotated[ForgivenText, Field(description=f"{', '.join(PLATFORMS)}; empty where it is not known.")] = ""
    platform_from: Annotated[
        Literal["declaration", "evidence"],
        _else("declaration"),
        Field(description="Whether somebody declared the platform, or the evidence shows it."),
    ] = "declaration"
    image: Annotated[
        Image | None,
        _else(None),
        Field(description="Whether the evidence is of a running system or of a mounted image; null where not known."),
    ] = None
    identity: Annotated[FactsIdentity, _else(FactsIdentity())] = FactsIdentity()
    labels: Annotated[dict[AnyText, AnyText], BeforeValidator(_texts), _else({})] = field(default_factory=dict)
    collected: MaybeText = None
    evidence: Annotated[tuple[FactsArtifact, ...], BeforeValidator(_tables), _else(())] = ()
    damage: Annotated[
        tuple[DamageRow, ...],
        BeforeValidator(_losses),
        Field(
            description="What was lost of the evidence; where anything is, no check of this document ends in status 0."
        ),
    ] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FactReference:
    """A place in a file that proves something."""

    __pydantic_config__ = _always("uri", "start_line", "end_line", "text", "request", "exit_status", "collected")

    uri: Filled
    start_line: Position
    end_line: Position
    start_column: Position = 1
    text: AnyText
    request: AnyText
    exit_status: Whole | None = None
    collected: AnyText | None = None
    snippet: Annotated[AnyText | None, Field(json_schema_extra=never_null)] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactPlace(FactReference):
    """Where a line of the answer stands."""

    line: LineNumber = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """What came of the answer to one request: the record of its source, or why there is none.

    `partial`: the record tells of a part of the answer. `also`: other answers to the request, which equal it, or which
    it conflicts with. `argv`: the request in words, where its name does not tell them apart.
    """

    __pydantic_config__ = _always("value", "reason", "evidence")

    value: Annotated[
        object,
        WithJsonSchema(
            {"type": ["object", "null"], "description": "What the source read; null where reason says why not."}
        ),
    ] = None
    reason: Annotated[Reason | None, BeforeValidator(_known)] = None
    says: Annotated[AnyText, BeforeValidator(_text_or_none)] = ""
    partial: Annotated[Reason | None, Field(json_schema_extra=never_null)] = None
    collected: AnyText | None = None
    line: LineNumber = 0
    argv: Annotated[tuple[AnyText, ...] | None, BeforeValidator(words_of), Field(json_schema_extra=never_null)] = None
    evidence: Annotated[tuple[FactPlace, ...], BeforeValidator(_or_nothing)] = ()
    also: Annotated[tuple[FactReference, ...], BeforeValidator(_or_nothing)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfitFact:
    """A fact that no row can be made of. `fault` is empty where it is no table at all; `argv` as of a row."""

    fault: str = ""
    argv: tuple[str, ...] | None = None


def _fact(value: object) -> FactRow | UnfitFact:
    """Nothing is said of an answer that was read, and one that was not read is no part of one: neither can be wrong."""
    if isinstance(value, (FactRow, UnfitFact)):
        return value
    if not isinstance(value, dict):
        return UnfitFact()
    is_read = value.get("reason") is None and value.get("value") is not None
    idle = "says" if is_read else "partial"
    try:
        return adapter(FactRow).validate_python({key: one for key, one in value.items() if key != idle})
    except ValidationError as error:
        return UnfitFact(fault=next(fault_lines(error)), argv=words_of(value.get("argv")))


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsDocument:
    """The readings of one target: what each source read of an answer, and the lines that prove it.

    A fact's name is its request. The facts that policies speak of are derived from these at each check, so none of them
    is written.
    """

    schema: Literal["rmccomply/facts/1"]
    target: FactsTarget
    facts: Mapping[AnyText, Annotated[FactRow | UnfitFact, PlainValidator(_fact, json_schema_input_type=FactRow)]]

    def rows(self) -> dict[str, FactRow]:
        """The facts that fit."""
        return {name: fact for name, fact in self.facts.items() if isinstance(fact, FactRow)}
