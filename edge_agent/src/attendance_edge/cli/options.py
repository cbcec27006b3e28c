"""Options that every command takes."""

from pathlib import Path
from typing import Annotated

import typer

ConfigOption = Annotated[
    Path, typer.Option("--config", help="The configuration file.", show_default=True)
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer with JSON on standard output.")]

DEFAULT_CONFIG = Path("edge.toml")
