"""What the program remembers of a person between its runs besides settings and figures: what has been shown once."""

from __future__ import annotations

from pathlib import Path

from kvaltui import half_made
from kvaltui.system import own_folders

TOUR = "tour"

_MOST_BYTES = 2**16


def first_time(of: str) -> bool:
    """Whether something has never been shown to this person; from now on it has been.

    It stands in the user's state folder, never in a plan. Where nothing can be written there, it counts as shown: what
    comes again at every start is worse than what never comes.
    """
    place = state_folder() / f"seen-{of}"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        half_made.write(place, b"", 0o600)
    except OSError:
        return False
    return True


def state_folder() -> Path:
    """The user's folder for what a program remembers by itself."""
    return own_folders.state_folder()


def remember(name: str, text: str) -> bool:
    """Keep a text, such as the folder that was last used for something. Returns whether it could be written."""
    place = state_folder() / name
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        half_made.write(place, text.encode(), 0o600, half_made.whatever_lies_there)
    except (OSError, ValueError):
        return False
    return True


def recalled(name: str) -> str:
    """The text that was kept under a name; "" where there is none."""
    try:
        return half_made.read(state_folder() / name, _MOST_BYTES).decode()
    except (OSError, ValueError):
        return ""
