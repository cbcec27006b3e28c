"""Bytecode for built artifacts: `python -m local.bytecode FOLDER` with the target's Python.

Lambda cannot write beside the code, so every cold start would compile it again (2.5 times the
start, performance.md section 1.3); the unchecked kind survives the zip's rewritten times.
"""

import compileall
import py_compile
import sys
from pathlib import Path


def compile_artifacts(built: Path) -> bool:
    """Put a .pyc beside every .py under `built`; False if one does not compile."""
    return bool(
        compileall.compile_dir(
            built,
            quiet=1,
            force=True,
            workers=0,
            stripdir=str(built),
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
    )


if __name__ == "__main__":
    sys.exit(not compile_artifacts(Path(sys.argv[1])))
