"""People and the small things of a company as items, and back."""

from typing import Any

from pynamodb.attributes import BooleanAttribute, JSONAttribute, UnicodeAttribute

from attendance.adapters import keys
from attendance.adapters.items.attributes import DayAttribute, InstantAttribute
from attendance.adapters.items.base import TableItem
from attendance.identity import CompanyId
from attendance.model.directory import Member, User
from attendance.times import to_iso


class UserItem(TableItem):
    """A person."""

    company_id = UnicodeAttribute(attr_name="companyId")
    user_id = UnicodeAttribute(attr_name="userId")
    email = UnicodeAttribute()
    fullname = UnicodeAttribute()
    avatar = UnicodeAttribute(null=True)
    role_id = UnicodeAttribute(attr_name="roleId")
    department_id = UnicodeAttribute(null=True, attr_name="departmentId")
    device_user_ids = JSONAttribute(attr_name="deviceUserIds")
    password_hash = UnicodeAttribute(null=True, attr_name="passwordHash")
    employed_from = DayAttribute(null=True, attr_name="employedFrom")
    employed_to = DayAttribute(null=True, attr_name="employedTo")
    is_active = BooleanAttribute(attr_name="isActive")
    valid_from = InstantAttribute(null=True, attr_name="validFrom")
    created_at = InstantAttribute(attr_name="createdAt")
    updated_at = InstantAttribute(attr_name="updatedAt")


class MemberItem(TableItem):
    """A location, shift, terminal, agent, policy version ...; `kind` is the collection."""

    company_id = UnicodeAttribute(attr_name="companyId")
    member_id = UnicodeAttribute(attr_name="memberId")
    body = JSONAttribute()
    is_active = BooleanAttribute(attr_name="isActive")
    created_at = InstantAttribute(attr_name="createdAt")
    updated_at = InstantAttribute(attr_name="updatedAt")
    due_at = InstantAttribute(null=True, attr_name="dueAt")


class NoteItem(TableItem):
    """A name taken, a session, a nonce, a kept answer: things that only must exist, or expire."""

    body = JSONAttribute()


_USER_FIELDS = tuple(name for name in User.__dataclass_fields__ if name != "revision")


def user_to_item(user: User) -> UserItem:
    """The item of a person, with the place in the company's list."""
    company = CompanyId(user.company_id)
    pk, sk = keys.user_key(company, user.user_id)
    values: dict[str, Any] = {name: getattr(user, name) for name in _USER_FIELDS}
    values["device_user_ids"] = list(user.device_user_ids)
    item = UserItem(pk, sk, kind="user", **values).at_revision(user.revision)
    item.list_pk = keys.list_partition(company, "USERS" if user.is_active else "FORMER_USERS")
    item.list_sk = user.user_id
    return item


def item_to_user(item: UserItem) -> User:
    """The person an item holds."""
    values: dict[str, Any] = {name: getattr(item, name) for name in _USER_FIELDS}
    values["device_user_ids"] = tuple(item.device_user_ids)
    return User(**values, revision=item.revision or 0)


def member_to_item(member: Member, *, list_sk: str | None = None) -> MemberItem:
    """The item of a member, with its place in its collection's list (`list_sk` for another)."""
    company = CompanyId(member.company_id)
    pk, sk = keys.place_of_member(company, member.collection, member.member_id)
    item = MemberItem(
        pk,
        sk,
        kind=member.collection.lower(),
        company_id=member.company_id,
        member_id=member.member_id,
        body=member.body,
        is_active=member.is_active,
        created_at=member.created_at,
        updated_at=member.updated_at,
        due_at=member.due_at if member.is_active else None,
    ).at_revision(member.revision)
    if member.is_active and member.due_at is not None:
        item.due_pk = keys.member_due_partition(member.due_at)
        item.due_sk = f"{to_iso(member.due_at)}#{pk}#{sk}"
    if member.is_active:
        item.list_pk = keys.members_partition(company, member.collection)
        item.list_sk = list_sk or place_in_list(member)
    return item


_ORDERS: dict[str, tuple[str, ...]] = {
    "SHIFT": ("shiftDate", "startTime"),
    "HOLIDAY": ("date",),
    "LEAVE": ("userId", "from"),
    "COMPANY": ("codename",),
}


def place_in_list(member: Member) -> str:
    """The sort key in its collection's list: by day, by person ..., and last by its id."""
    parts = (str(member.body[name]) for name in _ORDERS.get(member.collection, ()))
    return "#".join((*parts, keys.quoted(member.member_id)))


def item_to_member(item: MemberItem) -> Member:
    """The member an item holds."""
    return Member(
        company_id=item.company_id,
        collection=item.kind.upper(),
        member_id=item.member_id,
        body=item.body,
        is_active=item.is_active,
        created_at=item.created_at,
        updated_at=item.updated_at,
        due_at=item.due_at,
        revision=item.revision or 0,
    )
