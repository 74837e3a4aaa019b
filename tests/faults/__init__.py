"""A server that does everything wrong, and what a client makes of it."""
