"""Answers of the table as they came: botocore would build each attribute of each item anew.

An attribute is `{"S": "…"}` on the wire and in botocore's answer alike, but for bytes, which no
item of ours holds. Building them anew takes most of the client's time where many are read.
"""

from typing import Any

from botocore.parsers import JSONParser, ResponseParser, ResponseParserFactory

_ATTRIBUTE = "AttributeValue"


class ItemParsers(ResponseParserFactory):
    """For a session's component `response_parser_factory`."""

    def create_parser(self, protocol_name: str) -> ResponseParser:
        """A parser for a service's protocol; the table's is `json`."""
        return _ItemParser() if protocol_name == "json" else super().create_parser(protocol_name)


class _ItemParser(JSONParser):
    def _handle_map(self, shape: Any, value: Any) -> Any:
        if shape.value.name == _ATTRIBUTE:
            return value
        return super()._handle_map(shape, value)  # type: ignore[misc]
