"""What goes up together: at most 1,000 punches, read at about the same time."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from attendance_edge.config import DeviceConfig
from attendance_edge.instants import from_iso, shifted, to_iso
from attendance_edge.outbox import DeviceState, QueuedPunch
from attendance_edge.uplink.server_clock import ServerClock
from attendance_wire import MAX_BATCH_PUNCHES, DeviceReport, Punch

READ_TOGETHER = timedelta(minutes=5)
"""The service takes a device's `read_at` for the time its punches were received, to decide what
is too old, in the future or in a repeated hour; five minutes change none of these answers."""

LITTLE = timedelta(minutes=15)
"""Clocks that are changed for summer are changed by more."""

LONGEST_ERROR = 1000


def split(queued: Iterable[QueuedPunch]) -> Iterator[tuple[QueuedPunch, ...]]:
    """Batches in the order the punches were taken."""
    batch: list[QueuedPunch] = []
    for one in queued:
        if batch and (len(batch) == MAX_BATCH_PUNCHES or not _read_together(batch[0], one)):
            yield tuple(batch)
            batch = []
        batch.append(one)
    if batch:
        yield tuple(batch)


def _read_together(first: QueuedPunch, later: QueuedPunch) -> bool:
    if first.read_at == later.read_at:
        return True
    return abs(from_iso(later.read_at) - from_iso(first.read_at)) <= READ_TOGETHER


def wire_punch(queued: QueuedPunch) -> Punch:
    """As the service wants it."""
    row = queued.row
    return Punch(
        device_id=queued.device_id,
        user_id=row.user_id,
        timestamp=row.timestamp,
        status=row.status,
        punch=row.punch,
        uid=row.uid,
        log_index=row.log_index,
    )


def reports_for(
    batch: Iterable[QueuedPunch],
    devices: dict[str, DeviceConfig],
    states: dict[str, DeviceState],
    clock: ServerClock,
) -> tuple[DeviceReport, ...]:
    """A report for each terminal of a batch, as of the reading that brought its punches.

    Without a watermark: the service may fail between the reports and the punches.
    """
    read_at: dict[str, str] = {}
    for one in batch:
        read_at[one.device_id] = max(one.read_at, read_at.get(one.device_id, ""))
    return tuple(
        _report(devices[device_id], state_of(states, device_id), at, None, clock)
        for device_id, at in read_at.items()
        if device_id in devices
    )


def present_reports(
    devices: dict[str, DeviceConfig], states: dict[str, DeviceState], clock: ServerClock
) -> tuple[DeviceReport, ...]:
    """A report for each terminal as it is now; a watermark once nothing older of it waits."""
    reports = []
    for device in devices.values():
        state = state_of(states, device.id)
        if state.attempted_at is None:
            continue
        at = state.read_at if state.ok and state.read_at else state.attempted_at
        reports.append(_report(device, state, at, _watermark(device, state, clock), clock))
    return tuple(reports)


def _watermark(device: DeviceConfig, state: DeviceState, clock: ServerClock) -> str | None:
    """What the service's clock or the terminal's own had at the reading: the earlier one.

    A terminal whose clock is behind will yet write times that are past already.
    """
    if state.watermark is None or state.read_at is None:
        return None
    by_service = shifted(state.read_at, clock.offset, clock.now())
    if state.clock_offset_seconds is None:
        return by_service
    by_terminal = _shown(from_iso(state.read_at), state.clock_offset_seconds, device.zone)
    return min(by_service, to_iso(min(by_terminal, clock.now())))


def _shown(read_at: datetime, offset_seconds: float, zone: tzinfo) -> datetime:
    """The instant that a terminal's clock showed; of an hour that comes twice the first.

    Unless this machine's clock agrees about which of the two it is.

    The offset is one of wall times. Where clocks were changed between the terminal's time and
    this machine's, its instant is not as far away as its wall time.
    """
    behind = timedelta(seconds=offset_seconds)
    wall = read_at.astimezone(zone).replace(tzinfo=None) + behind
    near = read_at + behind
    if abs(behind) < LITTLE and near.astimezone(zone).replace(tzinfo=None) == wall:
        return near
    return min(wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))


def state_of(states: dict[str, DeviceState], device_id: str) -> DeviceState:
    """An empty one for a terminal never met."""
    return states.get(device_id) or DeviceState(device_id=device_id)


def _report(
    device: DeviceConfig,
    state: DeviceState,
    read_at: str,
    watermark: str | None,
    clock: ServerClock,
) -> DeviceReport:
    return DeviceReport(
        device_id=device.id,
        device_name=device.name,
        serial_number=state.serial_number or device.serial_number,
        ok=state.ok,
        error=None if state.ok else (state.error or "not read yet")[:LONGEST_ERROR],
        read_at=shifted(read_at, clock.offset, clock.now()),
        records_on_device=state.records_on_device,
        clock_offset_seconds=state.clock_offset_seconds,
        timezone=device.timezone,
        watermark=watermark,
    )
