"""Descriptions that mean harm: what they gain, and what is said of broken ones."""
