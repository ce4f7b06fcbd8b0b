"""Attestation: a statement that an image file passed, which somebody else can hold to the file, and the signature."""
