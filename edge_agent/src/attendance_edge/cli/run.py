"""`attendance-edge run`."""

from attendance_edge.agent.service import Service
from attendance_edge.cli.logs import log_to_stdout
from attendance_edge.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption
from attendance_edge.cli.printer import Printer
from attendance_edge.config import load_config
from attendance_edge.outbox import Outbox


def run(config: ConfigOption = DEFAULT_CONFIG, json: JsonOption = False) -> None:
    """Poll, forward and serve the local API, until SIGTERM or Ctrl-C."""
    with Printer(as_json=json).errors_told():
        settings = load_config(config)
        log_to_stdout(as_json=json)
        with Outbox(settings.state_dir) as outbox:
            Service(settings, outbox).run()
