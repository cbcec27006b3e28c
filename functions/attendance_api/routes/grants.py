"""`/v1/grants`."""

from attendance.services.collections.rights import Grants
from attendance_api.collection_routes import collection_router

router = collection_router("/v1/grants", Grants())
