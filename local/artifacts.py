"""What `sam build` leaves to do: `python3.13 -m local.artifacts FOLDER`, by the target's Python.

Lambda cannot write beside the code, so without bytecode every cold start compiles it again (2.5
times the start, performance.md section 1.3); the unchecked kind survives the zip's rewritten
times. The SDK describes 400 services, 28 MB; the functions speak to four.
"""

import compileall
import py_compile
import shutil
import sys
from pathlib import Path

SDK_SERVICES = ("dynamodb", "events", "secretsmanager", "sqs")


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


def drop_unused_services(built: Path) -> None:
    """Leave the SDK only the descriptions of the services in `SDK_SERVICES`."""
    for data in built.glob("*/python/botocore/data"):
        for service in data.iterdir():
            if service.is_dir() and service.name not in SDK_SERVICES:
                shutil.rmtree(service)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    drop_unused_services(folder)
    sys.exit(not add_bytecode(folder))
