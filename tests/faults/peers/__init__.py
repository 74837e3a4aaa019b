"""Programs that meet faults with one client each, in an environment of their own."""
