"""One round: every terminal once, and what they brought handed over while others are read."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from attendance_edge.agent.outcome import Outcome
from attendance_edge.uplink import CloudError, Handover


@dataclass(frozen=True, kw_only=True)
class Round:
    """How every terminal ended, and what was handed over; `handover.error` says why not all."""

    outcomes: tuple[Outcome, ...]
    handover: Handover


def go_round(
    outcomes: Iterable[Outcome],
    hand_over: Callable[[], Handover],
    told: Callable[[Outcome], None] = lambda _: None,
) -> Round:
    """Take the outcomes as they come; `told` hears of each. Never raises for a dead service."""
    with ThreadPoolExecutor(1, "round") as sender:
        sending: list[Future[Handover]] = []
        ended: list[Outcome] = []
        for outcome in outcomes:
            ended.append(outcome)
            told(outcome)
            if outcome.added and (not sending or sending[-1].done()):
                sending.append(sender.submit(_carefully, hand_over))
        sending.append(sender.submit(_carefully, hand_over))
        handovers = [one.result() for one in sending]
    return Round(outcomes=tuple(ended), handover=_together(handovers))


def _carefully(hand_over: Callable[[], Handover]) -> Handover:
    try:
        return hand_over()
    except CloudError as error:
        return Handover(error=error)


def _together(handovers: list[Handover]) -> Handover:
    """All that was handed over; only the last one knows whether anything still waits."""
    return Handover(
        accepted=sum(one.accepted for one in handovers),
        duplicates=sum(one.duplicates for one in handovers),
        rejected=sum(one.rejected for one in handovers),
        batches=sum(one.batches for one in handovers),
        error=handovers[-1].error,
    )
