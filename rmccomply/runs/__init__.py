"""Runs: what each command does, as functions of values; they print nothing."""
