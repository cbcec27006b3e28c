"""A company in memory of everything, for figures that need its handlers and no real engine."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from moto import mock_aws

from tests.accounts import set_secrets
from tests.conftest import parts_on, set_environment
from tests.integration.attendance_api.world import World


@contextmanager
def a_world() -> Iterator[World]:
    """A company on moto, in the environment of a function; logs warnings alone."""
    with pytest.MonkeyPatch.context() as environment, mock_aws():
        table_name = set_environment(environment)
        environment.setenv("AWS_EC2_METADATA_DISABLED", "true")
        environment.setenv("POWERTOOLS_LOG_LEVEL", "WARNING")
        set_secrets("", environment)
        for parts in parts_on(table_name, ""):
            yield World(parts)
