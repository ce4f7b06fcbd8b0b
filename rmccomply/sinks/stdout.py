"""Standard output, in UTF-8 whatever the locale says."""

import os
import sys

from rmccomply.errors import OutputError


class StdoutSink:
    """Standard output as a sink."""

    def write(self, text: str) -> None:
        """Write a piece through."""
        self.octets(text.encode("utf-8", "backslashreplace"))

    def octets(self, data: bytes) -> None:
        """Write octets through, as they are. Raises OutputError."""
        try:
            sys.stdout.buffer.write(data)
        except OSError as error:
            raise _failed(error) from None

    def close(self) -> None:
        """Flush."""
        try:
            sys.stdout.buffer.flush()
        except OSError as error:
            raise _failed(error) from None

    def abandon(self) -> None:
        """Nothing can be taken back."""


def _failed(error: OSError) -> OutputError:
    # The interpreter flushes standard output once more at exit, and would print a traceback of its own.
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except OSError:
        pass
    return OutputError(f"standard output: was not written whole: {error.strerror}")


def open(path: str) -> StdoutSink:
    """The sink for standard output."""
    return StdoutSink()
