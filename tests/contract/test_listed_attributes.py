"""The index of lists keeps what lists show: of every item all, of seats all but what is told."""

import pytest

from attendance.adapters.items.directory_items import MemberItem, UserItem
from attendance.adapters.items.listed import LISTED
from attendance.adapters.items.punch_item import PunchItem
from attendance.adapters.items.seat_item import SeatItem
from tests.platform.template import TEMPLATE

PLACES = {"pk", "sk", "listPk", "listSk", "groupPk", "groupSk", "duePk", "dueSk", "expiresAt"}
NOT_SHOWN = {"actions", "decisions", "change", "swept_at", "write_id"}
MOST_AN_INDEX_TAKES = 100


def names(model, without=()) -> set[str]:
    attributes = model.get_attributes().items()
    return {told.attr_name for name, told in attributes if name not in without} - PLACES


@pytest.mark.parametrize("model", [PunchItem, UserItem, MemberItem])
def test_the_index_keeps_every_attribute_of_what_it_lists(model):
    assert names(model) <= set(LISTED)


def test_the_index_keeps_of_a_seat_what_a_record_shows():
    assert names(SeatItem, NOT_SHOWN) <= set(LISTED)
    assert not (names(SeatItem) - names(SeatItem, NOT_SHOWN)) & set(LISTED)


def test_the_index_keeps_nothing_that_no_item_has():
    known = names(SeatItem) | names(PunchItem) | names(UserItem) | names(MemberItem)
    assert set(LISTED) <= known
    assert len(LISTED) == len(set(LISTED)) <= MOST_AN_INDEX_TAKES


def test_the_template_declares_the_same_attributes():
    indexes = TEMPLATE["Resources"]["Table"]["Properties"]["GlobalSecondaryIndexes"]
    (by_list,) = (index for index in indexes if index["IndexName"] == "byList")
    assert by_list["Projection"] == {
        "ProjectionType": "INCLUDE",
        "NonKeyAttributes": list(LISTED),
    }
