"""What grants do to the rights of a role."""

from hypothesis import given
from hypothesis import strategies as st

from attendance.domain.grants import Grant, Subject, decide, exceptions


def grant(can_do, subject=Subject.USER, object_id=None, permission="p"):
    return Grant(
        grant_id="g",
        permission=permission,
        subject=subject,
        subject_id="x",
        object_id=object_id,
        can_do=can_do,
    )


GRANTS = st.lists(
    st.builds(
        grant,
        st.booleans(),
        st.sampled_from(Subject),
        st.sampled_from([None, "a", "b"]),
        st.sampled_from(["p", "q"]),
    ),
    max_size=8,
)


@given(st.booleans())
def test_without_a_grant_the_role_decides(by_role):
    assert decide("p", by_role, []) is by_role
    assert decide("p", by_role, [grant(not by_role, permission="q")]) is by_role


def test_the_object_beats_the_person_and_the_person_beats_group_and_role():
    told = [
        grant(True, Subject.ROLE),
        grant(False, Subject.GROUP),
        grant(True, Subject.USER),
        grant(False, Subject.ROLE, "a"),
    ]
    assert [decide("p", False, told[:n]) for n in range(1, 4)] == [True, False, True]
    assert decide("p", False, told, "a") is False
    assert decide("p", False, told, "b") is True


def test_of_two_equally_near_the_denial_counts():
    assert decide("p", True, [grant(True), grant(False)]) is False


@given(GRANTS, st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_grants_never_matters(grants, by_role, chance):
    shuffled = list(grants)
    chance.shuffle(shuffled)
    for name in (None, "a", "b"):
        assert decide("p", by_role, grants, name) == decide("p", by_role, shuffled, name)


@given(GRANTS, st.booleans())
def test_exceptions_are_exactly_the_objects_for_which_the_opposite_holds(grants, by_role):
    general, objects = exceptions("p", by_role, grants)
    for name in ("a", "b", "never-named"):
        assert decide("p", by_role, grants, name) == (general != (name in objects))
