"""The real template, built and deployed to the engine by the real `sam`."""

import platform
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from local import artifacts, environment
from local.choices import REGION, Choices
from local.errors import LaunchError
from local.folder import REPOSITORY, Folder
from local.sources import DEPLOYED, fingerprint

STACK = "attendance-local"
_BUCKET = "attendance-local-artifacts"
_CONFIG = ("--config-file", str(REPOSITORY / "samconfig.toml"), "--config-env", "local")
_GOOD = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE"})


def client(choices: Choices, service: str) -> Any:
    """A boto3 client of the engine, whatever AWS account this machine knows."""
    make: Any = boto3.client
    return make(
        service,
        endpoint_url=choices.engine_url,
        region_name=REGION,
        aws_access_key_id="local",
        aws_secret_access_key="local",  # noqa: S106 - the engine has no log-in
        config=Config(proxies={}, retries={"mode": "standard"}),
    )


@dataclass(frozen=True)
class Deployment:
    """One stack in one engine."""

    choices: Choices
    folder: Folder

    def current(self) -> bool:
        """The engine holds a good stack made from these very sources."""
        stack = self._stack()
        return stack.get("StackStatus") in _GOOD and self._version in {
            parameter["ParameterValue"] for parameter in stack.get("Parameters", [])
        }

    def outputs(self) -> dict[str, str]:
        """The template's Outputs."""
        return {o["OutputKey"]: o["OutputValue"] for o in self._stack().get("Outputs", [])}

    def build(self) -> None:
        """`sam build` with bytecode; wheels stay out, the engine's own environment has them."""
        self._sam("build", "--build-dir", str(self.folder.build), "--exclude", "DependenciesLayer")
        if not artifacts.finish(self.folder.build):
            raise LaunchError("the built functions do not compile, see the lines above")

    def deploy(self) -> None:
        """`sam deploy` of what `build` made."""
        client(self.choices, "s3").create_bucket(Bucket=_BUCKET)
        self._sam("deploy", "--template-file", str(self.folder.build / "template.yaml"))

    def secret(self, arn: str) -> str:
        """The text of a secret of the stack."""
        answer = client(self.choices, "secretsmanager").get_secret_value(SecretId=arn)
        return str(answer["SecretString"])

    @cached_property
    def _version(self) -> str:
        project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
        return f"{project['version']}+{fingerprint(DEPLOYED)}"

    def _stack(self) -> dict[str, Any]:
        try:
            found = client(self.choices, "cloudformation").describe_stacks(StackName=STACK)
        except ClientError:
            return {}
        stack: dict[str, Any] = found["Stacks"][0]
        return stack

    def _sam(self, command: str, *options: str) -> None:
        overrides = [
            "Target=local",
            "Stage=local",
            f"PythonRuntime=python{sys.version_info.major}.{sys.version_info.minor}",
            f"Architecture={'arm64' if platform.machine() in ('arm64', 'aarch64') else 'x86_64'}",
            f"AppVersion={self._version}",
        ]
        done = subprocess.run(
            ["sam", command, *_CONFIG, *options, "--parameter-overrides", *overrides],
            cwd=REPOSITORY,
            env=environment.for_tool(self.choices, self.folder),
            capture_output=True,
            text=True,
            check=False,
        )
        (self.folder.logs / f"sam-{command}.log").write_text(done.stdout + done.stderr)
        if done.returncode:
            end = "\n".join((done.stdout + done.stderr).splitlines()[-25:])
            raise LaunchError(f"sam {command} failed:\n{end}")
