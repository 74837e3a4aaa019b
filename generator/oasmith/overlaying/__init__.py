"""Changes a description as overlays say, before anything else looks at it."""
