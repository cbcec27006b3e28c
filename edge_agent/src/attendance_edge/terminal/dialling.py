"""Finding the terminal: from an address to a connected socket, without ping and without shell."""

import contextlib
import ipaddress
import socket
import threading
from queue import Empty, SimpleQueue

from attendance_edge.terminal.address import TerminalAddress
from attendance_edge.terminal.deadline import Deadline
from attendance_edge.terminal.errors import TerminalUnreachableError
from attendance_edge.terminal.links import TcpLink, UdpLink

DIAL_SECONDS = 5.0
_UDP_BUFFER = 1 << 20


def dial_tcp(address: TerminalAddress, deadline: Deadline) -> TcpLink:
    """A TCP connection within DIAL_SECONDS; TerminalUnreachableError when nothing accepts it."""
    host = _resolve(address, deadline)
    try:
        wait = max(0.001, deadline.within(DIAL_SECONDS))
        connected = socket.create_connection((host, address.port), timeout=wait)
    except OSError as error:
        raise TerminalUnreachableError(
            f"Nothing accepts a connection at {address} ({_reason(error)}): is the terminal on, "
            "on this network, and free of other software?"
        ) from error
    _keep_alive(connected)
    return TcpLink(connected)


def dial_udp(address: TerminalAddress, deadline: Deadline) -> UdpLink:
    """A socket for datagrams to the terminal; whether one answers only a question can show."""
    host = _resolve(address, deadline)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    connected = socket.socket(family, socket.SOCK_DGRAM)
    try:
        with contextlib.suppress(OSError):
            connected.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _UDP_BUFFER)
        connected.connect((host, address.port))
    except OSError as error:
        connected.close()
        raise TerminalUnreachableError(
            f"There is no way to {address} from this machine ({_reason(error)})."
        ) from error
    return UdpLink(connected)


def _resolve(address: TerminalAddress, deadline: Deadline) -> str:
    """The IP address, asked from the resolver in a thread, since it knows no deadline.

    IPv4 first: that is what terminals speak.
    """
    with contextlib.suppress(ValueError):
        return str(ipaddress.ip_address(address.host))
    answers: SimpleQueue[str | OSError] = SimpleQueue()
    threading.Thread(target=_look_up, args=(address, answers), daemon=True).start()
    try:
        answer = answers.get(timeout=max(0.001, deadline.remaining))
    except Empty:
        answer = TimeoutError("no answer in time")
    if isinstance(answer, OSError):
        raise TerminalUnreachableError(
            f"The name {address.host} leads to no address ({_reason(answer)})."
        ) from answer
    return answer


def _look_up(address: TerminalAddress, answers: "SimpleQueue[str | OSError]") -> None:
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
        found.sort(key=lambda entry: entry[0] != socket.AF_INET)
        answers.put(str(found[0][4][0]))
    except (OSError, UnicodeError) as error:
        answers.put(error if isinstance(error, OSError) else OSError(str(error)))


def _keep_alive(connected: socket.socket) -> None:
    """Notice a dead line on an otherwise silent connection within about a minute."""
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connected.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (("TCP_KEEPIDLE", 20), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3)):
        if hasattr(socket, name):
            connected.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def _reason(error: OSError) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return error.strerror or str(error)
