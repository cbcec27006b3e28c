"""Punches in the table."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from attendance.adapters import keys
from attendance.adapters.items.punch_item import PunchItem, item_to_punch, punch_to_item
from attendance.adapters.table import Table
from attendance.adapters.table_errors import ConditionFailedError
from attendance.identity import CompanyId
from attendance.model.punch import PunchIdentity, PunchOutcome, Release, StoredPunch


class PunchStore:
    """Inserts by content, reads by number and by day."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def insert(self, punches: Sequence[StoredPunch]) -> list[bool]:
        """Store punches of different identity; for each, whether it is new (punches.md)."""
        return self._table.insert_many(punch_to_item(punch) for punch in punches)

    def of_number(
        self, company: CompanyId, number: str, first: str, last: str
    ) -> list[StoredPunch]:
        """A number's punches with wall times from `first` to `last`, `YYYY-MM-DD HH:MM:SS`."""
        rows = self._table.query_all(
            keys.number_partition(company, number), between=(f"P#{first}", f"P#{last}~")
        )
        return [item_to_punch(PunchItem.from_raw_data(row)) for row in rows]

    def newest(
        self,
        company: CompanyId,
        *,
        day: str | None,
        limit: int,
        start: dict[str, Any] | None = None,
    ) -> tuple[list[StoredPunch], dict[str, Any] | None]:
        """A page of the company's punches, newest wall time first; `day` as `YYYY-MM-DD`."""
        page = self._table.query(
            keys.list_partition(company, "PUNCHES"),
            index="byList",
            between=None if day is None else (day, f"{day}~"),
            limit=limit,
            newest_first=True,
            start=start,
        )
        return [item_to_punch(PunchItem.from_raw_data(row)) for row in page.items], page.next_key

    def days(self, company: CompanyId, number: str) -> set[date]:
        """The days, on terminals' clocks, on which a number punched."""
        rows = self._table.query_all(keys.number_partition(company, number), between=("P#", "P#~"))
        return {_day(row) for row in rows}

    def days_of_device(self, company: CompanyId, device_id: str) -> dict[str, set[date]]:
        """The days on which each number punched at a terminal; reads the company's whole list."""
        found: dict[str, set[date]] = defaultdict(set)
        rows = self._table.query_all(keys.list_partition(company, "PUNCHES"), index="byList")
        for row in rows:
            if row["deviceId"]["S"] == device_id:
                found[row["userNumber"]["S"]].add(_day(row))
        return found

    def between(self, company: CompanyId, first: str, last: str) -> list[StoredPunch]:
        """A company's punches with wall times from `first` to `last`, `YYYY-MM-DD HH:MM:SS`."""
        partition = keys.list_partition(company, "PUNCHES")
        rows = self._table.query_all(partition, index="byList", between=(first, f"{last}~"))
        return [item_to_punch(PunchItem.from_raw_data(row)) for row in rows]

    def get(self, company: CompanyId, identity: PunchIdentity) -> StoredPunch | None:
        """One punch, strongly consistent."""
        found = identity
        key = (
            keys.number_partition(company, found.number),
            keys.punch_sort_key(found.timestamp, found.device_id, found.punch, found.status),
        )
        item = self._table.get(PunchItem, key)
        return None if item is None else item_to_punch(item)

    def release(self, punch: StoredPunch, release: Release) -> bool:
        """Let a punch out of quarantine, once; whether it was this call that did.

        A write of ours whose answer was lost counts as done.
        """
        actions = [PunchItem.released.set(True), PunchItem.release.set(asdict(release))]
        try:
            self._table.update(
                punch_to_item(punch),
                actions,
                condition=PunchItem.pk.exists() & (PunchItem.released == False),  # noqa: E712
            )
        except ConditionFailedError as error:
            if error.item is None:
                return False
            return item_to_punch(PunchItem.from_raw_data(error.item)).release == release
        return True

    def set_outcome(self, punch: StoredPunch, outcome: PunchOutcome) -> None:
        """Note beside a punch what the last judging did with it; the punch itself stays."""
        item = punch_to_item(punch)
        try:
            self._table.update(
                item,
                [
                    PunchItem.outcome.set(outcome.outcome),
                    _set_or_remove(PunchItem.outcome_user_id, outcome.user_id),
                    _set_or_remove(PunchItem.outcome_shift_id, outcome.shift_id),
                ],
                condition=PunchItem.pk.exists(),
            )
        except ConditionFailedError as error:
            raise LookupError(f"no such punch: {punch.punch_id}") from error


def _day(row: dict[str, Any]) -> date:
    return date.fromisoformat(row["timestamp"]["S"][:10])


def _set_or_remove(attribute: Any, value: str | None) -> Any:
    return attribute.remove() if value is None else attribute.set(value)
