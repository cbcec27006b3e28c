"""`/v1/locations`."""

from attendance.services.collections.locations import Locations
from attendance_api.collection_routes import collection_router

router = collection_router("/v1/locations", Locations())
