"""The program's entry: `--version` is answered before anything heavy is imported."""

import sys


def main() -> None:
    """Run the command line of this process and exit with its status."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from rmccomply.version import VERSION

        print(f"rmccomply {VERSION}")  # noqa: T201
        sys.exit(0)
    from rmccomply.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
