"""One service for a module of tests; each test works in a company of its own."""

from collections.abc import Iterator

import pytest

from attendance.bootstrap import Runtime
from tests.accounts import Owned, own_company, service


@pytest.fixture(scope="module", autouse=True)
def parts(engine_url: str) -> Iterator[Runtime]:
    """The service's own parts on a table of the local engine."""
    yield from service(engine_url)


@pytest.fixture
def company(parts: Runtime) -> Owned:
    """A fresh company with its owner logged in."""
    return own_company()
