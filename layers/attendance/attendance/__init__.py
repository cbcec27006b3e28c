"""Attendance: the rules, the use cases and their adapters."""
