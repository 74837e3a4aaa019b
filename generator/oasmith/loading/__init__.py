"""From the bytes of files to the tree that is written in them."""
