"""Reading `edge.toml`: right as a whole, or refused with every mistake (edge-agent.md)."""

import re
import tomllib
from pathlib import Path
from typing import Any, cast

from attendance_edge.config import checks
from attendance_edge.config.lines import Lines
from attendance_edge.config.mistakes import ConfigError, Mistake
from attendance_edge.config.model import ApiConfig, Config, DeviceConfig
from attendance_edge.config.section import Notes, Section
from attendance_edge.terminal import TerminalAddress
from attendance_edge.terminal.address import TransportChoice

_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_TABLES = ("cloud", "agent", "api", "push", "device")


def load_config(path: Path) -> Config:
    """The configuration in the file; ConfigError names every mistake with its line."""
    text = _read(path)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = int(found[1]) if found else len(text.splitlines())
        raise _one(path, line, "syntax", f"is not TOML: {error}") from error
    notes = Notes(Lines(text))
    config = _config(path, values, notes)
    if notes.mistakes:
        raise ConfigError(path, notes.mistakes)
    return config


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        hint = "does not exist; `attendance-edge init` writes one"
        raise _one(path, 1, "file", hint) from error
    except UnicodeDecodeError as error:
        raise _one(path, 1, "file", "expected text in UTF-8") from error
    except OSError as error:
        raise _one(path, 1, "file", f"cannot be read: {error.strerror}") from error


def _one(path: Path, line: int, field: str, expected: str) -> ConfigError:
    return ConfigError(path, [Mistake(line=line, field=field, expected=expected)])


def _config(path: Path, values: dict[str, Any], notes: Notes) -> Config:
    for table in values:
        if table not in _TABLES:
            expected = f"is not known; expected one of {', '.join(_TABLES)}"
            notes.add(table, expected, table=table)
    folder = path.absolute().parent
    cloud = Section(notes, "cloud", values.get("cloud", {}))
    agent = Section(notes, "agent", values.get("agent", {}))
    config = Config(
        path=path,
        cloud_url=cloud.text("url", None, checks.url).rstrip("/"),
        state_dir=folder / agent.text("state_dir", "state", _not_empty),
        poll_seconds=agent.seconds("poll_seconds", 30, 0.1, 86_400),
        deadline_seconds=agent.seconds("deadline_seconds", 120, 0.5, 3_600),
        api=_api(Section(notes, "api", values.get("api", {})), folder),
        devices=_devices(notes, values.get("device", [])),
    )
    cloud.nothing_else()
    agent.nothing_else()
    _push(Section(notes, "push", values.get("push", {})))
    return config


def _not_empty(text: str) -> str:
    return "" if text else "expected a folder"


def _api(section: Section, folder: Path) -> ApiConfig | None:
    listen = section.text("listen", "127.0.0.1:5000")
    token = section.text("token", "")
    cert, key = (_file(section, name, folder) for name in ("tls_cert", "tls_key"))
    section.nothing_else()
    if not listen:
        return None
    place = checks.listen_address(listen)
    if place is None:
        section.mistake("listen", f'expected "address:port" or "", got {listen!r}')
        return None
    if (cert is None) != (key is None):
        section.mistake("tls_cert", "expected tls_cert and tls_key together")
    if not checks.is_loopback(place[0]):
        missing = [n for n, v in (("tls_cert", cert), ("tls_key", key), ("token", token)) if not v]
        if missing:
            needed = ", ".join(missing)
            section.mistake("listen", f"{listen} can be reached from outside: needs {needed}")
    return ApiConfig(host=place[0], port=place[1], tls_cert=cert, tls_key=key, token=token)


def _file(section: Section, key: str, folder: Path) -> Path | None:
    text = section.text(key, "")
    if not text:
        return None
    if not (folder / text).is_file():
        section.mistake(key, f"expected a file, there is none at {text!r}")
    return folder / text


def _push(section: Section) -> None:
    if section.text("listen", ""):
        section.mistake("listen", 'receiving pushes is not in this version; expected ""')
    section.nothing_else()


def _devices(notes: Notes, values: Any) -> tuple[DeviceConfig, ...]:
    if not isinstance(values, list) or not values:
        notes.add("device", "expected at least one [[device]]", table="device")
        return ()
    sections = [Section(notes, "device", one, number) for number, one in enumerate(values)]
    _refuse_twins(sections)
    return tuple(_device(section) for section in sections)


def _device(section: Section) -> DeviceConfig:
    device_id = section.text("id", None, checks.device_id)
    host = section.text("address", None, checks.host)
    port = section.whole("port", 4370, 1, 65_535)
    transport = section.choice("transport", ("tcp", "udp", "auto"), "auto")
    comm_key = section.whole("comm_key", 0, 0, 999_999)
    device = DeviceConfig(
        id=device_id,
        name=section.text("name", device_id, checks.device_name),
        address=TerminalAddress(
            host="0.0.0.0" if checks.host(host) else host,  # noqa: S104 - never used: refused
            port=port,
            transport=cast(TransportChoice, transport),
            comm_key=comm_key,
        ),
        timezone=section.text("timezone", None, checks.zone),
        serial_number=section.text("serial_number", "", checks.serial_number),
        live=section.flag("live", False),
        disable_during_read=section.flag("disable_during_read", False),
    )
    section.nothing_else()
    return device


def _refuse_twins(sections: list[Section]) -> None:
    """One id a terminal, and one terminal an address: two conversations would fight."""
    ids: dict[Any, str] = {}
    places: dict[Any, str] = {}
    for section in sections:
        values = section.values
        name = str(values.get("id"))
        if name in ids:
            section.mistake("id", f"{name!r} is taken by {ids[name]}; expected another id")
        ids.setdefault(name, section.name)
        place = f"{values.get('address')}:{values.get('port', 4370)}"
        if "address" in values and place in places:
            section.mistake("address", f"{place} is {places[place]} already")
        places.setdefault(place, section.name)
