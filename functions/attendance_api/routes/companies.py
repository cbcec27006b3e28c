"""`/v1/companies`: for superAdmin and saasAdmin."""

from attendance.services.collections.companies import Companies
from attendance_api.collection_routes import collection_router

router = collection_router("/v1/companies", Companies())
