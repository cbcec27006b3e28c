"""Rights given or taken beside the role (rest-api.md section 6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Subject(IntEnum):
    """Whom a grant speaks of; the nearer to the person, the more it counts."""

    ROLE = 0
    GROUP = 1
    USER = 2


@dataclass(frozen=True, kw_only=True)
class Grant:
    """One permission given (`can_do`) or denied, for all objects or for `object_id` alone."""

    grant_id: str
    permission: str
    subject: Subject
    subject_id: str
    object_id: str | None
    can_do: bool


def decide(
    permission: str, by_role: bool, grants: Iterable[Grant], object_id: str | None = None
) -> bool:
    """Whether a person may, by role and by the grants that speak of this person.

    A grant for the object beats one for all objects; then the subject nearest to the person
    counts; then a denial beats a permission.
    """
    told = [
        (grant.object_id is not None, grant.subject, not grant.can_do)
        for grant in grants
        if grant.permission == permission and grant.object_id in (None, object_id)
    ]
    return not max(told)[2] if told else by_role


def exceptions(
    permission: str, by_role: bool, grants: Iterable[Grant]
) -> tuple[bool, tuple[str, ...]]:
    """What holds for objects in general, and the objects for which the opposite holds."""
    known = tuple(grants)
    general = decide(permission, by_role, known)
    named = {g.object_id for g in known if g.permission == permission and g.object_id is not None}
    return general, tuple(
        sorted(name for name in named if decide(permission, by_role, known, name) != general)
    )
