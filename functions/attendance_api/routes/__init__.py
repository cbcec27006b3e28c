"""The routes, one module a resource."""

from attendance_api.routes import (
    attendance_all,
    attendance_records,
    check_in,
    check_out,
    health,
    mark_absent,
    openapi,
    punches,
    web_page,
)

ROUTERS = (
    attendance_all.router,
    attendance_records.router,
    check_in.router,
    check_out.router,
    health.router,
    mark_absent.router,
    openapi.router,
    punches.router,
    web_page.router,
)
