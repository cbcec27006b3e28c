"""Records of the log as the lines that a terminal pushes (ADMS, table ATTLOG)."""

import struct
from collections.abc import Mapping

from attendance_edge.simulator.records import LayoutName


def attlog_line(record: bytes, layout: LayoutName, user_ids: Mapping[int, str]) -> bytes:
    """`user id, time, state, way of verifying, work code, reserved`, as flash holds them.

    A damaged record makes a damaged line; `user_ids` tells people by their internal number.
    """
    user_id, seconds, state, verify = _fields(record, layout, user_ids)
    rest = f"\t{_time(seconds)}\t{state}\t{verify}\t0\t0\n"
    return user_id + rest.encode()


def _fields(
    record: bytes, layout: LayoutName, user_ids: Mapping[int, str]
) -> tuple[bytes, int, int, int]:
    if layout in ("40", "49"):
        _, text, verify, seconds, state = struct.unpack_from("<H24sBIB", record)
        return text.rstrip(b"\0"), seconds, state, verify
    if layout == "16":
        number, seconds, state, verify = struct.unpack_from("<IIBB", record)
        return str(number).encode(), seconds, state, verify
    if layout == "8":
        uid, flags, _, seconds = struct.unpack("<HBBI", record)
        state, verify = flags & 0b111, flags >> 3 & 0b11
    else:
        uid, verify, seconds, state = struct.unpack("<HBIB", record)
    return user_ids.get(uid, str(uid)).encode(), seconds, state, verify


def _time(seconds: int) -> str:
    """The 31-day months of the log written out, days that do not exist too."""
    days, second = divmod(seconds, 86_400)
    months, day = divmod(days, 31)
    year, month = divmod(months, 12)
    hour, rest = divmod(second, 3600)
    minute, second = divmod(rest, 60)
    return f"{2000 + year}-{month + 1:02}-{day + 1:02} {hour:02}:{minute:02}:{second:02}"
