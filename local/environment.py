"""The environments that the launcher's children get: none inherits a real AWS account."""

import os
import sys
from pathlib import Path

from local.choices import REGION, Choices
from local.folder import Folder

_LOOPBACK = "127.0.0.1,localhost"
_INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SYSTEMROOT")


def _account(choices: Choices) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": choices.engine_url,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": _LOOPBACK,
        "no_proxy": _LOOPBACK,
    }


def _path() -> str:
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])


def for_service(folder: Folder) -> dict[str, str]:
    """A long-running process: nothing of the caller's settings but the basics."""
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return kept | {
        "PATH": _path(),
        "TMPDIR": str(folder.temporary),
        "NO_PROXY": _LOOPBACK,
        "no_proxy": _LOOPBACK,
        "PYTHONUNBUFFERED": "1",
    }


def for_engine(choices: Choices, folder: Folder, front_door_key: str) -> dict[str, str]:
    """The engine; the functions inherit all of it, so LOG_LEVEL and the like stay out."""
    return (
        for_service(folder)
        | _account(choices)
        | {
            "GATEWAY_PORT": str(choices.engine_port),
            "FRONT_DOOR_KEY": front_door_key,
            "BIND_HOST": "127.0.0.1",
            "MINISTACK_REGION": REGION,
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "DOCKER_HOST": f"unix://{folder.temporary}/none",
            "AUTH": "true" if choices.enforce_iam else "false",
            "PERSIST_STATE": "1",
            "STATE_DIR": str(folder.state),
            "S3_DATA_DIR": str(folder.temporary / "s3"),
            "LAMBDA_WARM_TTL_SECONDS": "900",
        }
    )


def for_tool(choices: Choices, folder: Folder) -> dict[str, str]:
    """`sam`: the caller's pip settings and proxies count, the caller's AWS account does not."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "SAM_"))}
    return (
        kept
        | _account(choices)
        | {
            "PATH": _path(),
            "TMPDIR": str(folder.temporary),
            "SAM_CLI_TELEMETRY": "0",
            "PYTHONWARNINGS": "ignore",
        }
    )
