"""HTTP as every route of the service speaks it (rest-api.md sections 1 to 3)."""
