"""Programs at terminals, forked from a process that has loaded the program already.

What is loaded is the same each time and takes longer than most tests. The process that waits has a pseudo-terminal for
its streams, so that those of the forked programs are as Python makes them at a terminal; each gets a session and a
terminal of its own, and is a child of the tests' own process as if it had started it.
"""

from __future__ import annotations

import atexit
import ctypes
import json
import os
import pty
import socket
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from tests.processes import LONGEST, MEASURED

PROGRAM = (sys.executable, "-m", "kvaltui")
READ_LATE = frozenset({"HOME", "TERM", "COLORTERM", "TMPDIR"})
"""What of the environment the program asks for when it is loaded already."""
_PR_SET_CHILD_SUBREAPER = 36
_LONGEST_MESSAGE = 200_000

_WAITING = """
import fcntl, json, os, pkgutil, runpy, socket, sys, termios
from importlib import import_module
import kvaltui.cli, kvaltui.tui.start
for each in pkgutil.walk_packages(kvaltui.tui.__path__, "kvaltui.tui."):
    import_module(each.name)

def forked():
    tests = socket.socket(fileno=int(sys.argv[1]))
    while True:
        message, terminals, _flags, _address = socket.recv_fds(tests, {longest}, 1)
        if not message:
            sys.exit()
        terminal = terminals[0]
        came, told = os.pipe()
        if not (between := os.fork()):
            os.close(came)
            if program := os.fork():
                os.write(told, str(program).encode())
                os._exit(0)
            for each in (told, tests.detach()):
                os.close(each)
            return json.loads(message), terminal
        os.close(told)
        os.close(terminal)
        os.waitpid(between, 0)
        tests.send(os.read(came, 20))
        os.close(came)

given, terminal = forked()
os.setsid()
fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
for each in (0, 1, 2):
    os.dup2(terminal, each)
os.close(terminal)
os.chdir(given["folder"])
os.environ.clear()
os.environ.update(given["environment"])
sys.argv[1:] = given["arguments"]
runpy.run_module("kvaltui", run_name="__main__", alter_sys=True)
"""


class Forker:
    """The process that programs are forked from, in an environment that differs from theirs in `READ_LATE` at most."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._asked, asking = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._leader, follower = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _WAITING.replace("{longest}", str(_LONGEST_MESSAGE)), str(asking.fileno())],
            env=environment,
            stdin=follower,
            stdout=follower,
            stderr=follower,
            pass_fds=[asking.fileno()],
            start_new_session=True,
        )
        asking.close()
        os.close(follower)
        self._asked.settimeout(LONGEST)
        atexit.register(self.end)

    def start(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], size: tuple[int, int]
    ) -> tuple[int, int]:
        """Start a program in a window of some columns and lines; its process, and the leader of its terminal."""
        leader, follower = pty.openpty()
        termios.tcsetwinsize(leader, (size[1], size[0]))  # before it looks
        given = {"arguments": list(arguments), "folder": str(folder), "environment": dict(environment)}
        # It is handed over to the nearest that asks for orphans when the process between the two has ended.
        _adopt_orphans(True)
        try:
            socket.send_fds(self._asked, [json.dumps(given).encode()], [follower])
            process = int(self._asked.recv(20))
        finally:
            _adopt_orphans(False)
            os.close(follower)
        return process, leader

    def end(self) -> None:
        self._asked.close()
        os.close(self._leader)
        self._process.wait(LONGEST)


def _adopt_orphans(is_wanted: bool) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, int(is_wanted), 0, 0, 0)


@cache
def _forker(kept: tuple[tuple[str, str], ...]) -> Forker:
    return Forker(dict(kept))


def forked(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    usual: Mapping[str, str],
    size: tuple[int, int],
) -> tuple[int, int] | None:
    """Start the program as `PROGRAM` does; None for another command, or an environment that is not as usual."""
    expected = _read_early(usual)
    if MEASURED or _read_early(environment) != expected or tuple(command[: len(PROGRAM)]) != PROGRAM:
        return None
    return _forker(expected).start(command[len(PROGRAM) :], folder, environment, size)


def _read_early(environment: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(each for each in environment.items() if each[0] not in READ_LATE))
