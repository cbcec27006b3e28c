"""The commands this agent may send, and the gate that lets nothing else through."""

import struct
from collections.abc import Collection
from enum import IntEnum

from attendance_edge.terminal.errors import ForbiddenCommandError


class Command(IntEnum):
    """Requests; writes are listed only where a person's word can ask for one."""

    USERTEMP_RRQ = 9
    OPTIONS_RRQ = 11
    ATTLOG_RRQ = 13
    GET_FREE_SIZES = 50
    STATE_RRQ = 64
    GET_PINWIDTH = 69
    GET_TIME = 201
    SET_TIME = 202
    REG_EVENT = 500
    CONNECT = 1000
    EXIT = 1001
    ENABLE = 1002
    DISABLE = 1003
    GET_VERSION = 1100
    AUTH = 1102
    FREE_DATA = 1502
    QUERY_DATA = 1503
    READ_DATA = 1504
    ACK_EVENT = 2000


class ReplyCode(IntEnum):
    """What an answer starts with."""

    EVENT = 500
    PREPARE_DATA = 1500
    DATA = 1501
    OK = 2000
    ERROR = 2001
    UNAUTHORISED = 2005
    NO_LOG = 4991
    UNKNOWN = 65535


READ_ONLY = frozenset(Command) - {Command.DISABLE, Command.SET_TIME}
WITH_DISABLING = READ_ONLY | {Command.DISABLE}
WITH_CLOCK_SETTING = READ_ONLY | {Command.SET_TIME}

USER_TABLE = 5
BUFFERED_READ = struct.Struct("<bhII")
_BUFFERED = {(Command.ATTLOG_RRQ, 0), (Command.USERTEMP_RRQ, USER_TABLE)}
OLD_USER_READ = bytes((USER_TABLE,))


def check_allowed(command: int, data: bytes, allowed: Collection[int]) -> None:
    """Raise ForbiddenCommandError unless the request is one that this conversation may send.

    A buffered read may ask for the log and the user table, never for templates.
    """
    permitted = command in allowed
    if command == Command.QUERY_DATA:
        permitted = len(data) == BUFFERED_READ.size
        permitted = permitted and BUFFERED_READ.unpack(data)[1:3] in _BUFFERED
    elif command == Command.USERTEMP_RRQ:
        permitted = data == OLD_USER_READ
    if not permitted:
        raise ForbiddenCommandError(
            f"The agent stopped command {command} to a terminal: it is not one that it sends."
        )
