"""The agent as a systemd unit."""

from collections.abc import Iterable

UNIT_NAME = "attendance-edge.service"
_UNIT = """\
[Unit]
Description=Attendance edge agent
Wants=network-online.target
After=network-online.target

[Service]
ExecStart={command}
User={user}
Restart=always
RestartSec=5
TimeoutStopSec=90
UMask=0077
NoNewPrivileges=true
PrivateTmp=true
ProtectSystem=full

[Install]
WantedBy=multi-user.target
"""


def unit_text(arguments: Iterable[str], user: str) -> str:
    """The unit's file."""
    return _UNIT.format(command=" ".join(map(_quoted, arguments)), user=user)


def _quoted(text: str) -> str:
    """systemd's own quoting: % is a specifier, $ a variable."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'
