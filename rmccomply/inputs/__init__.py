"""Inputs: what the command line names, found, told apart and read into targets."""
