"""What `sam build` leaves to do: `python3.13 -m local.artifacts FOLDER`, by the target's Python.

Lambda cannot write beside the code, so without bytecode every cold start compiles it again (2.5
times the start, performance.md section 1.3); the unchecked kind survives the zip's rewritten
times. The dependencies layer is slimmed first, and keeps its bytecode alone.
"""

import compileall
import py_compile
import sys
from pathlib import Path

from local.bytecode import leave_bytecode
from local.slim import slim

DEPENDENCIES = "DependenciesLayer/python"


def add_bytecode(built: Path) -> bool:
    """Put a .pyc beside every .py under `built`; False if one does not compile."""
    return bool(
        compileall.compile_dir(
            built,
            quiet=1,
            force=True,
            stripdir=str(built),
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
    )


def finish(built: Path) -> bool:
    """All that is left to do in the folder of `sam build`; False if a source does not compile."""
    packages = built / DEPENDENCIES
    if packages.is_dir():
        slim(packages)
        if not leave_bytecode(packages):
            return False
    return add_bytecode(built)


if __name__ == "__main__":
    sys.exit(not finish(Path(sys.argv[1])))
