"""Marks: what the counts keep of a record, in the sets of their parts (docs/decisions/0008)."""

from dataclasses import dataclass

from attendance.adapters.items.packed import pack_id, unpack_id
from attendance.adapters.list_place import START_CHARS, ListPlace, digest, hour_of, stretch_of
from attendance.domain.status import Status

_DAY_CHARS = len("2026-03-06")


@dataclass(frozen=True)
class Mark:
    """That a person's record has a status: an element of a set of a part.

    `name` is the attribute: the status, the minute of the start and the shift. `element` tells
    the person: the usual status keeps a digest alone, the others the id, so that rare records
    can be read by their keys.
    """

    node: str
    name: str
    element: str

    @property
    def status(self) -> Status:
        """The record's."""
        return tuple(Status)[int(self.name[0])]

    @property
    def spot(self) -> str:
        """Where the shift's stretch of the list begins, with its id."""
        return f"{self.node[:_DAY_CHARS]}#{self.name[1 : 1 + START_CHARS]}"

    @property
    def shift_id(self) -> str:
        """The record's."""
        return unpack_id(self.name[1 + START_CHARS :])

    @property
    def user_id(self) -> str | None:
        """Whose record it is, if the mark tells."""
        return None if self.status is Status.PRESENT else unpack_id(self.element)

    @property
    def person(self) -> str:
        """The digest of whose record it is, as the list has it."""
        known = self.user_id
        return self.element if known is None else digest(known)

    @property
    def place(self) -> str:
        """The record's place in the list."""
        return stretch_of(self.spot, self.shift_id) + self.person


def mark_of(place: ListPlace, status: Status) -> Mark:
    """The mark of a record at a place."""
    name = f"{status.idx}{place.spot[-START_CHARS:]}{pack_id(place.shift_id)}"
    whole = status is not Status.PRESENT
    element = pack_id(place.user_id) if whole else digest(place.user_id)
    return Mark(part_of(place.spot), name, element)


def marks_of(place: ListPlace, status: Status | None) -> dict[Mark, bool]:
    """Which marks there must be and must not be; None stands for no record."""
    return {mark_of(place, known): known is status for known in Status}


def part_of(spot: str) -> str:
    """The node of a spot: its day and hour; the part's name in its month is after `-`."""
    return f"{spot[:_DAY_CHARS]}#{hour_of(spot)}"
