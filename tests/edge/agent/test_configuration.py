"""`edge.toml`: right as a whole, or refused with every mistake and its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from attendance_edge.config import ConfigError, load_config
from tests.certificate import make_certificate

GOOD = """\
[cloud]
url = "https://attendance.example/base/"
[agent]
state_dir = "state"
poll_seconds = 30
deadline_seconds = 120
[api]
listen = "127.0.0.1:5000"
[push]
listen = ""
[[device]]
id = "principal"
name = "Entrada Principal"
address = "192.168.1.201"
port = 4370
transport = "auto"
comm_key = 0
timezone = "America/Mexico_City"
serial_number = ""
live = false
disable_during_read = false
"""


def mistakes(tmp_path: Path, text: str) -> dict[str, tuple[int, str]]:
    """Field to line and what was expected."""
    path = tmp_path / "edge.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    return {m.field: (m.line, m.expected) for m in caught.value.mistakes}


def changed(tmp_path: Path, before: str, after: str) -> dict[str, tuple[int, str]]:
    assert before in GOOD
    return mistakes(tmp_path, GOOD.replace(before, after))


def test_the_documented_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "edge.toml").write_text(GOOD)
    config = load_config(tmp_path / "edge.toml")
    device = config.devices[0]
    assert config.cloud_url == "https://attendance.example/base"
    assert config.state_dir == tmp_path / "state"
    assert (config.poll_seconds, config.deadline_seconds) == (30, 120)
    assert config.api is not None
    assert (config.api.host, config.api.port) == ("127.0.0.1", 5000)
    assert (device.id, device.name, str(device.address)) == (
        "principal",
        "Entrada Principal",
        "192.168.1.201:4370",
    )
    assert device.zone.key == "America/Mexico_City"


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    (tmp_path / "edge.toml").write_text(
        '[cloud]\nurl = "http://localhost:3002"\n'
        '[[device]]\nid = "a"\naddress = "gate.local"\ntimezone = "UTC"\n'
    )
    config = load_config(tmp_path / "edge.toml")
    assert (config.poll_seconds, config.deadline_seconds) == (30, 120)
    assert config.api is not None
    assert config.api.port == 5000
    assert config.devices[0].name == "a"
    assert config.devices[0].address.port == 4370


def test_every_mistake_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    found = mistakes(
        tmp_path,
        """\
[cloud]
url = "localhost"
[agent]
poll_seconds = "often"

[[device]]
id = "gate"
address = "10.0.0.1; reboot"
comm_key = 1000000
timezone = "Mars/Olympus"
[[device]]
id = "gate"
address = "10.0.0.2"
port = 99999
transport = "ip"
""",
    )
    assert {field: line for field, (line, _) in found.items()} == {
        "cloud.url": 2,
        "agent.poll_seconds": 4,
        "device[1].address": 8,
        "device[1].comm_key": 9,
        "device[1].timezone": 10,
        "device[2].timezone": 11,
        "device[2].id": 12,
        "device[2].port": 14,
        "device[2].transport": 15,
    }
    assert "1 to 65535" in found["device[2].port"][1]
    assert "1000000" not in found["device[1].comm_key"][1], "a key is not for logs"


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ('id = "principal"', 'id = "a#b"', "device[1].id"),
        ('id = "principal"', "id = 7", "device[1].id"),
        ('id = "principal"', "", "device[1].id"),
        ("comm_key = 0", "comm_key = -1", "device[1].comm_key"),
        ("comm_key = 0", "comm_key = true", "device[1].comm_key"),
        ("live = false", 'live = "no"', "device[1].live"),
        ('transport = "auto"', "transport = 1", "device[1].transport"),
        ("poll_seconds = 30", "poll_seconds = 0", "agent.poll_seconds"),
        ("poll_seconds = 30", "poll_secs = 30", "agent.poll_secs"),
        ('state_dir = "state"', 'state_dir = ""', "agent.state_dir"),
        ('listen = "127.0.0.1:5000"', 'listen = "5000"', "api.listen"),
        ('listen = "127.0.0.1:5000"', 'listen = "127.0.0.1:99999"', "api.listen"),
        ('listen = "127.0.0.1:5000"', 'listen = "0.0.0.0:5000"', "api.listen"),
        ('listen = "127.0.0.1:5000"', 'tls_cert = "no.pem"', "api.tls_cert"),
        ('address = "192.168.1.201"', 'address = "192.168.1.999"', "device[1].address"),
        ('address = "192.168.1.201"', 'address = "-h"', "device[1].address"),
        ("[push]", "[pull]", "pull"),
    ],
)
def test_a_single_mistake_names_its_field(
    tmp_path: Path, before: str, after: str, field: str
) -> None:
    assert list(changed(tmp_path, before, after)) == [field]


def test_an_address_that_others_reach_needs_a_certificate_and_a_token(tmp_path: Path) -> None:
    found = changed(tmp_path, '"127.0.0.1:5000"', '"192.168.1.5:5000"')
    assert "tls_cert, tls_key, token" in found["api.listen"][1]
    make_certificate(tmp_path)
    outside = '"192.168.1.5:5000"\ntls_cert = "own.pem"\ntls_key = "own.pem"\ntoken = "secret"'
    (tmp_path / "edge.toml").write_text(GOOD.replace('"127.0.0.1:5000"', outside))
    config = load_config(tmp_path / "edge.toml")
    assert config.api is not None
    assert config.api.scheme == "https"
    assert "secret" not in repr(config)


def test_two_devices_at_one_address_are_refused(tmp_path: Path) -> None:
    twin = '[[device]]\nid = "b"\naddress = "192.168.1.201"\ntimezone = "UTC"\n'
    found = mistakes(tmp_path, GOOD + twin)
    assert list(found) == ["device[2].address"]
    assert found["device[2].address"][0] == 24


def test_text_that_is_not_toml_is_told_with_its_line(tmp_path: Path) -> None:
    found = mistakes(tmp_path, "[cloud]\nurl = \n")
    assert found["syntax"][0] == 2


def test_a_file_without_devices_or_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "device" in mistakes(tmp_path, '[cloud]\nurl = "http://localhost:1"\n')
    with pytest.raises(ConfigError, match="attendance-edge init"):
        load_config(tmp_path / "none.toml")
