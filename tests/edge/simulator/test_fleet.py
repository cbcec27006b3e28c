"""The fleet that the command starts: curl in, punches out, logs that outlive a restart."""

import pytest

from attendance_edge.simulator import Faults, FleetOptions, PortTakenError, run_fleet
from tests.edge.simulator.fleets import fleet


@pytest.fixture(name="running", scope="module")
def _running():
    with fleet(terminals=2, records=30) as running:
        yield running


def test_every_terminal_is_a_real_one_with_its_own_serial_number(running):
    first, second = running.read(0), running.read(1)

    assert (first.serial_number, second.serial_number) == ("EMU0000001", "EMU0000002")
    assert len(first.punches) == len(second.punches) == 30


def test_a_punch_by_http_is_in_the_log(running):
    answer = running.http.post(
        "/terminals/1/punches",
        json={"user_id": "007", "punch": 1, "status": 15, "timestamp": "2026-03-06 09:15:23"},
    )

    assert answer.status_code == 201
    assert answer.json()["timestamp"] == "2026-03-06 09:15:23"
    punch = running.read(0).punches[-1]
    assert (punch.user_id, punch.punch, punch.status) == ("007", 1, 15)
    assert str(punch.timestamp) == "2026-03-06 09:15:23"


def test_the_state_and_the_counters_are_told(running):
    running.read(1)
    report = running.http.get("/terminals/2").json()

    assert report["writes"] == report["open_sessions"] == 0
    assert report["received"]["1503"] >= 1
    assert [one["id"] for one in running.http.get("/terminals").json()["terminals"]] == ["1", "2"]


def test_faults_are_set_counted_and_cleared(running):
    assert running.http.post("/terminals/2/faults", json={"count": 0}).json() == {
        "faults": {"count": 0}
    }
    assert running.read(1).remarks == ("The terminal counts 0 records; its log holds 30.",)
    assert running.http.get("/terminals/2").json()["fired"]["count"] >= 1
    assert running.http.delete("/terminals/2/faults").json() == {"faults": {}}
    assert running.read(1).remarks == ()


def test_another_terminal_behind_the_address_is_a_fault(running):
    running.http.post("/terminals/2/faults", json={"serial_number": "STRANGER"})
    assert running.read(1).serial_number == "STRANGER"
    running.http.delete("/terminals/2/faults")
    assert running.read(1).serial_number == "EMU0000002"


def test_a_corrupt_record_spoils_no_other(running):
    running.http.post("/terminals/2/faults", json={"corrupt_record": True})
    reading = running.read(1)
    assert (len(reading.punches), len(reading.quarantined)) == (29, 1)
    running.http.delete("/terminals/2/faults")
    assert (len(running.read(1).punches), len(running.read(1).quarantined)) == (30, 0)


def test_the_clock_is_turned(running):
    running.http.post("/terminals/2/clock", json={"offset_seconds": 300})

    assert running.read(1).clock_offset_seconds == pytest.approx(300, abs=1.5)


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("/terminals/9/punches", {"user_id": "1"}, 404, "no terminal 9"),
        ("/terminals/1/punches", {}, 400, "user_id"),
        ("/terminals/1/punches", {"user_id": "x" * 25}, 400, "1 to 24 bytes"),
        ("/terminals/1/punches", {"user_id": "1", "punch": 256}, 400, "punch"),
        ("/terminals/1/punches", {"user_id": "1", "timestamp": "tomorrow"}, 400, "timestamp"),
        ("/terminals/1/punches", {"user_id": "1", "when": 1}, 400, "unknown field when"),
        ("/terminals/1/punches", [1], 400, "JSON object"),
        ("/terminals/1/faults", {"explode": True}, 400, "no such fault: explode"),
        ("/terminals/1/faults", {"hang": "yes"}, 400, "hang cannot be 'yes'"),
        ("/terminals/1/clock", {"offset_seconds": "x"}, 400, "offset_seconds"),
        ("/nowhere", {}, 404, "Not Found"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(running, path, body, status, words):
    answer = running.http.post(path, json=body)

    assert answer.status_code == status
    assert words in answer.json()["error"]


def test_a_body_that_is_no_json_is_refused(running):
    for text in ("{", "[" * 100_000, "\ud800".encode("utf-8", "surrogatepass")):
        assert running.http.post("/terminals/1/punches", content=text).status_code == 400


def test_a_full_terminal_turns_people_away():
    with fleet(terminals=1, records=5, capacity=5) as running:
        answer = running.http.post("/terminals/1/punches", json={"user_id": "1"})

    assert answer.status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"terminals": 0},
        {"records": -1},
        {"records": 11, "capacity": 10},
        {"users": 0},
        {"timezone": "Mars/Olympus"},
    ],
)
def test_options_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match="must be"):
        FleetOptions(**wrong)


def test_a_port_that_is_taken_is_an_error_and_nothing_keeps_running():
    with fleet(terminals=1) as running:
        taken = running.places["terminals"][0]["port"]
        with pytest.raises(PortTakenError, match=f"Port {taken} .* --first-port"):
            run_fleet(FleetOptions(terminals=1, first_port=taken, control_port=0))
        with pytest.raises(PortTakenError, match=f"Port {taken} .* --control-port"):
            run_fleet(FleetOptions(terminals=1, first_port=0, control_port=taken))


def test_faults_know_their_names_and_kinds():
    faults = Faults()
    faults.set(hang=True, hang_on=[13], udp_loss=1, count=None)
    assert faults.active() == {"hang": True, "hang_on": (13,), "udp_loss": 1.0}

    faults.clear()
    assert faults.active() == {}
