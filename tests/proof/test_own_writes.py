"""A write whose reply was lost is known again, whatever happened to the item since."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from attendance.services.company_facts import load_company_facts
from attendance.services.judge_person import Scope, judge_person
from attendance.services.settle_verdict import Occasion
from attendance.times import to_iso
from ingest_punches.app import lambda_handler as ingest
from tests.http_events import CONTEXT
from tests.integration.attendance_api.office import Office
from tests.integration.ingest.conftest import SiteAgent, a_row
from tests.proof.direct_stores import direct_stores
from tests.proof.lossy_wire import CONFLICT, FINE, LOST, LossyWire, always_fine

Lose = Callable[..., None]


@pytest.fixture
def judge(office: Office, engine_url: str) -> Callable[[object], None]:
    """What the stream does after any write: judges the person, on a connection of its own."""
    stores, company = direct_stores(engine_url), office.world.company

    def judge(_request: object) -> None:
        facts = load_company_facts(stores.directory, company)
        first, now = office.now.date(), datetime.now(UTC)
        scope = Scope(user_id="ana", first=first, last=first + timedelta(days=1))
        judge_person(stores, facts, scope, Occasion(actor="directory", request_id="s", now=now))

    return judge


@pytest.fixture
def lose(wire: LossyWire) -> Iterator[Lose]:
    """The reply to the next write of a kind of item is lost, after something else was done."""

    def begin(then: Callable[[object], None] = lambda _: None, kind: str = "") -> None:
        wire.fired.clear()
        wire.before_the_cut = then

        def fate(_operation: str, request: object) -> str:
            return LOST if wire.fired[LOST] == 0 and kind in str(request) else FINE

        wire.fate = fate

    yield begin
    wire.fate, wire.before_the_cut = always_fine, lambda _: None


def test_a_check_in_judged_before_it_is_sent_again_is_no_conflict(office, lose, judge, wire):
    shift_id = office.shift()
    lose(then=judge)
    record = office.check_in(shift_id)
    assert (wire.fired[LOST], record["recordVersion"]) == (1, 1)
    again = office.world.post("ana", "/v1/check-in", {"shiftId": shift_id})
    assert (again.status, again.body["message"]) == (409, "errMsg_alreadyCheckedIn")


def test_a_check_out_judged_before_it_is_sent_again_is_no_conflict(office, lose, judge, wire):
    body = {"attendanceRecordId": office.check_in(office.shift())["id"]}
    judge(None)
    lose(then=judge)
    gone = office.world.post("ana", "/v1/check-out", body)
    assert (wire.fired[LOST], gone.status) == (1, 200), gone.text
    assert gone.body["attendanceRecord"]["recordVersion"] == 2
    assert office.world.post("ana", "/v1/check-out", body).status == 409


def test_an_absence_judged_before_it_is_sent_again_is_no_conflict(office, lose, judge, wire):
    body = {"shiftId": office.shift(), "userId": "ana", "absenceReason": "ill"}
    lose(then=judge)
    absent = office.world.post("mia", "/v1/mark-absent", body)
    assert (wire.fired[LOST], absent.status) == (1, 200), absent.text
    assert absent.body["attendanceRecord"]["recordVersion"] == 1


def test_a_correction_followed_by_another_before_it_is_sent_again_is_no_conflict(
    office, lose, engine_url, wire
):
    record = office.check_in(office.shift())
    path = f"/v1/attendance-records/{record['id']}"
    correct = {"recordVersion": 1, "reason": "seen", "checkInTime": to_iso(office.now)}
    seats = direct_stores(engine_url).seats

    def touch(_request: object) -> None:
        for seat in seats.of_shift(office.world.company, record["shiftId"]):
            seats.save(seat)

    lose(then=touch, kind="seat")
    answer = office.world.ask("mia", "PATCH", path, body=correct)
    assert (wire.fired[LOST], answer.status) == (1, 200), answer.text
    assert answer.body["attendanceRecord"]["recordVersion"] == 2


def test_a_key_whose_claim_lost_its_reply_is_answered_at_once(office, lose, wire):
    body, key = {"shiftId": office.shift()}, {"Idempotency-Key": "the-key"}
    lose(kind="begunAt")
    answer = office.world.ask("ana", "POST", "/v1/check-in", body=body, headers=key)
    assert (wire.fired[LOST], answer.status) == (1, 201), answer.text
    again = office.world.ask("ana", "POST", "/v1/check-in", body=body, headers=key)
    assert again.text == answer.text


def test_an_agents_batch_is_taken_when_the_reply_for_its_nonce_was_lost(
    office, wired_parts, lose, wire
):
    company = str(office.world.company)
    agent = SiteAgent(wired_parts, f"{company}_site1", company_id=company)
    request = agent.event(agent.batch(a_row()))
    lose(kind="nonce")
    assert ingest(request, CONTEXT)["statusCode"] == 200
    assert wire.fired[LOST] == 1
    assert ingest(request, CONTEXT)["statusCode"] == 401


def test_what_a_transaction_made_is_made_once_when_its_reply_was_lost(office, lose, wire):
    office.world.person("olga", role="tenantAdmin")
    for path, body, data_name in [
        ("/v1/locations", {"location": "plant", "timezone": "UTC"}, "locations"),
        ("/v1/groups", {"name": "night", "userIds": ["ana"]}, "groups"),
    ]:
        lose()
        made = office.world.post("olga", path, body)
        assert (wire.fired[LOST], made.status) == (1, 201), made.text
        assert len(office.world.get("olga", path).body[data_name]) == 1


@pytest.mark.parametrize("times", [1, 3])
def test_a_write_that_met_a_transaction_is_made_all_the_same(office, wire, times):
    shift_id = office.shift()
    for path, who, body in [
        ("/v1/check-in", "ana", {"shiftId": shift_id}),
        ("/v1/locations", "olga", {"location": "plant", "timezone": "UTC"}),
    ]:
        if who == "olga":
            office.world.person("olga", role="tenantAdmin")
        wire.fired.clear()
        wire.fate = lambda *_: CONFLICT if wire.fired[CONFLICT] < times else FINE
        answer = office.world.post(who, path, body)
        wire.fate = always_fine
        assert (wire.fired[CONFLICT], answer.status) == (times, 201), answer.text


def test_a_write_that_keeps_meeting_transactions_is_told_to_come_again(office, wire):
    shift_id = office.shift()
    wire.fate = lambda *_: CONFLICT
    answer = office.world.post("ana", "/v1/check-in", {"shiftId": shift_id})
    wire.fate = always_fine
    assert (answer.status, answer.body["message"]) == (503, "errMsg_throttled")
    assert office.check_in(shift_id)["recordVersion"] == 1
