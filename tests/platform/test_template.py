"""The template against the code it deploys, and against the rules it must keep."""

import ast
import importlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from attendance.bootstrap import Runtime
from local.folder import REPOSITORY
from local.slim import SDK_SERVICES
from tests.platform.template import (
    FUNCTIONS,
    RESOURCES,
    ROLES,
    TEMPLATE,
    as_list,
    environment,
    of_type,
    package,
    statements,
)

RUNTIME_VARIABLES = {"AWS_REGION"}
READ_BY_POWERTOOLS = {"POWERTOOLS_SERVICE_NAME", "POWERTOOLS_METRICS_NAMESPACE"}
WHOLE_LOG_GROUP = re.compile(r":log-group:/aws/lambda/\$\{AWS::StackName\}-[a-z-]+:\*$")


def sources(*folders: str) -> Iterator[ast.AST]:
    for folder in folders:
        for path in sorted((REPOSITORY / folder).rglob("*.py")):
            yield ast.parse(path.read_text())


def texts(*folders: str) -> set[str]:
    """Every string literal in the sources."""
    return {
        node.value
        for tree in sources(*folders)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_handler_of_every_function_can_be_imported(function: str, parts: Runtime) -> None:
    module, _, name = FUNCTIONS[function]["Handler"].rpartition(".")

    assert callable(getattr(importlib.import_module(module), name))


def test_every_function_folder_is_deployed() -> None:
    folders = {path.parent.name for path in (REPOSITORY / "functions").glob("*/app.py")}

    assert folders == {package(function) for function in FUNCTIONS}


def test_no_function_folder_hides_a_layers_package() -> None:
    packages = {path.parent.name for path in (REPOSITORY / "layers").glob("*/*/__init__.py")}

    assert not packages & {package(function) for function in FUNCTIONS}


def test_every_variable_the_code_reads_is_set_by_the_template() -> None:
    named = {
        text for text in texts("layers", "functions") if re.fullmatch(r"[A-Z]+(_[A-Z]+)+", text)
    }
    asked = {
        node.slice.value
        for tree in sources("layers", "functions")
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        and "environ" in ast.unparse(node.value)
        and isinstance(node.slice, ast.Constant)
    }
    given = {name for function in FUNCTIONS for name in environment(function)}

    assert asked - RUNTIME_VARIABLES <= given
    assert given - READ_BY_POWERTOOLS <= named | {"STAGE"}


def test_only_accounts_api_is_given_the_secrets() -> None:
    holders = {f for f in FUNCTIONS if any(n.endswith("SECRET_ARN") for n in environment(f))}

    assert {package(function) for function in holders} == {"accounts_api"}


def test_every_function_has_a_role_of_its_own() -> None:
    roles = [function["Role"]["Fn::GetAtt"] for function in FUNCTIONS.values()]

    assert len({str(role) for role in roles}) == len(FUNCTIONS) == len(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_names_each_action_and_each_resource(role: str) -> None:
    for statement in statements(role):
        for action in as_list(statement["Action"]):
            assert "*" not in action
            assert "Scan" not in action
        for resource in as_list(statement["Resource"]):
            text = str(resource.get("Fn::Sub", "")) if isinstance(resource, dict) else str(resource)
            assert "*" not in text or WHOLE_LOG_GROUP.search(text), text


def test_only_ingest_punches_may_use_partiql_and_only_to_insert() -> None:
    allowed = {
        (role, action)
        for role in ROLES
        for statement in statements(role)
        for action in as_list(statement["Action"])
        if "PartiQL" in action
    }

    assert allowed == {("IngestPunchesRole", "dynamodb:PartiQLInsert")}


def test_a_role_logs_to_the_group_of_its_own_function_only() -> None:
    for name, function in FUNCTIONS.items():
        role = str(as_list(function["Role"]["Fn::GetAtt"])[0]).partition(".")[0]
        groups = [
            s["Resource"]["Fn::Sub"] for s in statements(role) if "logs:PutLogEvents" in s["Action"]
        ]
        own = f"/aws/lambda/{function['FunctionName']['Fn::Sub']}"

        assert len(groups) == 1, name
        assert groups[0].endswith(f":log-group:{own}:*")
        assert own in [
            group["LogGroupName"]["Fn::Sub"]
            for group in of_type("AWS::Logs::LogGroup").values()
            if "LogGroupName" in group
        ]


def test_every_route_exists_under_the_documents_base_path_too() -> None:
    keys = {route["RouteKey"] for route in of_type("AWS::ApiGatewayV2::Route").values()}
    bare = {key for key in keys if " " in key and "/attendancemanagement-api" not in key}
    prefixed = {key.replace(" ", " /attendancemanagement-api", 1) for key in bare}

    assert keys == bare | prefixed | {"$default"}


def test_who_registers_companies_in_bulk_is_slowed_down_on_aws() -> None:
    limits = RESOURCES["ApiStage"]["Properties"]["RouteSettings"]["Fn::If"][1]
    routes = {r["RouteKey"]: n for n, r in of_type("AWS::ApiGatewayV2::Route").items()}

    assert {key.rpartition("/")[2] for key in limits} == {"tenantowners"}
    assert {routes[key] for key in limits} == set(RESOURCES["ApiStage"]["DependsOn"])
    assert all(limit["ThrottlingRateLimit"] <= 10 for limit in limits.values())


def test_a_stream_consumer_on_aws_bisects_gives_up_and_parks() -> None:
    streams = [
        event["Properties"]
        for function in FUNCTIONS.values()
        for event in function.get("Events", {}).values()
        if event["Type"] == "DynamoDB"
    ]

    assert len(streams) == 2
    for stream in streams:
        assert stream["StartingPosition"] == "TRIM_HORIZON"
        assert stream["BisectBatchOnFunctionError"]["Fn::If"][:2] == ["OnAws", True]
        assert stream["MaximumRetryAttempts"]["Fn::If"][1] <= 10
        assert stream["DestinationConfig"]["OnFailure"]["Type"] == "SQS"
        assert len(stream["FilterCriteria"]["Filters"]) <= 5


def test_the_access_log_leaves_out_path_and_query_which_may_hold_a_token() -> None:
    log = RESOURCES["ApiStage"]["Properties"]["AccessLogSettings"]["Fn::If"][1]["Format"]

    assert "$context.routeKey" in log
    assert "path" not in log.lower()
    assert "query" not in log.lower()


def test_the_sdk_is_shipped_with_the_services_the_code_speaks_to() -> None:
    spoken = {
        node.args[0].value
        for tree in sources("layers", "functions")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith(("create_client", "boto3.client"))
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }

    assert "secretsmanager" in spoken
    assert spoken <= set(SDK_SERVICES)


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]

    assert TEMPLATE["Parameters"]["AppVersion"]["Default"] == project["version"]


@pytest.mark.parametrize(
    "lock",
    [
        "requirements/dev.txt",
        "requirements/edge.txt",
        "requirements/pip.txt",
        "requirements/lock.txt",
        "layers/dependencies/requirements.txt",
    ],
)
def test_a_lock_file_pins_by_hash_and_names_no_registry(lock: str) -> None:
    content = Path(REPOSITORY / lock).read_text()

    assert "://" not in content
    for line in content.splitlines():
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==|    --hash=sha256:", line), line
