"""Where a path leads: what somebody else has put in the way is not followed.

In a folder that others write, a name may be a link that leads to a file of one's own. So every link on the way to what
is written is looked at: one's own and the system's are followed; of those that stand for a folder also the ones of
whoever owns the folder that they lie in, who could put anything there. All others are refused.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections import deque
from pathlib import Path

from kvaltui.system import rights

_MOST_LINKS = 40


class ForeignLink(OSError):
    """A link that somebody else has made. Its file name is the link's."""


class OpenElsewhere(OSError):
    """A path to what is no place for a file: through what a process has open, as /dev/stdout is, or to a device."""


if sys.platform == "win32":
    _DEVICES = ("\\\\.\\", "\\\\?\\pipe", "\\\\?\\GLOBALROOT")

    def is_link(status: os.stat_result) -> bool:
        """Whether it leads elsewhere: a symbolic link, or a junction, which anybody may make."""
        return status.st_reparse_tag in (stat.IO_REPARSE_TAG_SYMLINK, stat.IO_REPARSE_TAG_MOUNT_POINT)

    def _is_open_elsewhere(place: Path) -> bool:
        return str(place).startswith(_DEVICES)

    def _target(link: Path) -> Path:
        return Path(str(link.readlink()).removeprefix("\\\\?\\"))
else:
    _OPEN_FILES = Path("/proc")

    def is_link(status: os.stat_result) -> bool:
        """Whether it is a link."""
        return stat.S_ISLNK(status.st_mode)

    def _is_open_elsewhere(place: Path) -> bool:
        return place.is_relative_to(_OPEN_FILES)

    def _target(link: Path) -> Path:
        return link.readlink()


def is_foreign_link(path: Path) -> bool:
    """Whether a path is a link of neither the person nor the system nor the owner of the folder that it lies in."""
    found = path.lstat()
    if not is_link(found) or rights.is_own(path, found):
        return False
    return not rights.has_same_owner(path, path.parent)


def followed(path: Path) -> Path:
    """The place without links that a path leads to, whether anything lies there or not.

    Raises ForeignLink for a link that is not followed, OpenElsewhere, and OSError for what leads in a circle or may not
    be looked at.
    """
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - links are followed one by one
    left = deque(whole.parts[1:])
    here = Path(whole.anchor)
    links = 0
    while left:
        part = left.popleft()
        here = here.parent if part == os.pardir else here / part
        if _is_open_elsewhere(here):
            raise OpenElsewhere(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        try:
            found = here.lstat()
        except FileNotFoundError:
            continue
        if not is_link(found):
            continue
        links += 1
        if links > _MOST_LINKS:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
        if is_foreign_link(here) if left else not rights.is_own(here, found):
            raise ForeignLink(errno.EPERM, os.strerror(errno.EPERM), str(here))
        target = _target(here)
        left.extendleft(reversed(target.parts[1:] if target.is_absolute() else target.parts))
        here = Path(target.anchor) if target.is_absolute() else here.parent
    return here
