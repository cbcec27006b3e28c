"""Everything that SQLite writes and syncs in this process, in order.

The library's own file system layer does the work; its open, write, truncate, sync and delete are
listened to on their way. For a process of its own: it cannot be taken back.
"""

from __future__ import annotations

import ctypes
import sqlite3
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

METHODS = 18
WRITE, TRUNCATE, SYNC = 2, 3, 4

_OPEN = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_int,
    ctypes.POINTER(ctypes.c_int),
)
_DELETE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_WRITE = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int64)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


class _Vfs(ctypes.Structure):
    """The beginning of `sqlite3_vfs`."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("open", ctypes.c_void_p),
        ("delete", ctypes.c_void_p),
    )


class _Methods(ctypes.Structure):
    """`sqlite3_io_methods`, whatever its version."""

    _fields_ = (("version", ctypes.c_int), ("functions", ctypes.c_void_p * METHODS))


@dataclass(frozen=True)
class Op:
    """`kind` is write, truncate, sync, delete, or note: what the program said at that moment."""

    kind: str
    file: str = ""
    at: int = 0
    data: bytes = b""
    note: tuple[str, int] = ("", 0)


def _name(path: int) -> str:
    """SQLite reads on behind the path that it hands over, so it must have its own back."""
    return Path(ctypes.string_at(path).decode()).name


_ALIVE: list[object] = []
"""SQLite calls what listens to it as long as the process lives."""


class DiskRecorder:
    """`ops` grows while SQLite works; AttributeError where its library cannot be reached."""

    def __init__(self) -> None:
        library = ctypes.CDLL(import_module("_sqlite3").__file__)
        find = library.sqlite3_vfs_find
        find.restype = ctypes.POINTER(_Vfs)
        sqlite3.connect(":memory:").close()
        self.ops: list[Op] = []
        self._names: dict[int, str] = {}
        self._tables: dict[int, _Methods] = {}
        self._kept: list[object] = []
        self._vfs = find(None).contents
        self._listens = True
        self._listen_to_files()
        _ALIVE.append(self)

    def note(self, what: str, number: int) -> None:
        self._add(Op("note", note=(what, number)))

    def stop(self) -> list[Op]:
        """Listen no longer; gives what was heard."""
        self._listens = False
        return self.ops

    def _add(self, op: Op) -> None:
        if self._listens:
            self.ops.append(op)

    def _listen_to_files(self) -> None:
        opens, deletes = _OPEN(self._vfs.open), _DELETE(self._vfs.delete)

        def opened(vfs: int, name: int, file: int, flags: int, out: object) -> int:
            code = int(opens(vfs, name, file, flags, out))
            if code == 0 and name:
                self._names[file] = _name(name)
                table = ctypes.cast(file, ctypes.POINTER(ctypes.c_void_p))
                table[0] = ctypes.addressof(self._heard(table[0]))
            return code

        def deleted(vfs: int, name: int, sync: int) -> int:
            self._add(Op("delete", _name(name)))
            return int(deletes(vfs, name, sync))

        self._vfs.open = self._keep(_OPEN(opened))
        self._vfs.delete = self._keep(_DELETE(deleted))

    def _heard(self, table: int) -> _Methods:
        """A copy of a table of methods that notes what passes."""
        if table not in self._tables:
            heard = _Methods.from_buffer_copy(ctypes.string_at(table, ctypes.sizeof(_Methods)))
            self._replace(heard)
            self._tables[table] = heard
        return self._tables[table]

    def _replace(self, heard: _Methods) -> None:
        write = _WRITE(heard.functions[WRITE])
        truncate = _TRUNCATE(heard.functions[TRUNCATE])
        sync = _SYNC(heard.functions[SYNC])

        def written(file: int, data: int, size: int, at: int) -> int:
            self._add(Op("write", self._names[file], at, ctypes.string_at(data, size)))
            return int(write(file, data, size, at))

        def truncated(file: int, size: int) -> int:
            self._add(Op("truncate", self._names[file], size))
            return int(truncate(file, size))

        def synced(file: int, flags: int) -> int:
            code = int(sync(file, flags))
            self._add(Op("sync", self._names[file]))
            return code

        heard.functions[WRITE] = self._keep(_WRITE(written))
        heard.functions[TRUNCATE] = self._keep(_TRUNCATE(truncated))
        heard.functions[SYNC] = self._keep(_SYNC(synced))

    def _keep(self, callback: object) -> int | None:
        """Its address; it must not be collected."""
        self._kept.append(callback)
        return ctypes.cast(callback, ctypes.c_void_p).value  # type: ignore[arg-type]
