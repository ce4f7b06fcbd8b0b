"""Getting evidence off hosts: the collector, which is one read-only shell script, and folders that replay a bundle."""
