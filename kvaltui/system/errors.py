"""The number by which a refusal of the system is known, the same one on every system."""

from __future__ import annotations

import errno
import sys

_LONGEST_PATH = 259
"""Characters, where Windows has not been told to take more."""
_BY_WINDOWS_NUMBER = {
    19: errno.EROFS,
    21: errno.EBUSY,
    32: errno.EBUSY,
    33: errno.EBUSY,
    39: errno.ENOSPC,
    53: errno.EHOSTUNREACH,
    59: errno.EHOSTUNREACH,
    64: errno.EHOSTUNREACH,
    67: errno.EHOSTUNREACH,
    112: errno.ENOSPC,
    123: errno.EINVAL,
    206: errno.ENAMETOOLONG,
    362: errno.EHOSTUNREACH,
    389: errno.EHOSTUNREACH,
    395: errno.EACCES,
    1231: errno.EHOSTUNREACH,
    1295: errno.EDQUOT,
    1920: errno.EHOSTUNREACH,
    1921: errno.ELOOP,
}
"""Of Windows' own numbers (Microsoft, System Error Codes) those that Python gives a number that says less."""


def number_of(error: OSError) -> int:
    """The number of an error, one of `errno`'s; 0 where it has none."""
    if sys.platform == "win32":
        return number_on_windows(error.winerror or 0, error.errno or 0, error.filename or "")
    else:
        return error.errno or 0


def number_on_windows(windows: int, number: int, name: object) -> int:
    """The number for Windows' own and Python's; a path that is too long is refused as one that is not there."""
    if windows in (2, 3) and len(str(name)) > _LONGEST_PATH:
        return errno.ENAMETOOLONG
    return _BY_WINDOWS_NUMBER.get(windows, number)
