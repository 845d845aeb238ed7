"""`kvaltui screenshot`: a screen of the program on the person's own plan, drawn in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvaltui.commands.context import Context
from kvaltui.commands.errors import DONE, UsageError, note_done
from kvaltui.commands.hyperlinks import write_with_file
from kvaltui.exchange.importing import unknown_suffix
from kvaltui.exchange.writing import check_place, own_files, write_file
from kvaltui.i18n import _
from kvaltui.model.message import Message
from kvaltui.model.pattern import pattern
from kvaltui.written_path import path_of

if TYPE_CHECKING:
    from kvaltui.store.database import Database
    from kvaltui.work.session import PlanSession

_SIZE = pattern(r"(\d{1,4})\s*[x×X*]\s*(\d{1,4})")
_LEAST, _MOST = (40, 10), (400, 200)
"""Columns and lines that a picture may have: what the window needs, and what one can still look at."""
_USUAL = (80, 24)


def screenshot(context: Context) -> int:
    """Draw a screen in a file, whose ending says how. Raises UsageError for a size, FileError for a file."""
    from kvaltui.tui.picture import SUFFIXES
    from kvaltui.tui.start import picture_of

    given = context.arguments
    path = path_of(given.file)
    suffix = path.suffix.casefold()
    if suffix not in SUFFIXES:
        raise unknown_suffix(path, SUFFIXES)
    size = _size(given.size)
    with context.open() as database:
        keep = own_files(database.path, context.settings.path)
        check_place(path, keep)
        screen = (given.screen or "overview").replace("-", "_")
        data = picture_of(_session(context, database), context.settings, screen, size, suffix)
    write_file(path, data, replaces=given.force, keep=keep)
    note_done()
    write_with_file(_("Wrote {file}", file=str(path)), path)
    return DONE


def _size(text: str | None) -> tuple[int, int]:
    if text is None:
        return _USUAL
    found = _SIZE.fullmatch(text)
    size = (int(found[1]), int(found[2])) if found else (0, 0)
    if not all(least <= each <= most for least, each, most in zip(_LEAST, size, _MOST, strict=True)):
        raise UsageError(
            Message(
                "“{size}” is no size: write columns and lines as 80x24, at least {least} and at most {most}",
                size=text,
                least="{}x{}".format(*_LEAST),
                most="{}x{}".format(*_MOST),
            )
        )
    return size


def _session(context: Context, database: Database) -> PlanSession:
    """The plan that was asked for, open in the period that was asked for."""
    from kvaltui.work.session import PlanSession

    plan, author = context.plan(database), context.author
    return PlanSession(database, plan.key, by=author, period=context.period(plan), today=lambda: context.today)
