"""Two emulated terminals: real sockets, real protocol, steered over HTTP."""

import shutil
from dataclasses import dataclass

import httpx

from local import environment
from local.answers import why_no_answer
from local.demo.company import DEVICES
from local.errors import LaunchError
from local.folder import Folder
from local.ports import free_run
from local.processes import Process
from local.stack_file import read, write_private


@dataclass(frozen=True)
class Terminals:
    """The emulated terminals of one stack; their logs outlive a stop."""

    folder: Folder

    @property
    def process(self) -> Process:
        """All terminals are one process."""
        return Process(self.folder, "terminals")

    def start(self, zone: str) -> None:
        """Listen on loopback; `zone` is what the terminals' clocks show."""
        control, *terminals = free_run(1 + len(DEVICES))
        write_private(self.folder.edge / "terminals.json", {"control": control, "ports": terminals})
        command = [
            "attendance-edge",
            "simulate",
            *("--terminals", str(len(DEVICES))),
            *("--records", "0"),
            *("--first-port", str(terminals[0])),
            *("--control-port", str(control)),
            *("--timezone", zone),
            *("--state-file", str(self.folder.edge / "terminals.jsonl")),
        ]
        self.process.start(command, environment.for_service(self.folder))
        self.process.wait_ready(lambda: why_no_answer(f"{self.control_url}/terminals"), seconds=60)

    @property
    def control_url(self) -> str:
        """Where punches are made."""
        return f"http://127.0.0.1:{read(self.folder.edge / 'terminals.json')['control']}"

    @property
    def ports(self) -> list[int]:
        """The terminals' own ports, in the order of the company's devices."""
        ports: list[int] = read(self.folder.edge / "terminals.json")["ports"]
        return ports

    def punch(self, terminal: int, user_id: str) -> None:
        """A person's finger on terminal `terminal`, counted from 1."""
        url = f"{self.control_url}/terminals/{terminal}/punches"
        answer = httpx.post(url, json={"user_id": user_id, "punch": 0}, timeout=10, trust_env=False)
        if not answer.is_success:
            raise LaunchError(f"terminal {terminal} refused the punch: {answer.text}")

    def forget(self) -> None:
        """New terminals with empty logs."""
        self.process.stop(seconds=60)
        shutil.rmtree(self.folder.edge, ignore_errors=True)
        self.folder.make()
