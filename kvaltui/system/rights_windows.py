"""Whose a file is, and what everybody may do with it, where rights are access lists."""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import os
import stat
from pathlib import Path

from kvaltui.system.access_list import Right, of_everybody
from kvaltui.system.security_windows import Security, account_of, own_sid, security_of

_OF_THE_SYSTEM = (
    "S-1-5-18",
    "S-1-5-32-544",
    "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
)
"""The system itself, its administrators, and what installs it."""
_WRITING = Right.WRITE | Right.APPEND | Right.CHANGE_RIGHTS | Right.TAKE
_CHANGING_NAMES = Right.WRITE | Right.REMOVE_CHILD | Right.CHANGE_RIGHTS | Right.TAKE


def is_own(path: Path, _status: os.stat_result) -> bool:
    """Whether a file is the person's own or the system's. Where a file system knows no owners all is the person's."""
    return _is_own(_asked(path))


def is_for_me_alone(path: Path, status: os.stat_result, *, may_be_read: bool = False) -> bool:
    """Whether an open file is an ordinary one of the person's own, with no second name, that not everybody may read.

    With `may_be_read` everybody may have any right to it.
    """
    if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
        return False
    found = _asked(path)
    return _is_own(found) and (may_be_read or not of_everybody(found.access))


def is_private(folder: Path) -> bool:
    """Whether a folder is the person's own and not everybody may write in it; not so for one that is not there."""
    try:
        found = security_of(folder.resolve(strict=True))
    except OSError:
        return False
    return _is_own(found) and not of_everybody(found.access) & _CHANGING_NAMES


def owner_of(path: Path, _status: os.stat_result) -> str:
    """The account that a file belongs to, or its identifier where it has no name here."""
    owner = _asked(path).owner
    return account_of(owner) if owner else "?"


def has_same_owner(one: Path, other: Path) -> bool:
    """Whether what lies at a path, itself a link perhaps, belongs to whoever owns what another leads to."""
    return _asked(one).owner == _asked(other.resolve()).owner


def everybody_may_read(path: Path) -> bool:
    """Whether everybody on the computer may do anything with a file."""
    return bool(of_everybody(_asked(path.resolve()).access))


def everybody_may_write(path: Path, _status: os.stat_result) -> bool:
    """Whether everybody on the computer may write a file."""
    return bool(of_everybody(_asked(path).access) & _WRITING)


def everybody_may_write_in(folder: Path) -> bool:
    """Whether everybody on the computer may put others' files away from a folder and their own in the place."""
    return bool(of_everybody(_asked(folder.resolve()).access) & _CHANGING_NAMES)


def to_take_reading_away(path: Path) -> str:
    """The command by which its owner takes a file away from everybody, whatever the language of the system."""
    groups = " ".join(f"*{sid}" for sid in ("S-1-1-0", "S-1-5-11", "S-1-5-32-545"))
    return f'icacls "{path}" /inheritance:d /remove:g {groups}'


def _asked(path: Path) -> Security:
    """Nothing is known of the owners and rights on a disk that has none, or where they may not be read."""
    try:
        return security_of(path)
    except FileNotFoundError:
        raise
    except OSError:
        return Security("", "D:")


def _is_own(found: Security) -> bool:
    return found.owner in ("", own_sid(), *_OF_THE_SYSTEM)
