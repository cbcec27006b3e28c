"""People, shifts and assignments from sibling services' events."""
