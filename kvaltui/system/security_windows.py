"""What Windows says of a file's owner and its access list, and who the person is, by the system's own functions."""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import ctypes
from contextlib import suppress
from ctypes import wintypes
from functools import cache
from pathlib import Path

from kvaltui.model.value import dataclass

_READ_CONTROL = 0x20000
_SHARED_WITH_ALL = 7
_OPEN_EXISTING = 3
_FOLDERS_TOO = 0x02000000
_LINKS_THEMSELVES = 0x00200000
_FILE = 1
_OWNER_AND_LIST = 1 | 4
_TOKEN_QUERY = 8
_TOKEN_USER = 1
_ACCOUNT_AND_COMPUTER = 2
_NO_HANDLE = ctypes.c_void_p(-1).value

_kernel = ctypes.WinDLL("kernel32", use_last_error=True)
_security = ctypes.WinDLL("advapi32", use_last_error=True)

_kernel.CreateFileW.restype = wintypes.HANDLE
_kernel.CreateFileW.argtypes = [
    wintypes.LPCWSTR, wintypes.DWORD, wintypes.DWORD, ctypes.c_void_p, wintypes.DWORD, wintypes.DWORD, wintypes.HANDLE,
]  # fmt: skip
_kernel.CloseHandle.argtypes = [wintypes.HANDLE]
_kernel.LocalFree.argtypes = [ctypes.c_void_p]
_kernel.GetCurrentProcess.restype = wintypes.HANDLE
_security.GetSecurityInfo.restype = wintypes.DWORD
_security.GetSecurityInfo.argtypes = [
    wintypes.HANDLE, ctypes.c_int, wintypes.DWORD, *[ctypes.POINTER(ctypes.c_void_p)] * 5,
]  # fmt: skip
_security.ConvertSidToStringSidW.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p)]
_security.ConvertStringSidToSidW.argtypes = [wintypes.LPCWSTR, ctypes.POINTER(ctypes.c_void_p)]
_security.ConvertSecurityDescriptorToStringSecurityDescriptorW.argtypes = [
    ctypes.c_void_p, wintypes.DWORD, wintypes.DWORD, ctypes.POINTER(ctypes.c_void_p), ctypes.c_void_p,
]  # fmt: skip
_security.OpenProcessToken.argtypes = [wintypes.HANDLE, wintypes.DWORD, ctypes.POINTER(wintypes.HANDLE)]
_security.GetTokenInformation.argtypes = [
    wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD, ctypes.POINTER(wintypes.DWORD),
]  # fmt: skip
_security.LookupAccountSidW.argtypes = [
    wintypes.LPCWSTR, ctypes.c_void_p, wintypes.LPWSTR, ctypes.POINTER(wintypes.DWORD), wintypes.LPWSTR,
    ctypes.POINTER(wintypes.DWORD), ctypes.POINTER(ctypes.c_int),
]  # fmt: skip


class _SecurityAttributes(ctypes.Structure):
    """The system's own record of that name."""

    _fields_ = (("size", wintypes.DWORD), ("described", ctypes.c_void_p), ("is_inherited", wintypes.BOOL))


_kernel.CreateDirectoryW.argtypes = [wintypes.LPCWSTR, ctypes.POINTER(_SecurityAttributes)]
_security.ConvertStringSecurityDescriptorToSecurityDescriptorW.argtypes = [
    wintypes.LPCWSTR, wintypes.DWORD, ctypes.POINTER(ctypes.c_void_p), ctypes.c_void_p,
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Security:
    """Whose a file is ("S-1-5-…"; "" where its file system knows no owners), and its access list as text."""

    owner: str
    access: str


def security_of(path: Path) -> Security:
    """What the system says of a file or folder, a link being a link. Raises OSError."""
    handle = _kernel.CreateFileW(
        str(path), _READ_CONTROL, _SHARED_WITH_ALL, None, _OPEN_EXISTING, _FOLDERS_TOO | _LINKS_THEMSELVES, None
    )
    if handle == _NO_HANDLE:
        raise _error_about(path)
    owner, described = ctypes.c_void_p(), ctypes.c_void_p()
    try:
        refused = _security.GetSecurityInfo(
            handle, _FILE, _OWNER_AND_LIST, ctypes.byref(owner), None, None, None, ctypes.byref(described)
        )
        if refused:
            raise ctypes.WinError(refused)
        return Security(_sid_as_text(owner), _as_text(described))
    finally:
        _kernel.LocalFree(described)
        _kernel.CloseHandle(handle)


@cache
def own_sid() -> str:
    """The person's own security identifier, "" where the system does not say."""
    token = wintypes.HANDLE()
    if not _security.OpenProcessToken(_kernel.GetCurrentProcess(), _TOKEN_QUERY, ctypes.byref(token)):
        return ""
    try:
        size = wintypes.DWORD()
        _security.GetTokenInformation(token, _TOKEN_USER, None, 0, ctypes.byref(size))
        answer = ctypes.create_string_buffer(size.value)
        if not _security.GetTokenInformation(token, _TOKEN_USER, answer, size, ctypes.byref(size)):
            return ""
        return _sid_as_text(ctypes.c_void_p.from_buffer(answer))
    finally:
        _kernel.CloseHandle(token)


def make_private_folder(folder: Path) -> None:
    """Make a folder that nobody but the person, the system and its administrators may use. Raises OSError.

    Python's own `mkdir` does so from 3.11.10 and 3.12.4 on, which is later than the last 3.11 that Windows is given.
    """
    whom = ("SY", "BA", own_sid())
    text = "D:P" + "".join(f"(A;OICI;FA;;;{each})" for each in whom if each)
    described = ctypes.c_void_p()
    if not _security.ConvertStringSecurityDescriptorToSecurityDescriptorW(text, 1, ctypes.byref(described), None):
        raise ctypes.WinError(ctypes.get_last_error())
    try:
        wanted = _SecurityAttributes(ctypes.sizeof(_SecurityAttributes), described, False)
        if not _kernel.CreateDirectoryW(str(folder), ctypes.byref(wanted)):
            raise _error_about(folder)
    finally:
        _kernel.LocalFree(described)


def account_of(sid: str) -> str:
    """The name of an account by its security identifier; the identifier itself where it has no name here."""
    binary = ctypes.c_void_p()
    if not _security.ConvertStringSidToSidW(sid, ctypes.byref(binary)):
        return sid
    try:
        name, domain = ctypes.create_unicode_buffer(257), ctypes.create_unicode_buffer(257)
        sizes = wintypes.DWORD(257), wintypes.DWORD(257)
        kind = ctypes.c_int()
        is_known = _security.LookupAccountSidW(
            None, binary, name, ctypes.byref(sizes[0]), domain, ctypes.byref(sizes[1]), ctypes.byref(kind)
        )
        return name.value if is_known else sid
    finally:
        _kernel.LocalFree(binary)


def account_name() -> str:
    """The name of the account that the program runs as, "" where the system does not say."""
    size = wintypes.DWORD(257)
    name = ctypes.create_unicode_buffer(size.value)
    return name.value if _security.GetUserNameW(name, ctypes.byref(size)) else ""


def display_name(account: str) -> str:
    """The full name of an account, where it was the last to sign in at this computer; "" where that is not known.

    The system's own function for it asks a server, and waits where there is none: a laptop is often on its way.
    """
    import winreg

    place = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Authentication\LogonUI"
    with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
        last = str(winreg.QueryValueEx(key, "LastLoggedOnSAMUser")[0])
        if last.rpartition("\\")[2].casefold() == account.casefold():
            return str(winreg.QueryValueEx(key, "LastLoggedOnDisplayName")[0])
    return ""


def computer_id() -> str:
    """What tells this computer from others, "" where the system does not say."""
    import winreg

    place = r"SOFTWARE\Microsoft\Cryptography"
    with (
        suppress(OSError),
        winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as key,
    ):
        return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    return ""


def _error_about(path: Path) -> OSError:
    number = ctypes.get_last_error()
    return OSError(0, ctypes.FormatError(number).strip(), str(path), number)


def _sid_as_text(sid: ctypes.c_void_p) -> str:
    written = ctypes.c_void_p()
    if not sid.value or not _security.ConvertSidToStringSidW(sid, ctypes.byref(written)):
        return ""
    return _taken(written)


def _as_text(described: ctypes.c_void_p) -> str:
    written = ctypes.c_void_p()
    is_said = _security.ConvertSecurityDescriptorToStringSecurityDescriptorW(
        described, 1, _OWNER_AND_LIST, ctypes.byref(written), None
    )
    return _taken(written) if is_said else ""


def _taken(written: ctypes.c_void_p) -> str:
    """A text that the system has made, which is given back to it."""
    try:
        return ctypes.wstring_at(written.value) if written.value else ""
    finally:
        _kernel.LocalFree(written)
