"""Whose a file is, and what everybody may do with it, where rights are modes."""

from __future__ import annotations

import sys

assert sys.platform != "win32"

import os
import shlex
import stat
from pathlib import Path


def is_own(_path: Path, status: os.stat_result) -> bool:
    """Whether a file is the person's own or root's; of the person who became root by sudo, theirs as well."""
    own = {0, os.geteuid()}
    given = os.environ.get("SUDO_UID", "")
    if os.geteuid() == 0 and given.isascii() and given.isdigit():
        own.add(int(given))
    return status.st_uid in own


def is_for_me_alone(_path: Path, status: os.stat_result, *, may_be_read: bool = False) -> bool:
    """Whether an open file is an ordinary one of the person's own, with no second name, and no right for others.

    With `may_be_read` others may have any right to it.
    """
    is_mine = stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid() and status.st_nlink == 1
    return is_mine and (may_be_read or not status.st_mode & 0o077)


def is_private(folder: Path) -> bool:
    """Whether a folder is the person's own and nobody else may write in it; not so for one that is not there."""
    try:
        status = folder.stat()
    except OSError:
        return False
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def owner_of(_path: Path, status: os.stat_result) -> str:
    """The account that a file belongs to, or its number where it has no name here."""
    import pwd

    try:
        return pwd.getpwuid(status.st_uid).pw_name
    except KeyError:
        return str(status.st_uid)


def has_same_owner(one: Path, other: Path) -> bool:
    """Whether what lies at a path, itself a link perhaps, belongs to whoever owns what another leads to."""
    return one.lstat().st_uid == other.stat().st_uid


def everybody_may_read(path: Path) -> bool:
    """Whether the rights of those who are neither owner nor in the group let them do anything with a file."""
    return bool(path.stat().st_mode & 0o007)


def everybody_may_write(_path: Path, status: os.stat_result) -> bool:
    """Whether everybody on the computer may write a file."""
    return bool(status.st_mode & stat.S_IWOTH)


def everybody_may_write_in(folder: Path) -> bool:
    """Whether everybody on the computer may put others' files away from a folder and their own in the place."""
    status = folder.stat()
    return bool(status.st_mode & stat.S_IWOTH) and not status.st_mode & stat.S_ISVTX


def to_take_reading_away(path: Path) -> str:
    """The command by which its owner takes a file away from everybody."""
    return f"chmod o-rwx {shlex.quote(str(path))}"
