"""The program's entry: `--version` is answered before anything heavy is imported."""

import sys


def main() -> None:
    """Run the command line of this process and exit with its status."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from rmccomply.version import VERSION

        print(f"rmccomply {VERSION}")  # noqa: T201
        sys.exit(0)
    import gc
    import os

    # pydantic looks for plugins in the metadata of every distribution that is installed, before its first schema; what
    # a policy is allowed to say is no affair of theirs.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # What is made here lives until the end; to look for cycles in it, at exit above all, took a sixth of a short run.
    gc.set_threshold(100_000)
    from rmccomply.cli import run

    status = run(sys.argv[1:])
    gc.freeze()
    sys.exit(status)


if __name__ == "__main__":
    main()
