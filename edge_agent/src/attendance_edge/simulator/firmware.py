"""The rules of session, reply number and key, before any command is looked at."""

from collections.abc import Iterator

from attendance_edge.simulator.clock import six_bytes
from attendance_edge.simulator.codes import READS
from attendance_edge.simulator.device import Device
from attendance_edge.simulator.handlers import EVENT_PUNCH, HANDLERS, reply, unknown
from attendance_edge.simulator.records import LogEntry, encode_event
from attendance_edge.simulator.sessions import Channel, Session, SessionTable
from attendance_edge.simulator.wire import Packet
from attendance_edge.zk_codes import Code


class Firmware:
    """One terminal's command loop; `answer` gives the packets for one request."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self.sessions = SessionTable()

    def session_for(self, packet: Packet, channel: Channel) -> Session | None:
        """The session a packet belongs to; None where firmware drops it silently."""
        if packet.command == Code.CONNECT:
            return self._connect(packet, channel)
        session = self.sessions.find(packet.session)
        if session is None or packet.command == Code.ACK_OK:
            self.device.counters.event_acks += packet.command == Code.ACK_OK
            return None
        session.channel = channel
        return session

    def _connect(self, packet: Packet, channel: Channel) -> Session | None:
        faults = self.device.faults
        busy = faults.reject_second_session and self.sessions.others_alive(channel)
        if faults.strike("reject_second_session", when=busy):
            channel.close()
            return None
        session = self.sessions.open(channel)
        session.last_reply = packet.reply
        session.last_answer = b""
        return session

    def execute(self, session: Session, packet: Packet) -> Iterator[Packet]:
        """Do what the packet asks, once, and answer."""
        session.last_reply = packet.reply
        self._count(packet)
        self.device.renew_lease()
        if not self._may(session, packet.command):
            return iter((reply(session, packet, Code.ACK_UNAUTH),))
        if packet.command == Code.EXIT:
            self._exit(session)
        handler = HANDLERS.get(packet.command, unknown)
        return handler(self.device, session, packet)

    def _count(self, packet: Packet) -> None:
        counters = self.device.counters
        counters.received[packet.command] += 1
        counters.writes += packet.command not in READS

    def _may(self, session: Session, command: int) -> bool:
        free = (Code.CONNECT, Code.AUTH)
        return not self.device.options.comm_key or session.authorised or command in free

    def _exit(self, session: Session) -> None:
        self.sessions.close(session)
        if self.device.options.enable_on_exit and not len(self.sessions):
            self.device.enable()

    def event(self, entry: LogEntry, *, stored: bool = True) -> Packet:
        """The packet pushed for one punch."""
        if not stored:
            entry = LogEntry(**{**entry.__dict__, "punch": entry.punch | 0x80})
        length = self.device.options.event_length
        data = encode_event(entry, length, six_bytes(entry.timestamp))
        return Packet(Code.REG_EVENT, EVENT_PUNCH, 0, data)
