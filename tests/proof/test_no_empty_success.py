"""A check-out that is accepted is one: what would have no effect is refused."""

from datetime import UTC, datetime, timedelta

import pytest

from attendance.services.company_facts import load_company_facts
from attendance.services.judge_person import Scope, judge_person
from attendance.services.settle_verdict import Occasion
from attendance.times import to_iso
from tests.integration.attendance_api.office import Office

MINUTE = timedelta(minutes=1)


def judge(office: Office) -> None:
    """What the stream does after punches."""
    parts, company = office.world.parts, office.world.company
    today = office.now.date()
    judge_person(
        parts,
        load_company_facts(parts.directory, company),
        Scope(user_id="ana", first=today - timedelta(days=1), last=today + timedelta(days=1)),
        Occasion(actor="device:gate", request_id="stream", now=datetime.now(UTC)),
    )


def came_back_after_lunch(office: Office) -> dict:
    """In, out and in again at a terminal; the record is open since."""
    office.world.device("gate", "Gate")
    shift_id = office.shift(-100 * MINUTE)
    for ago, code in ((95, 0), (60, 1), (30, 0)):
        at = office.now - ago * MINUTE
        office.world.punch(f"{at:%Y-%m-%d %H:%M:%S}", punch=code, received_at=at)
    judge(office)
    rows = office.world.get("mia", "/v1/attendance-records", shiftId=shift_id, userId="ana").body
    (record,) = rows["attendanceRecords"]
    assert record["checkOutTime"] is None
    return record


@pytest.mark.parametrize("ago", [31, 40, 70])
def test_nobody_checks_out_before_he_came_back(office, ago):
    record = came_back_after_lunch(office)
    at = to_iso(office.now - ago * MINUTE)
    body = {"attendanceRecordId": record["id"], "checkOutTime": at}
    answer = office.world.post("mia", "/v1/check-out", body)
    assert (answer.status, answer.body["message"]) == (400, "errMsg_checkoutBeforeCheckin")
    judge(office)
    path = f"/v1/attendance-records/{record['id']}"
    assert office.world.get("mia", path).body["attendanceRecord"]["recordVersion"] == 1


def test_a_check_out_after_the_return_is_kept(office):
    record = came_back_after_lunch(office)
    at = to_iso(office.now - 20 * MINUTE)
    body = {"attendanceRecordId": record["id"], "checkOutTime": at}
    answer = office.world.post("mia", "/v1/check-out", body)
    assert answer.status == 200, answer.text
    judge(office)
    path = f"/v1/attendance-records/{record['id']}"
    assert office.world.get("mia", path).body["attendanceRecord"]["checkOutTime"] == at
