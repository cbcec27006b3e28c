"""The quick reading of the table's answers gives what botocore's own gives."""

import json

import botocore.session
import pytest
from botocore.parsers import ResponseParserFactory
from pynamodb.constants import BINARY, BINARY_SET

from attendance.adapters.items.base import TableItem
from attendance.adapters.items.item_parser import ItemParsers

ITEM = {
    "pk": {"S": "C#acme"},
    "revision": {"N": "3"},
    "assigned": {"BOOL": False},
    "nothing": {"NULL": True},
    "places": {"SS": ["a", "b"]},
    "numbers": {"NS": ["1", "2"]},
    "rest": {"M": {"list": {"L": [{"S": "x"}, {"M": {}}]}}},
    "empty": {"L": []},
}
KEY = {"pk": {"S": "C#acme"}, "sk": {"S": "USER"}}
ANSWERS = {
    "GetItem": {"Item": ITEM, "ConsumedCapacity": {"TableName": "t", "CapacityUnits": 0.5}},
    "Query": {"Items": [ITEM, KEY], "Count": 2, "ScannedCount": 2, "LastEvaluatedKey": KEY},
    "UpdateItem": {"Attributes": ITEM},
    "BatchGetItem": {
        "Responses": {"t": [ITEM]},
        "UnprocessedKeys": {"t": {"Keys": [KEY], "ConsistentRead": True}},
    },
    "TransactWriteItems": {"ConsumedCapacity": [{"TableName": "t", "WriteCapacityUnits": 2.0}]},
    "BatchExecuteStatement": {
        "Responses": [{"Error": {"Code": "DuplicateItem", "Message": "m", "Item": ITEM}}]
    },
}
REFUSED = {
    "__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
    "message": "The conditional request failed",
    "Item": ITEM,
}


def parsed(parsers: ResponseParserFactory, operation: str, status: int, body: dict) -> dict:
    model = botocore.session.get_session().get_service_model("dynamodb")
    shape = model.operation_model(operation).output_shape
    answer = {
        "status_code": status,
        "headers": {"x-amzn-requestid": "r"},
        "body": json.dumps(body).encode(),
    }
    if status >= 400:
        shape = model.shape_for("ConditionalCheckFailedException")
    parser = parsers.create_parser("json")
    return parser.parse(answer, shape)


@pytest.mark.parametrize("operation", ANSWERS)
def test_an_answer_reads_as_botocore_reads_it(operation):
    body = ANSWERS[operation]
    found = parsed(ItemParsers(), operation, 200, body)
    assert found == parsed(ResponseParserFactory(), operation, 200, body)


def test_a_refusal_reads_as_botocore_reads_it():
    found = parsed(ItemParsers(), "PutItem", 400, REFUSED)
    assert found == parsed(ResponseParserFactory(), "PutItem", 400, REFUSED)
    assert found["Item"] == ITEM


def test_an_items_attributes_are_not_built_anew():
    attributes = botocore.session.get_session().get_service_model("dynamodb")
    shape = attributes.operation_model("GetItem").output_shape.members["Item"]
    parser = ItemParsers().create_parser("json")
    assert parser._handle_map(shape, ITEM) is ITEM


def test_no_item_holds_bytes():
    models = [TableItem]
    for model in models:
        models += model.__subclasses__()
        types = {attribute.attr_type for attribute in model.get_attributes().values()}
        assert not types & {BINARY, BINARY_SET}


def test_other_protocols_are_read_as_before():
    assert type(ItemParsers().create_parser("query")).__name__ == "QueryParser"
