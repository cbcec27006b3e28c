"""An emulated terminal's memory: who it is, what it knows, what was done to it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Literal

from attendance_edge.simulator.clock import DeviceClock
from attendance_edge.simulator.faults import Faults
from attendance_edge.simulator.log import AttendanceLog, WhenFull
from attendance_edge.simulator.records import EmulatedUser, LayoutName, LogEntry, check_user_id

SECONDS_BETWEEN_GENERATED = 60


@dataclass(frozen=True, kw_only=True)
class DeviceOptions:
    """How the terminal left the factory and was set up."""

    serial_number: str = "EMU0000001"
    model: str = "EMU-100"
    platform: str = "ZMM220_TFT"
    firmware: str = "Ver 6.60 Sep 19 2019"
    mac: str = "00:17:61:00:00:01"
    layout: LayoutName = "40"
    user_size: Literal[28, 72] = 72
    capacity: int = 100_000
    when_full: WhenFull = "refuse"
    comm_key: int = 0
    timezone: str = ""
    clock_offset_seconds: float = 0.0
    event_length: int = 32
    enable_on_exit: bool = False


@dataclass
class Counters:
    """What programs did to the terminal; a reading program leaves `writes` at 0."""

    received: Counter[int] = field(default_factory=Counter)
    writes: int = 0
    template_reads: int = 0
    data_bytes: int = 0
    connections: int = 0
    refused_punches: int = 0
    event_acks: int = 0


class Device:
    """The state behind the protocol. Not thread-safe: only the simulator's loop touches it."""

    def __init__(self, options: DeviceOptions) -> None:
        self.options = options
        self.clock = DeviceClock(options.timezone, options.clock_offset_seconds)
        self.log = AttendanceLog(options.layout, options.capacity, options.when_full)
        self.users: dict[str, EmulatedUser] = {}
        self.faults = Faults()
        self.counters = Counters()
        self._disabled = False
        self.lease_seconds = 0
        self._enabled_again_at = 0.0

    @property
    def shown_serial_number(self) -> str:
        """What it says it is; another terminal's number where the fault is on."""
        wrong = self.faults.serial_number
        self.faults.strike("serial_number", when=bool(wrong))
        return wrong or self.options.serial_number

    @property
    def disabled(self) -> bool:
        """Whether sensor and keys are off; a lease ends this by itself."""
        if self._disabled and self.lease_seconds and monotonic() >= self._enabled_again_at:
            self._disabled = False
        return self._disabled

    def disable(self, lease_seconds: int) -> None:
        """Switch people off; with a lease, until that much idle time has passed."""
        self.lease_seconds = lease_seconds
        self._enabled_again_at = monotonic() + lease_seconds
        self._disabled = True

    def renew_lease(self) -> None:
        """Any command of a program starts the idle time anew."""
        if self.disabled:
            self._enabled_again_at = monotonic() + self.lease_seconds

    def enable(self) -> None:
        """Switch people on."""
        self._disabled = False

    def enroll(self, user_id: str, name: str = "", uid: int | None = None) -> EmulatedUser:
        """The user with this id, made if new with the next free internal number."""
        if user_id not in self.users:
            check_user_id(user_id, self.options.layout, self.options.user_size)
            taken = {user.uid for user in self.users.values()}
            uid = uid if uid is not None else max(taken, default=0) + 1
            self.users[user_id] = EmulatedUser(uid=uid, user_id=user_id, name=name)
        return self.users[user_id]

    def punch(
        self, user_id: str, *, punch: int = 0, status: int = 1, timestamp: datetime | None = None
    ) -> LogEntry | None:
        """One punch by a person; None when the terminal turned the person away."""
        entry = self.entry(user_id, punch=punch, status=status, timestamp=timestamp)
        if self.disabled or not self.log.append(entry):
            self.counters.refused_punches += 1
            return None
        return entry

    def entry(
        self, user_id: str, *, punch: int = 0, status: int = 1, timestamp: datetime | None = None
    ) -> LogEntry:
        """A log entry of a known or new user, at the device's own time unless one is given."""
        return LogEntry(
            uid=self.enroll(user_id).uid,
            user_id=user_id,
            timestamp=timestamp or self.clock.now(),
            status=status,
            punch=punch,
        )

    def restore(self, entries: list[LogEntry], users: int) -> None:
        """The log of an earlier run, and its people."""
        for entry in entries:
            self.enroll(entry.user_id, uid=entry.uid)
            self.log.append(entry)
        for number in range(1, users + 1):
            self.enroll(str(number))

    def generate(self, records: int, users: int) -> list[LogEntry]:
        """Fill the log with a regular past that ends a minute before now."""
        people = [self.enroll(str(number)) for number in range(1, users + 1)]
        latest = self.clock.now()
        entries = []
        for index in range(records):
            person = people[index % len(people)]
            age = timedelta(seconds=SECONDS_BETWEEN_GENERATED * (records - index))
            entry = LogEntry(
                uid=person.uid,
                user_id=person.user_id,
                timestamp=latest - age,
                punch=index // len(people) % 2,
            )
            self.log.append(entry)
            entries.append(entry)
        return entries
