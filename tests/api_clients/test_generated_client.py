"""A full day of a company with nothing but a client generated from `/openapi.json`."""

import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from io import BytesIO
from types import ModuleType
from typing import Any

import pytest

from tests.api_clients.generate import PACKAGE, generate, imported
from tests.waiting import until

pytestmark = pytest.mark.stack

PASSWORD = "a-long-enough-password"


@pytest.fixture(scope="module")
def client_package(
    stack: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ModuleType]:
    made = generate(f"{stack['baseUrl']}/openapi.json", tmp_path_factory.mktemp("client"))
    yield imported(made)
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


class Day:
    """The generated functions of one company; each answer is the model that was promised."""

    def __init__(self, package: ModuleType, base_url: str) -> None:
        self.models = import_module(f"{PACKAGE}.models")
        self._package, self._base_url = package, base_url
        self._tokens: dict[str, str] = {}
        self.codename = f"c{uuid.uuid4().hex[:12]}"

    def call(self, operation: str, promised: str, *path: str, who: str | None = None, **told: Any):
        """`operation` is tag and function, such as `users.create_user`."""
        tag, name = operation.split(".")
        function = import_module(f"{PACKAGE}.api.{tag}.{name}").sync
        with self._client(who) as client:
            answer = function(*path, client=client, **told)
        assert type(answer).__name__ == promised, answer
        return answer

    def log_in(self, who: str, email: str) -> None:
        body = self.models.LogIn(email=email, password=PASSWORD, company_codename=self.codename)
        session = self.call("sessions.log_in", "CurrentUser", body=body)
        self._tokens[who] = session.access_token

    def _client(self, who: str | None) -> Any:
        if who is None:
            return self._package.Client(base_url=self._base_url, timeout=30)
        return self._package.AuthenticatedClient(
            base_url=self._base_url, token=self._tokens[who], timeout=30
        )

    def refusal(self, operation: str, *path: str, who: str | None = None, **told: Any) -> str:
        return self.call(operation, "ErrorSchema", *path, who=who, **told).message


@pytest.fixture(scope="module")
def day(client_package: ModuleType, stack: dict[str, Any]) -> Day:
    """A company in UTC with its owner logged in, and with ana and bob, who have passwords."""
    made = Day(client_package, stack["baseUrl"])
    models = made.models
    company = models.NewCompany(name="Acme", codename=made.codename, timezone="UTC")
    owner = models.TenantOwner(
        email="olga@acme.example", password=PASSWORD, fullname="Olga", company=company
    )
    answer = made.call("companies.create_tenant_owner", "TenantOwnerAnswer", body=owner)
    assert answer.company.codename == made.codename
    made.log_in("olga", "olga@acme.example")
    for name in ("ana", "bob"):
        person = models.UserBody(
            user_id=name,
            email=f"{name}@acme.example",
            fullname=name.title(),
            role_id="employee",
            password=PASSWORD,
        )
        user = made.call("users.create_user", "UserAnswer", who="olga", body=person).user
        assert (user.user_id, user.role_id, user.is_active) == (name, "employee", True)
    made.log_in("ana", "ana@acme.example")
    return made


@pytest.fixture(scope="module")
def shift(day: Day) -> Any:
    """A shift that began ten minutes ago, with ana and bob on it."""
    starts = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=10)
    body = day.models.ShiftBody(
        shift_id="early",
        shift_date=starts.date(),
        start_time=f"{starts:%H:%M}",
        end_time=f"{starts + timedelta(hours=8):%H:%M}",
    )
    made = day.call("shifts.create_shift", "ShiftAnswer", who="olga", body=body).shift
    people = day.models.AssignmentsBody(user_ids=["ana", "bob"])
    told = {"who": "olga", "body": people}
    day.call("shifts.add_assignments", "AssignmentsAnswer", made.shift_id, **told)
    return made


def test_a_full_day_of_a_company(day: Day, shift: Any):
    models = day.models
    present = day.call(
        "attendance.check_in", "CreatedRecordAnswer", who="ana",
        body=models.CheckInBody(shift_id=shift.shift_id), idempotency_key="morning",
    ).attendance_record  # fmt: skip
    assert (present.user_id, present.status, present.record_version) == ("ana", "late", 1)
    assert abs(present.check_in_time - datetime.now(UTC)) < timedelta(minutes=1)

    left = day.call(
        "attendance.check_out", "ChangedRecordAnswer", who="ana",
        body=models.CheckOutBody(attendance_record_id=present.id),
    ).attendance_record  # fmt: skip
    assert left.check_out_time >= left.check_in_time

    absent = day.call(
        "attendance.mark_absent", "ChangedRecordAnswer", who="olga",
        body=models.MarkAbsentBody(user_id="bob", shift_id="early", absence_reason="sick"),
    ).attendance_record  # fmt: skip
    assert (absent.status, absent.absence_reason) == ("absent", "sick")

    on_time = left.check_in_time - timedelta(minutes=10)
    correction = models.CorrectionBody(
        record_version=left.record_version, reason="queue at the gate", check_in_time=on_time
    )
    corrected = day.call(
        "attendance.correct_attendance_record", "ChangedRecordAnswer", left.id,
        who="olga", body=correction,
    ).attendance_record  # fmt: skip
    assert corrected.check_in_time == on_time
    assert corrected.late_by_minutes == 0
    stale = day.refusal(
        "attendance.correct_attendance_record", left.id, who="olga", body=correction
    )
    assert stale == "errMsg_versionConflict"

    _listed(day, corrected)
    _told(day, corrected)


def _listed(day: Day, corrected: Any) -> None:
    def corrected_page() -> Any:
        page = day.call("attendance.list_attendance_records", "RecordsAnswer", who="olga")
        shown = {record.record_version for record in page.attendance_records}
        return page if shown >= {3} and page.paging.total_row_count == 2 else None

    page = until(corrected_page)
    assert {record.user.fullname for record in page.attendance_records} == {"Ana", "Bob"}
    only_absent = day.call(
        "attendance.list_attendance_records", "RecordsAnswer", who="olga",
        status=["absent"], date=corrected.check_in_time.date(), page_row_count=1,
    )  # fmt: skip
    assert [record.user_id for record in only_absent.attendance_records] in (["bob"], [])
    own = day.call("attendance.list_attendance_records", "RecordsAnswer", who="ana")
    assert [record.user_id for record in own.attendance_records] == ["ana"]


def _told(day: Day, corrected: Any) -> None:
    one = day.call("attendance.get_attendance_record", "RecordAnswer", corrected.id, who="ana")
    assert one.attendance_record.shift.start_time

    def versions() -> Any:
        record_id = one.attendance_record.id
        return day.call(
            "attendance.get_record_history", "HistoryAnswer", record_id, who="olga"
        ).history

    history = until(lambda: found if len(found := versions()) == 3 else None)
    assert [version.record_version for version in history] == [1, 2, 3]
    assert history[-1].reason == "queue at the gate"
    explanation = day.call(
        "attendance.explain_attendance_record", "ExplanationAnswer", corrected.id, who="olga"
    ).explanation
    assert explanation.rules


def test_the_same_key_gives_the_same_answer_and_refusals_are_typed(day: Day, shift: Any):
    models = day.models
    body = models.AgentBody(name="site")
    first = day.call(
        "agents.create_agent", "AgentAnswer", who="olga", body=body, idempotency_key="k"
    )
    again = day.call(
        "agents.create_agent", "AgentAnswer", who="olga", body=body, idempotency_key="k"
    )
    assert first.agent.enrollment_code == again.agent.enrollment_code
    second = day.refusal(
        "attendance.check_in", who="ana", body=models.CheckInBody(shift_id=shift.shift_id)
    )
    assert second == "errMsg_alreadyCheckedIn"
    nobody = day.refusal("users.get_user", "nobody", who="olga")
    assert nobody == "errMsg_notFound"
    nameless = day.refusal("users.list_users")
    assert nameless == "errMsg_loginRequired"


def test_files_are_sent_and_rows_that_are_bad_are_told(day: Day):
    file = import_module(f"{PACKAGE}.types").File
    rows = (
        "userId,email,fullname,roleId",
        "cid,cid@acme.example,Cid,employee",
        "dan,no,Dan,employee",
    )
    csv = "\r\n".join(rows).encode()
    answer = day.call(
        "imports.import_users", "ImportAnswer", who="olga", body=file(payload=BytesIO(csv))
    )
    assert (answer.import_.good, [row.line for row in answer.import_.bad]) == (1, [3])


def test_who_am_i_and_what_may_i(day: Day):
    own = day.call("sessions.get_current_user", "CurrentUser", who="ana")
    assert own.email == "ana@acme.example"
    may = day.call("sessions.get_permission", "PermissionScope", "attendance.checkIn", who="ana")
    assert may.can_do
    nobody = day.call("sessions.get_current_user", "NoLogin")
    assert nobody.message == "No login found"
