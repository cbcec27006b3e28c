"""What clients and sibling services may send, checked field by field."""
