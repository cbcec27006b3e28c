"""Logs of a fleet that outlive a restart, a kill and a half-written line."""

import signal

import pytest

from tests.edge.simulator.fleets import fleet, started


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_logs_outlive_a_restart(tmp_path, end):
    options = {"terminals": 2, "records": 10, "state_file": str(tmp_path / "logs" / "fleet.jsonl")}
    with started(options) as running:
        running.http.post("/terminals/2/punches", json={"user_id": "77"})
        before = [running.read(number).punches for number in (0, 1)]
        running.process.send_signal(end)
        running.process.wait(10)

    with fleet(**options) as running:
        assert [running.read(number).punches for number in (0, 1)] == before
        assert running.http.delete("/terminals/1/records").json()["records"] == 0

    with fleet(**options) as running:
        assert len(running.read(0).punches) == 0
        assert len(running.read(1).punches) == 11


def test_a_line_half_written_is_left_out(tmp_path):
    state = tmp_path / "fleet.jsonl"
    with fleet(terminals=1, records=3, state_file=str(state)):
        pass
    with state.open("a") as file:
        file.write('{"terminal": "EMU0000001", "user_')

    with fleet(terminals=1, records=3, state_file=str(state)) as running:
        running.http.post("/terminals/1/punches", json={"user_id": "5"})
        assert len(running.read(0).punches) == 4
    with fleet(terminals=1, records=3, state_file=str(state)) as running:
        assert len(running.read(0).punches) == 4
