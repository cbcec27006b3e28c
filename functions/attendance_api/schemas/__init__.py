"""What answers look like, for the OpenAPI document; answers themselves are plain objects."""
