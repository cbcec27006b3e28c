"""`/v1/agents`."""

from attendance.services.collections.agents import Agents
from attendance_api.collection_routes import collection_router

router = collection_router("/v1/agents", Agents())
