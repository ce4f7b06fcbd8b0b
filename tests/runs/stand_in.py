"""A stand-in for the client of ssh, which plays hosts: `NAME` answers with the bundle NAME.rmcc beside it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from rmccomply.collect.ssh import ClientSettings

_SSH: Final = """\
#!/bin/sh
at=${0%/*} host= asked= before=
for word; do
  [ "$word" != -G ] || asked=yes
  [ "$before" != -- ] || host=$word
  before=$word
done
[ -z "$asked" ] || { printf 'hostname 192.0.2.1\\nstricthostkeychecking %s\\n' "$(cat "$at/checking")"; exit 0; }
cat >/dev/null
echo "$host" >>"$at/asked"
[ -f "$at/$host.rmcc" ] || { echo "ssh: connect to host $host port 22: Connection refused" >&2; exit 255; }
cat "$at/$host.rmcc"
"""


def client(folder: Path, bundles: Mapping[str, bytes], checking: str = "yes") -> ClientSettings:
    """The settings with the stand-in, and `checking` as what its configuration says of host keys."""
    folder.mkdir(exist_ok=True)
    for name, data in bundles.items():
        (folder / f"{name}.rmcc").write_bytes(data)
    (folder / "checking").write_text(checking)
    (folder / "ssh").write_text(_SSH)
    (folder / "ssh").chmod(0o755)
    return ClientSettings(program=str(folder / "ssh"))


def asked(folder: Path) -> list[str]:
    """Who was asked, in order."""
    path = folder / "asked"
    return path.read_text().split() if path.is_file() else []
