"""Before a first run: what is missing here, and what is missing there. One small script is run on a target; it reads.

rmccomply-doctor 1
uid 1001
os AIX
rsct /opt/rsct/bin
sudo yes
lacks cksum
"""

import asyncio
from collections.abc import Iterable
from typing import Final

from rmccomply.collect.causes import Ended, cause_of
from rmccomply.collect.inventory.row import Access, HostRow
from rmccomply.collect.jobs import ASKING, output
from rmccomply.collect.rights import for_root
from rmccomply.collect.run import Order
from rmccomply.collect.ssh import ClientSettings, asking, command_line, remote_command, resolved
from rmccomply.errors import UsageError
from rmccomply.tuples import NamedTuple

_FIRST: Final = "rmccomply-doctor 1"
SCRIPT: Final = b"""\
main() {
  printf '%s\\n' 'rmccomply-doctor 1'
  printf 'uid %s\\n' "$(id -u)"
  printf 'os %s\\n' "$(uname -s)"
  [ -x /usr/ios/cli/ioscli ] && printf 'os VIOS\\n'
  for dir in /opt/rsct/bin /usr/sbin/rsct/bin; do
    [ -x "$dir/rmcdomainstatus" ] && printf 'rsct %s\\n' "$dir" && break
  done
  for tool in awk cat cksum date grep id kill ls mkdir od ps rm sed sleep tail tr uname; do
    type "$tool" >/dev/null 2>&1 </dev/null || printf 'lacks %s\\n' "$tool"
  done
  sudo -n -l /bin/sh -s -- full >/dev/null 2>&1 </dev/null && printf 'sudo yes\\n'
}
main; exit 0
"""
_AS_COLLECT: Final = ("full",)
"""The words that the collector is given: what sudo permits are those very words."""
_PLATFORMS: Final = {"AIX": "aix", "VIOS": "vios", "Linux": "linux"}


class There(NamedTuple):
    """What a target says of itself. `fault` says why it could not be asked."""

    label: str
    fault: str = ""
    uid: str = ""
    system: str = ""
    rsct: str = ""
    sudo: bool = False
    lacks: tuple[str, ...] = ()

    @property
    def platform(self) -> str:
        """The platform, empty where the collector runs on no such system."""
        return _PLATFORMS.get(self.system, "")


def there(label: str, text: str) -> There:
    """Read what the script printed."""
    lines = [line.strip() for line in text.splitlines()]
    if _FIRST not in lines:
        return There(label, "its shell did not run the script that it was sent")
    pairs = [line.partition(" ")[::2] for line in lines[lines.index(_FIRST) + 1 :]]
    last = dict(pairs)
    lacks = tuple(value for key, value in pairs if key == "lacks")
    return There(
        label, "", last.get("uid", ""), last.get("os", ""), last.get("rsct", ""), last.get("sudo") == "yes", lacks
    )


def missing_on(one: There, access: Access) -> list[str]:
    """What is missing on a target, a sentence each; none where a first run will find all that it needs."""
    if one.fault:
        return [one.fault]
    missing = []
    if not one.platform:
        missing.append(f"the collector runs on AIX, VIOS and Linux, not on {one.system or 'a system without a name'}")
    if one.lacks:
        missing.append(f"tools that the collector needs: {', '.join(one.lacks)}")
    if one.platform and not one.rsct:
        missing.append("RSCT is not installed, or not in its usual place")
    if one.platform and one.uid != "0":
        requests = ", ".join(step.command for step in for_root(one.platform))
        missing.append(f"root; without it these stay undecided: {requests}")
        if one.sudo and access == "direct":
            missing.append("sudo is permitted here: collect with --sudo")
    return missing


async def ask(row: HostRow, settings: ClientSettings, access: Access) -> There:
    """Ask a target. Nothing but the script above is run there."""
    if row.missing:
        return There(row.label, row.missing)
    told, text = await output(asking(row, settings), ASKING)
    if told.status != 0:
        return There(row.label, told.errors.strip())
    argv = command_line(row, settings, remote_command(row.access or access, _AS_COLLECT), resolved(text))
    done, text = await output(argv, ASKING, SCRIPT)
    if done.status == 0:
        return there(row.label, text)
    word, says = cause_of(Ended(done.status, done.errors, stopped=done.stopped))
    return There(row.label, f"{word}: {says}")


def look(rows: Iterable[HostRow], settings: ClientSettings, access: Access) -> list[There]:
    """Ask some targets at once, no more than a run would; what each says, in their order."""
    return asyncio.run(_ask_all(rows, settings, access))


async def _ask_all(rows: Iterable[HostRow], settings: ClientSettings, access: Access) -> list[There]:
    slots = asyncio.Semaphore(Order().parallel)

    async def in_turn(row: HostRow) -> There:
        async with slots:
            return await ask(row, settings, access)

    return list(await asyncio.gather(*map(in_turn, rows)))


def agent_fault() -> str:
    """What is wrong with the agent, in words; empty where it holds a key.

    The status of `ssh-add -l` is 1 where it holds none, and 2 where there is no agent.
    """
    try:
        done, _ = asyncio.run(output(("ssh-add", "-l"), ASKING))
    except UsageError as error:
        return str(error)
    return {0: "", 1: "the ssh agent holds no key"}.get(done.status or 0, "no ssh agent is running")
