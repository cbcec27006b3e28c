"""Where the service meets DynamoDB, EventBridge, keys and the clock."""
