"""What the engine answers itself where API Gateway asks the function: OPTIONS without CORS.

An HTTP API without a CORS configuration routes OPTIONS as any other method, so the function
says which other origins may call.
"""

import importlib
from typing import Any


def do_as_aws() -> None:
    """Mend it in this process's engine; call it before the engine serves."""
    gateway: Any = importlib.import_module("ministack.services.apigateway")
    handle, invoke = gateway._handle_execute_in_scope, gateway._invoke_lambda_proxy

    async def route(api: str, stage: str, path: str, method: str, *request: Any) -> Any:
        if method == "OPTIONS" and not gateway._apis.get(api, {}).get("corsConfiguration"):
            method = "options"  # the engine looks for the word in capitals only
        return await handle(api, stage, path, method, *request)

    async def call(
        target: Any, api: str, stage: str, path: str, method: str, *args: Any, **more: Any
    ) -> Any:
        return await invoke(target, api, stage, path, method.upper(), *args, **more)

    gateway._handle_execute_in_scope = route
    gateway._invoke_lambda_proxy = call
