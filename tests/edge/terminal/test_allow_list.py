"""The gate in front of the wire: a reading program cannot write (terminal-protocol.md, 1)."""

import pytest
from zk.exception import ZKNetworkError

from attendance_edge.simulator import EmulatedTerminal
from attendance_edge.terminal import ForbiddenCommandError
from attendance_edge.terminal.commands import (
    READ_ONLY,
    WITH_CLOCK_SETTING,
    WITH_DISABLING,
    check_allowed,
)
from attendance_edge.terminal.deadline import Deadline
from attendance_edge.terminal.opening import open_session
from tests.edge.terminal.conversations import address_of

SENT_WHILE_READING = {
    9, 11, 13, 50, 64, 69, 201, 500, 1000, 1001, 1002, 1100, 1102, 1502, 1503, 1504, 2000,
}  # fmt: skip
BUFFERED = {
    "log": bytes.fromhex("010d000000000000000000"),
    "users": bytes.fromhex("0109000500000000000000"),
}


def test_the_allow_list_holds_reads_and_nothing_else():
    assert set(READ_ONLY) == SENT_WHILE_READING
    assert set(WITH_DISABLING) - SENT_WHILE_READING == {1003}
    assert set(WITH_CLOCK_SETTING) - SENT_WHILE_READING == {202}


def test_every_other_command_is_stopped():
    for command in {*range(2100), *range(65_000, 65_536)} - SENT_WHILE_READING:
        with pytest.raises(ForbiddenCommandError, match=f"command {command} "):
            check_allowed(command, b"", READ_ONLY)


@pytest.mark.parametrize("data", BUFFERED.values(), ids=BUFFERED)
def test_log_and_users_may_be_asked_for(data):
    check_allowed(1503, data, READ_ONLY)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes.fromhex("0107000200000000000000"),
        bytes.fromhex("0109000200000000000000"),
        bytes.fromhex("0109000000000000000000"),
        bytes.fromhex("010d000100000000000000"),
        bytes.fromhex("0122000000000000000000"),
    ],
    ids=bytes.hex,
)
def test_templates_and_other_tables_may_not(data):
    with pytest.raises(ForbiddenCommandError):
        check_allowed(1503, data, READ_ONLY)


@pytest.mark.parametrize("data", [b"", b"\x02", b"\x05\x00"], ids=bytes.hex)
def test_the_old_table_read_gives_users_only(data):
    check_allowed(9, b"\x05", READ_ONLY)
    with pytest.raises(ForbiddenCommandError):
        check_allowed(9, data, READ_ONLY)


@pytest.mark.parametrize("method", ["clear_attendance", "restart", "poweroff", "disable_device"])
def test_pyzk_itself_cannot_write_through_our_socket(method):
    with EmulatedTerminal(records=5) as terminal:
        with (
            open_session(address_of(terminal), Deadline(5)) as session,
            pytest.raises(ZKNetworkError, match="is not one that it sends"),
        ):
            getattr(session._zk, method)()

        assert terminal.writes == 0
        assert len(terminal.device.log) == 5
