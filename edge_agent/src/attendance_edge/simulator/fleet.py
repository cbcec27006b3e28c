"""Many emulated terminals in one process and one thread, with an HTTP endpoint to steer them."""

import asyncio
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from types import FrameType
from typing import Any

import uvicorn

from attendance_edge.simulator.control import control_app
from attendance_edge.simulator.device import Device
from attendance_edge.simulator.fleet_options import FleetAddresses, FleetOptions, TerminalPlace
from attendance_edge.simulator.ports import wanted_port
from attendance_edge.simulator.push_client import PushClient
from attendance_edge.simulator.records import LogEntry
from attendance_edge.simulator.server import DeviceServer
from attendance_edge.simulator.state_file import StateFile


@dataclass
class FleetTerminal:
    """One terminal of the fleet and where it listens."""

    place: TerminalPlace
    server: DeviceServer
    state: StateFile | None
    pusher: PushClient | None = None

    @property
    def device(self) -> Device:
        """The terminal's memory."""
        return self.server.device

    async def punch(
        self, user_id: str, *, punch: int, status: int, timestamp: datetime | None
    ) -> LogEntry | None:
        """One punch: into the log, the state file, and to whoever listens."""
        entry = self.device.punch(user_id, punch=punch, status=status, timestamp=timestamp)
        if entry is not None:
            if self.state is not None:
                self.state.add(self.place.serial_number, [entry])
            await self.server.push(entry)
            if self.pusher is not None:
                self.pusher.wake()
        return entry

    async def stop(self) -> None:
        """Hang up and close every socket."""
        if self.pusher is not None:
            await self.pusher.stop()
        await self.server.stop()

    def clear_log(self) -> None:
        """Empty the log, as an operator can in the menu."""
        self.device.log.clear()
        if self.state is not None:
            self.state.clear(self.place.serial_number)

    def report(self) -> dict[str, Any]:
        """State, counters and faults, for GET /terminals."""
        device, counters = self.device, self.device.counters
        return {
            "id": self.place.id,
            "host": self.place.host,
            "port": self.place.port,
            "serial_number": self.place.serial_number,
            "layout": device.log.layout,
            "records": len(device.log),
            "capacity": device.log.capacity,
            "users": sorted(device.users),
            "disabled": device.disabled,
            "clock": device.clock.now().isoformat(sep=" "),
            "open_sessions": len(self.server.firmware.sessions),
            "writes": counters.writes,
            "template_reads": counters.template_reads,
            "connections": counters.connections,
            "refused_punches": counters.refused_punches,
            "data_bytes": counters.data_bytes,
            "received": {str(code): count for code, count in sorted(counters.received.items())},
            "faults": device.faults.active(),
            "fired": dict(device.faults.fired),
            "push": None if self.pusher is None else self.pusher.report(),
        }


def run_fleet(
    options: FleetOptions, on_ready: Callable[[FleetAddresses], None] | None = None
) -> None:
    """Serve until SIGINT or SIGTERM. `on_ready` is told the addresses once all listen.

    Raises PortTakenError when a port is taken.
    """
    with ExitStack() as stack:
        stack.enter_context(suppress(KeyboardInterrupt))
        stack.enter_context(_ended_by_signals())
        state = stack.enter_context(StateFile(options.state_file)) if options.state_file else None
        asyncio.run(_serve(options, state, on_ready))


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Both signals end the fleet alike: uvicorn raises them again once it has stopped."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    previous = {kind: signal.signal(kind, _interrupt) for kind in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for kind, handler in previous.items():
            signal.signal(kind, handler)


def _interrupt(_kind: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


async def _serve(
    options: FleetOptions,
    state: StateFile | None,
    on_ready: Callable[[FleetAddresses], None] | None,
) -> None:
    fleet: dict[str, FleetTerminal] = {}
    try:
        logs = state.logs() if state else {}
        for number in range(1, options.terminals + 1):
            terminal = await _start(options, number, state, logs)
            fleet[terminal.place.id] = terminal
        await _serve_control(options, fleet, on_ready)
    finally:
        for terminal in fleet.values():
            await terminal.stop()


async def _start(
    options: FleetOptions,
    number: int,
    state: StateFile | None,
    logs: dict[str, list[LogEntry]],
) -> FleetTerminal:
    device = Device(options.device(number))
    serial_number = device.options.serial_number
    if serial_number in logs:
        device.restore(logs[serial_number], options.users)
    else:
        entries = device.generate(options.records, options.users)
        if state is not None:
            state.add(serial_number, entries)
    server = DeviceServer(device)
    with wanted_port(options.host, options.port(number), "--first-port"):
        port = await server.start(options.host, options.port(number))
    place = TerminalPlace(id=str(number), host=options.host, port=port, serial_number=serial_number)
    url = options.push_url(number)
    pusher = None if url is None else PushClient(device, url, options.push_seconds)
    if pusher is not None:
        pusher.start()
    return FleetTerminal(place, server, state, pusher)


async def _serve_control(
    options: FleetOptions,
    fleet: dict[str, FleetTerminal],
    on_ready: Callable[[FleetAddresses], None] | None,
) -> None:
    config = uvicorn.Config(
        control_app(fleet), log_level="warning", lifespan="off", access_log=False
    )
    with wanted_port(options.host, options.control_port, "--control-port"):
        listening = socket.create_server((options.host, options.control_port))
    with listening:
        host, port = listening.getsockname()[:2]
        if on_ready is not None:
            places = tuple(terminal.place for terminal in fleet.values())
            on_ready(FleetAddresses(control_url=f"http://{host}:{port}", terminals=places))
        await uvicorn.Server(config).serve(sockets=[listening])
