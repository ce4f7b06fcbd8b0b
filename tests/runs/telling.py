"""A Teller that keeps what it hears."""

from rmccomply.terminal import Page


class Heard:
    """What a run told, each line with what it is: note, warning, error or result."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def note(self, text: str, *names: str) -> None:
        self.lines.append(f"note: {text}")

    def warn(self, text: str, *names: str) -> None:
        self.lines.append(f"warning: {text}")

    def fault(self, text: str, *names: str) -> None:
        self.lines.append(f"error: {text}")

    def outcome(self, text: str, *names: str) -> None:
        self.lines.append(f"outcome: {text}")

    def result(self, text: str) -> None:
        self.lines.append(f"result: {text}")

    def octets(self, data: bytes) -> None:
        self.lines.append(f"result: {data!r}")

    def progress(self, text: str) -> None:
        """How far a run is says nothing of it."""

    def page(self) -> Page:
        return Page(1000)

    def columns(self) -> int | None:
        return 0
