"""Whether a history keeps the invariants of the way from terminals to the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.edge.proof import device_invariants, flow_invariants

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.edge.proof.history import Event

INVARIANTS = {
    "I1": flow_invariants.no_loss,
    "I2": flow_invariants.no_invention,
    "I3": flow_invariants.receipts_hold,
    "I4": flow_invariants.rows_leave_by_receipt,
    "I14": device_invariants.terminals_are_left_alone,
    "I15": device_invariants.means_are_kept,
    "I16": device_invariants.instants_are_the_terminals,
}


def broken(events: Sequence[Event]) -> dict[str, list[str]]:
    """The invariants that the history breaks, each with what shows it."""
    found = {name: list(check(events)) for name, check in INVARIANTS.items()}
    return {name: shown for name, shown in found.items() if shown}
