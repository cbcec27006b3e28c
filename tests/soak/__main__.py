"""`python -m tests.soak [minutes]`: kills, bad terminals, a bad service; then nothing is lost.

Terminals take punches all the time while the agent is killed at random, terminals hang, drop or
refuse, and the service answers errors. When the faults end, every punch that a terminal took is
with the service once, nothing was invented, and no terminal was written to or left disabled
(reliability invariants I1, I2 and I14).
"""

import base64
import random
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from attendance_edge.outbox import make_private_folder
from attendance_edge.simulator import EmulatedTerminal
from attendance_edge.uplink import AgentIdentity
from attendance_edge.uplink.identity import save_identity
from tests.edge.agent.fake_cloud import FakeCloud, Handler
from tests.edge.agent.sites import write_config

TERMINALS = 4
RECOVERY_SECONDS = 120
FAULTS: tuple[dict[str, object], ...] = (
    {},
    {"hang": True},
    {"answer_delay": 0.3},
    {"drop_after_bytes": 500},
    {"close_on_connect": True},
    {"split_bytes": 7, "split_pause": 0.001},
    {"late_once_on": (1503,), "late_seconds": 1.0},
)
FIRST = datetime(2026, 3, 1)


class Soak:
    """A site under fire; every random choice comes from one seed."""

    def __init__(self, folder: Path, stack: ExitStack, seed: int) -> None:
        self.random = random.Random(seed)
        self.cloud = FakeCloud()
        stack.callback(self.cloud.close)
        self.terminals = [
            stack.enter_context(EmulatedTerminal(users=0, serial_number=f"EMU{n:07}"))
            for n in range(TERMINALS)
        ]
        ports = {f"t{n}": terminal.port for n, terminal in enumerate(self.terminals)}
        self.config = write_config(folder, self.cloud.url, ports, deadline_seconds=2)
        self._enroll(folder)
        self.taken: set[tuple[str, str, str]] = set()
        self.kills = 0
        self.punched = 0

    def _enroll(self, folder: Path) -> None:
        key = Ed25519PrivateKey.generate()
        known = AgentIdentity(agent_id="acme_soak", company_id="acme", url=self.cloud.url, key=key)
        self.cloud.keys["acme_soak"] = base64.urlsafe_b64decode(known.public_key() + "=")
        make_private_folder(folder / "state")
        save_identity(folder / "state", known)

    def run(self, seconds: float) -> None:
        """Fire until the time is up, then let the agent recover."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            with self._agent() as agent:
                lives_until = time.monotonic() + self.random.uniform(0.3, 6)
                while time.monotonic() < lives_until:
                    self._something_happens()
                    time.sleep(0.05)
                agent.kill()
                self.kills += 1
        for terminal in self.terminals:
            terminal.faults.clear()
        self._recover()

    def _agent(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "attendance_edge", "run", "--config", str(self.config)]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, stdout=quiet, stderr=quiet)

    def _something_happens(self) -> None:
        number = self.random.randrange(TERMINALS)
        user_id, at = str(self.random.randrange(1, 40)), FIRST + timedelta(seconds=self.punched)
        self.punched += 1
        if self.terminals[number].add_punch(user_id, timestamp=at):
            self.taken.add((f"t{number}", user_id, f"{at:%Y-%m-%d %H:%M:%S}"))
        if self.random.random() < 0.1:
            self.terminals[number].faults.clear()
            self.terminals[number].set_faults(**self.random.choice(FAULTS))
        if self.random.random() < 0.1:
            self.cloud.faults.append(self._busy)

    @staticmethod
    def _busy(handler: Handler, _status: int, _answer: bytes) -> None:
        handler.say(503, b"busy")

    def _recover(self) -> None:
        self.cloud.faults.clear()
        with self._agent() as agent:
            ends = time.monotonic() + RECOVERY_SECONDS
            while self.missing() and time.monotonic() < ends:
                time.sleep(0.5)
            agent.terminate()
            agent.wait(timeout=30)

    def arrived(self) -> set[tuple[str, str, str]]:
        """What the service holds, by terminal, number and time."""
        return {(r["device_id"], r["user_id"], r["timestamp"]) for r in self.cloud.stored.values()}

    def missing(self) -> set[tuple[str, str, str]]:
        """What a terminal took and the service does not hold."""
        return self.taken - self.arrived()


def main() -> int:
    """0 when the invariants hold, 1 otherwise; the seed makes a run again."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(10**6)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        soak = Soak(folder, stack, seed)
        soak.run(minutes * 60)
        bad = {
            "lost": len(soak.missing()),
            "invented": len(soak.arrived() - soak.taken),
            "writes": sum(terminal.writes for terminal in soak.terminals),
            "disabled": sum(terminal.disabled for terminal in soak.terminals),
        }
    print(f"seed {seed}: {len(soak.taken)} punches, {soak.kills} kills, {bad}")
    return 1 if any(bad.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
