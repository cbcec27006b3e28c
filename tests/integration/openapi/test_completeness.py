"""Whoever works from the document alone finds every route, and everything about it."""

import re
from collections import Counter
from importlib import import_module

import pytest
from jsonschema import Draft202012Validator

from attendance_api.openapi.document import FUNCTIONS
from attendance_api.schemas.envelope import EnvelopeSchema, ListEnvelopeSchema
from tests.integration.openapi.operations import DOCUMENT, OPERATIONS, resolved

BARE = {
    "/login", "/logout", "/refresh", "/currentuser", "/permissions",
    "/permissions/{permissionName}", "/health", "/admin/health", "/openapi.json",
    "/.well-known/jwks.json", "/attendance/all", "/v1/agents/enroll", "/getPostmanCollection",
}  # fmt: skip
"""Those that rest-api.md section 2 lists as without an envelope, beside `POST /v1/punches`."""


def is_left_out(path: str) -> bool:
    """Files of the pages, which no integrator calls, and other spellings of a terminal's paths."""
    is_spelling = path.endswith(".aspx") or path.startswith("/iclock/{}/iclock/")
    return is_spelling or path in {"/web/{}", "/swagger/{}"}


EVERY_GET = {"getJoins", "excludeCQRS"}
EVERY_LIST = EVERY_GET | {"caching", "cacheTTL", "pageNumber", "pageRowCount"}
NO_JOINS = {
    "/v1/company", "/v1/policy",
    "/v1/attendance-records/{attendanceRecordId}/history",
    "/v1/attendance-records/{attendanceRecordId}/explain",
}  # fmt: skip
"""Objects that could have no joins, and a history that comes whole."""

EVERY = pytest.mark.parametrize("operation", OPERATIONS, ids=str)


def keys_of(model) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


def has_envelope(operation) -> bool:
    status_and_content = operation.success[1]
    is_json = "application/json" in status_and_content
    return is_json and operation.path not in BARE and str(operation) != "POST /v1/punches"


def test_every_route_of_every_function_is_there():
    def plain(path: str) -> str:
        return re.sub(r"[{<]\w+[}>]", "{}", path)

    told = {(operation.method, plain(operation.path)) for operation in OPERATIONS}
    routes = [
        route
        for function in FUNCTIONS
        for router in [import_module(f"{function}.app").app]
        for route in (*router._static_routes, *router._dynamic_routes)
    ]
    found = {(method.lower(), plain(r.path)) for r in routes for method in [r.method]}

    assert len(routes) > 80
    assert {route for route in found if not is_left_out(route[1])} == told


def test_operation_ids_are_words_and_each_is_used_once():
    names = Counter(operation.told["operationId"] for operation in OPERATIONS)
    assert [name for name, count in names.items() if count > 1] == []
    assert [name for name in names if not re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", name)] == []


def test_every_tag_is_declared_and_used():
    declared = [tag["name"] for tag in DOCUMENT["tags"]]
    assert {tag for operation in OPERATIONS for tag in operation.told["tags"]} == set(declared)
    assert len(declared) == len(set(declared))


@EVERY
def test_an_operation_says_what_it_does(operation):
    assert re.fullmatch(r"[A-Z].{5,70}", operation.told["summary"])
    assert "/" not in operation.told["summary"]
    assert operation.told["description"].endswith(".")
    assert len(operation.told["tags"]) == 1


@EVERY
def test_an_operation_has_every_parameter_of_its_path(operation):
    names = set(re.findall(r"{(\w+)}", operation.path))
    told = operation.parameters("path")
    assert told.keys() == names
    assert all(parameter["example"] for parameter in told.values())


@EVERY
def test_requests_and_answers_have_schemas_and_examples_that_keep_to_them(operation):
    has_body = operation.method in {"post", "put", "patch"} and not is_bodyless(operation)
    assert bool(operation.request) == has_body
    answers = [resolved(answer) for answer in operation.told["responses"].values()]
    for content in (*(answer.get("content", {}) for answer in answers), operation.request):
        for media_type, told in content.items():
            assert told["schema"] not in ({}, {"title": "Return"}), media_type
            assert told["example"] not in (None, "", {}, []), media_type
            schema = {**told["schema"], "components": DOCUMENT["components"]}
            problems = Draft202012Validator(schema).iter_errors(told["example"])
            assert [problem.message for problem in problems] == []


@EVERY
def test_an_example_of_an_answer_is_one_that_this_route_gives(operation):
    status, content = operation.success
    example = content.get("application/json", {}).get("example")
    if not has_envelope(operation):
        return
    verbs = {"get": {"get", "list"}, "delete": {"delete"}, "put": {"update"}, "patch": {"update"}}
    actions = verbs.get(operation.method, {"create"} if status == "201" else {"update", "get"})
    assert example["statusCode"] == status
    assert example["method"] == operation.method.upper()
    assert example["action"] in actions
    shown = example[example["dataName"]]
    for row in shown if isinstance(shown, list) else [shown]:
        own = f"{operation.told['tags'][0][:-1].lower()}Id"
        assert "id" not in row or row["id"] == row.get(own, row["id"])


def test_a_patch_names_its_fields_as_the_post_does():
    posts = {o.path: o for o in OPERATIONS if o.method == "post"}
    changes = [o for o in OPERATIONS if o.method == "patch"]
    compared = [
        (operation, posts[path])
        for operation in changes
        for path in [operation.path.rpartition("/")[0]]
        if path in posts
    ]
    assert len(compared) == 10
    for change, post in compared:
        asked, made = (
            resolved(o.request["application/json"]["schema"])["properties"] for o in (change, post)
        )
        assert made.keys() - asked.keys() == set(), str(change)


KEYWORDS = {
    "$ref", "additionalProperties", "anyOf", "const", "default", "description", "discriminator",
    "enum", "example", "examples", "exclusiveMinimum", "format", "items", "maxItems", "maxLength",
    "maximum", "minItems", "minLength", "minimum", "oneOf", "pattern", "properties", "required",
    "title", "type",
}  # fmt: skip
FREE = {
    "RuleSaid.inputs",
    "SetPolicyEvent.set",
}
"""What each rule, and each story, names by itself."""


def schemas_within(name, schema):
    yield name, schema
    for part, told in schema.get("properties", {}).items():
        yield from schemas_within(f"{name}.{part}", told)
    inner = [schema["items"]] if isinstance(schema.get("items"), dict) else []
    more = schema.get("additionalProperties")
    for told in (*inner, *schema.get("anyOf", []), *([more] if isinstance(more, dict) else [])):
        yield from schemas_within(name, told)


ALL_SCHEMAS = [
    found
    for name, schema in DOCUMENT["components"]["schemas"].items()
    for found in schemas_within(name, schema)
]


def test_schemas_are_called_by_one_word():
    names = DOCUMENT["components"]["schemas"]
    assert [name for name in names if not re.fullmatch(r"([A-Z][a-z]+)+", name)] == []


def test_every_object_is_told_by_its_fields():
    assert len(ALL_SCHEMAS) > 1000
    free = {
        name
        for name, schema in ALL_SCHEMAS
        if schema == {}
        or (
            schema.get("type") == "object"
            and not schema.get("properties")
            and not isinstance(schema.get("additionalProperties"), dict)
        )
    }
    assert free == FREE


def test_schemas_keep_to_the_words_and_patterns_that_every_tool_knows():
    assert {key for _, schema in ALL_SCHEMAS for key in schema} <= KEYWORDS
    patterns = {schema["pattern"] for _, schema in ALL_SCHEMAS if "pattern" in schema}
    assert len(patterns) > 5
    for pattern in patterns:
        assert re.search(r"\\[^dswDSWbBnrtx^$\\.*+?()\[\]{}|/-]", pattern) is None, pattern


def is_bodyless(operation) -> bool:
    return operation.path in {
        "/logout", "/refresh", "/v1/devices/{deviceId}/push-token",
        "/iclock/{deviceToken}/devicecmd", "/iclock/{deviceToken}/getrequest",
    }  # fmt: skip


@EVERY
def test_answers_come_in_the_envelope_with_their_exact_data_name(operation):
    if not has_envelope(operation):
        return
    schema = resolved(operation.success[1]["application/json"]["schema"])
    data_name = schema["properties"]["dataName"]["const"]
    own = ListEnvelopeSchema if "paging" in schema["properties"] else EnvelopeSchema
    assert keys_of(own) | {data_name} <= set(schema["required"])
    beside = set(schema["properties"]) - keys_of(own) - {data_name}
    assert beside == ({"user"} if operation.path == "/tenantowners" else set())
    assert operation.success[1]["application/json"]["example"]["dataName"] == data_name


@EVERY
def test_lists_and_gets_take_the_common_parameters(operation):
    query, is_public = operation.parameters("query"), "security" in operation.told
    if not is_public:
        assert {"requestId", "companyId"} <= query.keys()
        assert "companyId" in operation.parameters("header")
    if not has_envelope(operation) or operation.method != "get" or operation.path in NO_JOINS:
        return
    schema = resolved(operation.success[1]["application/json"]["schema"])
    wanted = EVERY_LIST if "paging" in schema["properties"] else EVERY_GET
    assert wanted <= query.keys()


@EVERY
def test_every_post_with_a_session_takes_an_idempotency_key(operation):
    takes_one = "Idempotency-Key" in operation.parameters("header")
    assert takes_one == (operation.method == "post" and "security" not in operation.told)


@EVERY
def test_the_refusals_that_apply_are_told(operation):
    told = {status for status in operation.told["responses"] if status >= "400"}
    if operation.told["tags"] == ["Terminals"]:
        assert {"403", "500", "503"} <= told
        return
    assert {"400", "500", "503"} <= told
    if "security" not in operation.told:
        assert {"401", "404"} <= told
    if operation.method != "get" and "security" not in operation.told:
        assert "409" in told
    if operation.request:
        assert {"413", "415"} <= told
    if operation.path == "/login":
        assert "Retry-After" in resolved(operation.told["responses"]["429"])["headers"]


def test_all_five_places_of_a_token_and_the_agents_signature_are_told():
    schemes = DOCUMENT["components"]["securitySchemes"]
    places = {
        (scheme.get("in", scheme.get("scheme")), scheme.get("name")) for scheme in schemes.values()
    }
    company = "workforceos-access-token-{companyCodename}"
    assert places == {
        ("query", "access_token"), ("bearer", None), ("header", "workforceos-access-token"),
        ("header", company), ("cookie", company), ("header", "Signature"),
    }  # fmt: skip
