"""From views to files on disk."""
