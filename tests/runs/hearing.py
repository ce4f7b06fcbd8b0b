"""Who hears a run in tests, and remembers all of it in order."""

from collections.abc import Iterator

from rmccomply.terminal import Page


class Heard:
    """A Teller. `said` has what each call told, with the name of the call."""

    def __init__(self, columns: int | None = 0) -> None:
        self.said: list[tuple[str, str]] = []
        self.given = b""
        self._columns = columns

    def note(self, text: str, *names: str) -> None:
        self.said.append(("note", text))

    def warn(self, text: str, *names: str) -> None:
        self.said.append(("warn", text))

    def fault(self, text: str, *names: str) -> None:
        self.said.append(("fault", text))

    def outcome(self, text: str, *names: str) -> None:
        self.said.append(("outcome", text))

    def result(self, text: str) -> None:
        self.said.append(("result", text))

    def octets(self, data: bytes) -> None:
        self.given += data

    def progress(self, text: str) -> None:
        self.said.append(("progress", text))

    def page(self) -> Page:
        return Page(1000)

    def columns(self) -> int | None:
        return self._columns

    def of(self, kind: str) -> list[str]:
        """What was told in one way."""
        return [text for how, text in self.said if how == kind]


def kinds(heard: Heard) -> Iterator[str]:
    """In which way each was told, in order."""
    return (kind for kind, _ in heard.said)
