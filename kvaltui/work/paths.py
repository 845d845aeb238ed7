"""Paths as they are typed: what the names begin with is completed, and what a folder holds is shown. No widgets."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from kvaltui.model.alphabet import swedish_order
from kvaltui.model.clean import clean
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.value import dataclass
from kvaltui.system_error import explain
from kvaltui.written_path import path_of

MOST_NAMES = 500
"""So many names of a folder are shown; typing narrows them."""


class PathRefused(KvaltuiError):
    """A path that will not do."""


@dataclass(frozen=True, slots=True)
class Name:
    """A file or folder in a folder. The name of a folder ends with a slash."""

    text: str
    is_folder: bool


def read_path(text: str) -> Path:
    """The path that a text means; `~` is the home folder, and others count from where the program was started.

    Raises PathRefused for a blank text, PathError.
    """
    if not text.strip():
        raise PathRefused(Message("Write the path of a file"))
    return path_of(text.strip()).absolute()


def short(path: Path) -> str:
    """A path as it is shown and typed: with `~` for the home folder."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path's own raises without a home
    if path == home or home not in path.parents:
        return str(path)
    return f"~{os.sep}{path.relative_to(home)}"


def names_for(text: str, suffixes: Collection[str]) -> list[Name]:
    """What the typed path can go on with: folders first, then files with one of the endings (none: no files).

    Raises PathRefused for a folder that cannot be read.
    """
    folder, begun = _parted(text)
    try:
        with os.scandir(folder) as entries:
            found = [name for entry in entries if (name := _name(entry, begun, suffixes)) is not None]
    except OSError as error:
        raise PathRefused(
            Message("{file} cannot be read: {problem}", file=short(folder), problem=explain(error))
        ) from None
    found.sort(key=_place)
    return found[:MOST_NAMES]


def _place(name: Name) -> tuple[object, ...]:
    """Where a name stands among the others; the ending of a file decides only between files of the same name."""
    stem, ending = (name.text, "") if name.is_folder else os.path.splitext(name.text)  # noqa: PTH122 - a name
    return not name.is_folder, swedish_order(stem), swedish_order(ending)


def _parted(text: str) -> tuple[Path, str]:
    """The folder that a typed path lies in, and the beginning of a name in it."""
    head, begun = _split(text)
    return Path(os.path.expanduser(head) or os.curdir).absolute(), begun  # noqa: PTH111 - does not raise


def _name(entry: os.DirEntry[str], begun: str, suffixes: Collection[str]) -> Name | None:
    name = entry.name
    # A name with characters that cannot be typed, or that a terminal would obey, cannot be chosen here.
    if not name.casefold().startswith(begun.casefold()) or clean(name) != name:
        return None
    if name.startswith(".") and not begun.startswith("."):
        return None
    try:
        if entry.is_dir():
            return Name(name + os.sep, True)
    except OSError:
        return None
    return Name(name, False) if os.path.splitext(name)[1].casefold() in suffixes else None  # noqa: PTH122 - a name


def completed(text: str, name: Name) -> str:
    """The typed path with a name in the place of what was begun."""
    return os.path.join(_split(text)[0], name.text)  # noqa: PTH118 - what was typed stays as it was, "~" included


def common_beginning(text: str, names: Collection[Name]) -> str:
    """The typed path with as much as all of the names have in common; the text itself where that is nothing more."""
    if not names:
        return text
    if len(names) == 1:
        return completed(text, next(iter(names)))
    common = os.path.commonprefix([each.text for each in names])  # noqa: RUF071 - characters are meant
    return completed(text, Name(common, False)) if len(common) > len(_split(text)[1]) else text


def _split(text: str) -> tuple[str, str]:
    """A typed path up to its last slash, and what is begun after it; a lone `~` is the home folder."""
    return (f"~{os.sep}", "") if text.strip() == "~" else os.path.split(text.lstrip())
