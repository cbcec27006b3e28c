"""Places in a company's list: by the start, the shift and the person, as texts."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from attendance.adapters.list_place import ListPlace, hour_of, spot_of, stretch_of

DAY = date(2026, 3, 6)
MIDNIGHT = datetime(2026, 3, 6, tzinfo=UTC)
MINUTES = st.integers(-14 * 60, 36 * 60)


def spot(minutes: int) -> str:
    return spot_of(DAY, MIDNIGHT + timedelta(minutes=minutes))


@given(one=MINUTES, other=MINUTES)
def test_spots_are_in_the_order_of_starts_and_so_are_their_hours(one, other):
    assert (spot(one) < spot(other)) == (one < other)
    assert (hour_of(spot(one)) < hour_of(spot(other))) == (one // 60 < other // 60)


def test_a_start_beyond_every_zone_has_a_place_too():
    assert hour_of(spot(-10_000)) <= hour_of(spot(-14 * 60))
    assert hour_of(spot(10_000)) >= hour_of(spot(36 * 60))
    assert spot(10_000) == spot(20_000)


@given(st.sets(st.text("abc-_019", min_size=1, max_size=8), min_size=2, max_size=5))
def test_the_places_of_a_shift_lie_together(people):
    places = sorted(
        ListPlace(spot=spot(540), shift_id=shift_id, user_id=user_id).text
        for shift_id in ("s1", "s2", "s3")
        for user_id in people
    )
    stretches = [place[: len(stretch_of(spot(540), "s1"))] for place in places]
    assert len(set(stretches)) == 3
    assert stretches == sorted(stretches)
    assert len(set(places)) == 3 * len(people)
