"""Derived facts: one module a group of the catalogue, one function a fact, each with its own reasoning.

A judgement that is a procedure rather than a comparison stands here, so that policies stay declarative.
"""
