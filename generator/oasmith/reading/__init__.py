"""From a tree to OpenAPI as typed data."""
