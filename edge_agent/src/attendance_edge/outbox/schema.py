"""The tables of the outbox."""

VERSION = 2

_DAY = """
-- Of each terminal and day (its own, YYYY-MM-DD): different punches in its log, NULL while it was
-- never read, and those that a receipt has named.
CREATE TABLE day (
    device_id TEXT NOT NULL,
    day TEXT NOT NULL,
    on_device INTEGER,
    acknowledged INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (device_id, day)
) STRICT, WITHOUT ROWID;
"""

UNCOUNTED = "days uncounted: "
"""A note for each terminal whose punches were acknowledged before days were counted."""

FROM_1_TO_2 = f"""
{_DAY}
INSERT INTO note SELECT '{UNCOUNTED}' || device_id, '' FROM device;
UPDATE device SET known = NULL;
"""  # noqa: S608
"""Every terminal is read whole once, which counts its days."""

TABLES = f"""
CREATE TABLE device (
    device_id TEXT PRIMARY KEY,
    serial_number TEXT NOT NULL DEFAULT '',
    transport TEXT NOT NULL DEFAULT '',
    model TEXT NOT NULL DEFAULT '',
    firmware TEXT NOT NULL DEFAULT '',
    known TEXT,
    ok INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    attempted_at TEXT,
    read_at TEXT,
    records_on_device INTEGER,
    log_capacity INTEGER,
    clock_offset_seconds REAL,
    remarks TEXT NOT NULL DEFAULT '[]',
    is_disabled INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Every punch ever taken, queued or handed over: 16 bytes each, so that a log read again
-- from its beginning adds nothing.
CREATE TABLE taken (identity BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE queue (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    device_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    timestamp TEXT NOT NULL,
    status INTEGER NOT NULL,
    punch INTEGER NOT NULL,
    uid INTEGER,
    log_index INTEGER,
    read_at TEXT NOT NULL
) STRICT;
CREATE INDEX queue_of_device ON queue (device_id);

CREATE TABLE rejected (
    seq INTEGER PRIMARY KEY,
    device_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    timestamp TEXT NOT NULL,
    status INTEGER NOT NULL,
    punch INTEGER NOT NULL,
    uid INTEGER,
    log_index INTEGER,
    reason TEXT NOT NULL,
    rejected_at TEXT NOT NULL
) STRICT;

CREATE TABLE quarantined (
    device_id TEXT NOT NULL,
    raw BLOB NOT NULL,
    log_index INTEGER NOT NULL,
    reason TEXT NOT NULL,
    read_at TEXT NOT NULL,
    PRIMARY KEY (device_id, raw)
) STRICT;

CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
{_DAY}
"""
