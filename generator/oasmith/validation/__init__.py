"""What is wrong with a description, and what can be mended."""
