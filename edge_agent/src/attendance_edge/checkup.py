"""Everything that must be right for punches to arrive, checked in order, in plain words."""

import shutil
import uuid
from collections.abc import Iterator
from urllib.parse import urlsplit

from attendance_edge.agent.terminal_mend import read_mend
from attendance_edge.config import Config, DeviceConfig
from attendance_edge.config.checks import is_loopback
from attendance_edge.finding import Finding, Part, bad, note, ok
from attendance_edge.instants import to_iso
from attendance_edge.outbox import Outbox, OutboxBusyError, OutboxError, peek
from attendance_edge.outbox.ballast import BALLAST_BYTES
from attendance_edge.outbox.peek import Glimpse
from attendance_edge.sentence import sentence_of
from attendance_edge.state_findings import (
    CLOCK_SECONDS,
    KEPT_MEANWHILE,
    clock_finding,
    state_findings,
)
from attendance_edge.terminal import TerminalAddress, TerminalError, identify, read_clock_offset
from attendance_edge.uplink import Cloud, CloudError, load_identity
from attendance_edge.uplink.server_clock import ServerClock
from attendance_wire import PunchBatch

TALK_SECONDS = 20.0


def examine(config: Config) -> Iterator[Finding]:
    """Findings from this machine outwards; never raises for what it finds."""
    yield _disk(config)
    is_running = False
    try:
        with Outbox(config.state_dir) as outbox:
            del outbox
            yield ok(Part.MACHINE, "outbox", "whole; WAL, synchronous FULL")
    except OutboxBusyError:
        is_running = True
        yield ok(Part.MACHINE, "outbox", "an agent is running on it")
    except OutboxError as error:
        yield bad(Part.MACHINE, "outbox", str(error), "See state_dir in edge.toml.")
        return
    yield from _state(config)
    yield from _cloud(config)
    for device in config.devices:
        if is_running or device.address is None:
            yield from _last_seen(config, device)
        else:
            yield from _terminal(config, device, device.address)


def _disk(config: Config) -> Finding:
    try:
        folder = next(p for p in (config.state_dir, *config.state_dir.parents) if p.exists())
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return bad(Part.MACHINE, "disk", sentence_of(error), "See state_dir in edge.toml.")
    says = f"{free >> 20} MB free for {config.state_dir}"
    if free < 4 * BALLAST_BYTES:
        return bad(Part.MACHINE, "disk", says, "Make room: below 64 MB reading may stop.")
    return ok(Part.MACHINE, "disk", says)


def _state(config: Config) -> Iterator[Finding]:
    glimpse = peek(config.state_dir)
    if glimpse is not None:
        yield from state_findings(config, glimpse)


def _cloud(config: Config) -> Iterator[Finding]:
    parts = urlsplit(config.cloud_url)
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        yield note(
            Part.CLOUD,
            "service address",
            f"{config.cloud_url} is not encrypted",
            "Use https: punches can be read on the way, though not changed.",
        )
    try:
        identity = load_identity(config.state_dir)
    except CloudError as error:
        yield bad(Part.MACHINE, "enrolment", str(error), error.mend)
        return
    yield ok(Part.CLOUD, "enrolment", f"agent {identity.agent_id}, company {identity.company_id}")
    clock = ServerClock()
    try:
        with Cloud(config.cloud_url, identity, clock=clock) as cloud:
            cloud.post(lambda: _nothing(clock))
    except CloudError as error:
        yield bad(Part.CLOUD, "service", str(error), f"{error.mend} Nothing is lost meanwhile.")
        return
    yield ok(Part.CLOUD, "service", f"{config.cloud_url} takes our signature")
    offset = clock.offset.total_seconds()
    if abs(offset) > CLOCK_SECONDS:
        yield note(
            Part.MACHINE,
            "clock",
            f"this machine's clock is {-offset:+.0f} s off the service's",
            "Turn on time synchronisation (NTP).",
        )


def _nothing(clock: ServerClock) -> PunchBatch:
    """A batch of no rows: it shows whether the service takes our signature."""
    sent_at = to_iso(clock.now())
    return PunchBatch(batchId=str(uuid.uuid4()), sentAt=sent_at, devices=(), punches=())


def _terminal(config: Config, device: DeviceConfig, address: TerminalAddress) -> Iterator[Finding]:
    name = f"terminal {device.id}"
    glimpse = peek(config.state_dir)
    known = glimpse.devices.get(device.id) if glimpse else None
    serial = device.serial_number or (known.serial_number if known else "")
    deadline = min(TALK_SECONDS, config.deadline_seconds)
    try:
        identity = identify(address, deadline_seconds=deadline, expected_serial=serial)
        offset = read_clock_offset(address, deadline_seconds=deadline, zone=device.zone)
    except TerminalError as error:
        yield bad(Part.TERMINAL, name, str(error), f"{error.mend} {KEPT_MEANWHILE}")
        return
    yield ok(
        Part.TERMINAL, name, f"{identity.model} {identity.serial_number} over {identity.transport}"
    )
    yield from clock_finding(device, offset)
    if known is not None and known.error is not None:
        says = f"the last one, at {known.attempted_at}, failed: {known.error}"
        yield bad(Part.TERMINAL, f"{name} reading", says, _mend(glimpse, device))


def _last_seen(config: Config, device: DeviceConfig) -> Iterator[Finding]:
    glimpse = peek(config.state_dir)
    state = glimpse.devices.get(device.id) if glimpse else None
    name = f"terminal {device.id}"
    if state is None or state.attempted_at is None:
        says = "the running agent has not read it yet"
        yield note(Part.TERMINAL, name, says, "Look again in a minute.")
    elif state.ok:
        yield ok(
            Part.TERMINAL, name, f"{_contact(device)} at {state.read_at or state.attempted_at}"
        )
        yield from clock_finding(device, state.clock_offset_seconds)
    else:
        yield bad(Part.TERMINAL, name, state.error or "failed", _mend(glimpse, device))


def _mend(glimpse: Glimpse | None, device: DeviceConfig) -> str:
    known = read_mend(glimpse.notes, device.id) if glimpse else ""
    return f"{known} {KEPT_MEANWHILE}".strip()


def _contact(device: DeviceConfig) -> str:
    return "read by the running agent" if device.address else "called by itself"
