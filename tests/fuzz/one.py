"""One target under atheris, in a process of its own: `python -m tests.fuzz.one TARGET`, then options of libFuzzer."""

import sys

import atheris

with atheris.instrument_imports(include=["rmccomply"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Runs until a limit of libFuzzer ends it; an input that breaks a promise ends it with a trace."""
    target = TARGETS[sys.argv[1]]
    atheris.Setup([sys.argv[0], *sys.argv[2:]], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
