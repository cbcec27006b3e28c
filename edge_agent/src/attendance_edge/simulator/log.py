"""The terminal's attendance log: bytes in flash, with a capacity and a policy when full."""

from typing import Literal

from attendance_edge.simulator.records import ENCODERS, LayoutName, LogEntry

WhenFull = Literal["refuse", "cyclic", "ring"]
_CYCLIC_SHARE = 10


class AttendanceLog:
    """Records one after the other in one layout.

    When full it refuses a punch, deletes the oldest tenth ("cyclic": the count falls), or
    overwrites the oldest in place ("ring": the count stays, the order breaks). `appended`
    counts every record it ever took.
    """

    def __init__(self, layout: LayoutName, capacity: int, when_full: WhenFull) -> None:
        self.layout = layout
        self.capacity = capacity
        self.when_full = when_full
        self.record_size, self._encode = ENCODERS[layout]
        self._body = bytearray()
        self._overwrite_at = 0
        self.appended = 0
        self._appended_at_clear = 0

    def __len__(self) -> int:
        return len(self._body) // self.record_size

    @property
    def body(self) -> bytes:
        """All records, oldest first but for a ring that has turned over."""
        return bytes(self._body)

    def append(self, entry: LogEntry) -> bool:
        """Store one punch; False when the log is full and refuses."""
        return self.append_raw(self._encode(entry))

    def append_raw(self, record: bytes) -> bool:
        """Store a record as it is, for damaged ones."""
        if len(self) >= self.capacity:
            if self.when_full == "refuse":
                return False
            if self.when_full == "ring":
                self._overwrite(record)
                self.appended += 1
                return True
            del self._body[: max(1, self.capacity // _CYCLIC_SHARE) * self.record_size]
        self._body += record
        self.appended += 1
        return True

    def extend(self, records: bytes) -> None:
        """Load many whole records at once, within the capacity."""
        self._body += records
        self.appended += len(records) // self.record_size

    def clear(self) -> None:
        """What the operator's menu does; the protocol never does it here."""
        self._body.clear()
        self._overwrite_at = 0
        self._appended_at_clear = self.appended

    def since(self, number: int, most: int) -> tuple[int, list[bytes]]:
        """Records after the first `number` ever appended, those that are left, oldest first.

        Gives the number up to which they reach, to go on from.
        """
        oldest = self.appended - len(self)
        start = max(number, oldest)
        until = min(start + most, self.appended)
        return until, [self._record(one, oldest) for one in range(start, until)]

    def _record(self, number: int, oldest: int) -> bytes:
        is_ring = self.when_full == "ring"
        place = (number - self._appended_at_clear) % self.capacity if is_ring else number - oldest
        return bytes(self._body[place * self.record_size : (place + 1) * self.record_size])

    def _overwrite(self, record: bytes) -> None:
        start = self._overwrite_at * self.record_size
        self._body[start : start + self.record_size] = record
        self._overwrite_at = (self._overwrite_at + 1) % self.capacity
