"""The copy of `/openapi.json` that is kept beside the documentation, as the code makes it today.

`python -m tests.kept_openapi` (or `make documents`) writes it to `docs/openapi.json`.
"""

import json
import tomllib
from pathlib import Path
from typing import Any

from attendance_api.openapi.document import openapi_document

REPOSITORY = Path(__file__).parents[1]
KEPT = REPOSITORY / "docs" / "openapi.json"


def current_document() -> dict[str, Any]:
    """What `/openapi.json` of this version answers."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    return openapi_document(project["version"])


def text_of(document: dict[str, Any]) -> str:
    """As it stands in the file."""
    return f"{json.dumps(document, indent=1, ensure_ascii=False)}\n"


def main() -> None:
    """Write it."""
    KEPT.write_text(text_of(current_document()))


if __name__ == "__main__":
    main()
