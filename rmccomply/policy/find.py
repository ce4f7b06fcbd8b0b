"""Find a policy: the id of a shipped one, or a file, from the working directory or from the file that names it."""

from pathlib import Path

from rmccomply import data
from rmccomply.checks.operands import nearest
from rmccomply.errors import UsageError
from rmccomply.evidence.uris import encoded
from rmccomply.guarded import place_of


def shipped() -> dict[str, Path]:
    """The policies that ship with the program, by id."""
    return {path.stem: path for path in sorted(data.folder("policies").glob("*.toml"))}


def find(name: str, extender: Path | None = None) -> tuple[Path, str]:
    """The file of a policy and the uri that reports name it by; `extender` is the file that extends it.

    Raises UsageError where there is none.
    """
    ids = shipped()
    if name in ids:
        return ids[name], f"policies/{name}.toml"
    path = Path(name) if extender is None else extender.parent / name
    place = place_of(path)
    if place.kind == "file":
        return path, _relative(path)
    if place.kind == "absent" and (known := name.lower()) in ids:
        return ids[known], f"policies/{known}.toml"
    if place.kind == "unknown":
        raise UsageError(f"{path}: {place.says}")
    if name.endswith(".toml") or "/" in name:
        if place.kind == "folder":
            raise UsageError(f"{name}: is a folder; name a policy file")
        raise UsageError(f"{name}: no such file{nearest(path.stem, ids)}")
    near = nearest(name, ids) or "."
    raise UsageError(f"unknown policy '{name}'{near} The shipped ones are: {', '.join(ids)}; else name a file.")


def _relative(path: Path) -> str:
    """A path for reports: a uri relative to the working directory, else the file's own name; never absolute."""
    try:
        return encoded(path.resolve().relative_to(Path.cwd()).as_posix())
    except ValueError:
        return encoded(path.name)
