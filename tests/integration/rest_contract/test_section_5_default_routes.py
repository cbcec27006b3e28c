"""rest-api.md section 5: the routes that need no session unless marked."""

import base64
import json
from dataclasses import replace

from joserfc import jwt
from joserfc.jwk import KeySet

from accounts_api.app import lambda_handler as accounts
from attendance.adapters.bus import EventBus
from attendance.adapters.token_algorithm import EdDsaRegistry
from attendance_api.app import lambda_handler as api
from tests.accounts import own_company
from tests.http_events import ask


def test_the_page_and_the_document_are_for_everybody(parts):
    """“`GET /` the web page · `GET /swagger` (UI) and `/openapi.json` (3.1, generated from the
    code) · `GET /getPostmanCollection` (v2.1 file download, importable) ·”
    """
    for path in ("/", "/swagger"):
        page = ask(api, "GET", path)
        assert (page.status, "text/html" in page.headers["Content-Type"]) == (200, True)
        assert "<html" in page.text
    document = ask(api, "GET", "/openapi.json").body
    assert document["openapi"].startswith("3.1")
    assert "/v1/check-in" in document["paths"]
    download = ask(api, "GET", "/getPostmanCollection")
    assert "attachment" in download.headers["Content-Disposition"]
    collection = json.loads(download.text)
    assert "v2.1.0" in collection["info"]["schema"]
    assert collection["item"]


def test_health_is_told_without_a_session(parts, monkeypatch):
    """“`GET /health` (up, version) · `GET /admin/health` (checks DynamoDB and the bus; 503 when
    one fails) · `GET /favicon.ico` ·”
    """
    health = ask(api, "GET", "/health")
    assert (health.status, health.body) == (200, {"status": "up", "version": "0.0.0-test"})
    assert ask(api, "GET", "/admin/health").status == 200
    lame = replace(parts, bus=EventBus("no-such-bus", "us-east-1"))
    with monkeypatch.context() as patch:
        patch.setattr("attendance_api.routes.health.runtime", lambda: lame)
        told = ask(api, "GET", "/admin/health")
    assert (told.status, told.body["checks"]) == (503, {"table": "up", "bus": "down"})
    with monkeypatch.context() as patch:
        patch.setattr("attendance.adapters.items.base.TableItem.Meta.table_name", "gone")
        told = ask(api, "GET", "/admin/health")
    assert (told.status, told.body["checks"]["table"]) == (503, "down")
    icon = ask(api, "GET", "/favicon.ico")
    assert (icon.status, icon.headers["Content-Type"]) == (200, "image/svg+xml")


def test_the_current_user_is_told_with_the_token_only_where_it_was_shown(world):
    """“`GET /currentuser` (session: `sessionId userId email fullname roleId tenantId companyId
    companyCodename accessToken …`; `accessToken` is null when the session came by cookie) ·”
    """
    token, codename = world.token("ana"), str(world.company)
    answer = ask(api, "GET", "/currentuser", token=token)
    told = answer.body
    expected = {
        "userId": "ana",
        "email": world.users["ana"].email,
        "fullname": "Ana Person",
        "roleId": "employee",
        "tenantId": str(world.company),
        "companyId": str(world.company),
        "companyCodename": codename,
        "accessToken": token,
    }
    assert {name: told[name] for name in expected} == expected
    assert isinstance(told["sessionId"], str)
    cookies = {f"workforceos-access-token-{codename}": token}
    by_cookie = ask(api, "GET", "/currentuser", cookies=cookies)
    assert by_cookie.body == told | {"accessToken": None}
    assert token not in by_cookie.text


def test_permissions_are_an_array_of_grants(world):
    """“`GET /permissions` (array of grants: `id permissionName roleId subjectUserId
    subjectUserGroupId objectId canDo tenantCodename`) ·”
    """
    group = world.post("olga", "/v1/groups", {"name": "g", "userIds": ["ana"]}).body["group"]
    for grant in (
        {"permissionName": "x.own", "userId": "ana", "canDo": True},
        {"permissionName": "x.group", "groupId": group["id"], "objectId": "o", "canDo": False},
        {"permissionName": "x.role", "roleId": "manager", "canDo": True},
    ):
        assert world.post("olga", "/v1/grants", grant).status == 201
    rows = world.get("ana", "/permissions").body
    names = (
        "id permissionName roleId subjectUserId subjectUserGroupId objectId canDo tenantCodename"
    )
    assert all(set(row) == set(names.split()) for row in rows)
    assert {row["tenantCodename"] for row in rows} == {str(world.company)}
    told = {row["permissionName"]: row for row in rows}
    assert told["attendance.checkIn"]["roleId"] == "employee"
    assert (told["x.own"]["subjectUserId"], told["x.own"]["canDo"]) == ("ana", True)
    assert told["x.group"]["subjectUserGroupId"] == group["id"]
    assert (told["x.group"]["objectId"], told["x.group"]["canDo"]) == ("o", False)
    assert "x.role" not in told


def test_one_permission_tells_its_exceptions(world):
    """“`GET /permissions/{permissionName}` → `{canDo, exceptions:[objectId…]}` (canDo true: the
    ids listed are denied; false: only the ids listed are allowed) ·”
    """
    assert world.get("ana", "/permissions/attendance.checkIn").body == {
        "canDo": True,
        "exceptions": [],
    }
    assert world.get("ana", "/permissions/shifts.write").body == {"canDo": False, "exceptions": []}
    for name, can_do in {"attendance.checkIn": False, "shifts.write": True}.items():
        for object_id in ("one", "two"):
            grant = {"permissionName": name, "userId": "ana", "objectId": object_id}
            world.post("olga", "/v1/grants", grant | {"canDo": can_do})
    denied = world.get("ana", "/permissions/attendance.checkIn").body
    assert (denied["canDo"], sorted(denied["exceptions"])) == (True, ["one", "two"])
    allowed = world.get("ana", "/permissions/shifts.write").body
    assert (allowed["canDo"], sorted(allowed["exceptions"])) == (False, ["one", "two"])


def test_other_services_verify_our_tokens_by_the_published_keys(parts):
    """“`GET /.well-known/jwks.json` (ours: so other services can verify tokens).”"""
    token = own_company().token
    found = ask(accounts, "GET", "/.well-known/jwks.json")
    assert found.status == 200
    keys = found.body["keys"]
    header = json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "=="))
    (own,) = [key for key in keys if key["kid"] == header["kid"]]
    assert "d" not in own
    claims = jwt.decode(token, KeySet.import_key_set({"keys": keys}), registry=EdDsaRegistry())
    assert claims.claims["aud"] == "attendance"
