"""Asking the agent that runs on the same state folder, over its local API."""

import ssl
from typing import Any

import httpx

from attendance_edge.config import ApiConfig, Config

_HAND_OVER_SECONDS = 60.0
_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - told apart, not listened on


def poll_by_running_agent(config: Config) -> dict[str, Any] | None:
    """A round of the running agent, as `round_data` has it; None when it cannot be asked."""
    if config.api is None:
        return None
    timeout = httpx.Timeout(2 * config.deadline_seconds + _HAND_OVER_SECONDS, connect=2.0)
    try:
        with httpx.Client(timeout=timeout, trust_env=False, verify=_trusting(config.api)) as http:
            answer = http.post(f"{_base(config.api)}/poll", headers=_token(config.api))
            answer.raise_for_status()
            fields = answer.json()
    except (httpx.HTTPError, ValueError):
        return None
    return fields if isinstance(fields, dict) and "terminals" in fields else None


def _base(api: ApiConfig) -> str:
    host = _ANYWHERE.get(api.host, api.host)
    return f"{api.scheme}://{f'[{host}]' if ':' in host else host}:{api.port}"


def _token(api: ApiConfig) -> dict[str, str]:
    return {"Authorization": f"Bearer {api.token}"} if api.token else {}


def _trusting(api: ApiConfig) -> ssl.SSLContext | bool:
    """The agent's own certificate and no other; its name need not be that of this machine."""
    if api.tls_cert is None:
        return True
    context = ssl.create_default_context(cafile=str(api.tls_cert))
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context
