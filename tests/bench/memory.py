"""What the agent's process holds while it reads many large logs, and then polls on.

`python -m tests.bench.memory 50 100000 1000` takes some minutes: terminals, records, polls.
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import linear_regression
from typing import Any

import httpx
import psutil
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from attendance_edge.outbox import make_private_folder, peek
from attendance_edge.uplink import AgentIdentity
from attendance_edge.uplink.identity import save_identity
from tests.bench.far_service import Far, far_service
from tests.bench.figure import Figure

TERMINALS, RECORDS, POLLS = 50, 20_000, 1000
PATIENCE_SECONDS = 1800
MEGABYTE = 1 << 20


@dataclass
class Watch:
    """Resident megabytes of a process, sampled; `most` also while nobody looks."""

    process: psutil.Process
    polls: Callable[[], int]
    most: float = 0.0
    seen: list[tuple[int, float]] = field(default_factory=list)

    def sample(self) -> None:
        """Note what is held after how many polls."""
        self.seen.append((self.polls(), self.held()))

    def held(self) -> float:
        """Megabytes now."""
        megabytes = self.process.memory_info().rss / MEGABYTE
        self.most = max(self.most, megabytes)
        return megabytes


def measure(
    terminals: int = TERMINALS, records: int = RECORDS, polls: int = POLLS
) -> Iterator[Figure]:
    """Read everything, hand it over, then poll so many times in all."""
    name = f"{terminals} terminals of {records} records"
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        fleet = stack.enter_context(_fleet(terminals, records))
        control = stack.enter_context(httpx.Client(base_url=fleet["control_url"], timeout=60))
        port = stack.enter_context(far_service(Far()))
        config = _site(folder, f"http://127.0.0.1:{port}", fleet["terminals"])
        began = time.monotonic()
        agent = stack.enter_context(_agent(config))
        watch = Watch(psutil.Process(agent.pid), lambda: _connections(control))
        _until(watch, lambda: _all_handed_over(folder / "state", terminals * records))
        yield Figure(name=f"{name}: read and handed over", value=time.monotonic() - began, unit="s")
        target = watch.polls() + polls
        _until(watch, lambda: watch.seen[-1][0] >= target, sample=True)
        threads = watch.process.num_threads()
    yield Figure(name=f"{name}: most memory", value=watch.most, unit="MB", at_most=200)
    slope = linear_regression(*zip(*watch.seen, strict=True)).slope * 1000
    yield Figure(name=f"{name}: growth in 1,000 polls", value=slope, unit="MB", at_most=5)
    yield Figure(name=f"{name}: threads", value=threads, unit="", at_most=terminals + 12)


def _until(watch: Watch, done: Callable[[], bool], *, sample: bool = False) -> None:
    stop = threading.Event()
    often = threading.Thread(target=_look_often, args=(watch, stop))
    often.start()
    ends = time.monotonic() + PATIENCE_SECONDS
    try:
        while True:
            if sample:
                watch.sample()
            if done():
                return
            assert time.monotonic() < ends, "it did not come to that in time"
            time.sleep(0.5)
    finally:
        stop.set()
        often.join()


def _look_often(watch: Watch, stop: threading.Event) -> None:
    while not stop.wait(0.05):
        watch.held()


def _all_handed_over(state_dir: Path, records: int) -> bool:
    glimpse = peek(state_dir)
    return bool(glimpse and (glimpse.summary.known, glimpse.summary.queued) == (records, 0))


def _connections(control: httpx.Client) -> int:
    return sum(int(one["connections"]) for one in control.get("/terminals").json()["terminals"])


@contextmanager
def _fleet(terminals: int, records: int) -> Iterator[dict[str, Any]]:
    command = [sys.executable, "-m", "attendance_edge", "simulate", "--json"]
    command += ["--terminals", str(terminals), "--records", str(records)]
    command += ["--first-port", "0", "--control-port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.kill()


def _site(folder: Path, url: str, places: list[dict[str, Any]]) -> Path:
    key = Ed25519PrivateKey.generate()
    make_private_folder(folder / "state")
    known = AgentIdentity(agent_id="bench", company_id="bench", url=url, key=key)
    save_identity(folder / "state", known)
    lines = [f'[cloud]\nurl = "{url}"\n[agent]\npoll_seconds = 0.5\n[api]\nlisten = ""']
    for place in places:
        lines.append(f'[[device]]\nid = "t{place["id"]}"\nname = "T"\naddress = "127.0.0.1"')
        lines.append(f'port = {place["port"]}\ntransport = "tcp"\ntimezone = "UTC"')
    config = folder / "edge.toml"
    config.write_text("\n".join(lines))
    return config


@contextmanager
def _agent(config: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "attendance_edge", "run", "--config", str(config)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(60)


if __name__ == "__main__":
    for figure in measure(*map(int, sys.argv[1:])):
        print(f"{figure.name}: {figure.value:.3g} {figure.unit} {figure.bound}", flush=True)
