"""Pages of other origins, of which only those named in the settings may call."""

from dataclasses import replace

import pytest

OURS = "https://portal.acme.example"
ASKING = {"origin": OURS, "access-control-request-method": "POST"}


@pytest.fixture(autouse=True)
def _allowed(parts, monkeypatch):
    settings = replace(parts.settings, allowed_origins=(OURS,))
    allowing = replace(parts, settings=settings)
    for function in ("attendance_api", "accounts_api"):
        monkeypatch.setattr(f"{function}.app.runtime", lambda: allowing)


def test_an_allowed_page_may_ask_and_read(world):
    preflight = world.ask(None, "OPTIONS", "/v1/check-in", headers=ASKING)
    assert preflight.status == 204
    assert preflight.headers["Access-Control-Allow-Origin"] == OURS
    assert "idempotency-key" in preflight.headers["Access-Control-Allow-Headers"]
    answer = world.ask("ana", "GET", "/v1/attendance-records", headers={"origin": OURS})
    assert answer.headers["Access-Control-Allow-Origin"] == OURS
    assert answer.headers["Vary"] == "Origin"


@pytest.mark.parametrize("origin", ["https://evil.example", f"{OURS}.evil.example", "null", ""])
def test_any_other_page_gets_no_leave(world, origin):
    for method, path in (("OPTIONS", "/v1/check-in"), ("GET", "/v1/attendance-records")):
        answer = world.ask("ana", method, path, headers={**ASKING, "origin": origin})
        assert not [name for name in answer.headers if name.startswith("Access-Control")]


def test_refusals_can_be_read_by_an_allowed_page_too(world):
    answer = world.ask(None, "GET", "/v1/attendance-records", headers={"origin": OURS})
    assert answer.status == 401
    assert answer.headers["Access-Control-Allow-Origin"] == OURS
