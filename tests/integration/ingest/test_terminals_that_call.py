"""`/iclock/{deviceToken}/...`: terminals with TLS push straight to the service (punches.md)."""

import base64
from collections.abc import Iterator
from datetime import timedelta

import pytest

from attendance.bootstrap import Runtime
from attendance.errors import UnavailableError
from attendance.identity import CompanyId
from attendance.model.directory import Member
from attendance.services.device_silence import note_silent_devices
from attendance.times import from_iso
from attendance_api.app import lambda_handler as api
from ingest_punches.app import lambda_handler
from tests.accounts import Owned, own_company, service
from tests.http_events import CONTEXT, Answer, ask, http_event
from tests.integration.ingest.conftest import SiteAgent, a_row

SERIAL = "CQZ7230961348"
LINES = "5\t2026-03-06 09:15:23\t0\t1\t0\t0\n0012\t2026-03-06 17:30:45\t1\t15\t0\t0\n"


@pytest.fixture(scope="module", autouse=True)
def parts(engine_url: str) -> Iterator[Runtime]:
    yield from service(engine_url)


class PushTerminal:
    """A terminal of a fresh company, set up by its owner as rest-api.md tells."""

    def __init__(self, parts: Runtime, **device: object) -> None:
        self.parts = parts
        self.owner: Owned = own_company()
        self.company = CompanyId(self.owner.company_id)
        self.admin("POST", "/v1/devices", body={"deviceId": "gate", "name": "Gate", **device})
        self.token = self.new_token()

    def admin(self, method: str, path: str, **options: object) -> dict:
        answer = ask(api, method, path, token=self.owner.token, **options)
        assert answer.status < 300, answer.text
        return answer.body

    def new_token(self) -> str:
        token: str = self.admin("POST", "/v1/devices/gate/push-token")["pushToken"]["token"]
        return token

    def call(self, method: str = "GET", name: str = "getrequest", **query: str) -> Answer:
        query = {"SN": SERIAL, **query}
        return ask(lambda_handler, method, f"/iclock/{self.token}/{name}", query=query)

    def upload(self, content: str | bytes = LINES, **query: str) -> Answer:
        query = {"SN": SERIAL, "table": "ATTLOG", "Stamp": "9999", **query}
        event = http_event("POST", f"/iclock/{self.token}/cdata", query=query)
        raw = content.encode() if isinstance(content, str) else content
        event["headers"]["content-type"] = "application/push"
        event |= {"body": base64.b64encode(raw).decode(), "isBase64Encoded": True}
        answer = lambda_handler(event, CONTEXT)
        return Answer(status=answer["statusCode"], body=None, text=answer["body"])

    @property
    def device(self) -> dict:
        shown: dict = self.admin("GET", "/v1/devices/gate")["device"]
        return shown

    @property
    def stored(self) -> list:
        return self.parts.punches.newest(self.company, day=None, limit=5000)[0]

    def member(self) -> Member:
        found = self.parts.directory.member(self.company, "DEVICE", "gate")
        assert found is not None
        return found


@pytest.fixture
def terminal(parts: Runtime) -> PushTerminal:
    return PushTerminal(parts)


def test_an_upload_is_confirmed_once_its_punches_are_in_the_table(terminal):
    answer = terminal.upload()
    assert (answer.status, answer.text) == (200, "OK: 2")
    assert [(p.device_id, p.user_id, p.timestamp, p.status, p.punch) for p in terminal.stored] == [
        ("gate", "0012", "2026-03-06 17:30:45", 15, 1),
        ("gate", "5", "2026-03-06 09:15:23", 1, 0),
    ]


def test_the_same_upload_again_and_again_adds_nothing(terminal):
    assert [terminal.upload(LINES + LINES).text for _ in range(3)] == ["OK: 4"] * 3
    assert len(terminal.stored) == 2


def test_a_punch_that_an_agent_has_handed_over_too_is_one_punch(terminal):
    agent_id = f"{terminal.company}_site1"
    agent = SiteAgent(terminal.parts, agent_id, company_id=str(terminal.company))
    row = a_row("2026-03-06 09:15:23", device_id="gate", user_id="5")
    terminal.admin("PATCH", "/v1/devices/gate", body={"agentId": agent_id})
    assert lambda_handler(agent.event(agent.batch(row, devices=[])), CONTEXT)["statusCode"] == 200
    before = terminal.member().body["health"]
    assert terminal.upload().text == "OK: 2"
    assert len(terminal.stored) == 2
    assert terminal.member().body["health"] == before


def test_a_log_of_three_thousand_lines_is_taken_in_one_upload(terminal):
    times = [f"2026-03-06 {n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}" for n in range(300)]
    lines = [f"{user}\t{at}\t0\t1\t0\t0" for user in range(10) for at in times]
    assert terminal.upload("\r\n".join(lines)).text == "OK: 3000"
    assert len(terminal.parts.punches.of_number(terminal.company, "7", "2026", "2027")) == 300


def test_a_line_that_says_nothing_is_kept_with_its_bytes_and_counted_once(terminal):
    nonsense = b"\xff\xfe\t2026-03-06 09:00:00\t0\t1\r\n7\tyesterday\t0\t1\r\n\r\n"
    for _ in range(2):
        assert terminal.upload(nonsense + LINES.encode()).text == "OK: 4"
    assert len(terminal.stored) == 2
    assert terminal.device["unreadableLines"] == 2
    kept = list(terminal.parts.table.query_all(f"C#{terminal.company}#UNREADABLE#gate"))
    assert len(kept) == 2
    assert base64.b64encode(b"7\tyesterday\t0\t1").decode() in str(kept)


def test_the_greeting_asks_for_punches_only_and_says_where_to_go_on(terminal):
    def stamp() -> str:
        answer = terminal.call("GET", "cdata", options="all")
        assert answer.headers["Content-Type"] == "text/plain"
        lines = answer.text.splitlines()
        assert lines[0] == f"GET OPTION FROM: {SERIAL}"
        options = dict(line.split("=", 1) for line in lines[1:])
        assert options["TransFlag"] == "1000000000"
        assert not {"TimeZone", "DateTime"} & set(options)
        return options["ATTLOGStamp"]

    first = stamp()
    terminal.upload(Stamp="82983982")
    second = stamp()
    terminal.token = terminal.new_token()
    assert (first, second, stamp()) == ("0", "82983982", "0")


def test_an_upload_of_nothing_does_not_move_the_mark(terminal):
    assert terminal.upload("", Stamp="777").text == "OK: 0"
    assert "ATTLOGStamp=0" in terminal.call("GET", "cdata", options="all").text.splitlines()


def test_no_command_is_ever_given_and_other_tables_are_let_go(terminal):
    answers = [
        terminal.call("GET", "getrequest"),
        terminal.call("GET", "getrequest.aspx"),
        terminal.call("GET", "iclock/getrequest"),
        terminal.call("POST", "devicecmd"),
        terminal.call("GET", "ping"),
        terminal.upload("FP PIN=1\tFID=0\tTMP=secret", table="OPERLOG"),
        terminal.upload("FP PIN=1\tFID=0\tTMP=secret", table=""),
    ]
    assert [(one.status, one.text) for one in answers] == [(200, "OK")] * 7
    assert terminal.stored == []
    assert "unreadableLines" not in terminal.device


def test_the_routes_answer_under_the_documents_base_path_too(terminal):
    path = f"/attendancemanagement-api/iclock/{terminal.token}/getrequest"
    assert ask(lambda_handler, "GET", path, query={"SN": SERIAL}).text == "OK"


def spoiled_token(terminal: PushTerminal) -> None:
    terminal.token = "x" * 22


def former_token(terminal: PushTerminal) -> None:
    terminal.new_token()


def not_approved(terminal: PushTerminal) -> None:
    terminal.admin("PATCH", "/v1/devices/gate", body={"approved": False})


def removed(terminal: PushTerminal) -> None:
    terminal.admin("DELETE", "/v1/devices/gate")


def made_again(terminal: PushTerminal) -> None:
    removed(terminal)
    terminal.admin("POST", "/v1/devices", body={"deviceId": "gate", "name": "Gate"})


def another_serial_number(terminal: PushTerminal) -> None:
    terminal.admin("PATCH", "/v1/devices/gate", body={"serialNumber": "CQZ0000000000"})


@pytest.mark.parametrize(
    "spoil",
    [spoiled_token, former_token, not_approved, removed, made_again, another_serial_number],
)
def test_every_refusal_is_the_same_and_stores_nothing(terminal, spoil):
    spoil(terminal)
    answers = [terminal.upload(), terminal.call(), terminal.call("GET", "cdata", options="all")]
    assert {(one.status, one.text) for one in answers} == {(403, "ERROR: unknown terminal")}
    assert terminal.stored == []


@pytest.mark.parametrize("serial_number", ["", "x" * 65, "tab\there", "ñandú"])
def test_a_call_without_a_sound_serial_number_is_refused_and_pins_nothing(terminal, serial_number):
    assert terminal.upload(SN=serial_number).status == 403
    assert terminal.device["serialNumber"] is None


def test_the_first_serial_number_is_pinned_and_another_terminal_is_refused(terminal):
    assert terminal.call().text == "OK"
    assert terminal.device["serialNumber"] == SERIAL
    assert terminal.upload(SN="CQZ0000000000").status == 403
    assert terminal.upload().text == "OK: 2"
    terminal.admin("PATCH", "/v1/devices/gate", body={"serialNumber": None})
    assert terminal.upload(SN="CQZ0000000000").text == "OK: 2"


def test_an_upload_that_is_too_large_is_refused_whole(terminal):
    line = "5\t2026-03-06 09:15:23\t0\t1\n"
    answer = terminal.upload(line * (500_001 // len(line) + 1))
    assert (answer.status, answer.text) == (413, "ERROR: too large")
    assert terminal.stored == []


def test_a_busy_table_is_no_confirmation(terminal, monkeypatch):
    def busy(*_arguments: object) -> list[bool]:
        raise UnavailableError("throttled", "The table is busy; send the same batch again.")

    monkeypatch.setattr(type(terminal.parts.punches), "insert", busy)
    answer = terminal.upload(Stamp="5")
    assert (answer.status, answer.text) == (503, "ERROR: try again later")
    monkeypatch.undo()
    assert "ATTLOGStamp=0" in terminal.call("GET", "cdata", options="all").text


def test_a_call_is_contact_and_silence_is_noticed(terminal, monkeypatch):
    terminal.call()
    health = terminal.device["health"]
    assert (health["ok"], health["offlineSince"], health["watermark"]) == (True, None, None)
    before = terminal.member().revision
    terminal.call()
    assert terminal.member().revision == before
    later = from_iso(health["reportedAt"]) + timedelta(minutes=11)
    assert note_silent_devices(terminal.parts, later) >= 1
    assert terminal.device["health"]["offlineSince"] == health["reportedAt"]
    terminal.call()
    assert terminal.device["health"]["offlineSince"] is None


def test_the_token_is_in_no_log_line(terminal, caplog):
    terminal.upload("nonsense")
    terminal.call("GET", "nothing-here")
    logged = [vars(record) for record in caplog.records]
    assert [line["path"] for line in logged if "path" in line][-2:] == [
        "/iclock/-/cdata",
        "/iclock/-/nothing-here",
    ]
    assert "unreadable lines of an upload are kept aside" in caplog.text
    assert terminal.token not in str(logged)
