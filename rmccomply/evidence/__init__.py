"""Evidence: the verbatim answers of one target, where they stand, and whether they can be trusted."""
