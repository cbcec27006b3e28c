"""What the frame around a route costs a warm process, beside a handler written by hand.

Session and database are given to both: what is measured is reading the request, finding the
route, validating the body, rendering records and wrapping them into an answer.
"""

import gc
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from aws_lambda_powertools import Logger

from attendance.http.api import serve
from attendance.http.request import read_request
from attendance.services.list_records import ListedRecords
from attendance.services.present_record import present_record
from attendance_api.app import app
from tests.bench.by_hand import ByHand
from tests.bench.figure import Figure
from tests.bench.worlds import a_world
from tests.http_events import CONTEXT, http_event
from tests.integration.attendance_api.world import World

ROUNDS, REQUESTS = 25, 100
PEER = "a handler written by hand"

Handler = Callable[[dict[str, Any]], dict[str, Any]]


def measure() -> Iterator[Figure]:
    """CPU of a warm check-in and of a warm list of 25 records, in handlers written by hand."""
    with a_world() as world, Path(os.devnull).open("w") as nowhere:
        seats = [world.record(f"p{number}") for number in range(25)]
        events = _events(world)
        session = world.parts.find_session(read_request(events["check-in"]))
        assert session is not None
        version = world.parts.settings.app_version

        def ours(level: str) -> Handler:
            logger = Logger(service=f"bench-{level}", level=level, stream=nowhere)
            return lambda event: serve(
                app, dict(event), CONTEXT, find_session=lambda _: session, logger=logger
            )

        def listed(*_: Any) -> ListedRecords:
            rows = [present_record(seat, session) for seat in seats]
            return ListedRecords(rows=rows, total=len(rows))

        routes = "attendance_api.routes"
        app.load("check-in", "attendance-records")
        with (
            patch(f"{routes}.check_in.check_in", lambda *_, **__: seats[0]),
            patch(f"{routes}.attendance_records.list_records", listed),
        ):
            arms = {
                "hand": ByHand(session, seats, version),
                "quiet": ours("WARNING"),
                "log": ours("INFO"),
            }
            took = {name: _interleaved(arms, event) for name, event in events.items()}
    yield from _figures(took)


def _figures(took: Mapping[str, Mapping[str, float]]) -> Iterator[Figure]:
    check_in, listed = took["check-in"], took["list"]
    yield Figure(name=f"check-in, {PEER}", value=check_in["hand"] * 1e6, unit="µs CPU")
    for what, arm, bound in (("", "quiet", 7), (" and its log line", "log", 11)):
        ratio = check_in[arm] / check_in["hand"]
        name = f"frame of a check-in{what} / {PEER}"
        yield Figure(name=name, value=ratio, unit="x", at_most=bound)
    yield Figure(name=f"list of 25, {PEER}", value=listed["hand"] * 1e6, unit="µs CPU")
    name = f"frame of a list of 25 / {PEER}"
    yield Figure(name=name, value=listed["quiet"] / listed["hand"], unit="x", at_most=2.3)


def _events(world: World) -> dict[str, dict[str, Any]]:
    headers = {"authorization": f"Bearer {world.token('mia')}"}
    body = {"shiftId": "day", "userId": "p0", "managerNote": "Came by the back door, all is well."}
    return {
        "check-in": http_event("POST", "/v1/check-in", body, headers=headers),
        "list": http_event("GET", "/v1/attendance-records", headers=headers),
    }


def _interleaved(arms: Mapping[str, Handler], event: dict[str, Any]) -> dict[str, float]:
    """The least CPU seconds of a request: others on the machine only ever add to it."""
    took: dict[str, list[float]] = {name: [] for name in arms}
    answers = [json.loads(handler(event)["body"]) for handler in arms.values()]
    assert all(_lasting(answer) == _lasting(answers[0]) for answer in answers), answers
    gc.freeze()  # as a start leaves a process
    for _ in range(ROUNDS):
        for name, handler in arms.items():
            began = time.process_time()
            for _ in range(REQUESTS):
                handler(event)
            took[name].append((time.process_time() - began) / REQUESTS)
    gc.unfreeze()
    return {name: min(seconds) for name, seconds in took.items()}


def _lasting(answer: Any) -> Any:
    """An answer without what differs from request to request, times to the second."""
    if isinstance(answer, dict):
        volatile = {"elapsedMs", "ssoTime", "requestId"}
        return {name: _lasting(value) for name, value in answer.items() if name not in volatile}
    if isinstance(answer, list):
        return [_lasting(value) for value in answer]
    return answer.removesuffix("Z").removesuffix(".000") if isinstance(answer, str) else answer


if __name__ == "__main__":
    for figure in measure():
        print(f"{figure.name}: {figure.value:.3g} {figure.unit} {figure.bound}")
