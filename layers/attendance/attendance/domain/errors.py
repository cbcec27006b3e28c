"""What the domain raises: a value that can never be judged, never a refusal of a person."""


class DomainError(ValueError):
    """A value the rules cannot work with; the message is a sentence for a person."""


class InvalidShiftError(DomainError):
    """A shift that cannot be scheduled (rules.md section 1: start = end; section 9: too long)."""


class InvalidPolicyError(DomainError):
    """A policy field that is not as expected; `field` is its JSON name."""

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(f"{field}: expected {expected}")
        self.field = field
        self.expected = expected
