"""`GET /v1/attendance-records` and `GET /v1/attendance-records/{attendanceRecordId}`."""

from datetime import date
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import Field

from attendance.bootstrap import runtime
from attendance.errors import invalid_field
from attendance.http.api import current_request
from attendance.http.documented import answers
from attendance.http.envelope import envelope
from attendance.http.query import documented_by, read_query
from attendance.inputs.field_types import Day, NullableId, NullableStatus
from attendance.inputs.list_query import JoinsQuery, ListQuery
from attendance.services.get_record import get_record
from attendance.services.list_records import ListRecords, list_records
from attendance.services.present_record import present_record, record_permissions
from attendance.services.record_query import RecordFilters
from attendance_api.list_answers import answer_list, page_wanted
from attendance_api.schemas.records import RecordAnswer, RecordsAnswer

router = Router()


class RecordsQuery(ListQuery):
    """The filters of the list."""

    user_id: Annotated[list[NullableId] | None, Field(alias="userId")] = None
    shift_id: Annotated[list[NullableId] | None, Field(alias="shiftId")] = None
    status: Annotated[list[NullableStatus] | None, Field(description="In any case.")] = None
    day: Annotated[Day | None, Field(alias="date", description="The shift's date.")] = None
    date_from: Annotated[Day | None, Field(alias="dateFrom")] = None
    date_to: Annotated[Day | None, Field(alias="dateTo")] = None

    def filters(self) -> RecordFilters:
        """Raises InvalidError for a range that ends before it begins."""
        first, last = self.date_from or date.min, self.date_to or date.max
        if first > last:
            raise invalid_field("dateTo", "a day that is not before dateFrom")
        if self.day is not None:
            first, last = max(first, self.day), min(last, self.day)
        return RecordFilters(
            user_ids=None if self.user_id is None else frozenset(self.user_id),
            shift_ids=None if self.shift_id is None else frozenset(self.shift_id),
            statuses=None if self.status is None else frozenset(self.status),
            first=first,
            last=last,
        )

    def applied(self) -> list[tuple[str, list[str | None]]]:
        """The filters given, as the answer tells them."""
        lists = {"userId": self.user_id, "shiftId": self.shift_id, "status": self.status}
        days = {"date": self.day, "dateFrom": self.date_from, "dateTo": self.date_to}
        return [(name, list(values)) for name, values in lists.items() if values is not None] + [
            (name, [day.isoformat()]) for name, day in days.items() if day is not None
        ]


@router.get(
    "/v1/attendance-records",
    tags=["Attendance"],
    summary="List attendance records, newest shift first",
    responses=answers(200, RecordsAnswer),
    openapi_extensions=documented_by(RecordsQuery),
)
def list_attendance_records() -> Response[Any]:
    """An employee sees his own records, a manager the company's; paging is exact."""
    request, parts = current_request(router), runtime()
    session = request.session()
    query = read_query(request, RecordsQuery)
    command = ListRecords(
        filters=query.filters(),
        page=page_wanted(query),
        joins=query.joins,
        cache_seconds=query.cache_ttl if query.caching else None,
    )
    found = list_records(parts, session, command)
    return answer_list(
        router,
        "attendanceRecords",
        found,
        query,
        ui_permissions=record_permissions(session),
        filters=query.applied(),
        cache_key=found.cache_key,
    )


@router.get(
    "/v1/attendance-records/<attendance_record_id>",
    tags=["Attendance"],
    summary="Get one attendance record",
    responses=answers(200, RecordAnswer),
    openapi_extensions=documented_by(JoinsQuery),
)
def get_attendance_record(attendance_record_id: str) -> Response[Any]:
    """His own for an employee, any of the company for a manager, with the person and the shift."""
    request, parts = current_request(router), runtime()
    session = request.session()
    query = read_query(request, JoinsQuery)
    seat = get_record(parts, session, attendance_record_id)
    return envelope(
        request,
        "attendanceRecord",
        present_record(seat, session, joins=query.joins),
        action="get",
        app_version=parts.settings.app_version,
    )
