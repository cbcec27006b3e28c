"""What an emulated terminal takes for reading."""

from attendance_edge.zk_codes import Code

READS = frozenset(
    {
        Code.DB_RRQ, Code.USERTEMP_RRQ, Code.OPTIONS_RRQ, Code.ATTLOG_RRQ, Code.GET_FREE_SIZES,
        Code.STATE_RRQ, Code.GET_PINWIDTH, Code.GET_TIME, Code.REG_EVENT, Code.CONNECT, Code.EXIT,
        Code.ENABLE, Code.DISABLE, Code.GET_VERSION, Code.AUTH, Code.FREE_DATA, Code.QUERY_DATA,
        Code.READ_DATA, Code.ACK_OK,
    }
)  # fmt: skip
"""What a reading program may send; anything else counts as a write."""
