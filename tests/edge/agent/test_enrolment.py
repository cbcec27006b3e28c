"""Becoming known to the service: the key is made here and its private half never leaves."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pytest

from attendance_edge.config import load_config
from attendance_edge.outbox import Outbox
from attendance_edge.uplink import (
    Cloud,
    CloudRefusedError,
    CloudUnreachableError,
    NotEnrolledError,
    Uplink,
    enroll,
    load_identity,
)
from attendance_edge.uplink.server_clock import ServerClock
from tests.edge.agent.fake_cloud import FakeCloud
from tests.edge.agent.sites import punches, reading, write_config
from tests.edge.agent.test_uplink import says

if TYPE_CHECKING:
    from pathlib import Path

CODE = "0123456789abcdef0123456789abcdef"


def test_an_enrolled_agent_may_post(tmp_path: Path, cloud: FakeCloud) -> None:
    cloud.codes[CODE] = "acme_a1"
    config = load_config(write_config(tmp_path, cloud.url, {"gate": 4370}))
    with Outbox(config.state_dir) as outbox:
        identity = enroll(cloud.url + "/", f" {CODE}\n", config.state_dir)
        assert (identity.agent_id, identity.company_id) == ("acme_a1", "acme")
        outbox.store(reading("gate", punches(3)))
        clock = ServerClock()
        with Cloud(cloud.url, load_identity(config.state_dir), clock=clock) as connection:
            uplink = Uplink(outbox, connection, {d.id: d for d in config.devices}, clock)
            assert uplink.hand_over().accepted == 3


def test_the_private_key_stays_here_for_its_owner_only(tmp_path: Path, cloud: FakeCloud) -> None:
    cloud.codes[CODE] = "acme_a1"
    enroll(cloud.url, CODE, tmp_path)
    for name in ("agent.key", "agent.json"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    ((_, asked),) = cloud.log
    assert set(asked) == {"enrollmentCode", "publicKey", "hostname", "version"}
    private = (tmp_path / "agent.key").read_text().splitlines()[1]
    assert private not in json.dumps(asked)


def test_a_code_works_once_and_a_failure_keeps_the_old_identity(
    tmp_path: Path, cloud: FakeCloud
) -> None:
    cloud.codes[CODE] = "acme_a1"
    enroll(cloud.url, CODE, tmp_path)
    before = load_identity(tmp_path).public_key()
    with pytest.raises(CloudRefusedError, match="unknown, used or expired"):
        enroll(cloud.url, CODE, tmp_path)
    assert load_identity(tmp_path).public_key() == before


def test_a_refusal_is_told_in_the_words_of_the_service(tmp_path: Path, cloud: FakeCloud) -> None:
    detail = "enrollmentCode: the code is unknown, used, or older than 15 minutes."
    refusal = {"message": "errMsg_invalidCredentials", "detail": detail}
    cloud.faults.append(says(401, json.dumps(refusal).encode()))
    with pytest.raises(CloudRefusedError) as told:
        enroll(cloud.url, CODE, tmp_path)
    assert str(told.value) == f"The service answered 401: errMsg_invalidCredentials. {detail}"


@pytest.mark.parametrize("answer", [b"<html>", b"{}", b'{"agentId": "x"}', b"[]"])
def test_an_answer_that_is_no_enrolment_leaves_nothing(
    tmp_path: Path, cloud: FakeCloud, answer: bytes
) -> None:
    cloud.faults.append(says(200, answer))
    with pytest.raises(CloudUnreachableError, match="without an enrolment"):
        enroll(cloud.url, CODE, tmp_path)
    with pytest.raises(NotEnrolledError, match="attendance-edge enroll"):
        load_identity(tmp_path)


def test_a_spoilt_identity_asks_to_enrol_again(tmp_path: Path, cloud: FakeCloud) -> None:
    cloud.codes[CODE] = "acme_a1"
    enroll(cloud.url, CODE, tmp_path)
    (tmp_path / "agent.key").write_text("not a key")
    with pytest.raises(NotEnrolledError, match="enrol again"):
        load_identity(tmp_path)
