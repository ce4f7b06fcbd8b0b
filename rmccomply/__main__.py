"""The program's entry: `--version` is answered before anything heavy is imported."""

import os
import sys

OBJECTS = 100_000
"""How many objects Python may make before it looks for cycles among them. What is made here lives until the end, and to
look at it took a sixth of a short run."""


def main() -> None:
    """Run the command line of this process and exit with its status."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from rmccomply.version import VERSION

        print(f"rmccomply {VERSION}")  # noqa: T201
        sys.exit(0)
    import gc

    # pydantic looks for plugins in the metadata of every distribution that is installed, before its first schema; what
    # a policy is allowed to say is no affair of theirs.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.set_threshold(OBJECTS)
    from rmccomply.cli import run

    status = run(sys.argv[1:])
    gc.freeze()
    sys.exit(status)


def program() -> None:
    """`main`, and at its end out at once: Python takes a twentieth of a short run to forget all that was made.

    Nothing of ours waits for that end. It comes as ever where output cannot be written, where other threads still run,
    and where a profiler or debugger looks on.
    """
    try:
        main()
    except SystemExit as stop:
        watched = sys.getprofile() or sys.gettrace()
        threads = sys.modules.get("threading")
        if not isinstance(stop.code, int) or watched or (threads and threads.active_count() > 1) or not _flushed():
            raise
        os._exit(stop.code)


def _flushed() -> bool:
    """Whether all that was written has gone out."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        return False
    return True


if __name__ == "__main__":
    program()
