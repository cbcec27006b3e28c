"""`/v1/users`."""

from attendance.services.collections.users import Users
from attendance_api.collection_routes import collection_router

router = collection_router("/v1/users", Users())
