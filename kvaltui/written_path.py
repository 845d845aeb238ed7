"""A path as a person writes it, on the command line, in the settings or in a dialog."""

from __future__ import annotations

import os
from pathlib import Path

from kvaltui.model.message import KvaltuiError, Message
from kvaltui.server_address import is_address, without_secrets
from kvaltui.system.names import why_no_path


class PathError(KvaltuiError):
    """A text that is the path of nothing."""


def path_of(text: str) -> Path:
    """The path that a text means: `~` is one's own folder, `~name` that of another user of the computer.

    Raises PathError for a user that there is none of, for an address, and for what no
    name can be on this system.
    """
    if is_address(text):
        raise PathError(
            Message("“{path}” is an address: write the path of a file or folder", path=without_secrets(text))
        )
    if "\0" in text:
        raise PathError(Message("“{path}” is no path: a name cannot hold a NUL character", path=text))
    expanded = os.path.expanduser(text)  # noqa: PTH111 - Path's own raises RuntimeError, which says nothing to a reader
    if expanded.startswith("~"):
        raise PathError(
            Message(
                "“{path}” begins with the folder of a user that is not known: write the whole path, "
                "or ./ before a name that begins with ~",
                path=text,
            )
        )
    problem = why_no_path(expanded)
    if problem is not None:
        raise PathError(problem)
    return Path(expanded)
