"""The message between agent and service: golden bytes, and receipts that account for every row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from attendance.services.check_punch_rows import PunchRow, check_row
from attendance.services.receive_batch import Batch
from attendance_wire import (
    MAX_BATCH_PUNCHES,
    BatchReceipt,
    DeviceReport,
    Enrollment,
    EnrollmentRequest,
    Punch,
    PunchBatch,
    Rejection,
)

GOLDEN = Path(__file__).parents[3] / "events" / "punch_batch.v1.json"
RECEIPT = {
    "accepted": 2,
    "duplicates": 1,
    "rejected": [{"index": 3, "reason": "foreignDevice"}],
    "serverTime": "2026-03-06T15:15:32.000Z",
}


def golden() -> dict[str, Any]:
    return json.loads(GOLDEN.read_text(encoding="utf-8"))


def a_batch() -> PunchBatch:
    message = golden()
    return PunchBatch(
        batchId=message["batchId"],
        sentAt=message["sentAt"],
        devices=tuple(DeviceReport(**report) for report in message["devices"]),
        punches=tuple(Punch(**punch) for punch in message["punches"]),
    )


def test_the_agent_says_the_golden_message() -> None:
    assert json.loads(a_batch().to_json()) == golden()


def test_what_has_no_value_is_left_out_only_where_it_may_be() -> None:
    good, failed = json.loads(a_batch().to_json())["devices"]
    assert "error" not in good
    assert "watermark" not in failed
    assert failed["records_on_device"] is None


def test_the_service_understands_the_golden_message() -> None:
    batch = Batch.model_validate(golden())
    assert [report.device_id for report in batch.devices] == ["principal", "bodega"]
    assert all(isinstance(check_row(row), PunchRow) for row in batch.punches)
    assert MAX_BATCH_PUNCHES == 1000


def test_a_receipt_goes_there_and_back() -> None:
    receipt = BatchReceipt.from_json(json.dumps(RECEIPT), rows=4)
    assert receipt.rejected == (Rejection(index=3, reason="foreignDevice"),)
    assert BatchReceipt.from_json(receipt.to_json(), rows=4) == receipt


@pytest.mark.parametrize(
    "changes",
    [
        {"accepted": 3},
        {"accepted": 1},
        {"accepted": -1, "duplicates": 4},
        {"accepted": "2"},
        {"accepted": 2.0},
        {"accepted": True, "duplicates": 2},
        {"accepted": None},
        {"rejected": [{"index": 4, "reason": "x"}]},
        {"rejected": [{"index": -1, "reason": "x"}]},
        {"rejected": [{"index": 3, "reason": "x"}] * 2, "accepted": 1},
        {"rejected": [{"reason": "x"}]},
        {"rejected": 1},
    ],
)
def test_a_receipt_that_does_not_account_for_every_row_is_none(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"receipt|expected"):
        BatchReceipt.from_json(json.dumps({**RECEIPT, **changes}), rows=4)


@pytest.mark.parametrize("missing", list(RECEIPT))
def test_a_receipt_without_one_of_its_parts_is_none(missing: str) -> None:
    rest = {name: value for name, value in RECEIPT.items() if name != missing}
    with pytest.raises(ValueError, match="not a receipt"):
        BatchReceipt.from_json(json.dumps(rest), rows=4)


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"<html>", b"\xff\xfe\xfa", b"[" * 200_000])
def test_anything_else_is_no_receipt_and_no_enrolment(body: bytes) -> None:
    for read in (lambda: BatchReceipt.from_json(body, rows=0), lambda: Enrollment.from_json(body)):
        with pytest.raises(ValueError):  # noqa: PT011 - of any wording
            read()


def test_an_enrolment_is_asked_and_answered_in_the_words_of_the_contract() -> None:
    asked = EnrollmentRequest(
        enrollmentCode="c" * 32, publicKey="k" * 43, hostname="site", version="0.1.0"
    )
    assert set(json.loads(asked.to_json())) == {
        "enrollmentCode",
        "publicKey",
        "hostname",
        "version",
    }
    answer = {"agentId": "acme_1", "companyId": "acme", "serverTime": RECEIPT["serverTime"]}
    assert Enrollment.from_json(json.dumps(answer)).agentId == "acme_1"
