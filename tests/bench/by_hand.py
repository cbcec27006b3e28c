"""The REST routes as one would write them by hand: a dictionary of routes, pydantic in and out.

The peer of `warm`: it gives the same answers, and nobody who validates what comes and what goes
does it with less.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from time import perf_counter
from typing import Annotated, Any
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from attendance.model.seat import Seat
from attendance.model.session import Session
from attendance.services.present_record import UI_PERMISSIONS


class Named(BaseModel):
    """Names as JSON has them."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class CheckIn(Named):
    """What a person sends."""

    shift_id: Annotated[str, Field(min_length=1, max_length=64)]
    user_id: str | None = None
    check_in_time: datetime | None = None
    check_out_time: datetime | None = None
    status: str | None = None
    late_by_minutes: int | None = None
    absence_reason: Annotated[str | None, Field(max_length=2000)] = None
    manager_note: Annotated[str | None, Field(max_length=2000)] = None


class Record(Named):
    """What a person gets of a record."""

    id: str
    user_id: str
    shift_id: str
    check_in_time: datetime | None
    check_out_time: datetime | None
    status: str
    status_idx: Annotated[int, Field(alias="status_idx")]
    late_by_minutes: int
    absence_reason: str | None
    manager_note: str | None
    company_id: str
    is_active: bool
    record_version: int
    created_at: datetime | None
    updated_at: datetime | None
    owner: Annotated[str, Field(alias="_owner")]
    details: dict[str, Any]


class Answer(Named):
    """What an answer tells beside its data."""

    status: str = "OK"
    status_code: str
    elapsed_ms: int
    sso_time: int = 0
    source: str = "db"
    cache_key: str | None = None
    user_id: str
    session_id: str
    request_id: str
    data_name: str
    method: str
    action: str
    app_version: str
    row_count: int


class OneRecord(Answer):
    """An answer with a record."""

    attendance_record: Record


class Paging(Named):
    """Which page of how many rows."""

    page_number: int
    page_row_count: int
    total_row_count: int
    page_count: int


class Records(Answer):
    """An answer with a page of records."""

    attendance_records: list[Record]
    paging: Paging
    filters: list[dict[str, Any]]
    ui_permissions: list[str]


class ByHand:
    """Answers events with what the database would hold: a seat, or a page of seats."""

    def __init__(self, session: Session, seats: Sequence[Seat], version: str) -> None:
        self._session = session
        self._seats = seats
        self._version = version
        self._routes: dict[tuple[str, str], Callable[[dict[str, Any], float], Answer]] = {
            ("POST", "/v1/check-in"): self._check_in,
            ("GET", "/v1/attendance-records"): self._list,
        }

    def __call__(self, event: dict[str, Any]) -> dict[str, Any]:
        """Find the route, and answer."""
        began = perf_counter()
        http = event["requestContext"]["http"]
        answer = self._routes[http["method"], http["path"]](event, began)
        return {
            "statusCode": int(answer.status_code),
            "headers": {"Content-Type": "application/json", "Cache-Control": "no-store"},
            "body": answer.model_dump_json(by_alias=True),
        }

    def _check_in(self, event: dict[str, Any], began: float) -> Answer:
        CheckIn.model_validate_json(event["body"])
        record = _record(self._seats[0])
        told = self._told("attendanceRecord", "create", "POST", "201", 1, began)
        return OneRecord(**told, attendance_record=record)

    def _list(self, _event: dict[str, Any], began: float) -> Answer:
        records = [_record(seat) for seat in self._seats]
        rows = len(records)
        return Records(
            **self._told("attendanceRecords", "list", "GET", "200", rows, began),
            attendance_records=records,
            paging=Paging(
                page_number=1, page_row_count=25, total_row_count=rows, page_count=-(-rows // 25)
            ),
            filters=[],
            ui_permissions=[name for name in UI_PERMISSIONS if self._session.may(name)],
        )

    def _told(
        self, data_name: str, action: str, method: str, code: str, rows: int, began: float
    ) -> dict[str, Any]:
        return {
            "status_code": code,
            "elapsed_ms": round((perf_counter() - began) * 1000),
            "user_id": self._session.user_id,
            "session_id": self._session.session_id,
            "request_id": uuid4().hex,
            "data_name": data_name,
            "method": method,
            "action": action,
            "app_version": self._version,
            "row_count": rows,
        }


def _record(seat: Seat) -> Record:
    verdict = seat.verdict
    assert verdict is not None
    return Record(
        id=seat.record_id,
        user_id=seat.user_id,
        shift_id=seat.shift.shift_id,
        check_in_time=verdict.check_in,
        check_out_time=verdict.check_out,
        status=verdict.status,
        status_idx=("pending", "present", "absent", "late", "leftEarly").index(verdict.status),
        late_by_minutes=verdict.late_by_minutes,
        absence_reason=verdict.absence_reason,
        manager_note=verdict.manager_note,
        company_id=seat.company_id,
        is_active=verdict.is_active,
        record_version=seat.record_version,
        created_at=seat.created_at,
        updated_at=seat.updated_at,
        owner=seat.user_id,
        details={**verdict.details, "timezone": seat.shift.timezone},
    )
