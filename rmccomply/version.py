"""The version of this release, here and nowhere else."""

VERSION = "0.1.0"
