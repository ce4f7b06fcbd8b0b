"""Fuzzing: what an input of any octets may do to the readers, and may never do. See `python -m tests.fuzz -h`."""
