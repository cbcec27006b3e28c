"""What is uploaded to AWS: small, and whole enough to run on nothing else."""

import json
import os
import ssl
import subprocess
import sys
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.bindings import _rust

from local.artifacts import DEPENDENCIES
from local.slim import (
    ROOTS_OF_AWS,
    SDK_SERVICES,
    drop_symbols,
    drop_unused_services,
    keep_roots_of_aws,
)
from tests import artifact_driver
from tests.accounts import OWNER_PASSWORD, fresh_codename, owner_body, set_secrets
from tests.artifact import build_artifact, run_on_artifact, size_of
from tests.bench.cold_start import FORBIDDEN
from tests.http_events import http_event
from tests.platform.template import FUNCTIONS, package

MEGABYTE = 1_000_000
UNCHECKED_HASH = (1).to_bytes(4, "little")  # PEP 552
FAILURE = """
import jmespath, json, sys, traceback
try:
    jmespath.compile("a[")
except ValueError:
    frames = traceback.extract_tb(sys.exc_info()[2])
    print(json.dumps([(frame.filename, frame.lineno, frame.name) for frame in frames]))
"""
CLIENTS = """
import botocore.session, sys
for service in sys.stdin.read().split():
    for region in ("us-east-1", "cn-north-1", "eu-south-2"):
        client = botocore.session.Session().create_client(service, region)
        print(service, region, client.meta.endpoint_url, sep=" ")
"""


@pytest.fixture(scope="module")
def artifact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_artifact(tmp_path_factory.mktemp("artifact"))


def answers_of(artifact: Path, *asked: tuple[str, dict[str, Any]]) -> list[tuple[int, Any]]:
    code = Path(artifact_driver.__file__).read_text()
    kept = {name: value for name, value in os.environ.items() if name not in ("PATH", "PYTHONPATH")}
    printed = run_on_artifact(artifact, code, stdin=json.dumps(asked), environment=kept)
    return [(status, body) for status, body in json.loads(printed)]


def test_the_dependencies_with_the_sdk_are_at_most_25_megabytes(artifact: Path) -> None:
    assert size_of(artifact / DEPENDENCIES) <= 25 * MEGABYTE


def test_every_source_has_its_bytecode_and_no_test_is_shipped(artifact: Path) -> None:
    sources = list(artifact.rglob("*.py"))

    assert len(sources) > 300
    assert all(Path(cache_from_source(str(source))).is_file() for source in sources)
    assert not list(artifact.rglob("*.pyi")) + list(artifact.rglob("tests"))


def test_libraries_are_bytecode_alone_which_nothing_checks(artifact: Path) -> None:
    packages = artifact / DEPENDENCIES
    modules = list(packages.rglob("*.pyc"))

    assert len(modules) > 500
    assert not list(packages.rglob("*.py"))
    for module in [*modules, *artifact.rglob("__pycache__/*.pyc")]:
        assert module.read_bytes()[:8] == MAGIC_NUMBER + UNCHECKED_HASH, module


def test_a_failure_in_a_library_tells_the_same_places_as_with_its_sources(artifact: Path) -> None:
    shipped = json.loads(run_on_artifact(artifact, FAILURE))
    installed = subprocess.run([sys.executable, "-c", FAILURE], capture_output=True, check=True)

    assert len(shipped) > 3
    assert [place[1:] for place in shipped] == [p[1:] for p in json.loads(installed.stdout)]
    assert all(name.startswith("/opt/python/jmespath/") for name, *_ in shipped[1:])


def test_the_packages_still_say_what_they_are(artifact: Path) -> None:
    abouts = list((artifact / DEPENDENCIES).glob("*.dist-info"))

    assert len(abouts) > 15
    assert all((about / "METADATA").is_file() for about in abouts)


def test_a_client_of_each_service_in_use_is_built_in_any_partition(artifact: Path) -> None:
    printed = run_on_artifact(artifact, CLIENTS, stdin=" ".join(SDK_SERVICES))

    told = [line.split() for line in printed.splitlines()]
    assert {service for service, *_ in told} == set(SDK_SERVICES)
    assert all(f"{service}.{region}.amazonaws.com" in url for service, region, url in told)


def test_every_function_starts_on_it(artifact: Path) -> None:
    apps = [f"{package(function)}.app" for function in FUNCTIONS]

    printed = run_on_artifact(artifact, f"import {', '.join(apps)}, sys; print(*sys.modules)")

    assert set(apps) <= set(printed.split())
    assert not FORBIDDEN & set(printed.split())


def test_a_company_is_made_and_its_owner_works_with_it(
    artifact: Path, engine_url: str, parts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_secrets(engine_url, monkeypatch)
    codename = fresh_codename()
    login = {"email": f"owner@{codename}.example", "password": OWNER_PASSWORD}
    day = {"shiftId": "s1", "shiftDate": "2026-03-06", "startTime": "09:00", "endTime": "17:00"}
    asked = [
        ("accounts_api", http_event("POST", "/tenantowners", owner_body(codename))),
        ("accounts_api", http_event("POST", "/login", login | {"companyCodename": codename})),
        ("attendance_api", http_event("POST", "/v1/shifts", day)),
        ("attendance_api", http_event("GET", "/v1/attendance-records")),
        ("attendance_api", http_event("GET", "/admin/health")),
        ("attendance_api", http_event("GET", "/openapi.json")),
        ("attendance_api", http_event("GET", "/swagger/swagger-ui.css")),
        ("ingest_punches", http_event("POST", "/v1/punches", {})),
    ]

    told = answers_of(artifact, *asked)

    assert [status for status, _ in told] == [201, 200, 201, 200, 200, 200, 200, 401], told
    assert told[5][1]["openapi"] == "3.1.0"


def test_a_library_loses_what_only_a_linker_reads(artifact: Path) -> None:
    installed = Path(_rust.__file__)
    shipped = artifact / DEPENDENCIES / "cryptography" / "hazmat" / "bindings" / installed.name

    assert 0 < shipped.stat().st_size < installed.stat().st_size


def test_what_is_no_library_of_linux_stays_as_it_is(tmp_path: Path) -> None:
    library = tmp_path / "other.so"
    library.write_bytes(b"\xcf\xfa\xed\xfe" + bytes(100))

    drop_symbols(library)

    assert library.read_bytes() == b"\xcf\xfa\xed\xfe" + bytes(100)


def test_the_sdk_trusts_the_roots_of_aws_and_no_others(artifact: Path) -> None:
    bundle = artifact / DEPENDENCIES / "botocore" / "cacert.pem"
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trust.load_verify_locations(bundle)

    subjects = [dict(part[0] for part in root["subject"]) for root in trust.get_ca_certs()]
    assert len(subjects) == len(ROOTS_OF_AWS)
    assert {subject["organizationName"] for subject in subjects} == {
        "Amazon",
        "DigiCert Inc",
        "Starfield Technologies, Inc.",
    }


def test_a_root_that_the_sdk_no_longer_brings_fails_the_build(tmp_path: Path) -> None:
    bundle = tmp_path / "cacert.pem"
    bundle.write_text('# Issuer: CN=Other\n# Label: "Other Root"\n')

    with pytest.raises(KeyError, match="Amazon Root CA 1"):
        keep_roots_of_aws(bundle)


def test_the_sdk_keeps_the_services_in_use_and_its_common_files(tmp_path: Path) -> None:
    for service in ("dynamodb", "ec2", "events"):
        (tmp_path / service).mkdir()
    partition = {"partition": "aws", "services": {"sqs": {"endpoints": {}}, "ec2": {}}}
    (tmp_path / "endpoints.json").write_text(json.dumps({"partitions": [partition]}))

    drop_unused_services(tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == {"dynamodb", "events", "endpoints.json"}
    (kept,) = json.loads((tmp_path / "endpoints.json").read_text())["partitions"]
    assert kept == {"partition": "aws", "services": {"sqs": {"endpoints": {}}}}
