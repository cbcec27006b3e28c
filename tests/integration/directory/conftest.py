"""The service's parts with its secrets."""

import pytest

from tests.accounts import set_secrets


@pytest.fixture(autouse=True)
def _secrets(engine_url: str, aws_environment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    set_secrets(engine_url, monkeypatch)


@pytest.fixture(autouse=True)
def _service(_secrets, parts):
    return parts
