"""The rules of attendance: pure functions on frozen dataclasses."""
