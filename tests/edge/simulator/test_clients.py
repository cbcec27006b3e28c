"""Programs in the field find their terminal in the emulator."""

import threading
from contextlib import ExitStack
from datetime import datetime

import pytest
from zk import ZK

from attendance_edge.simulator import EmulatedTerminal, EmulatedUser

AT = datetime(2026, 3, 6, 9, 15, 23)


@pytest.fixture(name="connect")
def _connect():
    opened = []

    def connect(terminal, **more):
        zk = ZK("127.0.0.1", port=terminal.port, timeout=10, ommit_ping=True, **more)
        zk._ZK__sock.close()
        opened.append(zk)
        return zk.connect()

    yield connect
    for zk in opened:
        zk._ZK__sock.close()


@pytest.mark.parametrize("udp", [False, True], ids=["tcp", "udp"])
@pytest.mark.parametrize("layout", ["8-old", "16", "40"])
def test_pyzk_reads_logs_and_users(layout, udp, connect):
    with EmulatedTerminal(
        layout=layout, records=200, users=4, user_size=28 if udp else 72
    ) as terminal:
        zk = connect(terminal, force_udp=udp)
        punches, users = zk.get_attendance(), zk.get_users()
        zk.disconnect()

        assert terminal.open_sessions == 0
    assert [punch.user_id for punch in punches] == [str(index % 4 + 1) for index in range(200)]
    assert [user.user_id for user in users] == ["1", "2", "3", "4"]


def test_pyzk_asks_what_a_terminal_is(connect):
    with EmulatedTerminal(serial_number="S1", model="M1", comm_key=4711) as terminal:
        zk = connect(terminal, password=4711)

        assert (zk.get_serialnumber(), zk.get_device_name()) == ("S1", "M1")
        assert zk.get_platform() == "ZMM220_TFT"
        assert zk.get_mac() == "00:17:61:00:00:01"
        assert zk.get_pin_width() == 9
        assert zk.get_firmware_version().startswith("Ver")
        zk.set_time(AT)
        assert abs((zk.get_time() - AT).total_seconds()) <= 2


@pytest.mark.parametrize("length", [12, 32, 36, 52])
def test_pyzk_hears_punches(length, connect):
    with EmulatedTerminal(event_length=length) as terminal:
        terminal.add_users([EmulatedUser(uid=9, user_id="17")])
        capture = connect(terminal).live_capture(new_timeout=10)
        threading.Timer(0.1, lambda: terminal.add_punch("17", punch=1, timestamp=AT)).start()
        punch = next(capture)
        capture.close()

    assert (punch.user_id, punch.timestamp, punch.punch) == ("17", AT, 1)


def test_forty_terminals_share_one_thread_and_answer_at_once(connect):
    with ExitStack() as fleet:
        terminals = [
            fleet.enter_context(EmulatedTerminal(records=50, serial_number=f"S{n}"))
            for n in range(40)
        ]
        assert emulator_threads() == 1
        assert [connect(terminal).get_serialnumber() for terminal in terminals] == [
            f"S{n}" for n in range(40)
        ]

    assert emulator_threads() == 0


def emulator_threads() -> int:
    return sum(thread.name == "emulated-terminals" for thread in threading.enumerate())
