"""The steps of a reading inside an open session, in the order of terminal-protocol.md, 1."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from attendance_edge.terminal.dataset import Dataset, fix_log, free_quietly
from attendance_edge.terminal.doubts import Situation, digest_tells
from attendance_edge.terminal.errors import UnknownLayoutError
from attendance_edge.terminal.facts import ClockReading, read_clock, read_sizes
from attendance_edge.terminal.known_log import KnownLog
from attendance_edge.terminal.log_parser import ParsedLog, parse_log
from attendance_edge.terminal.log_reader import LogBytes, read_log
from attendance_edge.terminal.reading import Identity, Reading
from attendance_edge.terminal.remarks import remarks_on
from attendance_edge.terminal.session import TerminalSession
from attendance_edge.terminal.users import read_users


def _nothing(_: object) -> None:
    """The caller does not want to know."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the caller of `read_terminal` asks for.

    `expected_serial` is the pinned serial number ("" takes any). `keep_raw` gets the log's bytes
    before anything is made of them. `make_room` is told how many records are about to be read;
    what it raises ends the conversation in good order. `zone` is the terminal's, for its clock
    offset (None: this machine's). `full` reads everything whatever is `known`, and without
    `tails` nothing is read from the middle of the log.
    """

    expected_serial: str = ""
    known: KnownLog | None = None
    full: bool = False
    keep_raw: Callable[[bytes], None] = _nothing
    make_room: Callable[[int], None] = _nothing
    zone: tzinfo | None = None
    tails: bool = True


ANYTHING = Wish()


def read_in_session(session: TerminalSession, identity: Identity, wish: Wish) -> Reading:
    """Clock and counts, then the log: fixed, read, kept raw, parsed."""
    clock = read_clock(session, wish.zone)
    sizes = read_sizes(session)
    fixed_at = datetime.now(UTC)
    dataset = fix_log(session, sizes.records)
    situation = Situation(
        serial_number=identity.serial_number,
        firmware=identity.firmware,
        clock_offset_seconds=clock.offset_seconds if clock else None,
        sizes=sizes,
        known=wish.known,
        full=wish.full,
        tails=wish.tails,
    )
    log = read_log(session, dataset, situation, wish.keep_raw, wish.make_room)
    free_quietly(session, dataset)
    parsed = _parse(session, log)
    known = _learn(situation, dataset, log, fixed_at)
    return _reading(identity, clock, situation, log, parsed, known, fixed_at)


def _parse(session: TerminalSession, log: LogBytes) -> ParsedLog:
    if not log.body:
        return ParsedLog(punches=(), quarantined=())
    if log.layout is None:
        raise UnknownLayoutError(
            f"The log of the terminal at {session.address} ({len(log.body)} bytes) has no record "
            "layout known here; its bytes were kept."
        )
    users = read_users(session) if log.layout.by_uid else None
    return parse_log(log.body, log.layout, first_index=log.first_index, users=users)


def _learn(situation: Situation, dataset: Dataset, log: LogBytes, fixed_at: datetime) -> KnownLog:
    earlier = situation.known
    compared_at = earlier.full_compared_at if earlier and log.method != "full" else fixed_at
    return KnownLog(
        serial_number=situation.serial_number,
        firmware=situation.firmware,
        record_count=log.record_count,
        size=dataset.size,
        digest=dataset.digest,
        layout=log.layout.name if log.layout else earlier.layout if earlier else "",
        tail=log.tail,
        full_compared_at=compared_at,
        clock_offset_seconds=situation.clock_offset_seconds,
        reads_tails=log.reads_tails,
        digest_tells=digest_tells(dataset, situation),
    )


def _reading(
    identity: Identity,
    clock: ClockReading | None,
    situation: Situation,
    log: LogBytes,
    parsed: ParsedLog,
    known: KnownLog,
    fixed_at: datetime,
) -> Reading:
    return Reading(
        serial_number=identity.serial_number,
        model=identity.model,
        firmware=identity.firmware,
        transport=identity.transport,
        read_at=fixed_at,
        terminal_time=clock.shown if clock else None,
        clock_offset_seconds=clock.offset_seconds if clock else None,
        records_on_device=log.record_count,
        log_capacity=situation.sizes.capacity,
        method=log.method,
        punches=parsed.punches,
        quarantined=parsed.quarantined,
        known=known,
        remarks=remarks_on(situation.sizes, log.record_count, clock),
    )
