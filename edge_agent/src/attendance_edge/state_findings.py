"""What the state folder alone shows to be wrong: the same words in `status` and in `doctor`."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from attendance_edge.agent.clock_jump import read_clock_jump
from attendance_edge.agent.uplink_trouble import read_trouble
from attendance_edge.config import Config, DeviceConfig
from attendance_edge.finding import Finding, Part, bad, note
from attendance_edge.instants import from_iso
from attendance_edge.outbox import DeviceState, OutboxSummary
from attendance_edge.outbox.peek import Glimpse
from attendance_edge.push_receiver.strangers import read_stranger

CLOCK_SECONDS = 60.0
KEPT_MEANWHILE = "Its log keeps the punches meanwhile."
TOLD_FOR = timedelta(days=7)
_DAYS_NAMED = 5
_IT_IS_TRIED_AGAIN = f"It is tried again; after ten minutes it counts as failed. {KEPT_MEANWHILE}"


def state_findings(config: Config, glimpse: Glimpse) -> Iterator[Finding]:
    """From this machine outwards; nothing of what is well."""
    yield from _outbox(glimpse.summary)
    yield from _refused(glimpse)
    yield from _strangers(glimpse)
    for device in config.devices:
        state = glimpse.devices.get(device.id)
        if state is not None:
            yield from device_findings(device, state, glimpse)


def _outbox(box: OutboxSummary) -> Iterator[Finding]:
    if box.is_disk_full:
        yield bad(
            Part.MACHINE,
            "disk",
            "FULL: terminals are not read until there is room, their logs keep the punches",
            "Make room on the disk of the state folder; reading resumes by itself.",
        )
    if box.damaged_files:
        yield note(
            Part.MACHINE,
            "damaged outbox",
            f"{', '.join(box.damaged_files)} was damaged and is kept; the terminals are read anew",
            "Nothing to do while the terminals hold their logs; else keep it for support.",
        )
    if box.kept_raw_logs:
        yield note(
            Part.MACHINE,
            "raw logs",
            f"{box.kept_raw_logs} logs could not be understood and are kept",
            "Send the files in the state folder's raw/ to support.",
        )


def _refused(glimpse: Glimpse) -> Iterator[Finding]:
    trouble = read_trouble(glimpse.notes)
    waiting = f"{glimpse.summary.queued} punches wait"
    if trouble is not None and trouble.is_refusal:
        yield bad(
            Part.CLOUD,
            "refused uploads",
            f"since {trouble.since} the service refuses what is sent: {trouble.error} ({waiting})",
            f"{trouble.mend} Until then trying again does not help, and goes on; nothing is lost.",
        )
    elif trouble is not None:
        yield note(
            Part.CLOUD,
            "uploads",
            f"since {trouble.since} nothing goes up: {trouble.error} ({waiting})",
            f"{trouble.mend} Nothing is lost: it is tried again.",
        )
    if glimpse.summary.rejected:
        yield note(
            Part.CLOUD,
            "refused punches",
            f"{glimpse.summary.rejected} punches were refused by the service for good",
            "`attendance-edge status` names them and the reasons.",
        )


def _strangers(glimpse: Glimpse) -> Iterator[Finding]:
    stranger = read_stranger(glimpse.notes)
    if stranger is not None and _is_fresh(stranger.at):
        yield note(
            Part.TERMINAL,
            "refused terminal",
            f"one with serial number {stranger.serial_number!r} called from {stranger.client} "
            f"at {stranger.at} and was refused; it keeps its punches",
            "If it is yours, write that serial_number, and its address if it has one, under its "
            "[[device]].",
        )


def device_findings(
    device: DeviceConfig, state: DeviceState, glimpse: Glimpse
) -> Iterator[Finding]:
    """What is remarkable about a terminal that talks, besides that it does."""
    name = f"terminal {device.id}"
    if state.is_disabled:
        yield bad(
            Part.TERMINAL,
            name,
            "MAY BE DISABLED: a reading ended before it confirmed that people can punch",
            "Go and look at it; the agent goes on trying to enable it.",
        )
    if state.quarantined:
        yield note(
            Part.TERMINAL,
            f"{name} records",
            f"{state.quarantined} unreadable records, of no person or no day; "
            "their bytes are kept, the others were taken",
            "Ask the people concerned; a correction in the service can stand in for a punch.",
        )
    jump = read_clock_jump(glimpse.notes, device.id)
    if jump is not None and _is_fresh(jump.at):
        yield note(
            Part.TERMINAL,
            f"{name} clock",
            f"jumped by {jump.after - jump.before:+.0f} s before {jump.at}",
            f"Punches go up as it wrote them. See who set it, or `set-clock {device.id}`.",
        )
    yield from _missing(device, glimpse)
    for remark in state.remarks if state.ok else ():
        was_read = state.attempted_at == state.read_at
        mend = "It is read all the same." if was_read else _IT_IS_TRIED_AGAIN
        yield note(Part.TERMINAL, name, remark, mend)


def _missing(device: DeviceConfig, glimpse: Glimpse) -> Iterator[Finding]:
    days = [day for day in glimpse.days if day.device_id == device.id and day.missing]
    if days:
        count = sum(day.missing for day in days)
        yield bad(
            Part.TERMINAL,
            f"terminal {device.id} days",
            f"{count} punches of its log neither wait nor were acknowledged, on "
            f"{', '.join(day.day for day in days[:_DAYS_NAMED])}",
            "Stop the agent and move the state folder's outbox files away: all is read anew, and "
            "the service recognises what it has. Report it: this must not happen.",
        )


def clock_finding(device: DeviceConfig, offset: float | None) -> Iterator[Finding]:
    """A terminal's clock that is more than a minute off; `offset` is its error in seconds."""
    if offset is not None and abs(offset) > CLOCK_SECONDS:
        yield note(
            Part.TERMINAL,
            f"terminal {device.id} clock",
            f"{offset:+.0f} s off",
            f"Check timezone, then `attendance-edge set-clock {device.id}`.",
        )


def _is_fresh(at: str) -> bool:
    return datetime.now(UTC) - from_iso(at) < TOLD_FOR
