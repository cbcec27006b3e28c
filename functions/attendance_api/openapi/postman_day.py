"""The order in which the Postman collection's requests run green, from a new company to its end."""

from attendance_api.openapi import postman_bodies as bodies
from attendance_api.openapi.postman_scripts import FRESH_COMPANY
from attendance_api.openapi.postman_steps import Step, collection, removal, step

SUPER_ADMIN_FOLDER = "Companies, for a superAdmin"

FOLDERS: tuple[tuple[str, tuple[Step, ...]], ...] = (
    (
        "Start",
        (
            step(
                "createTenantOwner",
                body=bodies.OWNER,
                before=FRESH_COMPANY,
                save={"ownCompanyId": "company.id"},
            ),
            step("logIn", body=bodies.LOG_IN, save={"accessToken": "accessToken"}),
            step("getCurrentUser"),
            step("renewSession", save={"accessToken": "accessToken"}),
            step("listPermissions"),
            step("getPermission", path={"permissionName": "attendance.checkIn"}),
            step("getPublicKeys"),
            step("getOwnCompany"),
            step("changeOwnCompany", body={"name": "Acme"}),
        ),
    ),
    (
        "Service",
        tuple(
            step(name)
            for name in (
                *("getHealth", "getAdminHealth", "getOpenapi", "getSwagger"),
                *("getWebPage", "getFavicon", "getPostmanCollection"),
            )
        ),
    ),
    (
        "Directory",
        (
            *collection(
                "location", {"location": "Plant 1", "timezone": "UTC"}, {"timezone": "UTC"}
            ),
            *collection("user", bodies.PERSON, {"fullname": "Ana Ruiz Gil"}),
            step("importUsers", body=bodies.BOB),
            *collection("group", {"name": "Night", "userIds": ["{{userId}}"]}, {"name": "Days"}),
            *collection(
                "grant",
                {"permissionName": "attendance.read", "groupId": "{{groupId}}", "canDo": True},
                {"canDo": True},
            ),
            *collection(
                "holiday", {"date": "2030-12-25", "name": "Christmas"}, {"name": "Christmas Day"}
            ),
            *collection(
                "leave",
                {"userId": "{{userId}}", "from": "2030-08-01", "to": "2030-08-02", "kind": "rest"},
                {"kind": "holiday"},
            ),
        ),
    ),
    (
        "Shifts",
        (
            *collection(
                "shift",
                {"shiftDate": "{{day}}", "startTime": "09:00", "endTime": "17:00"},
                {"departmentId": "d-1"},
            ),
            step("addAssignments", path=bodies.SHIFT, body=bodies.PEOPLE),
            step("removeAssignments", path=bodies.SHIFT, query={"userIds": "u-bob"}),
            step("replaceAssignments", path=bodies.SHIFT, body=bodies.PEOPLE),
            step("listAssignments", path=bodies.SHIFT),
            step("importShifts"),
            step("importAssignments"),
        ),
    ),
    (
        "Policy",
        (
            step("createPolicy", body={"policy": bodies.POLICY, "effectiveFrom": "{{day}}"}),
            step("getPolicy"),
            step("listPolicyVersions"),
            step(
                "previewPolicy",
                body={"policy": bodies.POLICY, "dateFrom": "{{day}}", "dateTo": "{{day}}"},
            ),
            step("simulatePolicy"),
        ),
    ),
    (
        "Attendance",
        (
            step(
                "checkIn",
                body={
                    "shiftId": "{{shiftId}}",
                    "userId": "{{userId}}",
                    "checkInTime": "{{day}}T09:15:00Z",
                },
                save={"attendanceRecordId": "attendanceRecord.id"},
            ),
            step("checkOut", body={**bodies.RECORD, "checkOutTime": "{{day}}T17:00:00Z"}),
            step(
                "markAbsent",
                body={"userId": "u-bob", "shiftId": "{{shiftId}}", "absenceReason": "sick"},
            ),
            step("listAttendanceRecords"),
            step(
                "getAttendanceRecord",
                path=bodies.RECORD,
                save={"recordVersion": "attendanceRecord.recordVersion"},
            ),
            step(
                "correctAttendanceRecord",
                path=bodies.RECORD,
                body={
                    "recordVersion": "{{recordVersion}}",
                    "reason": "queue at the gate",
                    "checkInTime": "{{day}}T08:58:00Z",
                },
            ),
            step("getRecordHistory", path=bodies.RECORD),
            step("explainAttendanceRecord", path=bodies.RECORD),
        ),
    ),
    (
        "Terminals",
        (
            *collection("device", bodies.DEVICE, {"name": "Main gate"}),
            step(
                "createPushToken",
                path={"deviceId": "{{deviceId}}"},
                save={"deviceToken": "pushToken.token"},
            ),
            step("getTerminalOptions", **bodies.TERMINAL),
            step(
                "uploadTerminalData",
                path=bodies.TERMINAL["path"],
                query={**bodies.TERMINAL["query"], "table": "ATTLOG", "Stamp": "1"},
            ),
            *(
                step(name, **bodies.TERMINAL)
                for name in (
                    *("getTerminalRequest", "sendTerminalRequest", "pingFromTerminal"),
                    *("getTerminalCommand", "answerTerminalCommand"),
                )
            ),
        ),
    ),
    (
        "Agents and punches",
        (
            step("createAgent", body={"name": "site"}, save=bodies.NEW_AGENT),
            *collection("agent", None, {"name": "site 1"})[1:],
            step("enrollAgent", body=bodies.ENROLLMENT),
            step("sendPunches", expected="401"),
            step("listPunches"),
            step("listAllPunches"),
            step("releasePunches", body={"filter": {"deviceId": "gate"}, "reason": "checked"}),
        ),
    ),
    (
        SUPER_ADMIN_FOLDER,
        (
            step("createCompany", body=bodies.COMPANY, save={"companyId": "company.id"}),
            step("listCompanies"),
            step("getCompany", path={"companyId": "{{companyId}}"}),
            step("changeCompany", path={"companyId": "{{companyId}}"}, body={"suspended": True}),
            step("removeCompany", path={"companyId": "{{companyId}}"}),
        ),
    ),
    (
        "End",
        (
            *map(
                removal,
                ("grant", "group", "leave", "holiday", "device", "agent", "shift", "user"),
            ),
            removal("location"),
            step("logOut"),
        ),
    ),
)
"""Folder by folder; operations that no step names run before the end, in a folder by their tag."""
