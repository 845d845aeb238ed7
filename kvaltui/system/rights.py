"""Whose a file is, and what everybody on the computer may do with it."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    from kvaltui.system.rights_windows import (
        everybody_may_read,
        everybody_may_write,
        everybody_may_write_in,
        has_same_owner,
        is_for_me_alone,
        is_own,
        is_private,
        owner_of,
        to_take_reading_away,
    )
else:
    from kvaltui.system.rights_posix import (
        everybody_may_read,
        everybody_may_write,
        everybody_may_write_in,
        has_same_owner,
        is_for_me_alone,
        is_own,
        is_private,
        owner_of,
        to_take_reading_away,
    )

__all__ = [
    "everybody_may_read",
    "everybody_may_write",
    "everybody_may_write_in",
    "has_same_owner",
    "is_for_me_alone",
    "is_own",
    "is_private",
    "owner_of",
    "to_take_reading_away",
]
