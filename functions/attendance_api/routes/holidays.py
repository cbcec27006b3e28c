"""`/v1/holidays`."""

from attendance.services.collections.calendar import Holidays
from attendance_api.collection_routes import collection_router

router = collection_router("/v1/holidays", Holidays())
