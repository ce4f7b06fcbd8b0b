"""ctsnap: `/tmp/ctsupt/ctsnap.NODE.NUMBER.tar.gz`, what RSCT gathers of itself for IBM's support.

IBM documents that there is such a file, beside it `ctsnap.NODE.NUMBER.log`, and which components it covers; not what
stands in it. So it is read liberally: a file whose path is that of one of ours (`var/ct/cfg/ct_node_id`), in the
archive or in a folder at its top, is taken for its copy, and a file that is called as a capture of an answer would be
(`lssrc-a.out`) is read as a part of that answer, which proves what is in it and nothing else.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from rmccomply.evidence.archives.answers import About, captured, copied
from rmccomply.evidence.archives.tree import File, ReportTree
from rmccomply.evidence.model import Evidence, Notification, Requests

INDEX: Final[tuple[str, ...]] = ()
TITLE: Final[str] = "ctsnap"
PLATFORM: Final[str] = ""
HOLDS: Final[tuple[str, ...]] = ()


def about(index: Mapping[str, File]) -> About:
    """Nothing of itself is documented."""
    return About(says=("what a ctsnap holds is not documented, so what is missing in it proves nothing",))


def read(report: ReportTree, index: Mapping[str, File], requests: Requests) -> Iterator[Evidence | Notification]:
    """Copies of files by their paths, answers by their names."""

    def wanted(path: str) -> bool:
        return _copy_of(path, requests) is not None or requests.named(path.rpartition("/")[2]) is not None

    for file in report.files(wanted):
        uri = report.uri(file.path)
        path = _copy_of(file.path, requests)
        found = requests.named(file.path.rpartition("/")[2])
        if path is not None:
            yield copied(file, path, uri, read=False)
        elif found is not None:
            yield captured(file, found, uri, whole=False)
    yield from report.notes


def _copy_of(path: str, requests: Requests) -> str | None:
    below = path.partition("/")[2]
    return next((one for one in (f"/{path}", f"/{below}") if requests.is_file(one)), None)
