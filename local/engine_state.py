"""What must be put right in the engine's saved state before it starts again."""

import json

from local.folder import Folder


def forget_stream_positions(folder: Folder) -> None:
    """Streams start empty after a restart, so positions of before would skip new records."""
    saved = folder.state / "lambda.json"
    if not saved.exists():
        return
    state = json.loads(saved.read_text())
    positions = state.get("payload", {}).get("dynamodb_stream_positions")
    if positions and positions.get("data"):
        positions["data"] = type(positions["data"])()
        saved.write_text(json.dumps(state))
