"""Companies and their grants as sessions need them, read again every half a minute."""

from dataclasses import dataclass

from attendance.adapters import account_keys
from attendance.adapters.directory import Directory
from attendance.adapters.short_cache import ShortCache
from attendance.domain.grants import Grant, Subject
from attendance.identity import CompanyId, is_id
from attendance.model.directory import Member, User

CACHE_SECONDS = 30.0

_SUBJECTS = (
    ("userId", Subject.USER),
    ("groupId", Subject.GROUP),
    ("roleId", Subject.ROLE),
)


@dataclass(frozen=True, kw_only=True)
class CompanyGrants:
    """A company's grants, and the members of its groups by group id."""

    grants: tuple[Grant, ...]
    groups: dict[str, frozenset[str]]

    def of(self, user: User) -> tuple[Grant, ...]:
        """The grants that speak of a person: by name, by a group, or by role."""
        return tuple(grant for grant in self.grants if self._speaks_of(grant, user))

    def _speaks_of(self, grant: Grant, user: User) -> bool:
        if grant.subject is Subject.USER:
            return grant.subject_id == user.user_id
        if grant.subject is Subject.ROLE:
            return grant.subject_id == user.role_id
        return user.user_id in self.groups.get(grant.subject_id, frozenset())


class Access:
    """Which companies there are, and who was given what in them."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._companies: ShortCache[Member] = ShortCache(seconds=CACHE_SECONDS, size=5_000)
        self._grants: ShortCache[CompanyGrants] = ShortCache(seconds=CACHE_SECONDS, size=1_000)
        self._people: ShortCache[User] = ShortCache(seconds=CACHE_SECONDS, size=10_000)

    def company_named(self, company_id: str) -> Member | None:
        """The active company that a request names, or None; the text may be anything."""
        if not is_id(company_id):
            return None
        found = self._companies.get(company_id)
        if found is None:
            found = self._directory.company(CompanyId(company_id))
            if found is None or not found.is_active:
                return None
            self._companies.put(company_id, found)
        return found

    def grants(self, company: CompanyId) -> CompanyGrants:
        """The grants in effect in a company."""
        found = self._grants.get(str(company))
        return found or self._grants.put(str(company), self._read_grants(company))

    def person(self, company: CompanyId, email: str) -> User | None:
        """The person of a company who has an e-mail."""
        kept = self._people.get((str(company), email))
        if kept is not None:
            return kept
        note = self._directory.note(account_keys.email_key(company, email))
        user = None if note is None else self._directory.user(company, note["userId"])
        return None if user is None else self._people.put((str(company), email), user)

    def forget_all(self) -> None:
        """Read everything again: something has changed in this very process."""
        self._companies.clear()
        self._grants.clear()
        self._people.clear()

    def _read_grants(self, company: CompanyId) -> CompanyGrants:
        members = [m for m in self._directory.members_now(company, "GRANT") if m.is_active]
        grants = tuple(grant_of(member) for member in members)
        groups: dict[str, frozenset[str]] = {}
        if any(grant.subject is Subject.GROUP for grant in grants):
            groups = {
                group.member_id: frozenset(group.body["userIds"])
                for group in self._directory.members_now(company, "GROUP")
                if group.is_active
            }
        return CompanyGrants(grants=grants, groups=groups)


def grant_of(member: Member) -> Grant:
    """The grant a member of the collection GRANT holds: it names exactly one subject."""
    name, subject = next(pair for pair in _SUBJECTS if member.body.get(pair[0]))
    return Grant(
        grant_id=member.member_id,
        permission=member.body["permissionName"],
        subject=subject,
        subject_id=member.body[name],
        object_id=member.body.get("objectId"),
        can_do=member.body["canDo"],
    )
