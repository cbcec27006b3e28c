"""One terminal of the configuration: one conversation at a time, and each one's end on disk."""

import logging
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import cast

from attendance_edge.agent.clock_jump import note_clock_jump
from attendance_edge.agent.large_logs import Place, Room
from attendance_edge.agent.outcome import Outcome
from attendance_edge.agent.setbacks import Setbacks
from attendance_edge.agent.stored import stored_reading
from attendance_edge.agent.turn import Turn
from attendance_edge.config import DeviceConfig
from attendance_edge.outbox import DeviceState, Outbox, OutboxError
from attendance_edge.terminal import (
    LivePunch,
    Lockout,
    Reading,
    TerminalAddress,
    TerminalAddressError,
    TerminalBusyError,
    TerminalError,
    TerminalUnreachableError,
    Wish,
    enable_terminal,
    listen,
    read_terminal,
)

logger = logging.getLogger(__name__)

ENABLE_SECONDS = 10.0


class TerminalReader:
    """Reads one terminal; a second caller waits for the first, within his own deadline.

    `room` is shared by the readers of an agent, so that their large logs take turns.
    """

    def __init__(
        self, device: DeviceConfig, outbox: Outbox, deadline_seconds: float, room: Room
    ) -> None:
        self.device = device
        self._outbox = outbox
        self._deadline_seconds = deadline_seconds
        self._turn = Turn()
        self._room = room
        self._setbacks = Setbacks(outbox, device.id)

    def read(self, *, full: bool = False, disable: bool | None = None) -> Outcome:
        """One conversation and its outcome, stored; never raises for what a terminal does.

        `disable` None takes the device's own setting.
        """
        began = monotonic()
        if not self._turn.take(self._deadline_seconds):
            return self._failed(began, "another conversation with the terminal is still going on")
        try:
            left = self._deadline_seconds - (monotonic() - began)
            locked_out = self.device.disable_during_read if disable is None else disable
            reading, added = self._room.in_turn(
                lambda place: self._converse(place, max(left, 0.1), full, locked_out),
                given_up=lambda: self._turn.is_wanted,
            )
        except (TerminalError, OutboxError) as error:
            return self._failed(began, error)
        except Exception as error:
            logger.exception("reading terminal %s failed in an unforeseen way", self.device.id)
            return self._failed(began, f"unforeseen: {error!r}")
        finally:
            self._turn.give()
        self._setbacks.over()
        return Outcome(
            device=self.device, seconds=monotonic() - began, reading=reading, added=added
        )

    def listen(self, seconds: float, stopped: Callable[[], bool]) -> bool:
        """Wait until the terminal tells of a punch in its log (True), or `seconds` at most.

        Ends as soon as somebody else wants to talk with the terminal. Raises TerminalError.
        """
        if not self._turn.take(seconds):
            return False
        try:
            state = self._outbox.device(self.device.id)
            pushed = listen(
                self._address(state),
                seconds=seconds,
                expected_serial=self.device.serial_number or state.serial_number,
                stopped=lambda: stopped() or self._turn.is_wanted,
            )
            with closing(cast("Generator[LivePunch]", pushed)):
                return any(punch.stored for punch in pushed)
        finally:
            self._turn.give()

    def enable_if_marked(self, wait_seconds: float = ENABLE_SECONDS) -> bool:
        """Enable a terminal that a conversation may have left disabled; True when people can punch.

        A conversation that goes on is given `wait_seconds` to end.
        """
        if not self._turn.take(wait_seconds):
            logger.error("terminal %s is still being read and may be disabled", self.device.id)
            return False
        try:
            state = self._outbox.device(self.device.id)
            if state.is_disabled:
                serial = self.device.serial_number or state.serial_number
                address = self._address(state)
                enable_terminal(address, deadline_seconds=ENABLE_SECONDS, expected_serial=serial)
                self._outbox.unmark_disabled(self.device.id)
        except (TerminalError, OutboxError) as error:
            logger.error("%s", error)  # noqa: TRY400 - the sentence says all
            return False
        finally:
            self._turn.give()
        return True

    def _converse(
        self, place: Place, deadline: float, full: bool, disable: bool
    ) -> tuple[Reading, int]:
        outbox, device_id = self._outbox, self.device.id
        state = outbox.device(device_id)
        raw_logs: list[Path] = []
        wish = Wish(
            expected_serial=self.device.serial_number or state.serial_number,
            known=state.known,
            full=full,
            keep_raw=lambda raw: raw_logs.append(outbox.keep_raw(device_id, raw)),
            make_room=place.ask,
            zone=self.device.zone,
        )
        reading = self._knock(state, wish, deadline, disable=disable or state.is_disabled)
        stored = stored_reading(device_id, reading)
        added = outbox.store(stored, raw_logs)
        before, after = state.clock_offset_seconds, reading.clock_offset_seconds
        note_clock_jump(outbox, device_id, before, after, stored.read_at)
        return reading, added

    def _knock(self, state: DeviceState, wish: Wish, deadline: float, *, disable: bool) -> Reading:
        outbox, device_id = self._outbox, self.device.id
        lockout = Lockout(
            lambda: outbox.mark_disabled(device_id), lambda: outbox.unmark_disabled(device_id)
        )
        try:
            return read_terminal(
                self._address(state),
                wish,
                deadline_seconds=deadline,
                lockout=lockout if disable else None,
            )
        except (TerminalUnreachableError, TerminalBusyError):
            if state.transport:
                outbox.forget_transport(device_id)
            raise

    def _address(self, state: DeviceState) -> TerminalAddress:
        address = self.device.address
        if address is None:
            raise TerminalAddressError(f"Terminal {self.device.id} has no address to be read at.")
        if address.transport == "auto" and state.transport in ("tcp", "udp"):
            return address.over("udp" if state.transport == "udp" else "tcp")
        return address

    def _failed(self, began: float, error: Exception | str) -> Outcome:
        sentence = self._setbacks.add(error)
        return Outcome(device=self.device, seconds=monotonic() - began, error=sentence)
