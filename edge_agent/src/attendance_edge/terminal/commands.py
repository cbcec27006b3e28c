"""The commands this agent may send, and the gate that lets nothing else through."""

import struct
from collections.abc import Collection

from attendance_edge.terminal.errors import ForbiddenCommandError
from attendance_edge.zk_codes import Code

READ_ONLY = frozenset(
    {
        Code.USERTEMP_RRQ, Code.OPTIONS_RRQ, Code.ATTLOG_RRQ, Code.GET_FREE_SIZES, Code.STATE_RRQ,
        Code.GET_PINWIDTH, Code.GET_TIME, Code.REG_EVENT, Code.CONNECT, Code.EXIT, Code.ENABLE,
        Code.GET_VERSION, Code.AUTH, Code.FREE_DATA, Code.QUERY_DATA, Code.READ_DATA, Code.ACK_OK,
    }
)  # fmt: skip
WITH_DISABLING = READ_ONLY | {Code.DISABLE}
WITH_CLOCK_SETTING = READ_ONLY | {Code.SET_TIME}

USER_TABLE = 5
BUFFERED_READ = struct.Struct("<bhII")
_BUFFERED = {(Code.ATTLOG_RRQ, 0), (Code.USERTEMP_RRQ, USER_TABLE)}
OLD_USER_READ = bytes((USER_TABLE,))


def check_allowed(command: int, data: bytes, allowed: Collection[int]) -> None:
    """Raise ForbiddenCommandError unless the request is one that this conversation may send.

    A buffered read may ask for the log and the user table, never for templates.
    """
    permitted = command in allowed
    if command == Code.QUERY_DATA:
        permitted = len(data) == BUFFERED_READ.size
        permitted = permitted and BUFFERED_READ.unpack(data)[1:3] in _BUFFERED
    elif command == Code.USERTEMP_RRQ:
        permitted = data == OLD_USER_READ
    if not permitted:
        raise ForbiddenCommandError(
            f"The agent stopped command {command} to a terminal: it is not one that it sends."
        )
