"""From a description to a smaller one, of some of its operations."""
