"""Reading `edge.toml`: right as a whole, or refused with every mistake (edge-agent.md)."""

import re
import ssl
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from attendance_edge.config import checks
from attendance_edge.config.devices import read_devices
from attendance_edge.config.lines import Lines
from attendance_edge.config.mistakes import ConfigError, Mistake
from attendance_edge.config.model import ApiConfig, Config
from attendance_edge.config.section import Notes, Section
from attendance_edge.sentence import sentence_of

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
    push = _push(Section(notes, "push", values.get("push", {})))
    config = Config(
        path=path,
        cloud_url=cloud.text("url", None, checks.url).rstrip("/"),
        state_dir=folder / agent.text("state_dir", "state", _not_empty),
        poll_seconds=agent.seconds("poll_seconds", 30, 0.1, 86_400),
        deadline_seconds=agent.seconds("deadline_seconds", 120, 0.5, 3_600),
        api=_api(Section(notes, "api", values.get("api", {})), folder),
        push=push,
        devices=read_devices(notes, values.get("device", []), may_call=push is not None),
    )
    cloud.nothing_else()
    agent.nothing_else()
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
    place = _place(section, listen)
    if place is None:
        return None
    if (cert is None) != (key is None):
        section.mistake("tls_cert", "expected tls_cert and tls_key together")
    elif cert and key and cert.is_file() and key.is_file():
        _check_certificate(section, cert, key)
    if not checks.is_loopback(place.host):
        missing = [n for n, v in (("tls_cert", cert), ("tls_key", key), ("token", token)) if not v]
        if missing:
            needed = ", ".join(missing)
            section.mistake("listen", f"{listen} can be reached from outside: needs {needed}")
    return replace(place, tls_cert=cert, tls_key=key, token=token)


def _file(section: Section, key: str, folder: Path) -> Path | None:
    text = section.text(key, "")
    if not text:
        return None
    if not (folder / text).is_file():
        section.mistake(key, f"expected a file, there is none at {text!r}")
    return folder / text


def _check_certificate(section: Section, cert: Path, key: Path) -> None:
    """A server that cannot use them would only fail once it runs."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key, password=lambda: "")
    except (OSError, ValueError) as error:
        expected = "expected a certificate in PEM, and in tls_key its key without a password"
        section.mistake("tls_cert", f"{expected}: {sentence_of(error)}")


def _push(section: Section) -> ApiConfig | None:
    """Terminals that call by themselves have neither TLS nor a token."""
    listen = section.text("listen", "")
    section.nothing_else()
    return _place(section, listen) if listen else None


def _place(section: Section, listen: str) -> ApiConfig | None:
    place = checks.listen_address(listen)
    if place is None:
        section.mistake("listen", f'expected "address:port" or "", got {listen!r}')
        return None
    return ApiConfig(host=place[0], port=place[1])
