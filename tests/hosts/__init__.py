"""Whole hosts for tests: what commands answer (`answers`), put together (`parts`), by generation, and as stories.

All of it is constructed.
"""
