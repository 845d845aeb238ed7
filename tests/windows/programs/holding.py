"""Has a file open as Excel has its: python holding.py FILE (nothing|read), until its input ends.

Prints "held" when it has. Others may do with the file what is shared: nothing, or read it.
"""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import ctypes
from ctypes import wintypes

_READ_AND_WRITE = 0xC0000000
_SHARED = {"nothing": 0, "read": 1}
_OPEN_EXISTING = 3
_NO_HANDLE = ctypes.c_void_p(-1).value

create = ctypes.WinDLL("kernel32", use_last_error=True).CreateFileW
create.restype = wintypes.HANDLE
create.argtypes = [
    wintypes.LPCWSTR,
    wintypes.DWORD,
    wintypes.DWORD,
    ctypes.c_void_p,
    wintypes.DWORD,
    wintypes.DWORD,
    wintypes.HANDLE,
]
handle = create(sys.argv[1], _READ_AND_WRITE, _SHARED[sys.argv[2]], None, _OPEN_EXISTING, 0, None)
if handle == _NO_HANDLE:
    raise ctypes.WinError(ctypes.get_last_error())
print("held", flush=True)
sys.stdin.read()
