"""The service's time as this machine knows it; the system clock is never touched."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from attendance_edge.instants import from_iso


def system_now() -> datetime:
    """This machine's clock, aware."""
    return datetime.now(UTC)


class ServerClock:
    """This machine's clock plus the offset that the service's answers taught."""

    def __init__(self, now: Callable[[], datetime] = system_now) -> None:
        self._now = now
        self.offset = timedelta(0)

    def now(self) -> datetime:
        """The service's time, as well as it is known."""
        return self._now() + self.offset

    def learn(self, server_time: object) -> bool:
        """Take `serverTime` of an answer; False when it is none."""
        try:
            self.offset = from_iso(str(server_time)) - self._now()
        except ValueError:
            return False
        return True
