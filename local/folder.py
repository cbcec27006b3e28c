"""Where one local stack keeps its files."""

import os
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Folder:
    """The private folder of one stack: engine data, logs, process ids, `stack.json`."""

    root: Path

    @classmethod
    def from_environment(cls) -> "Folder":
        """`LOCAL_DIR`, else `.local` in the repository."""
        named = os.environ.get("LOCAL_DIR")
        return cls(Path(named).resolve() if named else REPOSITORY / ".local")

    @property
    def logs(self) -> Path:
        """One log file a process."""
        return self.root / "logs"

    @property
    def processes(self) -> Path:
        """One file a running process, with its id."""
        return self.root / "processes"

    @property
    def state(self) -> Path:
        """What the engine keeps between runs."""
        return self.root / "state"

    @property
    def temporary(self) -> Path:
        """TMPDIR of everything started here; emptied at every start."""
        return self.root / "tmp"

    @property
    def build(self) -> Path:
        """What `sam build` makes."""
        return self.root / "build"

    @property
    def edge(self) -> Path:
        """The demo's edge agent and emulated terminals."""
        return self.root / "edge"

    @property
    def edge_config(self) -> Path:
        """The running agent's `edge.toml`."""
        return self.edge / "edge.toml"

    @property
    def started(self) -> Path:
        """What the running processes were started with: sources and ports."""
        return self.root / "started.json"

    @property
    def stack_file(self) -> Path:
        """What tools and tests read; 0600."""
        return self.root / "stack.json"

    @property
    def demo_file(self) -> Path:
        """The demo company's people and their passwords; 0600."""
        return self.root / "demo.json"

    def make(self) -> None:
        """Make all folders, readable by their owner only."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.root.chmod(0o700)
        for child in (self.logs, self.processes, self.state, self.temporary, self.edge):
            child.mkdir(exist_ok=True, mode=0o700)
