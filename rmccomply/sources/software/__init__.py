"""What is installed, at which level."""
