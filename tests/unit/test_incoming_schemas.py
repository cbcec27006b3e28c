"""The schemas in `events/schemas/incoming/` say what the function that reads the events takes."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.incoming_schemas import FOLDER, incoming_schemas

SAMPLE = Path(__file__).parents[2] / "events" / "project_directory.json"
DETAIL = json.loads(json.loads(SAMPLE.read_text())["Records"][0]["body"])["detail"]


def refused(detail_type, detail) -> bool:
    schema = json.loads((FOLDER / f"{detail_type}.json").read_text())
    return any(Draft202012Validator(schema).iter_errors(detail))


def test_the_files_are_what_the_models_say():
    made = incoming_schemas()
    assert {path.stem: json.loads(path.read_text()) for path in FOLDER.glob("*.json")} == made
    for schema in made.values():
        Draft202012Validator.check_schema(schema)


def test_the_sample_event_passes():
    assert not refused("user.upserted", DETAIL)
    assert not refused("user.deleted", {**DETAIL, "data": {"userId": "ana"}})


@pytest.mark.parametrize(
    "change",
    [
        {"version": -1},
        {"version": "3"},
        {"companyId": "a b"},
        {"data": {"userId": "ana"}},
        {"data": {**DETAIL["data"], "roleId": "boss"}},
        {"data": {**DETAIL["data"], "userId": None}},
        {"data": {**DETAIL["data"], "deviceUserIds": "5"}},
    ],
)
def test_what_is_put_aside_at_once_is_refused(change):
    assert refused("user.upserted", DETAIL | change)


def test_a_deletion_needs_every_id():
    data = {"shiftId": "day", "userId": "ana"}
    assert not refused("shiftAssignment.deleted", {**DETAIL, "data": data})
    assert refused("shiftAssignment.deleted", {**DETAIL, "data": {"shiftId": "day"}})
