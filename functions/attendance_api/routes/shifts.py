"""`/v1/shifts`."""

from attendance.services.collections.shifts import Shifts
from attendance_api.collection_routes import collection_router

router = collection_router("/v1/shifts", Shifts())
