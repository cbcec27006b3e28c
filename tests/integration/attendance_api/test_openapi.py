"""`GET /openapi.json`, `/swagger`, `/getPostmanCollection`, and whether answers keep to them."""

import base64
import gzip
import json
import re

import pytest
from jsonschema import Draft202012Validator

from attendance_api.app import lambda_handler
from attendance_api.schemas.envelope import ErrorSchema
from tests.http_events import CONTEXT, http_event


@pytest.fixture(scope="module")
def document(parts) -> dict:
    answer = lambda_handler(http_event("GET", "/openapi.json"), CONTEXT)
    return json.loads(answer["body"])


def operations(document):
    return [
        (method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def json_contents(operation):
    places = [*operation["responses"].values(), operation.get("requestBody", {})]
    found = [place.get("content", {}).get("application/json") for place in places]
    return [content for content in found if content is not None]


def mistakes(document, schema, value) -> list[str]:
    validator = Draft202012Validator({**schema, "components": document["components"]})
    return [f"{list(e.absolute_path)}: {e.message}" for e in validator.iter_errors(value)]


def test_the_attendance_routes_of_the_contract_are_there(document):
    wanted = {
        ("post", "/v1/check-in"), ("post", "/v1/check-out"), ("post", "/v1/mark-absent"),
        ("get", "/v1/attendance-records"), ("get", "/v1/attendance-records/{attendanceRecordId}"),
        ("get", "/attendance/all"), ("get", "/v1/punches"), ("post", "/v1/punches"),
        ("get", "/health"), ("get", "/admin/health"), ("post", "/login"),
        ("post", "/tenantowners"), ("get", "/currentuser"), ("get", "/openapi.json"),
    }  # fmt: skip
    assert wanted <= {(method, path) for method, path, _ in operations(document)}


def test_every_schema_has_an_example_that_keeps_to_it(document):
    for method, path, operation in operations(document):
        for content in json_contents(operation):
            assert content["schema"] not in ({}, {"title": "Return"}), (method, path)
            assert mistakes(document, content["schema"], content["example"]) == [], (method, path)


def test_who_may_ask_is_told(document):
    schemes = document["components"]["securitySchemes"]
    asked = {name for requirement in document["security"] for name in requirement}
    assert asked | {"agentSignature"} == schemes.keys()
    assert document["paths"]["/login"]["post"]["security"] == [{}]
    assert document["paths"]["/v1/punches"]["post"]["security"] == [{"agentSignature": []}]
    assert "security" not in document["paths"]["/v1/check-in"]["post"]


def test_list_parameters_have_their_bounds(document):
    told = document["paths"]["/v1/attendance-records"]["get"]["parameters"]
    parameters = {p["name"]: p for p in told if p["in"] == "query"}
    size = parameters["pageRowCount"]["schema"]
    assert (size["minimum"], size["maximum"], size["default"]) == (1, 500, 25)
    assert parameters["status"]["schema"]["type"] == "array"
    assert [p["in"] for p in told if p["name"] == "companyId"] == ["header", "query"]


def test_real_answers_keep_to_the_document(world, document, shift_of_now):
    world.device("gate", "Gate", ok=True, watermark=None)
    world.punch("2026-03-06 09:00:00")
    checked_in = world.post("ana", "/v1/check-in", {"shiftId": shift_of_now})
    record_id = checked_in.body["attendanceRecord"]["id"]
    out = {"attendanceRecordId": record_id}
    absent = {"userId": "mia", "shiftId": shift_of_now}
    answers = {
        ("post", "/v1/check-in"): checked_in,
        ("post", "/v1/check-out"): world.post("ana", "/v1/check-out", out),
        ("post", "/v1/mark-absent"): world.post("mia", "/v1/mark-absent", absent),
        ("get", "/v1/attendance-records"): world.get("mia", "/v1/attendance-records"),
        ("get", "/v1/attendance-records/{attendanceRecordId}"): world.get(
            "mia", f"/v1/attendance-records/{record_id}"
        ),
        ("get", "/attendance/all"): world.get("mia", "/attendance/all"),
        ("get", "/v1/punches"): world.get("mia", "/v1/punches"),
        ("get", "/currentuser"): world.get("mia", "/currentuser"),
        ("get", "/permissions"): world.get("mia", "/permissions"),
        ("get", "/health"): world.get(None, "/health"),
        ("get", "/admin/health"): world.get(None, "/admin/health"),
    }
    for (method, path), answer in answers.items():
        described = document["paths"][path][method]["responses"][str(answer.status)]
        schema = described["content"]["application/json"]["schema"]
        assert mistakes(document, schema, answer.body) == [], path


def test_refusals_keep_to_the_document(world):
    refusals = [
        world.get(None, "/v1/punches"),
        world.get("ana", "/v1/attendance-records", pageNumber="x"),
        world.get("ana", "/v1/attendance-records/none"),
        world.post("ana", "/v1/mark-absent", {"userId": "ana", "shiftId": "s"}),
    ]
    for answer in refusals:
        ErrorSchema.model_validate(answer.body)
        assert answer.body["status"] == answer.body["errCode"] == answer.status


def test_swagger_ui_comes_from_this_service_alone(world):
    page = world.get(None, "/swagger")
    assert page.headers["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "http" not in re.sub(r"<!doctype.*?>", "", page.text)
    for name in re.findall(r'(?:src|href)="(swagger/[^"]+)"', page.text):
        asset = world.ask(None, "GET", f"/{name}")
        assert asset.status == 200
        assert len(asset.text) > 100
        tag = asset.headers["ETag"]
        assert world.ask(None, "GET", f"/{name}", headers={"if-none-match": tag}).status == 304
    assert world.get(None, "/swagger/app.py").status == 404


@pytest.mark.parametrize("path", ["/openapi.json", "/getPostmanCollection"])
def test_what_is_made_for_programs_is_sent_compressed_to_those_who_take_it(world, path):
    plain = world.get(None, path)
    event = http_event("GET", path, headers={"accept-encoding": "gzip"})
    answer = lambda_handler(event, CONTEXT)
    assert answer["headers"]["Content-Encoding"] == "gzip"
    sent = base64.b64decode(answer["body"])
    assert len(sent) * 5 < len(plain.text)
    assert json.loads(gzip.decompress(sent)) == plain.body


def test_the_bundle_is_sent_compressed(world):
    event = http_event("GET", "/swagger/swagger-ui.js", headers={"accept-encoding": "gzip, br"})
    answer = lambda_handler(event, CONTEXT)
    assert answer["headers"]["Content-Encoding"] == "gzip"
    script = gzip.decompress(base64.b64decode(answer["body"])).decode()
    assert "SwaggerUIBundle" in script


def test_the_postman_collection_holds_every_operation(world, document):
    headers = {"x-forwarded-host": "localhost:3002", "x-forwarded-proto": "http"}
    answer = world.ask(None, "GET", "/getPostmanCollection", headers=headers)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.body["info"]["schema"].endswith("/v2.1.0/collection.json")
    assert {"key": "baseUrl", "value": "http://localhost:3002"} in answer.body["variable"]
    requests = [item["request"] for folder in answer.body["item"] for item in folder["item"]]
    held = [(r["method"].lower(), r["url"]["raw"].partition("?")[0]) for r in requests]
    wanted = {
        (method, "{{baseUrl}}" + re.sub(r"{(\w+)}", r":\1", path))
        for method, path, _ in operations(document)
    }
    assert len(held) == len(set(held))
    assert set(held) == wanted
    variables = {one["key"] for one in answer.body["variable"]}
    assert set(re.findall(r"{{(\w+)}}", json.dumps(answer.body["item"]))) <= variables
    for request in requests:
        if {"key": "Content-Type", "value": "application/json"} in request["header"]:
            json.loads(request["body"]["raw"].replace(": {{recordVersion}}", ": 1"))


def test_the_pages_files_are_there_and_safe(world):
    page = world.get(None, "/")
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert page.text == world.get(None, "/attendancemanagement-api").text
    found, pending = set(), ["web/main.js", "web/style.css"]
    while pending:
        name = pending.pop()
        if name in found:
            continue
        found.add(name)
        asset = world.ask(None, "GET", f"/{name}")
        assert asset.status == 200, name
        assert "innerHTML" not in asset.text
        pending += [f"web/{n}" for n in re.findall(r'from "\./([a-z-]+\.js)"', asset.text)]
    assert len(found) > 8
    assert world.ask(None, "GET", "/favicon.ico").status == 200
    for name in ("index.html", "none.js", "..%2fapp.py", "swagger"):
        assert world.ask(None, "GET", f"/web/{name}").status == 404
