"""Facts: what follows from the readings of a target, and what policies speak of."""
