"""Children of a run that was killed: they go too.

SIGKILL leaves a program no time to end its children, and a client of ssh whose target is silent would stay for good. So
a shell beside the run is told of each of them and waits on a pipe. The system closes the pipe when the run is gone,
however it went, and then the shell ends what is left.
"""

import os
import subprocess
from typing import Final

_PROGRAM: Final = """\
trap '' HUP INT TERM
all=' '
while read -r what group; do
  case $what in
    begun) all="$all$group " ;;
    ended) case $all in *" $group "*) all="${all%%" $group "*} ${all#*" $group "}" ;; esac ;;
  esac
done
for group in $all; do kill -TERM -"$group"; done
[ "$all" = ' ' ] || sleep 2
for group in $all; do kill -KILL -"$group"; done
"""


class Reaper:
    """The shell beside a run, begun with the first child. Without a shell there is none, and nothing else is lost."""

    def __init__(self) -> None:
        self._shell: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def begun(self, group: int) -> None:
        """A child leads this process group."""
        if self._shell is None or self._owner != os.getpid() or self._shell.poll() is not None:
            self._shell, self._owner = _shell(), os.getpid()
        self._tell(f"begun {group}\n")

    def ended(self, group: int) -> None:
        """It is gone, and its number may soon be another's."""
        self._tell(f"ended {group}\n")

    def _tell(self, line: str) -> None:
        if self._shell is None or self._shell.stdin is None:
            return
        try:
            os.write(self._shell.stdin.fileno(), line.encode())
        except OSError:
            return


def _shell() -> subprocess.Popen[bytes] | None:
    nowhere = subprocess.DEVNULL
    argv = ("sh", "-c", _PROGRAM)
    try:
        return subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=nowhere, stderr=nowhere, start_new_session=True)
    except OSError:
        return None
