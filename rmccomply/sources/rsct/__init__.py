"""RSCT's own answers: its subsystems, its resources, its identity and its trust."""
