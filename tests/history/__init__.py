"""Real history: the releases of descriptions, each generated over the one before."""
