"""From OpenAPI to what an API means: operations and types."""
