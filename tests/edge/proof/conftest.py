"""How hard the agent is tried, and with which dice."""

from __future__ import annotations

import random

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--proof-seed", default="", help="repeats a run of the agent's proof")


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> str:
    """Shown when a test fails: give it as --proof-seed to throw the same dice again."""
    chosen = str(request.config.getoption("--proof-seed") or random.SystemRandom().randrange(10**9))
    print(f"--proof-seed {chosen}")
    return chosen
