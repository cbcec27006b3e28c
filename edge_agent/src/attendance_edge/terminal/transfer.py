"""The packets of one long answer, put together: announced, sent in parts, ended."""

from struct import Struct

from attendance_edge.terminal.links import AnswerTimeoutError
from attendance_edge.terminal.packet import Packet
from attendance_edge.terminal.session import TerminalSession
from attendance_edge.zk_codes import Code

LARGEST_DATASET = 4 + 500_000 * 49
FIRST_PART_PATIENCE = 1.5
NEXT_PART_PATIENCE = 0.5
OVERTAKEN_PART_PATIENCE = 0.2
UDP_ATTEMPTS = 8
_SIZE = Struct("<I")


class PartLostError(Exception):
    """A datagram of this answer was lost, or they came in an order nobody can restore."""


def transfer(session: TerminalSession, command: Code, data: bytes, size: int | None) -> bytes:
    """The whole answer to a request that hands over data, of `size` bytes if known.

    Over UDP a spoilt answer is asked for again under a new reply number, since the terminal
    would only repeat its last packet under the old one; parts without an index must come twice
    alike. TerminalRefusedError when the terminal has nothing to hand over,
    TerminalProtocolError when sizes contradict each other.
    """
    earlier: bytes | None = None
    for _ in range(UDP_ATTEMPTS):
        try:
            with session.packets.forgiving(FIRST_PART_PATIENCE):
                whole, certain = _attempt(session, command, data, size)
        except (PartLostError, AnswerTimeoutError):
            session.skip_reply_number()
            continue
        if certain or whole == earlier:
            return whole
        earlier = whole
    raise session.nonsense("lost datagrams in every attempt to read one part; use TCP if it can")


def _attempt(
    session: TerminalSession, command: Code, data: bytes, size: int | None
) -> tuple[bytes, bool]:
    answer = session.ask(command, data)
    if answer.code == Code.DATA:
        return _exactly(session, answer.data, size), True
    if answer.code == Code.PREPARE_DATA:
        return _announced(session, answer, size)
    return _exactly(session, b"", size), True


def _announced(
    session: TerminalSession, announcement: Packet, size: int | None
) -> tuple[bytes, bool]:
    announced = announced_size(session, announcement.data)
    if size is not None and announced != size:
        raise session.nonsense(f"announced {announced} bytes where {size} were asked for")
    parts = _parts(session, announced)
    if session.packets.transport == "tcp":
        return _exactly(session, b"".join(part.data for part in parts), announced), True
    return _in_order(parts, announced)


def announced_size(session: TerminalSession, data: bytes, offset: int = 0) -> int:
    """The u32 that says how many bytes will come, if it can be true."""
    if len(data) < offset + _SIZE.size:
        raise session.nonsense("announced data without saying how much")
    size: int = _SIZE.unpack_from(data, offset)[0]
    if size > LARGEST_DATASET:
        raise session.nonsense(f"announced {size} bytes, more than any terminal holds")
    return size


def _parts(session: TerminalSession, size: int) -> list[Packet]:
    """DATA packets until the closing OK; over UDP the OK may overtake them."""
    parts: list[Packet] = []
    udp = session.packets.transport == "udp"
    received, ended = 0, False
    while not ended or (udp and received < size):
        packet = session.packets.more(OVERTAKEN_PART_PATIENCE if ended else NEXT_PART_PATIENCE)
        if packet.code == Code.ACK_OK:
            ended = True
            continue
        if packet.code != Code.DATA:
            raise session.nonsense(f"broke off a transfer with code {packet.code}")
        received += len(packet.data)
        parts.append(packet)
        if received > size:
            if udp:
                raise PartLostError
            raise session.nonsense(f"sent more than the {size} bytes it announced")
    return parts


def _in_order(parts: list[Packet], size: int) -> tuple[bytes, bool]:
    """Datagrams by their index, which must count up without a gap; False if all have one index."""
    by_index = {part.session_field: part.data for part in parts}
    indices = sorted(by_index)
    if len(indices) == 1 < len(parts):
        whole, certain = b"".join(part.data for part in parts), False
    else:
        whole, certain = b"".join(by_index[index] for index in indices), True
        if indices and indices[-1] - indices[0] + 1 != len(indices):
            raise PartLostError
    if len(whole) != size:
        raise PartLostError
    return whole, certain


def _exactly(session: TerminalSession, data: bytes, size: int | None) -> bytes:
    if size is not None and len(data) != size:
        raise session.nonsense(f"sent {len(data)} bytes where {size} were asked for")
    return data
