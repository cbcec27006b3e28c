"""`GET /health` and `GET /admin/health`."""

from dataclasses import replace

from attendance.adapters.bus import EventBus


def test_health_is_bare_and_needs_no_session(world):
    answer = world.get(None, "/health")
    assert (answer.status, answer.body) == (200, {"status": "up", "version": "0.0.0-test"})


def test_the_table_and_the_bus_are_asked(world):
    answer = world.get(None, "/admin/health")
    assert answer.status == 200
    assert answer.body["checks"] == {"table": "up", "bus": "up"}


def test_a_missing_bus_is_a_503_that_says_so(world, parts, monkeypatch):
    lame = replace(parts, bus=EventBus("no-such-bus", "us-east-1"))
    monkeypatch.setattr("attendance_api.routes.health.runtime", lambda: lame)
    answer = world.get(None, "/admin/health")
    assert answer.status == 503
    assert answer.body["checks"] == {"table": "up", "bus": "down"}
    assert answer.body["status"] == "down"


def test_a_missing_table_is_a_503_that_says_so(world, monkeypatch):
    monkeypatch.setattr("attendance.adapters.items.base.TableItem.Meta.table_name", "gone")
    answer = world.get(None, "/admin/health")
    assert answer.status == 503
    assert answer.body["checks"] == {"table": "down", "bus": "up"}
    assert world.get(None, "/health").status == 200


def test_unknown_routes_are_not_found(world):
    for method, path in (("GET", "/v1/nothing"), ("PUT", "/health"), ("GET", "/web/../app.py")):
        answer = world.ask("ana", method, path)
        assert (answer.status, answer.body["message"]) == (404, "errMsg_notFound")
