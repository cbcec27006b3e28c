"""The log or the user table as the terminal fixes it for one session."""

import logging
from dataclasses import dataclass
from struct import Struct

from attendance_edge.terminal.commands import (
    BUFFERED_READ,
    OLD_USER_READ,
    USER_TABLE,
)
from attendance_edge.terminal.errors import TerminalRefusedError
from attendance_edge.terminal.packet import Packet
from attendance_edge.terminal.session import TerminalSession
from attendance_edge.terminal.transfer import announced_size, transfer
from attendance_edge.zk_codes import Code

logger = logging.getLogger(__name__)

HEAD = Struct("<I")
_FIXED = Struct("<BIII")
_RANGE = Struct("<II")
_CHUNK = {"tcp": 0xFFC0, "udp": 16_384}


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A dataset that no longer changes: its size with the 4 bytes of head, the terminal's digest.

    `content` is there already when it came at once (small sets, old firmware), without a digest.
    A digest of 0 says nothing; an empty dataset has size 0.
    """

    size: int
    digest: int = 0
    content: bytes | None = None


def fix_log(session: TerminalSession, count: int | None) -> Dataset:
    """Have the terminal fix its log: size and digest, or all of it if it is small.

    `count` is what the terminal says its log holds. It is believed only where the log is
    refused: then 0 means empty, and any other number is an error, never a silent nothing.
    Firmware that does not know the buffered read is asked the old way.
    """
    dataset = _fix(session, Code.ATTLOG_RRQ, 0, b"", refusal_means_empty=count == 0)
    if count and (dataset is None or not dataset.size):
        raise TerminalRefusedError(
            f"The terminal at {session.address} counts {count} records and refuses to hand over "
            "its log."
        )
    return dataset or Dataset(size=0)


def fix_users(session: TerminalSession) -> Dataset:
    """The same for the user table; a refused one counts as empty."""
    dataset = _fix(session, Code.USERTEMP_RRQ, USER_TABLE, OLD_USER_READ)
    return dataset or Dataset(size=0)


def _fix(
    session: TerminalSession,
    inner: Code,
    kind: int,
    old_request: bytes,
    *,
    refusal_means_empty: bool = False,
) -> Dataset | None:
    """None when the terminal has no such dataset. `old_request` asks firmware without 1503."""
    answer = session.command(Code.QUERY_DATA, BUFFERED_READ.pack(1, inner, kind, 0))
    if answer.code == Code.DATA:
        return _at_hand(answer.data)
    if answer.code == Code.ACK_OK:
        return _fixed(session, answer)
    if answer.code == Code.NO_LOG:
        return None
    if answer.code == Code.ACK_ERROR and refusal_means_empty:
        return None
    try:
        return _at_hand(transfer(session, inner, old_request, None))
    except TerminalRefusedError:
        return None


def _at_hand(content: bytes) -> Dataset:
    return Dataset(size=len(content), content=content)


def _fixed(session: TerminalSession, answer: Packet) -> Dataset:
    size = announced_size(session, answer.data, offset=1)
    tells_digest = len(answer.data) >= _FIXED.size
    return Dataset(size=size, digest=_FIXED.unpack_from(answer.data)[3] if tells_digest else 0)


def read_range(session: TerminalSession, dataset: Dataset, start: int) -> bytes:
    """The dataset's bytes from `start` to its end."""
    if dataset.content is not None:
        return dataset.content[start:]
    step = _CHUNK[session.packets.transport]
    return b"".join(
        _chunk(session, offset, min(step, dataset.size - offset))
        for offset in range(start, dataset.size, step)
    )


def _chunk(session: TerminalSession, offset: int, size: int) -> bytes:
    return transfer(session, Code.READ_DATA, _RANGE.pack(offset, size), size)


def records_of(session: TerminalSession, whole: bytes) -> bytes:
    """A whole dataset without its head, which must count exactly the bytes that follow."""
    if not whole:
        return b""
    if len(whole) < HEAD.size or HEAD.unpack_from(whole)[0] != len(whole) - HEAD.size:
        raise session.nonsense("handed over a dataset whose head contradicts its length")
    return whole[HEAD.size :]


def free_quietly(session: TerminalSession, dataset: Dataset) -> None:
    """Give the terminal its buffer back; all is read, so a refusal is no failure."""
    if dataset.content is None and dataset.size:
        answer = session.command(Code.FREE_DATA)
        logger.debug("the terminal at %s freed its buffer: %s", session.address, answer.code)
