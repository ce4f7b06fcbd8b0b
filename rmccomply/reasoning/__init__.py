"""Reasoning: all that judges supposed facts: what would change a verdict, and what a policy can ever say."""
