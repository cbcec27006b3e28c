"""Command and reply codes of the terminals' protocol (terminal-protocol.md).

The numbers are the protocol's; what may be sent, and what counts as a write, the agent and the
emulated terminals decide apart from each other.
"""

from enum import IntEnum


class Code(IntEnum):
    """Requests, replies and data packets. An acknowledged event is an ACK_OK sent as a request."""

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
    NO_LOG = 4991
    ACK_UNKNOWN = 65535
