"""Everything that must be right for punches to arrive, checked in order, in plain words."""

import shutil
import socket
import ssl
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from attendance_edge.config import Config, DeviceConfig
from attendance_edge.config.checks import is_loopback
from attendance_edge.instants import to_iso
from attendance_edge.outbox import Outbox, OutboxBusyError, OutboxError, peek
from attendance_edge.outbox.ballast import BALLAST_BYTES
from attendance_edge.terminal import TerminalAddress, TerminalError, identify, read_clock_offset
from attendance_edge.uplink import Cloud, CloudError, load_identity
from attendance_edge.uplink.server_clock import ServerClock
from attendance_wire import PunchBatch

CLOCK_SECONDS = 60.0
TALK_SECONDS = 20.0


class Verdict(StrEnum):
    """ok: nothing to do; note: works, but look; bad: mend this."""

    OK = "ok"
    NOTE = "note"
    BAD = "bad"


class Part(StrEnum):
    """What was checked, which decides the exit code."""

    MACHINE = "machine"
    CLOUD = "cloud"
    TERMINAL = "terminal"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One line of `attendance-edge doctor`; `mend` is empty when there is nothing to do."""

    part: Part
    what: str
    verdict: Verdict
    says: str
    mend: str = ""


def examine(config: Config) -> Iterator[Finding]:
    """Findings from this machine outwards; never raises for what it finds."""
    yield _disk(config)
    is_running = False
    try:
        with Outbox(config.state_dir) as outbox:
            del outbox
            yield _ok(Part.MACHINE, "outbox", "whole; WAL, synchronous FULL")
    except OutboxBusyError:
        is_running = True
        yield _ok(Part.MACHINE, "outbox", "an agent is running on it")
    except OutboxError as error:
        yield _bad(Part.MACHINE, "outbox", str(error), "See state_dir in edge.toml.")
        return
    yield from _set_aside(config)
    yield from _cloud(config)
    for device in config.devices:
        if is_running or device.address is None:
            yield from _last_seen(config, device)
        else:
            yield from _terminal(config, device, device.address)


def _disk(config: Config) -> Finding:
    folder = next(p for p in (config.state_dir, *config.state_dir.parents) if p.exists())
    free = shutil.disk_usage(folder).free
    says = f"{free >> 20} MB free for {config.state_dir}"
    if free < 4 * BALLAST_BYTES:
        return _bad(Part.MACHINE, "disk", says, "Make room: below 64 MB reading may stop.")
    return _ok(Part.MACHINE, "disk", says)


def _set_aside(config: Config) -> Iterator[Finding]:
    glimpse = peek(config.state_dir)
    if glimpse is None:
        return
    box = glimpse.summary
    if box.damaged_files:
        yield _note(
            "damaged outbox",
            f"{', '.join(box.damaged_files)} kept",
            "Nothing to do while the terminals hold their logs; else keep it for support.",
        )
    if box.kept_raw_logs:
        yield _note(
            "raw logs",
            f"{box.kept_raw_logs} logs could not be understood and are kept",
            "Send the files in the state folder's raw/ to support.",
        )
    if box.rejected:
        yield _note(
            "refused punches",
            f"{box.rejected} punches were refused by the service",
            "`attendance-edge status` names them and the reasons.",
        )


def _cloud(config: Config) -> Iterator[Finding]:
    parts = urlsplit(config.cloud_url)
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        yield _note(
            "service address",
            f"{config.cloud_url} is not encrypted",
            "Use https: punches can be read on the way, though not changed.",
        )
    try:
        identity = load_identity(config.state_dir)
    except CloudError as error:
        yield _bad(Part.MACHINE, "enrolment", str(error), "Ask a tenantAdmin for a code.")
        return
    yield _ok(Part.CLOUD, "enrolment", f"agent {identity.agent_id}, company {identity.company_id}")
    clock = ServerClock()
    try:
        with Cloud(config.cloud_url, identity, clock=clock) as cloud:
            cloud.post(lambda: _nothing(clock))
    except (CloudError, ssl.SSLError, socket.gaierror) as error:
        yield _bad(Part.CLOUD, "service", str(error), "Nothing is lost: punches wait.")
        return
    yield _ok(Part.CLOUD, "service", f"{config.cloud_url} takes our signature")
    offset = clock.offset.total_seconds()
    if abs(offset) > CLOCK_SECONDS:
        yield _note(
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
        yield _bad(Part.TERMINAL, name, str(error), "Its log keeps the punches meanwhile.")
        return
    yield _ok(
        Part.TERMINAL, name, f"{identity.model} {identity.serial_number} over {identity.transport}"
    )
    if abs(offset) > CLOCK_SECONDS:
        yield _note(
            f"{name} clock",
            f"{offset:+.0f} s off",
            f"Check timezone, then `attendance-edge set-clock {device.id}`.",
        )


def _last_seen(config: Config, device: DeviceConfig) -> Iterator[Finding]:
    glimpse = peek(config.state_dir)
    state = glimpse.devices.get(device.id) if glimpse else None
    name = f"terminal {device.id}"
    if state is None or state.attempted_at is None:
        yield _note(name, "the running agent has not read it yet", "Look again in a minute.")
    elif state.ok:
        yield _ok(Part.TERMINAL, name, f"read by the running agent at {state.read_at}")
    else:
        yield _bad(Part.TERMINAL, name, state.error or "failed", "Its log keeps the punches.")


def _ok(part: Part, what: str, says: str) -> Finding:
    return Finding(part=part, what=what, verdict=Verdict.OK, says=says)


def _note(what: str, says: str, mend: str) -> Finding:
    return Finding(part=Part.MACHINE, what=what, verdict=Verdict.NOTE, says=says, mend=mend)


def _bad(part: Part, what: str, says: str, mend: str) -> Finding:
    return Finding(part=part, what=what, verdict=Verdict.BAD, says=says, mend=mend)
