"""Makes the dependencies layer small: what no function reads at run time goes.

Of the wheels' 53 MB most are descriptions of services nobody calls and symbols that only a linker
or a debugger asks for. With the bytecode in place of the sources 25 MB are left, of which the one
library of cryptography is 12.
"""

import json
import shutil
import struct
from pathlib import Path
from typing import Any

SDK_SERVICES = ("dynamodb", "events", "secretsmanager", "sqs")
ROOTS_OF_AWS = (
    "Amazon Root CA 1",
    "Amazon Root CA 2",
    "Amazon Root CA 3",
    "Amazon Root CA 4",
    "DigiCert Global Root CA",
    "DigiCert Global Root G2",
    "Starfield Services Root Certificate Authority - G2",
)
"""Labels of the roots that AWS's endpoints chain to: all five that Amazon Trust Services names for
trust stores of one's own, and DigiCert's, which signs in China."""

NEVER_IMPORTED = (
    "annotated_types/test_cases.py",
    "botocore/stub.py",
    "cffi",
    "pycparser",
    "pydantic/v1",
    "pydantic/color.py",
    "pydantic/experimental/pipeline.py",
    "pydantic/mypy.py",
    "dateutil/rrule.py",
    "dateutil/zoneinfo/*.tar.gz",
    "http_message_signatures/aiohttp.py",
    "http_message_signatures/httpx2.py",
    "urllib3/contrib/pyopenssl.py",
    "urllib3/contrib/socks.py",
    "urllib3/contrib/emscripten",
    "aws_lambda_powertools/logging/formatters/datadog.py",
    "aws_lambda_powertools/metrics/provider/datadog",
    "aws_lambda_powertools/utilities/auth_alpha",
    "aws_lambda_powertools/utilities/circuit_breaker",
    "aws_lambda_powertools/utilities/data_classes/cognito_user_pool_event.py",
    "aws_lambda_powertools/utilities/data_classes/iot_registry_event.py",
    "aws_lambda_powertools/utilities/data_classes/s3_object_event.py",
    "aws_lambda_powertools/utilities/data_masking",
    "aws_lambda_powertools/utilities/feature_flags",
    "aws_lambda_powertools/utilities/idempotency",
    "aws_lambda_powertools/utilities/kafka",
    "aws_lambda_powertools/utilities/parameters",
    "aws_lambda_powertools/utilities/parser/envelopes",
    "aws_lambda_powertools/utilities/streaming",
    "aws_lambda_powertools/utilities/validation",
)
NEVER_READ = ("*.pyi", "py.typed", "*.c", "*.h", "*.pxd", "tests", "test")
ABOUT_A_PACKAGE = ("METADATA", "licenses", "LICENSE*", "NOTICE*", "AUTHORS*")

_ELF_64_LITTLE = b"\x7fELF\x02\x01"
_PLACE_OF_SEGMENTS = struct.Struct("<QQ")  # e_phoff, e_shoff, at 0x20
_SIZES_OF_TABLES = struct.Struct("<HHHHH")  # e_phentsize, e_phnum, e_sh..., at 0x36
_SEGMENT = struct.Struct("<IIQQQQ")  # ..., p_offset at 8, p_filesz at 32


def slim(packages: Path) -> None:
    """Take from the folder of installed packages what no function needs."""
    drop_unused_services(packages / "botocore" / "data")
    keep_roots_of_aws(packages / "botocore" / "cacert.pem")
    for pattern in NEVER_IMPORTED:
        for path in packages.glob(pattern):
            _remove(path)
    for pattern in NEVER_READ:
        for path in list(packages.rglob(pattern)):
            _remove(path)
    for about in packages.glob("*.dist-info"):
        for path in about.iterdir():
            if not any(path.match(pattern) for pattern in ABOUT_A_PACKAGE):
                _remove(path)
        drop_description(about / "METADATA")
    for path in packages.rglob("*.so"):
        drop_symbols(path)


def drop_unused_services(data: Path) -> None:
    """Leave the SDK the descriptions and the endpoints of `SDK_SERVICES`, in every region."""
    for service in data.iterdir():
        if service.is_dir() and service.name not in SDK_SERVICES:
            shutil.rmtree(service)
    for examples in data.rglob("examples-1.json"):
        examples.unlink()
    path = data / "endpoints.json"
    endpoints: dict[str, Any] = json.loads(path.read_text())
    for partition in endpoints["partitions"]:
        services = partition["services"]
        partition["services"] = {n: s for n, s in services.items() if n in SDK_SERVICES}
    path.write_text(json.dumps(endpoints, separators=(",", ":")))


def keep_roots_of_aws(bundle: Path) -> None:
    """Leave the SDK, which calls nobody but AWS, the roots of AWS.

    It reads the bundle at every new connection: 19 ms for all the roots there are, 1 for these
    (performance.md section 1.5). Raises KeyError for a root that the bundle does not have.
    """
    known = {}
    for block in bundle.read_text().split("# Issuer: ")[1:]:
        label = block.partition('# Label: "')[2].partition('"')[0]
        known[label] = f"# Issuer: {block}"
    bundle.write_text("".join(known[label] for label in ROOTS_OF_AWS))


def drop_description(metadata: Path) -> None:
    """Leave a package its name, version and licence, without the page that its index shows."""
    fields, _, _description = metadata.read_bytes().replace(b"\r\n", b"\n").partition(b"\n\n")
    metadata.write_bytes(fields + b"\n")


def drop_symbols(library: Path) -> None:
    """Cut a shared library after its last segment: the loader reads segments, never sections.

    What is cut is the names that a linker or a debugger would ask for. It is the same on every
    machine that builds and for every processor, which `strip` is not. Other files stay as they are.
    """
    content = bytearray(library.read_bytes())
    if not content.startswith(_ELF_64_LITTLE):
        return
    segments, _sections = _PLACE_OF_SEGMENTS.unpack_from(content, 0x20)
    size, count, *_ = _SIZES_OF_TABLES.unpack_from(content, 0x36)
    ends = [segments + size * count]
    for number in range(count):
        _kind, _flags, offset, *_rest = _SEGMENT.unpack_from(content, segments + number * size)
        (length,) = struct.unpack_from("<Q", content, segments + number * size + 32)
        ends.append(offset + length)
    struct.pack_into("<Q", content, 0x28, 0)
    struct.pack_into("<HHH", content, 0x3A, 0, 0, 0)
    library.write_bytes(content[: max(ends)])


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
