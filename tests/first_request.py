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


def first_request(module: str = "attendance_api.start") -> dict[str, Any]:
    """What `first_request_driver` tells of a list asked for by a company's owner.

    The present environment is the function's; its table must be there.
    """
    token = own_company().token
    event = http_event(
        "GET", "/v1/attendance-records", headers={"authorization": f"Bearer {token}"}
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", Path(first_request_driver.__file__).read_text()],
        input=json.dumps({"module": module, "event": event}),
        env=os.environ | {"PYTHONPATH": str(REPOSITORY / "functions")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told
