"""The direction of a punch: in, out, or none (None)."""

from enum import StrEnum


class Direction(StrEnum):
    """Which way a person went."""

    IN = "in"
    OUT = "out"
