"""Only one room asks which system the program runs on, or says what some systems lack."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.prose import PROJECT

ROOM = PROJECT / "kvaltui" / "system"
SOURCES = sorted(path for path in (PROJECT / "kvaltui").rglob("*.py") if not path.is_relative_to(ROOM))
ASKING = {"sys.platform", "os.name", "sys.getwindowsversion", "os.uname", "os.sys"}
OF_ONE_SYSTEM = frozenset(
    "_winapi _winreg crypt ctypes fcntl grp msvcrt nt ntpath nturl2path ossaudiodev pipes platform posix"
    " posixpath pty pwd resource spwd syslog termios tty winreg winsound".split()
)
"""Modules of the standard library that are there on some systems only, or tell which one it is."""
LACKED = frozenset(
    "O_BINARY O_CLOEXEC O_DIRECTORY O_NOCTTY O_NOFOLLOW O_NOINHERIT O_NONBLOCK O_TEMPORARY chown fchmod fchown"
    " fork forkpty getegid geteuid getgid getgroups getpgid getpriority getresuid getsid getuid initgroups lchown"
    " mkfifo mknod openpty posix_spawn pread pthread_kill pthread_sigmask pwrite set_blocking setsid setuid"
    " sigwait startfile uname poll pollfd epoll kqueue dir_fd src_dir_fd dst_dir_fd winerror st_file_attributes"
    " st_reparse_tag add_dll_directory SIGHUP SIGTSTP SIGCONT SIGWINCH SIGSTOP SIGPIPE SIGQUIT SIGKILL SIGUSR1"
    " SIGUSR2 SIGBREAK CTRL_C_EVENT CTRL_BREAK_EVENT SIG_BLOCK SIG_SETMASK".split()
)
"""What is in `os`, `signal`, `select` and in what they answer on some systems only."""
PLACES = ("/proc/", "/dev/", "/etc/", "\\\\.\\", "\\\\?\\", "HKEY_")


def said(source: str) -> Iterator[tuple[int, str]]:
    """The lines of a module that only some systems understand, or that ask which one it is, and what they say."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                for each in names:
                    if each.name.partition(".")[0] in OF_ONE_SYSTEM:
                        yield node.lineno, each.name
            case ast.ImportFrom(module=str(module), names=names):
                if module.partition(".")[0] in OF_ONE_SYSTEM:
                    yield node.lineno, module
                for each in names:
                    if each.name in LACKED or f"{module}.{each.name}" in ASKING:
                        yield node.lineno, each.name
            case ast.Attribute(attr=name):
                if name in LACKED or ast.unparse(node) in ASKING:
                    yield node.lineno, ast.unparse(node)
            case ast.keyword(arg=str(name)) if name in LACKED:
                yield node.value.lineno, name
            case ast.Constant(value=str(text)) if text.startswith(PLACES):
                yield node.lineno, text


@pytest.mark.parametrize(
    "line",
    [
        "import fcntl",
        "import os.path, termios",
        "from pwd import getpwuid",
        "from os import O_NOFOLLOW",
        "from sys import platform",
        "if sys.platform == 'linux': pass",
        "os.name",
        "os.getuid()",
        "os.open(name, os.O_BINARY)",
        "os.stat(name, dir_fd=3)",
        "signal.SIGHUP",
        "Path('/proc/self')",
        "import ctypes",
    ],
)
def test_what_only_some_systems_understand_is_seen(line: str) -> None:
    assert list(said(line))


def test_nothing_outside_the_room_asks_which_system_it_is() -> None:
    assert len(SOURCES) > 300
    found = [
        f"{path.relative_to(PROJECT)}:{line}: {what}"
        for path in SOURCES
        for line, what in said(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("system", ["posix", "windows"])
def test_modules_of_one_system_say_so_first(system: str) -> None:
    expected = f'assert sys.platform {"==" if system == "windows" else "!="} "win32"'
    modules = sorted(ROOM.glob(f"*_{system}.py"))
    assert len(modules) > 1
    wrong = [path.name for path in modules if expected not in path.read_text(encoding="utf-8").splitlines()]
    assert wrong == []


def names_given(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name for node in tree.body if isinstance(node, kinds) and not node.name.startswith("_")}


def test_what_is_chosen_by_the_system_is_there_on_each() -> None:
    twins = [
        path
        for path in sorted(ROOM.glob("*_posix.py"))
        if path.with_name(path.name.replace("posix", "windows")).exists()
    ]
    assert twins
    differing = {
        path.name: names_given(path) ^ names_given(path.with_name(path.name.replace("posix", "windows")))
        for path in twins
    }
    assert {name: names for name, names in differing.items() if names} == {}
