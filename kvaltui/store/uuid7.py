"""UUIDs of version 7 (RFC 9562, 5.7), which sort by the time they were made. Python has none before 3.14."""

from __future__ import annotations

import os
import threading
import time

_COUNTER_BITS = 12
_lock = threading.Lock()
_last = [0]


def uuid7() -> str:
    """A new UUID as text, greater than every earlier one of this process, even when the clock jumps back.

    48 bits of milliseconds and a 12-bit counter that carries over into them, then 62 random bits.
    """
    with _lock:
        _last[0] = max(_last[0] + 1, (time.time_ns() // 1_000_000) << _COUNTER_BITS)
        milliseconds, counter = divmod(_last[0], 1 << _COUNTER_BITS)
    tail = int.from_bytes(os.urandom(8)) & ((1 << 62) - 1)
    digits = f"{milliseconds << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | tail:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
