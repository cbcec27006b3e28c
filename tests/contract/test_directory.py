"""What every table has to do for people, members and names."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from attendance.adapters import keys
from attendance.adapters.directory import put_member, put_note
from attendance.adapters.table_errors import ConditionFailedError, TransactionRefusedError
from attendance.identity import CompanyId
from attendance.model.directory import Member

ACME = CompanyId("acme")
NOW = datetime(2026, 3, 6, 9, tzinfo=UTC)


def a_device(device_id: str = "gate", **changes) -> Member:
    device = Member(
        company_id="acme",
        collection="DEVICE",
        member_id=device_id,
        body={"deviceId": device_id, "name": "Gate"},
        is_active=True,
        created_at=NOW,
        updated_at=NOW,
    )
    return replace(device, **changes)


def test_a_member_is_read_back_as_it_was_and_only_in_its_company(stores):
    stores.directory.save_member(a_device())
    assert stores.directory.member(ACME, "DEVICE", "gate") == a_device()
    assert stores.directory.member(CompanyId("acme2"), "DEVICE", "gate") is None
    assert stores.directory.member(ACME, "LOCATION", "gate") is None


def test_the_second_of_two_writers_of_a_member_is_refused(stores):
    stores.directory.save_member(a_device())
    first = stores.directory.member(ACME, "DEVICE", "gate")
    stores.directory.save_member(replace(first, body={"name": "North"}))
    with pytest.raises(ConditionFailedError):
        stores.directory.save_member(replace(first, body={"name": "South"}))
    assert stores.directory.member(ACME, "DEVICE", "gate").body == {"name": "North"}


def test_members_of_one_collection_are_listed_and_no_others(stores):
    stores.directory.save_member(a_device("b"))
    stores.directory.save_member(a_device("a"))
    stores.directory.save_member(a_device("gone", is_active=False))
    stores.directory.save_member(a_device("site", collection="LOCATION"))
    listed = [member.member_id for member in stores.directory.members(ACME, "DEVICE")]
    assert listed == ["a", "b"]
    now = [member.member_id for member in stores.directory.members_now(ACME, "DEVICE")]
    assert now == ["a", "b", "gone"]


def test_a_taken_name_refuses_the_whole_transaction_and_says_which(stores):
    name = keys.member_key(ACME, "EMAIL", "ann@acme.example")
    stores.directory.transact([put_note(name, {"userId": "ann"})])
    with pytest.raises(TransactionRefusedError) as refused:
        stores.directory.transact([put_member(a_device()), put_note(name, {"userId": "bob"})])
    assert refused.value.failed == (1,)
    assert stores.directory.member(ACME, "DEVICE", "gate") is None
    assert stores.directory.note(name) == {"userId": "ann"}
