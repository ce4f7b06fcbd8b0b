"""How a run ends: its exit status, what a narrowed page hides, and the verdict in one sentence."""
