import asyncio
import json
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount

from local.front_door import FrontDoor
from tests.platform.servers import serving

KEY = "the-key"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


async def engine(scope, receive, send) -> None:
    """Tells what reached it."""
    request = Request(scope, receive)
    if request.url.path.endswith("/slow"):
        response: Response = StreamingResponse(_slowly(), 206)
    else:
        body = await request.body()
        response = JSONResponse(
            {
                "target": scope["raw_path"].decode() + "?" + scope["query_string"].decode(),
                "method": request.method,
                "headers": [(k.decode(), v.decode()) for k, v in request.headers.raw],
                "body": body.decode("latin-1"),
            },
            418,
        )
        response.raw_headers += [
            (b"set-cookie", b"a=1; HttpOnly"),
            (b"set-cookie", b"b=2; Path=/"),
            (b"connection", b"x-private"),
            (b"x-private", b"for the next hop only"),
        ]
    await response(scope, receive, send)


async def _slowly() -> AsyncIterator[bytes]:
    yield b"first"
    await asyncio.sleep(0.5)
    yield b"last"


def door_to(engine_url: str) -> Starlette:
    door = FrontDoor(engine_url=engine_url, api_id="abc", key=KEY, at_once=4)
    return Starlette(routes=[Mount("/", app=door)], lifespan=door.lifespan)


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    with serving(engine) as engine_url, serving(door_to(engine_url)) as url:
        yield url


def seen(answer: httpx.Response) -> dict[str, list[str]]:
    """The headers that reached the engine, by name."""
    found: dict[str, list[str]] = {}
    for name, value in answer.json()["headers"]:
        found.setdefault(name, []).append(value)
    return found


def test_the_path_and_the_query_arrive_as_the_client_sent_them(base_url: str) -> None:
    answer = httpx.get(f"{base_url}/v1/a%2Fb%20c/%C3%A9?x=1&x=2&y=%26+z")

    assert answer.json()["target"] == "/_aws/execute-api/abc/v1/a%2Fb%20c/%C3%A9?x=1&x=2&y=%26+z"


def test_the_status_and_both_cookies_come_back_unchanged(base_url: str) -> None:
    answer = httpx.get(base_url)

    assert answer.status_code == 418
    assert answer.headers.get_list("set-cookie") == ["a=1; HttpOnly", "b=2; Path=/"]


def test_the_cookies_of_one_caller_are_not_sent_for_the_next(base_url: str) -> None:
    httpx.get(base_url)

    assert "cookie" not in seen(httpx.get(base_url))


@pytest.mark.parametrize("method", METHODS)
def test_every_method_is_passed_on(base_url: str, method: str) -> None:
    answer = httpx.request(method, base_url)

    assert answer.status_code == 418
    assert method == "HEAD" or answer.json()["method"] == method


def test_the_host_asked_for_and_the_client_are_told_to_the_api(base_url: str) -> None:
    headers = seen(
        httpx.get(base_url, headers={"Host": "acme.example:81", "X-Forwarded-For": "9.9.9.9"})
    )

    assert headers["x-forwarded-host"] == ["acme.example:81"]
    assert headers["x-forwarded-port"] == ["81"]
    assert headers["x-forwarded-proto"] == ["http"]
    assert headers["x-forwarded-for"] == ["9.9.9.9, 127.0.0.1"]


def test_what_a_client_claims_about_itself_is_replaced(base_url: str) -> None:
    claims = {"X-Front-Door": "guessed", "X-Forwarded-Host": "evil", "X-Forwarded-Proto": "https"}

    headers = seen(httpx.get(base_url, headers=claims))

    assert headers["x-front-door"] == [KEY]
    assert headers["x-forwarded-host"] == [base_url.removeprefix("http://")]
    assert headers["x-forwarded-proto"] == ["http"]


def test_headers_for_one_hop_only_are_dropped_both_ways(base_url: str) -> None:
    answer = httpx.get(base_url, headers={"Connection": "x-mine", "X-Mine": "1", "TE": "trailers"})

    assert not {"x-mine", "te"} & set(seen(answer))
    assert "x-private" not in answer.headers


def test_a_body_of_any_bytes_arrives_whole(base_url: str) -> None:
    body = bytes(range(256)) * 4096

    answer = httpx.post(base_url, content=body)

    assert answer.json()["body"].encode("latin-1") == body
    assert seen(answer)["content-length"] == [str(len(body))]


def test_an_answer_is_passed_on_while_it_is_still_being_made(base_url: str) -> None:
    with httpx.stream("GET", f"{base_url}/slow") as answer:
        chunks = list(answer.iter_raw())

    assert answer.status_code == 206
    assert chunks == [b"first", b"last"]


def test_an_engine_that_is_gone_is_a_503_as_on_aws() -> None:
    with serving(door_to("http://127.0.0.1:9")) as url:
        answer = httpx.get(url)

    assert answer.status_code == 503
    assert json.loads(answer.text) == {"message": "Service Unavailable"}
