"""Runs kvaltui at a console of its own and types there: python at_a_console.py ANSWER STEPS ARGUMENT...

STEPS is JSON: texts, each with what is typed when the text has been drawn after what was typed before; "<up>" is that
key, "<ctrl+c>" what the console says of those. ANSWER gets, as JSON, the exit code, the console's modes before and when
all has ended, and all that was drawn.
"""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import atexit
import ctypes
import json
import msvcrt
import os
import re
from ctypes import wintypes
from pathlib import Path
from threading import Condition, Thread

from kvaltui import cli
from kvaltui.system import console_windows
from kvaltui.system.console_windows import Console

KEYS = {
    "<up>": (0x26, "\0"),
    "<down>": (0x28, "\0"),
    "<home>": (0x24, "\0"),
    "<f5>": (0x74, "\0"),
    "<enter>": (0x0D, "\r"),
    "<esc>": (0x1B, "\x1b"),
    "<ctrl+q>": (0x51, "\x11"),
}
CONTROL_C = "<ctrl+c>"
SECONDS = 30.0
kernel = ctypes.WinDLL("kernel32", use_last_error=True)
drawn = bytearray()
more = Condition()


def watched() -> None:
    """Keep what is drawn, as it is."""
    write = Console.write

    def write_and_keep(self: Console, data: memoryview) -> int:
        written = write(self, data)
        with more:
            drawn.extend(data[:written])
            more.notify_all()
        return written

    Console.write = write_and_keep  # type: ignore[method-assign]


def type_steps(answer: str, steps: list[list[str]]) -> None:
    at = 0
    for text, typed in steps:
        with more:
            if not more.wait_for(lambda text=text, at=at: text.encode() in drawn[at:], SECONDS):  # type: ignore[misc]
                Path(answer).write_text(f"not drawn: {text}\n{drawn[at:].decode()}", encoding="utf-8")
                os._exit(1)
            at = len(drawn)
        for each in re.findall("<[^>]+>|.", typed):
            if each == CONTROL_C:
                kernel.GenerateConsoleCtrlEvent(0, 0)
            else:
                press(*KEYS.get(each, (0, each)))


def press(key: int, character: str) -> None:
    records = (console_windows._Record * 2)()
    for record, is_down in zip(records, (True, False), strict=True):
        record.kind, record.key.is_down, record.key.times = 1, is_down, 1
        record.key.key, record.key.character = key, character
    kernel.WriteConsoleInputW(wintypes.HANDLE(msvcrt.get_osfhandle(0)), records, 2, ctypes.byref(wintypes.DWORD()))


def modes() -> list[int | None]:
    return [console_windows._mode(msvcrt.get_osfhandle(each)) for each in (0, 1)]


def main(answer: str, steps: str, *arguments: str) -> int:
    told: dict[str, object] = {"before": modes()}

    def tell() -> None:
        told.update(after=modes(), drawn=bytes(drawn).decode("utf-8"))
        Path(answer).write_text(json.dumps(told), encoding="utf-8")

    atexit.register(tell)  # before all that the program itself has to do at its end, and so after it
    watched()
    Thread(target=type_steps, args=(answer, json.loads(steps)), daemon=True).start()
    told["code"] = code = cli.main(arguments)
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
