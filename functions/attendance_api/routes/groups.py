"""`/v1/groups`."""

from attendance.services.collections.rights import Groups
from attendance_api.collection_routes import collection_router

router = collection_router("/v1/groups", Groups())
