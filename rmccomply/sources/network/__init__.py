"""Interfaces, sockets, names and probes."""
