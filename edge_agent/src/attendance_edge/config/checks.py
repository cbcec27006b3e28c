"""What single texts of the configuration must look like; "" means good."""

import ipaddress
import re
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from attendance_edge.terminal import TerminalAddress, TerminalAddressError

_DEVICE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")


def device_id(text: str) -> str:
    """The ids that the service takes."""
    good = _DEVICE_ID.match(text)
    return "" if good else f"expected 1 to 64 letters, digits, - or _, got {text!r}"


def device_name(text: str) -> str:
    """Something to print."""
    good = 1 <= len(text) <= 200 and text.isprintable()
    return "" if good else "expected 1 to 200 printable characters"


def host(text: str) -> str:
    """An IP address or host name, and nothing that could be taken for more."""
    try:
        TerminalAddress(host=text)
    except TerminalAddressError:
        return f"expected an IP address or a host name, got {text!r}"
    return ""


def zone(text: str) -> str:
    """An IANA zone that this machine knows."""
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        known = False
    else:
        known = bool(text)
    return "" if known else f"expected an IANA zone such as America/Mexico_City, got {text!r}"


def serial_number(text: str) -> str:
    """What a terminal can call itself."""
    good = len(text) <= 64 and text.isprintable()
    return "" if good else "expected at most 64 printable characters"


def url(text: str) -> str:
    """The service's base address."""
    try:
        parts = urlsplit(text)
        good = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and not (parts.query or parts.fragment or parts.username)
            and parts.port != 0
        )
    except ValueError:
        good = False
    return "" if good else f"expected an address such as https://attendance.example, got {text!r}"


def listen_address(text: str) -> tuple[str, int] | None:
    """Host and port of `127.0.0.1:5000` or `[::1]:5000`; None for another form."""
    name, colon, port = text.rpartition(":")
    name = name.removeprefix("[").removesuffix("]")
    if not colon or not port.isascii() or not port.isdigit() or int(port) > 65535 or host(name):
        return None
    return name, int(port)


def is_loopback(name: str) -> bool:
    """Whether only this machine can reach what listens there."""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"
