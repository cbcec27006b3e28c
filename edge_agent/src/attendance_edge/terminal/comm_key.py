"""The answer to a terminal that asks for its comm key."""

from struct import pack

_MASK = 0xFFFFFFFF
_TICK = 50


def scramble_comm_key(key: int, session: int) -> bytes:
    """Four bytes that prove the key for this session (pyzk's own overflows for many keys)."""
    mirrored = sum(1 << (31 - bit) for bit in range(32) if key >> bit & 1)
    mixed = bytes(
        left ^ right
        for left, right in zip(pack("<I", (mirrored + session) & _MASK), b"ZKSO", strict=True)
    )
    low, high, _, top = mixed[2:] + mixed[:2]
    return bytes((low ^ _TICK, high ^ _TICK, _TICK, top ^ _TICK))
