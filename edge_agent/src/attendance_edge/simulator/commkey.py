"""The scrambling of the comm key, as the terminal checks it."""

import struct


def scramble(key: int, session: int, tick: int) -> bytes:
    """The four bytes a program must send: mirrored key plus session, xor ZKSO, halves swapped."""
    mirrored = int(f"{key & 0xFFFFFFFF:032b}"[::-1], 2)
    total = struct.pack("<I", (mirrored + session) & 0xFFFFFFFF)
    mixed = bytes(left ^ right for left, right in zip(total, b"ZKSO", strict=True))
    swapped = mixed[2:] + mixed[:2]
    return bytes((swapped[0] ^ tick, swapped[1] ^ tick, tick, swapped[3] ^ tick))


def accepts(answer: bytes, key: int, session: int) -> bool:
    """Whether `answer` proves knowledge of the key, whatever tick the program chose."""
    return len(answer) == 4 and answer == scramble(key, session, answer[2])
