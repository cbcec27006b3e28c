"""Each store is held to one suite, on the local engine and on moto."""

from collections.abc import Iterator

import pytest

from attendance.bootstrap import Runtime


@pytest.fixture(params=["engine", "moto"])
def stores(request: pytest.FixtureRequest) -> Iterator[Runtime]:
    """The service's parts on each AWS that tests have."""
    return request.getfixturevalue("parts" if request.param == "engine" else "moto_parts")
