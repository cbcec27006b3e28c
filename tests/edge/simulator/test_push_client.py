"""Terminals that call by themselves, against a receiver on a real socket."""

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime

import pytest

from attendance_edge.config import load_config
from attendance_edge.local_api import LocalServer
from attendance_edge.outbox import Outbox
from attendance_edge.push_receiver import PushReceiver
from attendance_edge.simulator import EmulatedTerminal, FleetOptions
from tests.edge.simulator.fleets import fleet
from tests.engine import free_port
from tests.waiting import until

MOMENT = datetime(2026, 3, 6, 9, 15, 23)


class Site:
    """A `[push]` listener with its outbox; it can be away and come back."""

    def __init__(self, folder, outbox: Outbox) -> None:
        self.outbox = outbox
        self.port = free_port()
        text = f'[cloud]\nurl = "http://127.0.0.1:9"\n[push]\nlisten = "127.0.0.1:{self.port}"\n'
        for number in (1, 2):
            text += f'[[device]]\nid = "d{number}"\nserial_number = "EMU000000{number}"\n'
            text += 'timezone = "UTC"\n'
        (folder / "edge.toml").write_text(text)
        self.config = load_config(folder / "edge.toml")
        self.url = f"http://127.0.0.1:{self.port}"
        self.server: LocalServer | None = None

    def open(self) -> None:
        assert self.config.push is not None
        app = PushReceiver(self.config, self.outbox, lambda: None).app()
        self.server = LocalServer(self.config.push, app, name="push", tells_time=False)
        self.server.start()

    def close(self) -> None:
        if self.server is not None:
            self.server.stop()
            self.server = None

    def queued(self, device_id: str = "d1") -> list:
        return [one.row for one in self.outbox.queued(5000) if one.device_id == device_id]


@pytest.fixture
def site(tmp_path) -> Iterator[Site]:
    with Outbox(tmp_path / "state") as outbox:
        made = Site(tmp_path, outbox)
        made.open()
        yield made
        made.close()


@pytest.mark.parametrize("layout", ["40", "49", "16", "8", "8-old"])
def test_every_record_of_the_log_arrives_as_the_terminal_wrote_it(site, layout):
    with EmulatedTerminal(records=7, layout=layout, push=site.url, push_seconds=0.1) as terminal:
        terminal.add_punch("3", punch=1, status=2, timestamp=MOMENT)
        until(lambda: len(site.queued()) == 8)
    last = site.queued()[-1]
    assert (last.user_id, last.timestamp, last.punch, last.status) == (
        "3",
        "2026-03-06 09:15:23",
        1,
        2,
    )


def test_a_punch_is_pushed_at_once_and_not_with_the_next_call(site):
    with EmulatedTerminal(push=site.url, push_seconds=3600) as terminal:
        until(lambda: terminal.pusher.state.connected)
        time.sleep(0.3)
        terminal.add_punch("5", timestamp=MOMENT)
        rows = until(site.queued, 3)
    assert [row.user_id for row in rows] == ["5"]


def test_while_nobody_answers_the_punches_are_kept_and_sent_later(site):
    site.close()
    with EmulatedTerminal(push=site.url, push_seconds=0.05) as terminal:
        for number in range(3):
            terminal.add_punch("5", timestamp=MOMENT.replace(second=number))
        until(lambda: "no answer" in terminal.pusher.state.answer)
        assert terminal.pusher.report()["waiting"] == 3
        site.open()
        until(lambda: len(site.queued()) == 3)
        until(lambda: terminal.pusher.report()["waiting"] == 0)


def test_a_terminal_that_is_refused_keeps_what_it_has_and_asks_again(site):
    with EmulatedTerminal(
        records=3, serial_number="STRANGER", push=site.url, push_seconds=0.05
    ) as terminal:
        until(lambda: terminal.pusher.state.refused >= 3)
        assert terminal.pusher.report()["waiting"] == 3
    assert site.outbox.queued(9) == []


def test_a_receiver_that_knows_the_terminal_is_not_told_everything_again(site):
    with EmulatedTerminal(records=5, push=site.url, push_seconds=0.05) as terminal:
        until(lambda: terminal.pusher.state.confirmed == 5)
        terminal.restart()
        until(lambda: terminal.pusher.state.confirmed == 5)
        assert terminal.pusher.state.uploads == 0


def test_a_log_that_was_cleared_is_pushed_from_its_new_beginning(site):
    with EmulatedTerminal(records=5, push=site.url, push_seconds=0.05) as terminal:
        until(lambda: len(site.queued()) == 5)
        terminal.clear_log()
        terminal.add_punch("4", timestamp=MOMENT)
        rows = until(lambda: found if len(found := site.queued()) == 6 else None)
    assert (rows[-1].user_id, rows[-1].timestamp) == ("4", f"{MOMENT:%Y-%m-%d %H:%M:%S}")


@pytest.mark.parametrize("when_full", ["cyclic", "ring"])
def test_a_full_log_pushes_what_it_takes_in_place_of_the_oldest(site, when_full):
    with EmulatedTerminal(
        records=10, capacity=10, when_full=when_full, push=site.url, push_seconds=0.05
    ) as terminal:
        until(lambda: len(site.queued()) == 10)
        for number in range(4):
            terminal.add_punch("4", timestamp=MOMENT.replace(second=number))
        until(lambda: len(site.queued()) == 14)
    assert [row.timestamp[-2:] for row in site.queued()[-4:]] == ["00", "01", "02", "03"]


@pytest.mark.parametrize("fault", ["push_cut", "push_twice", "push_garbage"])
def test_a_fault_on_the_way_loses_and_doubles_nothing(site, fault):
    with EmulatedTerminal(push=site.url, push_seconds=0.05) as terminal:
        terminal.set_faults(**{fault: True})
        for number in range(3):
            terminal.add_punch("5", timestamp=MOMENT.replace(second=number))
            until(lambda least=number: terminal.faults.fired[fault] > least)
        terminal.set_faults(**{fault: False})
        until(lambda: terminal.pusher.report()["waiting"] == 0)
    assert [row.timestamp[-2:] for row in site.queued()] == ["00", "01", "02"]
    assert bool(site.outbox.summary().quarantined) == (fault == "push_garbage")


def test_a_terminal_behind_anothers_serial_number_is_refused_until_the_fault_is_off(site):
    with EmulatedTerminal(push=site.url, push_seconds=0.05) as terminal:
        terminal.set_faults(serial_number="STRANGER", push_off=True)
        terminal.add_punch("5", timestamp=MOMENT)
        terminal.set_faults(push_off=False)
        until(lambda: terminal.pusher.state.refused)
        assert site.outbox.queued(9) == []
        terminal.set_faults(serial_number="")
        until(lambda: len(site.queued()) == 1)


def test_a_fleet_calls_its_receiver_and_tells_how_it_goes(site):
    with fleet(terminals=2, records=4, push=[site.url], push_seconds=0.1) as running:
        running.http.post("/terminals/2/punches", json={"user_id": "2"})
        until(lambda: (len(site.queued("d1")), len(site.queued("d2"))) == (4, 5))
        until(lambda: told(running)["confirmed"] == 5)
        assert (told(running)["waiting"], told(running)["commands"]) == (0, 0)
        assert site.url not in running.http.get("/terminals").text
        running.http.post("/terminals/2/faults", json={"push_off": True})
        until(lambda: not told(running)["connected"])


def told(running) -> dict:
    shown: dict = running.http.get("/terminals/2").json()["push"]
    return shown


def test_the_command_has_its_terminals_call(site):
    words = ["simulate", "--terminals", "2", "--records", "3", "--first-port", "0"]
    words += ["--control-port", "0", "--push", site.url, "--push-seconds", "0.1"]
    command = [sys.executable, "-m", "attendance_edge", *words]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            until(lambda: (len(site.queued("d1")), len(site.queued("d2"))) == (3, 3))
        finally:
            process.terminate()
        assert process.wait(10) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"push": ("http://a", "http://b"), "terminals": 3},
        {"push": ("ftp://a",)},
        {"push": ("127.0.0.1:8081",)},
        {"push": ("http://a?token=x",)},
        {"push": ("http://a",), "push_seconds": 0},
    ],
)
def test_an_address_that_cannot_be_called_is_refused(wrong):
    with pytest.raises(ValueError, match="push"):
        FleetOptions(**wrong)
