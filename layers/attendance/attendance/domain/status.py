"""The shown status of a record."""

from enum import StrEnum


class Status(StrEnum):
    """The five words of the service document; `idx` is `status_idx` (0 to 4)."""

    PENDING = "pending"
    PRESENT = "present"
    ABSENT = "absent"
    LATE = "late"
    LEFT_EARLY = "leftEarly"

    @property
    def idx(self) -> int:
        """The document's number of the status: pending 0 … leftEarly 4."""
        return _NUMBERS[self]


_NUMBERS = {status: number for number, status in enumerate(Status)}
