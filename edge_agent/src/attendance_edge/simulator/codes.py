"""Command and reply codes as firmware knows them."""

from enum import IntEnum


class Code(IntEnum):
    """Requests, replies and data packets of the protocol."""

    DB_RRQ = 7
    USERTEMP_RRQ = 9
    OPTIONS_RRQ = 11
    ATTLOG_RRQ = 13
    CLEAR_ATTLOG = 15
    GET_FREE_SIZES = 50
    START_VERIFY = 60
    CANCEL_CAPTURE = 62
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
    PREPARE_DATA = 1500
    DATA = 1501
    FREE_DATA = 1502
    QUERY_DATA = 1503
    READ_DATA = 1504
    ACK_OK = 2000
    ACK_ERROR = 2001
    ACK_UNAUTH = 2005
    ACK_UNKNOWN = 65535


READS = frozenset(
    {
        Code.DB_RRQ, Code.USERTEMP_RRQ, Code.OPTIONS_RRQ, Code.ATTLOG_RRQ, Code.GET_FREE_SIZES,
        Code.STATE_RRQ, Code.GET_PINWIDTH, Code.GET_TIME, Code.REG_EVENT, Code.CONNECT, Code.EXIT,
        Code.ENABLE, Code.DISABLE, Code.GET_VERSION, Code.AUTH, Code.FREE_DATA, Code.QUERY_DATA,
        Code.READ_DATA, Code.ACK_OK,
    }
)  # fmt: skip
"""What a reading program may send; anything else counts as a write."""
