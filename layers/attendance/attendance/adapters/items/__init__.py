"""The PynamoDB models: one class a kind of item, all in one table."""
