"""`/v1/leaves`."""

from attendance.services.collections.calendar import Leaves
from attendance_api.collection_routes import collection_router

router = collection_router("/v1/leaves", Leaves())
