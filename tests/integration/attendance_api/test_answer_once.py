"""`Idempotency-Key` on the routes that make something."""

import hashlib
import json
import threading
from datetime import UTC, datetime, timedelta

import pytest

from attendance.adapters import kept_answers
from attendance.adapters.account_keys import kept_answer_key
from attendance.adapters.seal import Seal
from attendance.http import answer_once
from tests.integration.attendance_api.test_actions import refusal


@pytest.fixture(name="shift_id")
def _shift_id(shift_of_now) -> str:
    return shift_of_now


def send(world, body, key="k1", who="ana", path="/v1/check-in"):
    return world.ask(who, "POST", path, body=body, headers={"Idempotency-Key": key})


def test_the_same_key_and_body_get_the_same_answer(world, shift_id):
    first = send(world, {"shiftId": shift_id})
    assert first.status == 201
    assert send(world, {"shiftId": shift_id}).text == first.text
    assert send(
        world, {"shiftId": shift_id}, path="/attendancemanagement-api/v1/check-in"
    ).text == (first.text)
    assert refusal(send(world, {"shiftId": shift_id}, key="k2")) == (409, "alreadyCheckedIn")


def test_the_same_key_with_another_body_is_a_mismatch(world, shift_id):
    send(world, {"shiftId": shift_id})
    answer = send(world, {"shiftId": shift_id, "userId": "ana"})
    assert refusal(answer) == (409, "idempotencyMismatch")


def test_a_refusal_is_kept_too(world, shift_id):
    first = send(world, {"shiftId": "nowhere"})
    assert refusal(first) == (400, "notAssigned")
    assert send(world, {"shiftId": "nowhere"}).text == first.text


def test_a_key_belongs_to_one_person_company_and_route(world, rival, shift_id):
    assert send(world, {"shiftId": shift_id}).status == 201
    assert send(world, {"shiftId": shift_id}, who="mia").status == 201
    assert refusal(send(rival, {"shiftId": shift_id})) == (400, "notAssigned")
    assert refusal(send(world, {"shiftId": shift_id}, path="/v1/mark-absent"))[0] in {400, 401}


def test_what_failed_on_our_side_is_tried_again(world, shift_id, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("broken")

    with monkeypatch.context() as patch:
        patch.setattr("attendance_api.routes.check_in.check_in", broken)
        assert send(world, {"shiftId": shift_id}).status == 500
    assert send(world, {"shiftId": shift_id}).status == 201


def claimed(world, parts, body) -> tuple[kept_answers.AnswerStore, kept_answers.Claim, Seal]:
    """A first request of ana's that is still under way."""
    store = kept_answers.AnswerStore(parts.table)
    key = kept_answer_key(world.company, "ana", "/v1/check-in k1")
    fingerprint = hashlib.sha256(json.dumps(body).encode()).hexdigest()
    claim, is_ours = store.claim(key, fingerprint, "first", datetime.now(UTC))
    assert is_ours
    return store, claim, Seal("k1", "#".join(key))


def test_a_repeat_waits_for_the_first_answer(world, parts, shift_id):
    store, claim, seal = claimed(world, parts, {"shiftId": shift_id})
    first = {"statusCode": 201, "body": '{"first":true}', "headers": {}}
    timer = threading.Timer(0.3, store.keep, (claim, seal.close(first)))
    timer.start()
    answer = send(world, {"shiftId": shift_id})
    timer.join()
    assert (answer.status, answer.text) == (201, '{"first":true}')


def test_a_repeat_does_not_wait_for_ever(world, parts, shift_id, monkeypatch):
    monkeypatch.setattr(answer_once, "PATIENCE_SECONDS", 0.2)
    claimed(world, parts, {"shiftId": shift_id})
    assert refusal(send(world, {"shiftId": shift_id})) == (503, "unavailable")


def test_after_a_day_a_key_is_fresh(world, shift_id, monkeypatch):
    assert send(world, {"shiftId": shift_id}).status == 201
    monkeypatch.setattr(kept_answers, "KEPT_FOR", timedelta(seconds=-1))
    assert refusal(send(world, {"shiftId": shift_id})) == (409, "alreadyCheckedIn")


def test_a_claim_whose_owner_ended_stays_with_its_body(world, parts, shift_id, monkeypatch):
    claimed(world, parts, {"shiftId": shift_id})
    monkeypatch.setattr(kept_answers, "GIVEN_UP_AFTER", timedelta(seconds=-1))
    other = send(world, {"shiftId": shift_id, "userId": "ana"})
    assert refusal(other) == (409, "idempotencyMismatch")
    answer = send(world, {"shiftId": shift_id})
    assert (answer.status, answer.body["requestId"]) == (201, "first")


@pytest.mark.parametrize("key", ["", "x" * 256, "a\tb"])
def test_a_key_that_is_none_is_refused(world, shift_id, key):
    answer = send(world, {"shiftId": shift_id}, key=key)
    assert refusal(answer) == (400, "invalidIdempotencyKey")


def test_a_key_without_a_session_is_no_help(world):
    assert refusal(send(world, {"shiftId": "s"}, who=None)) == (401, "loginRequired")
