"""A company that asks the API."""

import pytest

from tests.accounts import set_secrets
from tests.integration.attendance_api.world import World


@pytest.fixture(autouse=True)
def _secrets(engine_url: str, aws_environment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    set_secrets(engine_url, monkeypatch)


@pytest.fixture
def world(_secrets, parts) -> World:
    return World(parts)
