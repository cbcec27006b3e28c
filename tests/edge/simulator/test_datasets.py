"""Logs and user tables as they go over the wire."""

import struct

import pytest

from attendance_edge.simulator import EmulatedTerminal
from tests.edge.simulator.raw_client import RawClient

LOG = struct.pack("<bhII", 1, 13, 0, 0)
USERS = struct.pack("<bhII", 1, 9, 5, 0)
BOTH = pytest.mark.parametrize("udp", [False, True], ids=["tcp", "udp"])


def chunk(client, start, size):
    client.send(1504, struct.pack("<II", start, size))
    client.reply += 1
    return list(client.stream())


def test_an_empty_log_is_refused():
    with EmulatedTerminal() as terminal, RawClient(terminal.port) as client:
        client.connect()

        assert client.ask(1503, LOG).code == 2001


def test_a_small_log_comes_at_once():
    with EmulatedTerminal(records=25) as terminal, RawClient(terminal.port) as client:
        client.connect()
        answer = client.ask(1503, LOG)

        assert answer.code == 1501
        assert answer.data == struct.pack("<I", 1000) + terminal.device.log.body


@BOTH
def test_a_large_log_is_announced_with_size_and_digest_and_served_from_any_offset(udp):
    with EmulatedTerminal(records=500) as terminal, RawClient(terminal.port, udp=udp) as client:
        client.connect()
        fixed = client.ask(1503, LOG)
        terminal.add_punch("1")
        zero, size, again, digest = struct.unpack("<BIII", fixed.data)
        announced, *parts, ended = chunk(client, 1004, 12_345)
        body = terminal.device.log.body

        client.ask(1503, LOG)
        assert struct.unpack("<BIII", client.ask(1503, LOG).data)[3] != digest

    whole = struct.pack("<I", 20_000) + body[:-40]
    assert (fixed.code, zero, size, again) == (2000, 0, 20_004, 20_004)
    assert announced.code == 1500
    assert struct.unpack("<II", announced.data)[0] == 12_345
    assert b"".join(part.data for part in parts) == whole[1004 : 1004 + 12_345]
    assert [part.session for part in parts] == list(range(len(parts)))
    assert max(len(part.data) for part in parts) <= (1024 if udp else 65_528)
    assert {part.reply for part in parts} == {announced.reply} == {ended.reply}
    assert ended.code == 2000


def test_a_chunk_behind_the_end_or_after_freeing_is_refused():
    with EmulatedTerminal(records=500) as terminal, RawClient(terminal.port) as client:
        client.connect()
        client.ask(1503, LOG)

        assert chunk(client, 20_004, 10)[0].code == 2001
        assert client.ask(1502).code == 2000
        assert chunk(client, 0, 1000)[0].code == 2001


def test_the_old_read_ends_with_the_size_in_the_session_field():
    with EmulatedTerminal(records=50) as terminal, RawClient(terminal.port) as client:
        client.connect()
        client.send(13)
        announced, part, ended = client.stream()

        assert (announced.code, part.code, ended.code) == (1500, 1501, 2000)
        assert ended.session == len(part.data) == 2004
        assert part.data[4:] == terminal.device.log.body


@pytest.mark.parametrize("size", [28, 72])
def test_the_user_table_has_rows_of_its_size(size):
    with (
        EmulatedTerminal(users=10, user_size=size) as terminal,
        RawClient(terminal.port) as client,
    ):
        client.connect()

        assert len(client.ask(1503, USERS).data) == 4 + 10 * size


def test_asking_for_templates_is_refused_and_counted():
    with EmulatedTerminal() as terminal, RawClient(terminal.port) as client:
        client.connect()

        assert client.ask(1503, struct.pack("<bhII", 1, 7, 2, 0)).code == 2001
        assert client.ask(1503, struct.pack("<bhII", 1, 9, 2, 0)).code == 2001
        assert client.ask(9).code == 2001
        assert terminal.device.counters.template_reads == 3


@pytest.mark.parametrize("data", [b"", b"\x01", LOG + b"\0"])
def test_a_query_of_another_form_is_refused(data):
    with EmulatedTerminal(records=5) as terminal, RawClient(terminal.port) as client:
        client.connect()

        assert client.ask(1503, data).code == 2001


@pytest.mark.parametrize(
    ("when_full", "kept", "stored"),
    [("refuse", 10, False), ("cyclic", 10, True), ("ring", 10, True)],
)
def test_a_full_log_refuses_deletes_or_overwrites(when_full, kept, stored):
    with EmulatedTerminal(records=10, capacity=10, when_full=when_full) as terminal:
        assert terminal.add_punch("1") is stored
        assert len(terminal.device.log) == 10
