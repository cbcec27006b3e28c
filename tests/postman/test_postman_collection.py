"""`/getPostmanCollection` runs green against the deployed stack, as Postman would run it."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.node_packages import install, node_is_here
from tests.postman.newman import run_collection

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(not node_is_here(), reason="node and npm are needed to run newman"),
]


@pytest.fixture(scope="module")
def collection(stack: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that is downloaded; its address is the one it was asked from."""
    kept = tmp_path_factory.mktemp("postman") / "attendance.postman_collection.json"
    answer = httpx.get(f"{stack['baseUrl']}/getPostmanCollection", timeout=60)
    answer.raise_for_status()
    kept.write_bytes(answer.content)
    return kept


def test_the_collection_runs_green_from_top_to_bottom(stack: dict[str, Any], collection: Path):
    install()
    super_admin = stack["superAdmin"]
    run = run_collection(
        collection,
        collection.with_name("report.json"),
        superAdminEmail=super_admin["email"],
        superAdminPassword=super_admin["password"],
    )

    problems = [f"{f['source']['name']}: {f['error']['message']}" for f in run["failures"]]
    assert problems == [], run["printed"]
    folders = json.loads(collection.read_text())["item"]
    requests = sum(len(folder["item"]) for folder in folders)
    assert run["stats"]["requests"]["total"] == requests + 1, (
        "each once, and the superAdmin's log-in"
    )
    assert run["stats"]["assertions"]["total"] > 1.5 * requests
    assert run["stats"]["assertions"]["failed"] == 0
