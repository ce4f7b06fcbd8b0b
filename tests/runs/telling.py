"""A Teller that keeps what it hears."""


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

    def result(self, text: str) -> None:
        self.lines.append(f"result: {text}")
