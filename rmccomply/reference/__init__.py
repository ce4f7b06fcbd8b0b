"""Reference: the pages that are made from policies, facts and sources."""
