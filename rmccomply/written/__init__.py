"""Written: files that people write, read with one voice: each fault with its line, all of them at once."""
