"""What runs oasmith inside of other tools, each of which imports its own module."""
