"""Whether another program has a file open and lets nobody else have it, as Excel does: only on Windows.

The system refuses then as it refuses who has no right. Only a look afterwards tells the two apart, since opening a file
by Python keeps nothing of the answer but that it was a refusal, and replacing one is answered as if a right lacked.
"""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import os

    def is_held(path: object) -> bool:
        """Whether another program has the file at a path open so that it can be neither read nor replaced."""
        if not isinstance(path, str | bytes):
            return False
        import ctypes
        from ctypes import wintypes

        read_and_remove, shared_with_all, open_existing, folders_too = 0x80010000, 7, 3, 0x02000000
        sharing_violations = (32, 33)
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        create = kernel.CreateFileW
        create.restype = wintypes.HANDLE
        create.argtypes = [
            wintypes.LPCWSTR, wintypes.DWORD, wintypes.DWORD, ctypes.c_void_p, wintypes.DWORD, wintypes.DWORD,
            wintypes.HANDLE,
        ]  # fmt: skip
        handle = create(os.fsdecode(path), read_and_remove, shared_with_all, None, open_existing, folders_too, None)
        if handle == ctypes.c_void_p(-1).value:
            return ctypes.get_last_error() in sharing_violations
        kernel.CloseHandle(wintypes.HANDLE(handle))
        return False
else:

    def is_held(_path: object) -> bool:
        """Whether another program keeps everybody else from a file: no system but Windows knows that."""
        return False
