from collections.abc import Iterator

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse

from local.guard import Guard
from tests.platform.servers import serving

KEY = "the-key"
API = "/_aws/execute-api/abc/health"


class _Engine:
    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] == "http":
            await JSONResponse(dict(Request(scope).headers))(scope, receive, send)


class _LearnsItsPort:
    """The guard knows the engine's port; a test server's is known once it listens."""

    async def __call__(self, scope, receive, send) -> None:
        port = scope["server"][1] if scope["type"] == "http" else 0
        guard = Guard(_Engine(), port=port, front_door_key=KEY)
        await guard(scope, receive, send)


@pytest.fixture(scope="module")
def engine_url() -> Iterator[str]:
    with serving(_LearnsItsPort()) as url:
        yield url


def test_a_tool_on_this_machine_is_let_in(engine_url: str) -> None:
    assert httpx.post(f"{engine_url}/", content="Action=ListQueues").status_code == 200
    assert httpx.get(engine_url.replace("127.0.0.1", "localhost")).status_code == 200


@pytest.mark.parametrize(
    "browser",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:3002"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": "evil.example"},
        {"Host": "evil.example:4566"},
        {"Host": "127.0.0.1:1"},
    ],
)
def test_a_web_page_is_refused(engine_url: str, browser: dict[str, str]) -> None:
    for path in ("/_ministack/reset", API):
        assert httpx.post(engine_url + path, headers=browser).status_code == 403


def test_the_front_door_may_bring_a_page_to_the_api(engine_url: str) -> None:
    page = {"Origin": "http://localhost:3002", "X-Front-Door": KEY}

    answer = httpx.get(engine_url + API, headers=page)

    assert answer.status_code == 200
    assert answer.json()["origin"] == "http://localhost:3002"
    assert "x-front-door" not in answer.json()


def test_the_front_door_brings_nobody_to_anything_else(engine_url: str) -> None:
    page = {"Origin": "http://localhost:3002", "X-Front-Door": KEY}

    assert httpx.post(f"{engine_url}/_ministack/reset", headers=page).status_code == 403


def test_a_guessed_key_opens_nothing(engine_url: str) -> None:
    page = {"Origin": "http://localhost:3002", "X-Front-Door": "guess"}

    assert httpx.get(engine_url + API, headers=page).status_code == 403
