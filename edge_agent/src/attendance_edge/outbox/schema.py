"""The tables of the outbox."""

VERSION = 1

TABLES = """
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
"""
