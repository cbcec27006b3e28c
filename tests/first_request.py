"""The first request of a fresh process of the REST function, on a real engine."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from local.folder import REPOSITORY
from tests import first_request_driver
from tests.accounts import own_company
from tests.http_events import http_event

REQUESTS = 3


def first_request(module: str = "attendance_api.start") -> dict[str, Any]:
    """What `first_request_driver` tells of lists asked for, each by another company's owner.

    And `logged`, the bytes of log of each, and the `log` itself.

    So nothing but the process itself is warmer for the second than for the first. The present
    environment is the function's; its table must be there.
    """
    owners = [own_company() for _ in range(REQUESTS)]
    events = [_list_for(owner.token) for owner in owners]
    done = subprocess.run(
        [sys.executable, "-P", "-c", Path(first_request_driver.__file__).read_text()],
        input=json.dumps({"module": module, "events": events}),
        env=os.environ | {"PYTHONPATH": str(REPOSITORY / "functions")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told | {"logged": len(done.stderr.encode()) / REQUESTS, "log": done.stderr}


def _list_for(token: str) -> dict[str, Any]:
    return http_event("GET", "/v1/attendance-records", headers={"authorization": f"Bearer {token}"})
