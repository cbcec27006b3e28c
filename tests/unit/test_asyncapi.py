"""`events/asyncapi.json` is sound AsyncAPI, and is what the schemas of the events make."""

import copy
import json
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator, ValidationError

from tests.event_schemas import DETAIL_TYPES
from tests.incoming_schemas import incoming_schemas
from tests.kept_asyncapi import KEPT, asyncapi_document, text_of
from tests.node_packages import ASYNCAPI_SCHEMA, install, node_is_here
from tests.unit.test_event_schemas import EVENT

DOCUMENT = asyncapi_document()


def places_of(told: Any) -> list[str]:
    """Every place that a reference leads to."""
    if isinstance(told, list):
        return [place for part in told for place in places_of(part)]
    if not isinstance(told, dict):
        return []
    own = [told["$ref"]] if isinstance(told.get("$ref"), str) else []
    return own + [place for part in told.values() for place in places_of(part)]


def found_at(place: str) -> Any:
    assert place.startswith("#/")
    found = DOCUMENT
    for step in place.removeprefix("#/").split("/"):
        found = found[step]
    return found


def check(message: str, event: dict[str, Any]) -> None:
    payload = DOCUMENT["components"]["messages"][message]["payload"]
    Draft202012Validator({**payload, "components": DOCUMENT["components"]}).validate(event)


def test_the_kept_document_is_what_the_schemas_make():
    told = "events/asyncapi.json is not what events/schemas make: run `make documents`"
    assert KEPT.read_text() == text_of(DOCUMENT), told


@pytest.mark.skipif(not node_is_here(), reason="npm is needed to fetch AsyncAPI's own schema")
def test_the_document_keeps_to_asyncapis_own_schema():
    install()
    validator = Draft7Validator(json.loads(ASYNCAPI_SCHEMA.read_text()))
    validator.validate(DOCUMENT)
    spoilt = copy.deepcopy(DOCUMENT)
    spoilt["operations"]["publish"]["action"] = "shout"
    assert not validator.is_valid(spoilt)


def test_every_reference_leads_somewhere():
    places = places_of(DOCUMENT)
    assert len(places) > 60
    for place in places:
        assert found_at(place), place


def test_every_event_is_a_message_of_its_channel():
    channels = DOCUMENT["channels"]
    assert sorted(channels["published"]["messages"]) == DETAIL_TYPES
    assert sorted(channels["directory"]["messages"]) == sorted(incoming_schemas())
    sent, taken = DOCUMENT["operations"]["publish"], DOCUMENT["operations"]["takeDirectoryEvent"]
    assert (sent["action"], taken["action"]) == ("send", "receive")
    assert len(sent["messages"]) == len(DETAIL_TYPES)


def test_a_real_event_keeps_to_its_message_and_to_no_other():
    event = {**copy.deepcopy(EVENT), "source": "attendance"}
    check("attendance.checkedIn", event)
    event["detail"]["data"]["record"]["status"] = "ill"
    with pytest.raises(ValidationError):
        check("attendance.checkedIn", event)
    with pytest.raises(ValidationError):
        check("attendance.late", {**copy.deepcopy(EVENT), "source": "attendance"})
