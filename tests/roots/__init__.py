"""Whole roots of images with databases made by rpm and dpkg themselves, and faults to plant in them. Constructed."""
