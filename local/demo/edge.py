"""The edge agent that reads the demo's terminals."""

import subprocess
from dataclasses import dataclass

from local import environment
from local.answers import why_no_answer
from local.choices import Choices
from local.demo.company import DEVICES
from local.demo.rest import Rest
from local.demo.terminals import Terminals
from local.errors import LaunchError
from local.folder import Folder
from local.processes import Process
from local.stack_file import read, write_private

_HEAD = """\
[cloud]
url = "{cloud}"

[agent]
state_dir = "state"
poll_seconds = 5

[api]
listen = "127.0.0.1:{port}"
"""
_DEVICE = """
[[device]]
id = "{id}"
name = "{name}"
address = "127.0.0.1"
port = {port}
transport = "tcp"
timezone = "{zone}"
live = true
"""


@dataclass(frozen=True)
class Edge:
    """One agent, its configuration and its own state folder."""

    choices: Choices
    folder: Folder

    @property
    def process(self) -> Process:
        """The agent as a service."""
        return Process(self.folder, "edge-agent")

    def configure(self, terminals: Terminals, zone: str) -> None:
        """Write `edge.toml` for the terminals as they listen now."""
        text = _HEAD.format(cloud=self.choices.base_url, port=self.choices.edge_port)
        for device, port in zip(DEVICES, terminals.ports, strict=True):
            text += _DEVICE.format(id=device, name=device.capitalize(), port=port, zone=zone)
        self.folder.edge_config.write_text(text)

    def enrolled(self, rest: Rest) -> bool:
        """The cloud knows this very agent; a cloud that lost its data does not."""
        agent_id = read(self.folder.demo_file).get("agentId", "")
        return bool(agent_id) and rest.exists(f"/v1/agents/{agent_id}")

    def enroll(self, rest: Rest) -> None:
        """A code from the API, a key pair made here, its public half registered."""
        made = rest.call("POST", "/v1/agents", {"name": "Demo agent", "deviceIds": list(DEVICES)})
        agent = made["agent"]
        self._run("enroll", "--url", self.choices.base_url, "--code", agent["enrollmentCode"])
        noted = read(self.folder.demo_file) | {"agentId": agent["agentId"]}
        write_private(self.folder.demo_file, noted)

    def start(self) -> None:
        """Poll, forward and serve the local API until TERM."""
        command = ["attendance-edge", "run", "--config", str(self.folder.edge_config)]
        self.process.start(command, environment.for_service(self.folder))
        self.process.wait_ready(
            lambda: why_no_answer(f"{self.choices.edge_url}/health"), seconds=60
        )

    def _run(self, *arguments: str) -> None:
        done = subprocess.run(
            ["attendance-edge", *arguments, "--config", str(self.folder.edge_config)],
            env=environment.for_service(self.folder),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise LaunchError(f"attendance-edge {arguments[0]}: {done.stdout}{done.stderr}")
