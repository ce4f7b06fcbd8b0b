"""What the root of an image is mounted from: the probe `mounted DIR FILE` of the collector.

It reads /proc/self/mountinfo and the folders of block devices in /sys (proc(5), sysfs of the Linux loop driver), and
compares the backing file of the loop device with FILE by device and inode; a partition of a loop device, and a volume
that is made of one loop device alone, are that device's:

    same
    source /dev/mapper/rhel-root
    file /srv/build/rhel9.raw

The first line is one word. `another-file`: a loop device, whose file is another one, or was replaced since; `not-loop`:
another kind of device, as one of qemu-nbd, which tells no file; `not-mounted`: nothing is mounted at DIR.

Empty is never an answer, and a word that is not one of these is not guessed at.
"""

from typing import Final, Literal, get_args

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable

MountWord = Literal["same", "another-file", "not-loop", "not-mounted"]
OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
_WORDS: Final[dict[str, MountWord]] = {word: word for word in get_args(MountWord)}


@record(frozen=True, slots=True)
class ImageMount:
    """How a root is mounted. `source` is the device, `backing` the file of the loop device; empty where none is."""

    root: str
    path: str
    word: MountWord
    source: str
    backing: str
    line: Line


RECORD: Final = ImageMount


def asks(argv: tuple[str, ...]) -> bool:
    """A folder and a file."""
    return len(argv) == 3 and all(argv)


def parse(answer: Answer) -> ImageMount:
    """Read the probe. Raises Unreadable: `failed`, `empty`, `unparsable` for any other word."""
    answer.refuse_failure()
    if not answer.lines:
        raise Unreadable("empty", "nothing was told of the mount")
    word = _WORDS.get(answer.lines[0])
    if word is None:
        raise Unreadable("unparsable", f"no root is mounted as `{answer.lines[0]}`", 1)
    told = dict(line.split(" ", 1) for line in answer.lines[1:] if " " in line)
    return ImageMount(answer.argv[1], answer.argv[2], word, told.get("source", ""), told.get("file", ""), 1)
