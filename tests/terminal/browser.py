"""The program in a browser, for tests: the server's end of the two pipes, and the screen that a person would see."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import pyte

from kvaltui.tui.terminal.browser import WEB_DRIVER, Packets
from tests.terminal.pseudo_terminal import PATIENCE
from tests.terminal.starters import starter_database
from tests.terminal.starting import PROGRAM
from tests.terminal.terminal import BEYOND_PYTE, KEYS, surroundings, take_the_tour_as_read

PLAN = "nacka-2022"
DATABASE = "kvaltui.db"


def prepared(folder: Path) -> list[str]:
    """What opens the program on a starter plan in a folder."""
    take_the_tour_as_read(folder)
    starter_database(folder / DATABASE, PLAN)
    return [*PROGRAM, "--db", str(folder / DATABASE)]


class Page:
    """The screen of a terminal in a browser."""

    def __init__(self, columns: int = 80, lines: int = 24) -> None:
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self.bytes = 0

    def show(self, data: bytes) -> None:
        self.bytes += len(data)
        self._stream.feed(BEYOND_PYTE.sub(b"", data))

    def resize(self, columns: int, lines: int) -> None:
        self._screen.resize(lines, columns)

    @property
    def shown(self) -> str:
        return "\n".join(self._screen.display).replace("\N{NO-BREAK SPACE}", " ")


class Served(Page):
    """The program at the end of pipes that a server keeps; use it in a `with`."""

    def __init__(self, folder: Path, *words: str, environment: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._packets = Packets()
        self.begun = b""
        self.told: list[object] = []
        self._process = subprocess.Popen(
            [*prepared(folder), *words],
            cwd=folder,
            env={
                **surroundings(folder),
                "TEXTUAL_DRIVER": WEB_DRIVER,
                "COLUMNS": "80",
                "ROWS": "24",
                "TERM": "dumb",
                "LANG": "C",
                **(environment or {}),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait(timeout=60)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            assert stream is not None
            with contextlib.suppress(BrokenPipeError):
                stream.close()

    def send(self, kind: bytes, payload: bytes) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(kind + len(payload).to_bytes(4, "big") + payload)
        self._process.stdin.flush()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.send(b"D", KEYS.get(key, key).encode())

    def tell(self, what: str, **more: object) -> None:
        """Send what the server says about the window."""
        self.send(b"M", json.dumps({"type": what, **more}).encode())

    def close(self) -> None:
        """Let the server be gone."""
        assert self._process.stdin is not None
        self._process.stdin.close()

    def wait_for(self, *texts: str) -> None:
        deadline = time.perf_counter() + PATIENCE
        while not all(text in self.shown for text in texts):
            assert time.perf_counter() < deadline, f"Never came: {texts}\n{self.shown}"
            assert self._read(deadline - time.perf_counter()), f"It ended before {texts}\n{self.shown}\n{self._failure}"

    def wait_for_end(self) -> int:
        """Wait for the end of the program, and return its exit code."""
        while self._read(PATIENCE):
            pass
        return self._process.wait(PATIENCE)

    def silent(self, seconds: float) -> bool:
        """Whether nothing comes for so long."""
        assert self._process.stdout is not None
        return not select.select([self._process.stdout], [], [], seconds)[0]

    def take_in(self) -> None:
        """Show what has come."""
        self._read(0)

    @property
    def failure(self) -> str:
        """What the program has written beside the packets, after its end."""
        assert self._process.stderr is not None
        return self._process.stderr.read().decode()

    @property
    def _failure(self) -> str:
        return self.failure if self._process.poll() is not None else ""

    def _read(self, seconds: float) -> bool:
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        if not select.select([descriptor], [], [], max(0.0, seconds))[0]:
            return False
        data = os.read(descriptor, 65536)
        if not self.begun:
            self.begun, _end, data = data.partition(b"\n")
            assert self.begun == b"__GANGLION__"
            if not data:
                return True
        for kind, payload in self._packets.feed(data):
            if kind == b"D":
                self.show(payload)
            else:
                self.told.append(json.loads(payload))
        return bool(data)
