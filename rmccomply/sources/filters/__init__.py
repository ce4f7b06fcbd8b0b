"""Packet filters, and what says whether there are any."""
