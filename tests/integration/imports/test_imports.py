"""`POST /v1/imports/…`: what a file brings in, and what it is told."""

import base64

import pytest

from attendance.identity import CompanyId
from attendance.services.imports import import_file
from attendance_api.app import lambda_handler as api
from tests.accounts import log_in
from tests.http_events import CONTEXT, answer_of, ask, http_event

DAY = "2026-03-06"
USERS = "userId,email,fullname,roleId,deviceUserIds\r\n"
SHIFTS = "shiftId,shiftDate,startTime,endTime,location\n"
PASSWORD = "a-long-enough-password"


class Office:
    """A company whose owner sends files."""

    def __init__(self, parts, company):
        self.parts, self.company, self.token = parts, company, company.token

    def ask(self, method, path, **options):
        return ask(api, method, path, **({"token": self.token} | options))

    def send(self, collection, text, *, content_type="text/csv; charset=utf-8", **query):
        return self.ask(
            "POST",
            f"/v1/imports/{collection}",
            raw_body=text,
            query=query,
            headers={"content-type": content_type},
        )

    def take(self, collection, text, **query):
        answer = self.send(collection, text, **query)
        assert answer.status == 200, answer.text
        return answer.body["import"]

    def user(self, user_id):
        return self.ask("GET", f"/v1/users/{user_id}").body.get("user")

    def people(self, shift_id):
        rows = self.ask("GET", f"/v1/shifts/{shift_id}/assignments").body["assignments"]
        return [row["userId"] for row in rows]

    def items(self):
        """Everything the table holds of the company, without what sessions left."""
        return [
            item
            for item in self.parts.table._client.scan(
                TableName=self.parts.settings.table_name, ConsistentRead=True
            )["Items"]
            if item["pk"]["S"].startswith(f"C#{self.company.company_id}")
        ]


@pytest.fixture
def office(parts, company):
    return Office(parts, company)


def staff(office, *names):
    rows = [f"{n},{n}@acme.example,{n.title()},employee,\r\n" for n in names]
    assert office.take("users", USERS + "".join(rows))["applied"] == len(names)


def test_people_come_in_with_the_days_of_their_employment(office):
    head = "userId,email,fullname,roleId,employedFrom,employedTo\n"
    told = office.take("users", f"{head}ana,ana@acme.example,Ana,employee,2026-01-01,2026-12-31\n")
    assert told["applied"] == 1
    ana = office.user("ana")
    assert (ana["employedFrom"], ana["employedTo"]) == ("2026-01-01", "2026-12-31")


def test_people_come_in_with_their_numbers_and_a_second_file_changes_them(office):
    told = office.take("users", USERS + "ana,Ana@acme.example,Ana Ruiz,employee,5;105\r\n")
    assert told == {"rows": 1, "good": 1, "bad": [], "dryRun": False, "applied": 1}
    assert office.user("ana")["deviceUserIds"] == ["5", "105"]
    told = office.take("users", "userId,fullname,departmentId\nana,Ana Sol,d1\n")
    assert told["applied"] == 1
    ana = office.user("ana")
    assert (ana["fullname"], ana["departmentId"]) == ("Ana Sol", "d1")
    assert (ana["email"], ana["deviceUserIds"]) == ("ana@acme.example", ["5", "105"])
    office.take("users", "userId,departmentId,deviceUserIds\nana,,\n")
    assert (office.user("ana")["departmentId"], office.user("ana")["deviceUserIds"]) == (None, [])


def test_the_answer_is_the_usual_envelope(office):
    body = office.send("users", USERS).body
    assert (body["dataName"], body["action"], body["statusCode"]) == ("import", "update", "200")
    assert body["import"]["rows"] == 0
    assert office.send("users", USERS, dryRun="true").body["action"] == "get"


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + USERS + 'ana,ana@acme.example,"Ruiz, Ana",employee,5;6\r\n',
        "userId;email;fullname;roleId;deviceUserIds\n\n"
        'ana;ana@acme.example;Ruiz, Ana;employee;"5;6"',
        "roleId,more,deviceUserIds,fullname,email,userId\n"
        'employee,x,5; 6,"Ruiz, Ana",ana@acme.example,ana\n',
    ],
    ids=["with a mark", "by semicolons", "in another order"],
)
def test_files_of_every_spreadsheet_are_read(office, text):
    assert office.take("users", text)["bad"] == []
    assert office.user("ana")["fullname"] == "Ruiz, Ana"
    assert office.user("ana")["deviceUserIds"] == ["5", "6"]


def test_good_rows_come_in_and_bad_ones_are_told_by_line_and_field(office):
    text = (
        USERS
        + "ana,ana@acme.example,Ana,employee,5\r\n"
        + "ben,nobody,Ben,employee,\r\n"
        + 'cid,cid@acme.example,"Cid\r\nof two lines",employee,\r\n'
        + "dan,dan@acme.example,Dan,boss,\r\n"
        + "eve,ana@acme.example,Eve,employee,\r\n"
        + "fay,fay@acme.example,Fay,employee,5\r\n"
        + "gil,gil@acme.example\r\n"
        + ",,,,\r\n"
        + "hal,hal@acme.example,,employee,\r\n"
        + "i j,ij@acme.example,Ij,employee,\r\n"
        + "kim,kim@acme.example,Kim,superAdmin,\r\n"
        + "leo,leo@acme.example,Leo,manager,77\r\n"
    )
    told = office.take("users", text)
    assert (told["rows"], told["good"], told["applied"]) == (11, 2, 2)
    assert [(row["line"], row["field"]) for row in told["bad"]] == [
        (3, "email"), (4, "fullname"), (6, "roleId"), (7, "email"), (8, "deviceUserIds"),
        (9, None), (11, "fullname"), (12, "userId"), (13, "roleId"),
    ]  # fmt: skip
    assert told["bad"][0]["reason"] == "email: expected an e-mail address."
    assert office.user("leo")["deviceUserIds"] == ["77"]


def test_a_dry_run_tells_what_a_run_would_and_keeps_nothing(office):
    staff(office, "ana", "ben")
    office.take("shifts", SHIFTS + f"day,{DAY},09:00,17:00,Plant\n")
    files = {
        "users": USERS
        + "ana,ana@acme.example,Ana,employee,5\r\nben,ben@acme.example,Ben,employee,5\r\n"
        + "cid,cid@acme.example,Cid,employee,6\r\ncid,cid@acme.example,Cid,employee,\r\n"
        + "dan,dan@acme.example,Dan,employee,6\r\neve,eve@acme.example,Eve,employee,6\r\n",
        "shifts": SHIFTS
        + f"late,{DAY},16:00,23:00,Plant\nday,{DAY},08:00,16:30,Plant\nbad,{DAY},09:00,09:00,\n",
        "assignments": "shiftId,userId\nday,ana\nlate,ana\nlate,ben\n"
        + "day,nobody\nnone,ana\nday,ana\n",
    }
    for collection, text in files.items():
        before = office.items()
        rehearsed = office.take(collection, text, dryRun="1")
        assert office.items() == before
        assert (rehearsed["dryRun"], rehearsed["applied"]) == (True, 0)
        done = office.take(collection, text)
        assert rehearsed | {"dryRun": False, "applied": done["applied"]} == done
        assert done["applied"] == done["good"] > 0
        assert len(done["bad"]) > 0
    assert (office.people("day"), office.people("late")) == (["ana"], ["ben"])
    assert office.user("dan")["deviceUserIds"] == ["6"]


def test_all_or_nothing_takes_all_or_nothing(office):
    good, bad = "ana,ana@acme.example,Ana,employee,5\r\n", "ben,nobody,Ben,employee,\r\n"
    told = office.take("users", USERS + good + bad, allOrNothing="true")
    assert (told["good"], told["applied"], office.user("ana")) == (1, 0, None)
    told = office.take("users", f"{USERS}{good}ben,b\r\n", allOrNothing="true")
    assert (told["applied"], office.user("ana")) == (0, None)
    assert office.take("users", USERS + good, allOrNothing="true")["applied"] == 1
    assert office.user("ana")["fullname"] == "Ana"


def test_a_number_can_pass_from_one_person_to_the_next_in_one_file(office):
    office.take("users", USERS + "ana,ana@acme.example,Ana,employee,5\r\n")
    text = USERS + "ana,ana@acme.example,Ana,employee,\r\nben,ben@acme.example,Ben,employee,5\r\n"
    assert office.take("users", text)["bad"] == []
    assert office.user("ben")["deviceUserIds"] == ["5"]


def test_a_changed_shift_takes_its_people_along(office):
    staff(office, "ana")
    office.take("shifts", SHIFTS + f"day,{DAY},09:00,17:00,Plant\n")
    assert office.take("assignments", "userId;shiftId\nana;day\n")["applied"] == 1
    assert office.take("shifts", "shiftId,endTime\nday,16:00\n")["applied"] == 1
    company = CompanyId(office.company.company_id)
    assert office.parts.seats.of_shift(company, "day")[0].shift.end_time == "16:00"
    told = office.take("shifts", "shiftId,shiftDate\nday,2026-03-07\n")
    assert [(row["line"], row["field"]) for row in told["bad"]] == [(2, "shiftDate")]


def test_a_file_for_several_shifts_comes_in_once_by_one_key(office):
    staff(office, "ana", "bob")
    rows = f"s1,{DAY},09:00,12:00,\ns2,{DAY},13:00,17:00,\n"
    assert office.take("shifts", SHIFTS + rows)["applied"] == 2
    headers = {"content-type": "text/csv", "Idempotency-Key": "one-file"}
    text = "shiftId,userId\ns1,ana\ns2,bob\ns2,ana\n"
    path = "/v1/imports/assignments"
    first, again = (office.ask("POST", path, raw_body=text, headers=headers) for _ in range(2))
    assert first.body["import"] == {**first.body["import"], "applied": 3, "bad": []}
    assert again.text == first.text
    assert (office.people("s1"), office.people("s2")) == (["ana"], ["ana", "bob"])


def test_the_refused_of_a_shift_do_not_keep_the_others_off(office):
    names = [f"p{number}" for number in range(12)]
    staff(office, *names)
    office.take("shifts", SHIFTS + f"day,{DAY},09:00,17:00,\n")
    rows = [f"day,{name}\n" for name in (*names[:7], "ghost", *names[7:], "wraith")]
    told = office.take("assignments", "shiftId,userId\n" + "".join(rows))
    assert [(row["line"], row["field"]) for row in told["bad"]] == [(9, "userId"), (15, "userId")]
    assert office.people("day") == sorted(names)


def test_formulas_are_data_and_long_values_are_cut_in_reasons(office):
    formula = '=HYPERLINK("http://x","y")'.replace('"', '""')
    told = office.take("users", USERS + f'ana,ana@acme.example,"{formula}",employee,\r\n')
    assert told["bad"] == []
    assert office.user("ana")["fullname"] == formula.replace('""', '"')
    long = "x" * 5_000
    for row in (f"{long},a@b,A,employee,", f"a,{long},A,employee,", f"a,a@b,{long},employee,",
                f"a,a@b,A,{long},", f"a,a@b,A,employee,{long}"):  # fmt: skip
        (bad,) = office.take("users", f"{USERS}{row}\r\n", dryRun="1")["bad"]
        assert "x" * 101 not in bad["reason"]
        assert len(bad["reason"]) <= 300
    refused = office.send("users", long)
    assert (refused.status, refused.body["message"]) == (400, "errMsg_invalidHeader")
    assert "x" * 101 not in refused.body["detail"]


@pytest.mark.parametrize(
    ("text", "status", "word"),
    [
        ("", 400, "errMsg_invalidBody"),
        ("\n\n", 400, "errMsg_invalidHeader"),
        ("name,place\nana,here\n", 400, "errMsg_invalidHeader"),
        ("userId,userId\na,b\n", 400, "errMsg_invalidHeader"),
        (USERS + 'ana,"ana@acme.example', 400, "errMsg_invalidBody"),
        (USERS + 'ana,"a"b,c,d,e', 400, "errMsg_invalidBody"),
        (USERS + "a,b,c,d,e\n" * 5001, 413, "errMsg_tooLarge"),
        (USERS + "x" * 1_000_000, 413, "errMsg_tooLarge"),
    ],
)
def test_what_is_no_such_file_is_refused_whole(office, text, status, word):
    answer = office.send("users", text)
    assert (answer.status, answer.body["message"]) == (status, word)


def test_bytes_that_are_not_utf_8_are_refused(office):
    event = http_event("POST", "/v1/imports/users", raw_body="", headers={
        "content-type": "text/csv", "authorization": f"Bearer {office.token}"})  # fmt: skip
    event |= {"body": base64.b64encode(b"userId,fullname\nana,Jos\xe9\n").decode()}
    status, body = answer_of(api(event | {"isBase64Encoded": True}, CONTEXT))
    assert (status, body["message"]) == (400, "errMsg_invalidBody")
    assert "UTF-8" in body["detail"]


def test_another_content_type_is_415(office):
    for content_type in ("application/json", "text/plain"):
        answer = office.send("users", USERS, content_type=content_type)
        assert (answer.status, answer.body["message"]) == (415, "errMsg_unsupportedMediaType")
        assert "text/csv" in answer.body["detail"]


def test_who_may_write_the_collection_may_import_it(office):
    named = {"companyId": office.company.company_id}
    text = "userId,email,fullname,roleId,password\n" + "".join(
        f"{role},{role}@acme.example,{role},{role},{PASSWORD}\n" for role in ("manager", "employee")
    )
    assert office.take("users", text)["bad"] == []
    allowed = {}
    for role in ("manager", "employee"):
        token = log_in(f"{role}@acme.example", PASSWORD, **named)
        for collection, head in (("users", USERS), ("shifts", SHIFTS), ("assignments", "userId")):
            options = {"raw_body": head, "headers": {"content-type": "text/csv"}, "token": token}
            answer = office.ask("POST", f"/v1/imports/{collection}", **options)
            allowed[role, collection] = answer.status
    assert set(allowed.values()) == {200, 401}
    assert [key for key, status in allowed.items() if status == 200] == [
        ("manager", "shifts"), ("manager", "assignments"),
    ]  # fmt: skip
    assert ask(api, "POST", "/v1/imports/users", raw_body=USERS).status == 401
    assert office.ask("POST", "/v1/imports/devices", raw_body="deviceId").status == 404


@pytest.mark.parametrize("collection", ["users", "shifts", "assignments"])
def test_rows_that_no_time_is_left_for_are_told(office, monkeypatch, collection):
    monkeypatch.setattr(import_file, "SECONDS", 0.0)
    rows = {
        "users": USERS + "ana,ana@acme.example,Ana,employee,\r\n",
        "shifts": SHIFTS + f"day,{DAY},09:00,17:00,\n",
        "assignments": "shiftId,userId\nday,ana\n",
    }
    told = office.take(collection, rows[collection])
    assert (told["rows"], told["applied"]) == (1, 0)
    assert told["bad"] == [
        {"line": 2, "field": None, "reason": "there was no time left for this row; send it again."}
    ]
