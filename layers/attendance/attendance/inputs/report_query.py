"""The days that reports look at."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from attendance.errors import invalid_field
from attendance.inputs.field_types import ClientId, ShiftDay
from attendance.inputs.list_query import ListQuery

MOST_DAYS = 31


class ReportQuery(ListQuery):
    """Shift dates, both included, and a page."""

    date_from: Annotated[ShiftDay, Field(alias="dateFrom")]
    date_to: Annotated[
        ShiftDay, Field(alias="dateTo", description=f"{MOST_DAYS} days at most, both included.")
    ]

    def days(self) -> tuple[date, date]:
        """The first and the last day. Raises InvalidError for more than 31, or for none."""
        if not timedelta() <= self.date_to - self.date_from < timedelta(days=MOST_DAYS):
            raise invalid_field("dateTo", f"a day from dateFrom on, {MOST_DAYS} days at most")
        return self.date_from, self.date_to

    def applied(self) -> list[tuple[str, list[str]]]:
        """The filters given, as the answer tells them."""
        return [
            ("dateFrom", [self.date_from.isoformat()]),
            ("dateTo", [self.date_to.isoformat()]),
        ]


class RestQuery(ReportQuery):
    """Of whom."""

    user_id: Annotated[ClientId | None, Field(alias="userId")] = None

    def applied(self) -> list[tuple[str, list[str]]]:
        """The filters given, as the answer tells them."""
        own = [] if self.user_id is None else [("userId", [self.user_id])]
        return super().applied() + own
