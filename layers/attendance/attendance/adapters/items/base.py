"""What all items share: the table, its keys and its indexes."""

from typing import Any, ClassVar, Self

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, VersionAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection, KeysOnlyProjection
from pynamodb.models import Model

from attendance.adapters.conflict_retry import retry_conflicts
from attendance.adapters.items.item_parser import ItemParsers
from attendance.adapters.items.listed import LISTED


class ByList(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]
    """A company's lists, in the order they are shown."""

    class Meta:
        """Index settings."""

        index_name = "byList"
        projection = IncludeProjection(list(LISTED))

    list_pk = UnicodeAttribute(hash_key=True, attr_name="listPk")
    list_sk = UnicodeAttribute(range_key=True, attr_name="listSk")


class ByGroup(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]
    """Members of something: the people of a shift."""

    class Meta:
        """Index settings."""

        index_name = "byGroup"
        projection = KeysOnlyProjection()

    group_pk = UnicodeAttribute(hash_key=True, attr_name="groupPk")
    group_sk = UnicodeAttribute(range_key=True, attr_name="groupSk")


class ByDue(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]
    """Seats whose next sweep is due, by the hour."""

    class Meta:
        """Index settings."""

        index_name = "byDue"
        projection = KeysOnlyProjection()

    due_pk = UnicodeAttribute(hash_key=True, attr_name="duePk")
    due_sk = UnicodeAttribute(range_key=True, attr_name="dueSk")


class TableItem(Model):
    """An item of the one table; `revision` is checked and counted by every save."""

    class Meta:
        """The table's name is set once, by `bind_table`."""

        table_name = "unbound"
        region = "us-east-1"
        connect_timeout_seconds = 1
        read_timeout_seconds = 3
        retry_configuration: ClassVar[dict[str, Any]] = {
            "mode": "standard",
            "total_max_attempts": 3,
        }
        max_pool_connections = 16

    by_list = ByList()
    by_group = ByGroup()
    by_due = ByDue()
    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = UnicodeAttribute()
    list_pk = UnicodeAttribute(null=True, attr_name="listPk")
    list_sk = UnicodeAttribute(null=True, attr_name="listSk")
    group_pk = UnicodeAttribute(null=True, attr_name="groupPk")
    group_sk = UnicodeAttribute(null=True, attr_name="groupSk")
    due_pk = UnicodeAttribute(null=True, attr_name="duePk")
    due_sk = UnicodeAttribute(null=True, attr_name="dueSk")
    expires_at = NumberAttribute(null=True, attr_name="expiresAt")
    revision = VersionAttribute()

    def at_revision(self, revision: int) -> Self:
        """The item as it was read at a revision; 0 stands for an item that is not there yet."""
        if revision:
            self.revision = revision
        return self


def bind_table(table_name: str, region: str) -> None:
    """Name the table for every item class of this process; call it once, at start."""
    TableItem.Meta.table_name = table_name
    TableItem.Meta.region = region
    session = TableItem._get_connection().connection.session
    session.register_component("response_parser_factory", ItemParsers())
    retry_conflicts(session)
