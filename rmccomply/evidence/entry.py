"""The one place through which evidence enters: a bundle as it was read, without the secrets in it.

The reader of every carrier (bundles, capture folders, archives) hands its bundle through `entered`, so that no source,
message, document or report can meet a secret. Every line keeps its place. A line of a hex stream that held one shows
its text in the file's stead. Uris have none from the beginning (`uris.encoded`).
"""

from rmccomply.evidence.model import Bundle, Evidence, Stream
from rmccomply.evidence.redact import redact, redact_lines, redact_table
from rmccomply.evidence.told import redact_told


def entered(bundle: Bundle) -> Bundle:
    """The bundle without secrets, names and messages included; the same bundle where there are none."""
    texts = _texts(bundle)
    if redact_lines(texts) is not texts:
        bundle = _named(bundle)
    evidence = tuple(_answer(item) for item in bundle.evidence)
    return bundle._replace(evidence=evidence)


def _texts(bundle: Bundle) -> tuple[str, ...]:
    """All short texts of a bundle; names stand with their values, for it is the name that tells a secret."""
    texts = [bundle.name, bundle.fallback, bundle.platform, bundle.collected or ""]
    for table in (bundle.head, bundle.labels):
        texts += [f"{key}={value}" for key, value in table.items()]
    texts += [note.text for note in bundle.notifications]
    for item in bundle.evidence:
        damage = item.damage.says if item.damage else ""
        texts += (" ".join(item.argv), item.id, item.text, item.begun or "", item.ended or "", damage)
    return tuple(texts)


def _named(bundle: Bundle) -> Bundle:
    return bundle._replace(
        evidence=tuple(_request(item) for item in bundle.evidence),
        name=redact(bundle.name),
        fallback=redact(bundle.fallback),
        platform=redact(bundle.platform),
        collected=redact(bundle.collected) if bundle.collected else bundle.collected,
        head=redact_table(bundle.head),
        labels=redact_table(bundle.labels),
        notifications=tuple(
            note._replace(text=redact_told(note.text, bundle.name, bundle.fallback)) for note in bundle.notifications
        ),
    )


def _request(item: Evidence) -> Evidence:
    """What was asked, without secrets: an argument may be one by the option before it."""
    words = tuple(redact(word) for word in item.argv)
    line = redact(" ".join(words))
    return item._replace(
        argv=words if line == " ".join(words) else tuple(line.split(" ")),
        id=redact(item.id),
        text=redact(item.text),
        begun=redact(item.begun) if item.begun else item.begun,
        ended=redact(item.ended) if item.ended else item.ended,
        damage=item.damage._replace(says=redact(item.damage.says)) if item.damage else None,
    )


def _answer(item: Evidence) -> Evidence:
    names = item.argv if item.kind == "meta" else ()
    out, err = _stream(item.out, names), _stream(item.err, names)
    return item if out is item.out and err is item.err else item._replace(out=out, err=err)


def _stream(stream: Stream, names: tuple[str, ...] = ()) -> Stream:
    """A stream without secrets. Where a controller tells of a host, `names` have the host's."""
    if not stream.lines:
        return stream
    lines = tuple(redact_told("\n".join(stream.lines), *names).split("\n")) if names else redact_lines(stream.lines)
    if lines == stream.lines:
        return stream
    snippets = stream.snippets
    if snippets is not None:
        told = zip(stream.lines, lines, snippets, strict=True)
        snippets = tuple(snippet if line == shown else shown for line, shown, snippet in told)
    return stream._replace(lines=lines, snippets=snippets)
