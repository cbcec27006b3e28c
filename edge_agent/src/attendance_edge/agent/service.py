"""The running agent: startup, tick, shutdown."""

import logging
import signal
import threading
import time
from types import FrameType

from attendance_edge.agent.allocation import give_large_buffers_back
from attendance_edge.agent.between import Between
from attendance_edge.agent.fleet import Fleet
from attendance_edge.agent.terminal_reader import TerminalReader
from attendance_edge.agent.uplink_loop import UplinkLoop
from attendance_edge.config import Config
from attendance_edge.local_api import ApiAddressError, LocalApi, LocalServer
from attendance_edge.outbox import Outbox
from attendance_edge.push_receiver import PushReceiver

logger = logging.getLogger(__name__)

TICK_SECONDS = 0.2
SHUTDOWN_SECONDS = 20.0


class Service:
    """Every terminal has a worker thread, the uplink one, the local API one."""

    def __init__(self, config: Config, outbox: Outbox) -> None:
        self._config = config
        self._outbox = outbox
        self._stop = threading.Event()
        self._asked_to_stop = False
        self._fleet = Fleet(config, outbox)
        self._uplink = UplinkLoop(config, outbox, self._stop)
        api = LocalApi(config, outbox, self._fleet, self._uplink)
        push = PushReceiver(config, outbox, self._uplink.wake)
        self._servers: list[LocalServer] = []
        try:
            if config.api:
                self._servers.append(LocalServer(config.api, api.app()))
            if config.push:
                self._servers.append(
                    LocalServer(config.push, push.app(), name="push", tells_time=False)
                )
        except ApiAddressError:
            self._stop_servers()
            raise

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; both only set a flag."""
        give_large_buffers_back()
        for kind in (signal.SIGTERM, signal.SIGINT):
            signal.signal(kind, self._note_signal)
        self._startup()
        try:
            while not self._asked_to_stop:
                time.sleep(TICK_SECONDS)
        finally:
            self._shutdown()

    def _note_signal(self, _kind: int, _frame: FrameType | None) -> None:
        self._asked_to_stop = True

    def _startup(self) -> None:
        for reader in self._fleet.readers.values():
            name = f"terminal {reader.device.id}"
            threading.Thread(target=self._poll, args=(reader,), name=name, daemon=True).start()
        self._uplink.start()
        for server in self._servers:
            server.start()
            logger.info("[%s] listens on %s", server.name, server.url)
        logger.info("polling %d terminals", len(self._fleet.readers))

    def _poll(self, reader: TerminalReader) -> None:
        """One terminal's loop; a slow one misses its own ticks and nobody else's."""
        reader.enable_if_marked()
        between = Between(reader, self._stop)
        while not self._stop.is_set():
            began = time.monotonic()
            was_read = False
            if not self._outbox.is_disk_full:
                was_read = reader.read().error is None
                self._uplink.wake()
            spent = time.monotonic() - began
            between.wait(max(0.0, self._config.poll_seconds - spent), may_listen=was_read)

    def _stop_servers(self) -> None:
        for server in self._servers:
            server.stop()

    def _shutdown(self) -> None:
        logger.info("stopping")
        self._stop.set()
        self._stop_servers()
        self._fleet.enable_marked(SHUTDOWN_SECONDS)
        self._uplink.end(SHUTDOWN_SECONDS)
        logger.info("stopped")
