"""The facts document, version 1, as it is written: the readings of one target on one line.

    {"schema": "rmccomply/facts/1", "target": {...}, "facts": {"lssrc -a": {"value": {...}, "reason": null,
     "evidence": [{"line": 4, "uri": "...", "start_line": 53, ...}]}}}

`facts_1_rows` says what each row may hold, `facts_1_reader` reads a document back, and `facts_1_readings` makes rows of
readings and readings of rows. References are written as in reports.
"""

from json import JSONEncoder
from typing import TYPE_CHECKING, Final

from rmccomply.documents import FACTS_1
from rmccomply.documents.report_1 import reference_members

if TYPE_CHECKING:
    from rmccomply.documents.facts_1_rows import (
        DamageRow,
        FactPlace,
        FactReference,
        FactRow,
        FactsDocument,
        FactsTarget,
    )

_encode: Final = JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def facts_line(document: "FactsDocument") -> str:
    """A facts document on one line, in printable ASCII. What did not fit when it was read is not written again."""
    facts = ",".join(f"{_encode(name)}:{fact_line(row)}" for name, row in document.rows().items())
    return f'{{"schema":{_encode(FACTS_1)},"target":{_target(document.target)},"facts":{{{facts}}}}}\n'


def fact_line(row: "FactRow") -> str:
    """One fact of a document: what is empty is left out, but for what every fact has."""
    evidence = ",".join(map(_place, row.evidence))
    partial = f',"partial":{_encode(row.partial)}' if row.partial else ""
    line = f',"line":{row.line}' if row.line else ""
    also = f',"also":[{",".join(map(_reference, row.also))}]' if row.also else ""
    argv = "" if row.argv is None else f',"argv":{_encode(row.argv)}'
    return (
        f'{{"value":{_encode(row.value)},"reason":{_encode(row.reason)},"says":{_encode(row.says)},'
        f'"collected":{_encode(row.collected)},"evidence":[{evidence}]{partial}{line}{also}{argv}}}'
    )


def _place(place: "FactPlace") -> str:
    return f'{{"line":{place.line},{reference_members(place)}}}'


def _reference(place: "FactReference") -> str:
    return f"{{{reference_members(place)}}}"


def _target(row: "FactsTarget") -> str:
    identity = {"type_model": row.identity.type_model, "serial": row.identity.serial, "lpar_id": row.identity.lpar_id}
    return _encode(
        {
            "id": row.id,
            "platform": row.platform,
            "platform_from": row.platform_from,
            "image": row.image,
            "identity": identity,
            "labels": row.labels,
            "collected": row.collected,
            "evidence": [{"uri": one.uri, "sha256": one.sha256} for one in row.evidence],
            **({"damage": list(map(_damage, row.damage))} if row.damage else {}),
        }
    )


def _damage(row: "DamageRow") -> dict[str, str | int | None]:
    return {"text": row.text, "uri": row.uri, "line": row.line}
