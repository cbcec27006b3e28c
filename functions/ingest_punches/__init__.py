"""Punches in: the function that agents post to."""
