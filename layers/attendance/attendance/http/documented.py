"""What a route says of its answers, for the OpenAPI document."""

from typing import Any

from pydantic import BaseModel


def answers(
    status: int, model: type[BaseModel], description: str = "The answer."
) -> dict[int, Any]:
    """For a route's `responses`: its success; failures are the same for all and added later."""
    content = {"application/json": {"model": model}}
    return {status: {"description": description, "content": content}}


def downloads(content_type: str, description: str, example: Any) -> dict[int, Any]:
    """For a route's `responses`: a page or a file."""
    kind = "object" if content_type == "application/json" else "string"
    content = {content_type: {"schema": {"type": kind}, "example": example}}
    return {200: {"description": description, "content": content}}
