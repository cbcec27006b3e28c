"""`attendance-edge enroll`."""

from typing import Annotated

import typer

from attendance_edge.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption
from attendance_edge.cli.printer import Printer
from attendance_edge.config import checks, load_config
from attendance_edge.outbox import make_private_folder, require_writable
from attendance_edge.uplink import enroll


def enroll_agent(
    code: Annotated[str, typer.Option(help="The one-time code that the service gave.")],
    url: Annotated[str, typer.Option(help="The service; [cloud] url when left out.")] = "",
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Make the agent's key pair here and register its public half with the service."""
    printer = Printer(as_json=json)
    with printer.errors_told():
        settings = load_config(config)
        _check(url, code)
        make_private_folder(settings.state_dir)
        require_writable(settings.state_dir)
        identity = enroll(url or settings.cloud_url, code, settings.state_dir)
    data = {
        "ok": True,
        "agentId": identity.agent_id,
        "companyId": identity.company_id,
        "url": identity.url,
    }
    told = f"Enrolled as agent {identity.agent_id} of company {identity.company_id}."
    notice = _other_address(identity.url, settings.cloud_url)
    printer.result(data, told, *notice)


def _check(url: str, code: str) -> None:
    if not code.strip():
        raise typer.BadParameter("--code: expected the code that `POST /v1/agents` answered")
    if url and (complaint := checks.url(url)):
        raise typer.BadParameter(f"--url: {complaint}")


def _other_address(enrolled_at: str, configured: str) -> list[str]:
    if enrolled_at == configured:
        return []
    return [f"Note: [cloud] url is {configured}; punches go there, not to {enrolled_at}."]
