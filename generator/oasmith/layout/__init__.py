"""From what an API means to the modules and names of a package."""
