"""The table by which the REST function loads its routes, against the routes there are."""

import importlib
import inspect
import pkgutil
import subprocess
import sys
from types import ModuleType

import pytest
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.event_handler.api_gateway import Router

from accounts_api.app import app as accounts_app
from attendance.http.api import BASE_PATH, build_resolver
from attendance.http.request import read_request
from attendance_api import routes
from attendance_api.app import app as attendance_app
from ingest_punches.app import app as ingest_app
from local.folder import REPOSITORY
from tests.http_events import CONTEXT, http_event

WITHOUT_ROUTES_OF_ITS_OWN = """
import sys
sys.path[:0] = ["functions"]
import attendance_api.app
print(*[name for name in sys.modules if name.startswith("attendance_api.routes.")])
"""


def place(rule: str) -> str:
    return rule.removeprefix("/v1").strip("/").partition("/")[0]


def test_every_route_is_found_by_the_place_of_its_path() -> None:
    for found in pkgutil.iter_modules(routes.__path__, f"{routes.__name__}."):
        for rule, *_ in importlib.import_module(found.name).router._routes:
            assert found.name in routes.MODULES[place(rule)], rule


@pytest.mark.parametrize("app", [attendance_app, accounts_app, ingest_app])
def test_every_route_says_what_it_returns(app: APIGatewayHttpResolver) -> None:
    """Without it the resolver looks through every value of an answer (performance.md section 2)."""
    app.get_openapi_schema(title="all", version="1")
    routes = app._static_routes + app._dynamic_routes

    assert routes
    for route in routes:
        returned = inspect.signature(route.func).return_annotation
        assert returned is not inspect.Signature.empty, route.path


def test_no_place_is_without_a_route() -> None:
    for name, modules in routes.MODULES.items():
        for module in modules:
            rules = importlib.import_module(module).router._routes
            assert any(place(rule) == name for rule, *_ in rules), name


def a_module_of_its_own() -> ModuleType:
    """A router knows only the last application that took it; the service's own stay with theirs."""
    made = ModuleType("routes_of_a_test")
    made.router = Router()  # type: ignore[attr-defined]
    made.router.get("/web/<name>")(lambda name: {"asked": name})
    return made


def test_a_request_loads_the_routes_of_its_place_and_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = a_module_of_its_own()
    monkeypatch.setitem(sys.modules, module.__name__, module)
    app = build_resolver({"web": [module.__name__], "users": ["not.there"]})

    for path in ("/web/page.css", f"{BASE_PATH}/web/page.css"):
        event = http_event("GET", path)
        app.append_context(request=read_request(event))
        answer = app.resolve(event, CONTEXT)
        assert (answer["statusCode"], answer["body"]) == (200, '{"asked":"page.css"}')
    unknown = app.resolve(http_event("GET", "/v1/unknown"), CONTEXT)
    assert "There is no such route" in unknown["body"]


def test_the_function_starts_without_any_route() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_ROUTES_OF_ITS_OWN],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == []
