"""Policies: TOML files of rules, read, checked and resolved to what a run judges by."""
