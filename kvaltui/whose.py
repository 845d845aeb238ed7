"""Whose a file is, and where a path leads: what somebody else has put in the way is not followed.

In a folder that others write, a name may be a link that leads to a file of one's own. So every link on the way to what
is written is looked at: one's own and root's are followed; of those that stand for a folder also the ones of whoever
owns the folder that they lie in, who could put anything there. All others are refused.
"""

from __future__ import annotations

import errno
import os
import stat
from collections import deque
from pathlib import Path

_MOST_LINKS = 40
_OPEN_FILES = Path("/proc")


class ForeignLink(OSError):
    """A link that somebody else has made. Its file name is the link's."""


class OpenElsewhere(OSError):
    """A path through what a process has open, as /dev/stdout is: no place for a file."""


def is_own(status: os.stat_result) -> bool:
    """Whether a file is the person's own or root's; of the person who became root by sudo, theirs as well."""
    own = {0, os.geteuid()}
    given = os.environ.get("SUDO_UID", "")
    if os.geteuid() == 0 and given.isascii() and given.isdigit():
        own.add(int(given))
    return status.st_uid in own


def is_private(folder: Path) -> bool:
    """Whether a folder is the person's own and nobody else may write in it; not so for one that is not there."""
    try:
        status = folder.stat()
    except OSError:
        return False
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def owner_of(status: os.stat_result) -> str:
    """The account that a file belongs to, or its number where it has no name here."""
    import pwd

    try:
        return pwd.getpwuid(status.st_uid).pw_name
    except KeyError:
        return str(status.st_uid)


def is_foreign_link(path: Path) -> bool:
    """Whether a path is a link of neither the person nor root nor the owner of the folder that it lies in."""
    found = path.lstat()
    if not stat.S_ISLNK(found.st_mode) or is_own(found):
        return False
    return found.st_uid != path.parent.stat().st_uid


def followed(path: Path) -> Path:
    """The place without links that a path leads to, whether anything lies there or not.

    Raises ForeignLink for a link that is not followed, OpenElsewhere, and OSError for what leads in a circle or may not
    be looked at.
    """
    left = deque(Path(os.path.abspath(path)).parts[1:])  # noqa: PTH100 - links are followed one by one
    here = Path(os.sep)
    links = 0
    while left:
        part = left.popleft()
        here = here.parent if part == os.pardir else here / part
        if here.is_relative_to(_OPEN_FILES):
            raise OpenElsewhere(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        try:
            found = here.lstat()
        except FileNotFoundError:
            continue
        if not stat.S_ISLNK(found.st_mode):
            continue
        links += 1
        if links > _MOST_LINKS:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
        if is_foreign_link(here) if left else not is_own(found):
            raise ForeignLink(errno.EPERM, os.strerror(errno.EPERM), str(here))
        target = here.readlink()
        left.extendleft(reversed(target.parts[1:] if target.is_absolute() else target.parts))
        here = Path(os.sep) if target.is_absolute() else here.parent
    return here
