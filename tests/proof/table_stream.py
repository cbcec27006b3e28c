"""Every committed change of a table, as its stream tells them."""

from typing import Any

from tests.engine import aws_client

Record = dict[str, Any]


class TableStream:
    """A reader of the one shard that the local engine has."""

    def __init__(self, engine_url: str, table_name: str) -> None:
        self._client = aws_client("dynamodbstreams", engine_url)
        table = aws_client("dynamodb", engine_url).describe_table(TableName=table_name)
        self._arn = table["Table"]["LatestStreamArn"]
        told = self._client.describe_stream(StreamArn=self._arn)["StreamDescription"]
        self._shard = told["Shards"][0]["ShardId"]
        self._last: str | None = None

    def read(self) -> list[Record]:
        """What was committed since the last reading, in its order."""
        found: list[Record] = []
        iterator = self._iterator()
        while page := self._client.get_records(ShardIterator=iterator):
            if not page["Records"]:
                return found
            found += page["Records"]
            self._last = found[-1]["dynamodb"]["SequenceNumber"]
            iterator = page["NextShardIterator"]
        return found

    def _iterator(self) -> str:
        where: dict[str, str] = {"ShardIteratorType": "TRIM_HORIZON"}
        if self._last is not None:
            where = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": self._last}
        told = self._client.get_shard_iterator(StreamArn=self._arn, ShardId=self._shard, **where)
        return str(told["ShardIterator"])
