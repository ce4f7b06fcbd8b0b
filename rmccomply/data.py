"""Where the files that ship with the program stand: in the wheel, or at the top of a checkout."""

from pathlib import Path


def folder(name: str) -> Path:
    """The folder `policies`, `schemas` or `examples`."""
    here = Path(__file__).parent
    packed = here / "_data" / name
    return packed if packed.is_dir() else here.parent / name


def collector_text() -> str:
    """The collector: the shell script that runs on partitions."""
    return (Path(__file__).parent / "collect" / "collector.sh").read_text("ascii")
