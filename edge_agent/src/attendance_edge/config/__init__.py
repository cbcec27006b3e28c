"""`edge.toml`: what the agent is told (docs/edge-agent.md)."""

from attendance_edge.config.load import load_config
from attendance_edge.config.mistakes import ConfigError, Mistake
from attendance_edge.config.model import ApiConfig, Config, DeviceConfig

__all__ = ["ApiConfig", "Config", "ConfigError", "DeviceConfig", "Mistake", "load_config"]
