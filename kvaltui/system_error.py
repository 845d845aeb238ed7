"""What the operating system refuses, in words: `OSError` to a message for the reader."""

from __future__ import annotations

import errno

from kvaltui.model.message import Message
from kvaltui.system.errors import number_of
from kvaltui.system.folder import NoOrdinaryFile
from kvaltui.system.links import ForeignLink

_PROBLEMS = {
    errno.ENOENT: Message("it does not exist"),
    errno.EACCES: Message("you have no permission"),
    errno.EPERM: Message("you have no permission"),
    errno.EISDIR: Message("it is a folder"),
    errno.ENOTDIR: Message("part of the path is not a folder"),
    errno.EEXIST: Message("something is there already"),
    errno.ENOSPC: Message("the disk is full"),
    errno.EDQUOT: Message("your share of the disk is full"),
    errno.EROFS: Message("the disk can only be read"),
    errno.EIO: Message("the disk reports an error"),
    errno.ENAMETOOLONG: Message("the name is too long"),
    errno.ELOOP: Message("the links lead in a circle"),
    errno.EBUSY: Message("another program is using it"),
    errno.EHOSTUNREACH: Message("the network place or the cloud service that it lies on cannot be reached"),
    errno.EMFILE: Message("too many files are open"),
}


def explain(error: OSError) -> Message:
    """Why the system refused, or we did, to end a message with: "… cannot be read: {problem}"."""
    if isinstance(error, ForeignLink):
        return Message("a link on the way was made by somebody else and is not followed")
    if isinstance(error, NoOrdinaryFile):
        return Message("it is no ordinary file")
    known = _PROBLEMS.get(number_of(error))
    return known or Message("the system answers “{answer}”", answer=error.strerror or str(error))
