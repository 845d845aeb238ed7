"""The console of Windows: its modes, its records of what is typed, and what its window can show.

docs/decisions/windows-console.md tells why these calls are made here and not by Textual's own driver.
"""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import atexit
import ctypes
import msvcrt
from collections.abc import Callable
from ctypes import wintypes
from typing import BinaryIO, ClassVar, Final, TextIO

from kvaltui.system.any_console import AnyConsole, AnyConsoleInput, Happened
from kvaltui.system.console_keys import KeyRecord, TypedKeys
from kvaltui.system.console_kind import EVERYTHING, WINDOWS_FONTS, Surroundings

_kernel = ctypes.WinDLL("kernel32", use_last_error=True)

_QUICK_EDIT, _INSERT, _WINDOW_INPUT, _EXTENDED_FLAGS, _SEQUENCES_IN = 0x40, 0x20, 0x08, 0x80, 0x200
"""Modes of input. Quick edit is the console's own use of the mouse; the extended flags say that it is set or not."""
_PROCESSED, _SEQUENCES_OUT = 0x01, 0x04
_FOR_EVER, _TIMED_OUT, _FIRST = 0xFFFFFFFF, 0x102, 0x00
_MOST_RECORDS: Final = 512
_KEY, _RESIZED = 0x01, 0x04
_MOST_WRITTEN: Final = 8192
"""Bytes that are written at once: the console takes 64 KB, of text that needs more room than its bytes."""
_ALL_COLOURS: Final = (10, 0, 15063)
"""The first Windows whose console has all colours, by Rich, which writes them."""
_VECTOR_FONT: Final = 0x04
_OF_THE_TERMINAL: Final = "PseudoConsoleWindow"
"""The class of the window that is none: a terminal draws, such as Windows Terminal, with all fonts that it finds."""


class _Coordinates(ctypes.Structure):
    _fields_: ClassVar = [("x", wintypes.SHORT), ("y", wintypes.SHORT)]


class _Key(ctypes.Structure):
    _fields_: ClassVar = [
        ("is_down", wintypes.BOOL),
        ("times", wintypes.WORD),
        ("key", wintypes.WORD),
        ("place", wintypes.WORD),
        ("character", wintypes.WCHAR),
        ("beside", wintypes.DWORD),
    ]


class _Record(ctypes.Structure):
    _fields_: ClassVar = [("kind", wintypes.WORD), ("key", _Key)]  # of all kinds the key has the most to say


class _Font(ctypes.Structure):
    _fields_: ClassVar = [
        ("size", wintypes.ULONG),
        ("number", wintypes.DWORD),
        ("cell", _Coordinates),
        ("family", wintypes.UINT),
        ("weight", wintypes.UINT),
        ("name", wintypes.WCHAR * 32),
    ]


def _declare() -> None:
    """Say what the calls take: a handle is longer than a number, and would be cut."""
    handle, number = wintypes.HANDLE, ctypes.POINTER(wintypes.DWORD)
    for name, result, *taken in (
        ("GetConsoleMode", wintypes.BOOL, handle, number),
        ("SetConsoleMode", wintypes.BOOL, handle, wintypes.DWORD),
        ("ReadConsoleInputW", wintypes.BOOL, handle, ctypes.POINTER(_Record), wintypes.DWORD, number),
        ("GetNumberOfConsoleInputEvents", wintypes.BOOL, handle, number),
        ("CreateEventW", handle, ctypes.c_void_p, wintypes.BOOL, wintypes.BOOL, wintypes.LPCWSTR),
        ("SetEvent", wintypes.BOOL, handle),
        ("CloseHandle", wintypes.BOOL, handle),
        ("WaitForMultipleObjects", wintypes.DWORD, wintypes.DWORD, ctypes.c_void_p, wintypes.BOOL, wintypes.DWORD),
        ("GetCurrentConsoleFontEx", wintypes.BOOL, handle, wintypes.BOOL, ctypes.POINTER(_Font)),
        ("GetConsoleWindow", wintypes.HWND),
        ("GetConsoleOutputCP", wintypes.UINT),
    ):
        call = getattr(_kernel, str(name))
        call.restype, call.argtypes = result, taken


_declare()


def _mode(handle: int) -> int | None:
    """The mode of a console; None for what is none, or is gone."""
    mode = wintypes.DWORD()
    return mode.value if _kernel.GetConsoleMode(handle, ctypes.byref(mode)) else None


class ConsoleInput(AnyConsoleInput):
    """What a console tells, by its handle."""

    def __init__(self, handle: int, on_resized: Callable[[], None]) -> None:
        self._handle = handle
        self._on_resized = on_resized
        self._woken = _kernel.CreateEventW(None, True, False, None)
        self._keys = TypedKeys()
        self._records = (_Record * _MOST_RECORDS)()

    def wait(self, seconds: float | None, *, wants_input: bool = True) -> Happened:
        awaited = (self._woken, self._handle) if wants_input else (self._woken,)
        handles = (wintypes.HANDLE * len(awaited))(*awaited)
        patience = _FOR_EVER if seconds is None else int(seconds * 1000)
        found = _kernel.WaitForMultipleObjects(len(awaited), handles, False, patience)
        if found == _FIRST:
            return Happened.WOKEN
        if found == _FIRST + 1:
            return Happened.INPUT
        is_there = found == _TIMED_OUT and self._is_there()
        return Happened.NOTHING if is_there else Happened.GONE

    def _is_there(self) -> bool:
        return bool(_kernel.GetNumberOfConsoleInputEvents(self._handle, ctypes.byref(wintypes.DWORD())))

    def read(self) -> bytes | None:
        count = wintypes.DWORD()
        if not _kernel.ReadConsoleInputW(self._handle, self._records, _MOST_RECORDS, ctypes.byref(count)):
            return b""
        records = self._records[: count.value]
        if any(each.kind == _RESIZED for each in records):
            self._on_resized()
        keys = (each.key for each in records if each.kind == _KEY)
        return (
            self._keys.feed(
                KeyRecord(bool(each.is_down), each.times, each.key, each.character, each.beside) for each in keys
            )
            or None
        )

    def wake(self) -> None:
        _kernel.SetEvent(self._woken)

    def close(self) -> None:
        _kernel.CloseHandle(self._woken)


class Console(AnyConsole):
    """A console by its two handles, of what is typed and of what is shown."""

    CAN_STAND_STILL = False

    def __init__(self, reads: TextIO, writes: TextIO) -> None:
        super().__init__(reads, writes)
        self._typed = msvcrt.get_osfhandle(self._in)
        self._shown = msvcrt.get_osfhandle(self._out)
        self._before: tuple[int | None, int | None] = (None, None)

    def note_modes(self) -> None:
        self._before = (_mode(self._typed), _mode(self._shown))

    def take(self, *, has_mouse: bool) -> None:
        kept = self._before[0] or 0
        wanted = _WINDOW_INPUT | _EXTENDED_FLAGS | kept & (_INSERT if has_mouse else _INSERT | _QUICK_EDIT)
        # A console that does not know sequences tells of the keys themselves, which is as good.
        if not _kernel.SetConsoleMode(self._typed, wanted | _SEQUENCES_IN):
            _kernel.SetConsoleMode(self._typed, wanted)
        shown = self._before[1]
        if shown is not None:
            _kernel.SetConsoleMode(self._shown, shown | _PROCESSED | _SEQUENCES_OUT)

    def give_back(self) -> None:
        typed, shown = self._before
        if typed is not None:
            _kernel.SetConsoleMode(self._typed, typed | _EXTENDED_FLAGS)
        if shown is not None:
            _kernel.SetConsoleMode(self._shown, shown)

    def write(self, data: memoryview) -> int:
        # Python's own way to the console makes Unicode of UTF-8, whatever code page the console has.
        buffer = self._writes.buffer
        raw: BinaryIO = getattr(buffer, "raw", buffer)
        return raw.write(data[: _end_of_characters(data)]) or 0

    def input(self, on_resized: Callable[[], None]) -> ConsoleInput:
        return ConsoleInput(self._typed, on_resized)


def _end_of_characters(data: memoryview) -> int:
    """How many bytes of UTF-8 to write at once, so that no character is cut."""
    end = min(len(data), _MOST_WRITTEN)
    while 0 < end < len(data) and data[end] & 0xC0 == 0x80:
        end -= 1
    return end


def is_console(stream: TextIO) -> bool:
    """Whether somebody sits at a stream. Raises ValueError when it is closed.

    The device NUL says that it is a terminal.
    """
    return stream.isatty() and _mode(msvcrt.get_osfhandle(stream.fileno())) is not None


def obeys_sequences(stream: TextIO) -> bool:
    """Whether a console does what escape sequences say. One that can is let do so, until the program ends."""
    handle = msvcrt.get_osfhandle(stream.fileno())
    before = _mode(handle)
    if before is None:
        return False
    if not before & _SEQUENCES_OUT:
        if not _kernel.SetConsoleMode(handle, before | _PROCESSED | _SEQUENCES_OUT):
            return False
        atexit.register(_kernel.SetConsoleMode, handle, before)
    return True


def surroundings() -> Surroundings:
    """What a program knows of its console here: its window may have one font, and the terminals say nothing."""
    return Surroundings(
        says_by_environment=False, shows=_shown(), has_all_colours=sys.getwindowsversion()[:3] >= _ALL_COLOURS
    )


def _shown() -> str:
    """An encoding that has what the console can show, whoever draws it."""
    window = _kernel.GetConsoleWindow()
    if not window or _class_of(window) == _OF_THE_TERMINAL:
        return EVERYTHING
    font = _Font(size=ctypes.sizeof(_Font))
    handle = msvcrt.get_osfhandle(sys.__stdout__.fileno()) if sys.__stdout__ is not None else None
    if handle is None or not _kernel.GetCurrentConsoleFontEx(handle, False, ctypes.byref(font)):
        return WINDOWS_FONTS
    if font.family & _VECTOR_FONT:
        return WINDOWS_FONTS
    return f"cp{_kernel.GetConsoleOutputCP()}"


def _class_of(window: int) -> str:
    name = ctypes.create_unicode_buffer(64)
    user = ctypes.WinDLL("user32")
    user.GetClassNameW.argtypes = [wintypes.HWND, wintypes.LPWSTR, ctypes.c_int]
    user.GetClassNameW(window, name, len(name))
    return name.value
