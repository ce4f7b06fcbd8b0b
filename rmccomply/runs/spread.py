"""Spread: the same work on many things, here one after another, or by processes, a bounded number at a time.

What is sent must pickle: how the work begins, each thing, each result. What the beginning makes (compiled rules) need
not: every process makes it once. A process knows the secrets and the names that this one knows.

Processes, not threads: the time that a target may take is held by an alarm, which only the main thread of a process
has.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar, cast

from rmccomply.evidence.redact import Added, added_forms, take_forms
from rmccomply.evidence.told import know, known
from rmccomply.tuples import NamedTuple

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

T = TypeVar("T")
R = TypeVar("R")
Work = Callable[[T], Iterable[R]]

WINDOW: Final = 16
"""Things that are sent before the results of the first are taken."""


class _Known(NamedTuple):
    """What a process must know of secrets, and of names that look like such."""

    forms: Added
    names: frozenset[str]


def spread(
    executor: "Executor | None", begin: Callable[[], Work[T, R]], things: Iterable[T], window: int = WINDOW
) -> Iterator[R]:
    """The results of all things, in their order; `begin` gives the work.

    Without an executor each result comes as it is made. With one, those of a thing come together, and never are more
    than `window` things on the way. What an executor raises (BrokenExecutor where a process died) is raised.
    """
    if executor is None:
        work = begin()
        for one in things:
            yield from work(one)
        return
    import pickle

    sent = pickle.dumps((_Known(added_forms(), known()), begin))
    waiting: deque[Future[list[R]]] = deque()
    try:
        for one in things:
            waiting.append(executor.submit(_done, sent, one))
            if len(waiting) >= window:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def _done(sent: bytes, thing: T) -> list[R]:
    """In a process of the executor: the results of one thing."""
    work = cast("Work[T, R]", _begun(sent))
    return list(work(thing))


@lru_cache(maxsize=1)
def _begun(sent: bytes) -> object:
    """The work that was sent, begun once in a process."""
    import pickle

    knows, begin = pickle.loads(sent)  # noqa: S301  what the process that began this one pickled
    take_forms(knows.forms)
    know(knows.names)
    return begin()
