"""One service for a module of tests; each test works in a company of its own."""

from collections.abc import Iterator

import pytest

from attendance.bootstrap import Runtime
from tests.accounts import Owned, own_company, set_secrets
from tests.conftest import parts_on, set_environment


@pytest.fixture(scope="module", autouse=True)
def parts(engine_url: str) -> Iterator[Runtime]:
    """The service's own parts on a table of the local engine."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("AWS_ENDPOINT_URL", engine_url)
        table_name = set_environment(monkeypatch)
        set_secrets(engine_url, monkeypatch)
        yield from parts_on(table_name, engine_url)


@pytest.fixture
def company(parts: Runtime) -> Owned:
    """A fresh company with its owner logged in."""
    return own_company()
