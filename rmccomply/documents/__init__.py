"""Documents: what this program writes for programs and can read back, one module a version."""
