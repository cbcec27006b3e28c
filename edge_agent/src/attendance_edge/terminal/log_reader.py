"""Reading the log as cheaply as can be believed: nothing, its tail, or all of it.

The rules are in terminal-protocol.md, section 3.

The terminal is always asked to fix its log (1503), since only size and digest together show a
log that was cleared and filled again to the same count. Whatever leaves a doubt is read whole.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from attendance_edge.terminal.dataset import HEAD, Dataset, read_range, records_of
from attendance_edge.terminal.doubts import Situation, is_unchanged, must_read_whole, serves_tails
from attendance_edge.terminal.errors import TerminalProtocolError, TerminalRefusedError
from attendance_edge.terminal.known_log import OVERLAP_RECORDS, KnownLog
from attendance_edge.terminal.layouts import LAYOUTS, Layout
from attendance_edge.terminal.plausibility import choose_layout
from attendance_edge.terminal.reading import Method
from attendance_edge.terminal.session import TerminalSession

COMMON_RECORD_SIZE = 40


class TailUnreadableError(TerminalProtocolError):
    """The terminal's answer to a read from the middle of the log made no sense: read all of it."""


@dataclass(frozen=True, kw_only=True)
class LogBytes:
    """Raw records as read: `body` starts at record `first_index` of `record_count`.

    `layout` is None for an empty log and for one that has no known layout; `tail` holds the
    log's last records.
    """

    method: Method
    body: bytes
    first_index: int
    record_count: int
    layout: Layout | None
    tail: bytes
    reads_tails: bool


def read_log(
    session: TerminalSession,
    dataset: Dataset,
    situation: Situation,
    keep_raw: Callable[[bytes], None],
    make_room: Callable[[int], None],
) -> LogBytes:
    """The log's bytes by the cheapest method that leaves no doubt.

    `make_room` is told how many records are about to be read, as well as that is known, and
    `keep_raw` is given what came from the terminal before anything is made of it.
    TailUnreadableError asks for a new session that reads the whole log.
    """
    known = situation.known
    if known is None or must_read_whole(dataset, situation):
        make_room(_records_at_most(dataset, situation))
        return _whole(session, dataset, situation, keep_raw)
    if is_unchanged(dataset, known):
        return _nothing(known)
    try:
        make_room(dataset.size // LAYOUTS[known.layout].size - known.record_count)
        tail = _tail(session, dataset, known, keep_raw)
    except TerminalRefusedError:
        make_room(_records_at_most(dataset, situation))
        return _whole(session, dataset, situation.without_tails(), keep_raw)
    except TerminalProtocolError as error:
        raise TailUnreadableError(str(error)) from error
    if tail is None:
        make_room(_records_at_most(dataset, situation))
        return _whole(session, dataset, situation, keep_raw)
    return tail


def _records_at_most(dataset: Dataset, situation: Situation) -> int:
    """By the terminal's count, or by the size of a record where the count says too little."""
    known = situation.known.layout if situation.known else ""
    size = LAYOUTS[known].size if known in LAYOUTS else COMMON_RECORD_SIZE
    return max(situation.sizes.records or 0, dataset.size // size)


def _nothing(known: KnownLog) -> LogBytes:
    return LogBytes(
        method="unchanged",
        body=b"",
        first_index=known.record_count,
        record_count=known.record_count,
        layout=LAYOUTS[known.layout],
        tail=known.tail,
        reads_tails=known.reads_tails,
    )


def _tail(
    session: TerminalSession, dataset: Dataset, known: KnownLog, keep_raw: Callable[[bytes], None]
) -> LogBytes | None:
    """What follows the records that both sides know; None unless those are byte for byte alike."""
    layout = LAYOUTS[known.layout]
    overlap_at = known.record_count - len(known.tail) // layout.size
    raw = read_range(session, dataset, HEAD.size + overlap_at * layout.size)
    if not raw.startswith(known.tail):
        return None
    body = raw[len(known.tail) :]
    if body:
        keep_raw(raw)
    return LogBytes(
        method="tail" if body else "unchanged",
        body=body,
        first_index=known.record_count,
        record_count=known.record_count + len(body) // layout.size,
        layout=layout,
        tail=_last_records(raw, layout),
        reads_tails=True,
    )


def _whole(
    session: TerminalSession,
    dataset: Dataset,
    situation: Situation,
    keep_raw: Callable[[bytes], None],
) -> LogBytes:
    raw = read_range(session, dataset, 0) if dataset.size else b""
    if raw:
        keep_raw(raw)
    body = records_of(session, raw)
    known = situation.known.layout if situation.known else ""
    layout = choose_layout(body, this_year=datetime.now(UTC).year, known=known)
    return LogBytes(
        method="full",
        body=body,
        first_index=0,
        record_count=len(body) // layout.size if layout else 0,
        layout=layout,
        tail=_last_records(body, layout) if layout else b"",
        reads_tails=serves_tails(situation),
    )


def _last_records(body: bytes, layout: Layout) -> bytes:
    return body[-OVERLAP_RECORDS * layout.size :]
