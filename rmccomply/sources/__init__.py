"""Sources: one module a request and how to read its answer, and the table of them all."""
