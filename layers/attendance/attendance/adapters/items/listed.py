"""What the index of lists keeps of an item beside its keys.

A record's page is read from there, so what no list shows is left out of it: where a seat stands in
other indexes, its evidence and decisions, its last change, and marks of writers and sweeps.
"""

LISTED = (
    # of all items
    "kind", "revision", "companyId", "createdAt", "updatedAt", "isActive",
    # seats
    "st", "et", "sa", "ea", "tz", "lo", "de", "em", "fn", "av", "as", "su", "ci", "co", "la", "ar",
    "mn", "dt", "wo", "ia", "rv", "cr", "up",
    # punches
    "deviceId", "userNumber", "timestamp", "status", "punch", "uid", "logIndex", "receivedAt",
    "agentId", "batchId", "requestId", "released", "release", "outcome", "outcomeUserId",
    "outcomeShiftId",
    # people, and the small things of a company
    "userId", "email", "fullname", "avatar", "roleId", "departmentId", "deviceUserIds",
    "passwordHash", "employedFrom", "employedTo", "validFrom", "memberId", "body", "dueAt",
)  # fmt: skip
