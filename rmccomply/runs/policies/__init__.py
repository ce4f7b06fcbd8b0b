"""What the commands of `policy` do that is more than a page."""
