"""The what-if: a story of one person in, verdicts out, nothing stored (simulate.md)."""

from attendance.simulation.runner import simulate
from attendance.simulation.story_error import StoryError

__all__ = ["StoryError", "simulate"]
