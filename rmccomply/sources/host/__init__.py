"""The machine and its system."""
