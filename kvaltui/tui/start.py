"""From a terminal to the open program and back: what has to be right before it draws, and how it is left."""

from __future__ import annotations

import gc
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kvaltui.i18n import _
from kvaltui.model.period import Period
from kvaltui.model.value import replace
from kvaltui.server_address import shown_location
from kvaltui.store.backup_folder import BackupRule
from kvaltui.store.errors import NoDatabase
from kvaltui.store.opening import open_database
from kvaltui.store.patience import waiting_by
from kvaltui.store.plans import standing_plans
from kvaltui.terminal import refuses_colours, shown_encoding, wants_ascii
from kvaltui.tui.app import KvaltuiApp
from kvaltui.tui.terminal.browser import ENCODING, is_in_browser
from kvaltui.tui.terminal.calm_app import CalmApp
from kvaltui.tui.terminal.drawing import show_in
from kvaltui.tui.terminal.theme import Colours, colours_of, fitting_theme, paint_in
from kvaltui.work import kept_texts
from kvaltui.work.plan_maker import Beginning, Begun
from kvaltui.work.remembered import TOUR, first_time
from kvaltui.work.session import PlanSession

if TYPE_CHECKING:
    from kvaltui.config import Config
    from kvaltui.store.author import Author
    from kvaltui.store.database import Database
    from kvaltui.tui.first_start import FirstStart

_BUILDING = ("indicators", "build")
"""The screen that the rows of a new plan are written on, and the command that they are written with."""
PYTHONS_OWN_THRESHOLDS = (700, 10, 10)


def run_program(
    settings: Config,
    location: str,
    author: Author,
    *,
    backups: BackupRule | None = None,
    plan: str = "",
    read_only: bool = False,
) -> int:
    """Open the program on the database at `location` and return the process' exit code.

    Where there is no database or no plan yet, the person is asked what to begin with. There has to be a terminal.
    Raises DatabaseError where the database cannot be used, UnknownPlan for a plan that it does not have.
    """
    settings, is_ascii = _shown(settings)
    place = _Place(location, settings.shared, backups)
    with place:
        known = place.look(is_read_only=read_only)
        first, begun = None, Begun(plan)
        if not known:
            beginning = Beginning(place.open, author)
            first, code = _begin(beginning, shown_location(location), settings, author, is_ascii=is_ascii)
            if code or first.return_value is None:
                return code
            begun, settings, is_ascii = first.return_value, first.settings, first.is_ascii
        wanted = begun.plan or (settings.plan if settings.plan in known else "")
        period = Period.parse(settings.period) if settings.period else None  # the settings take no other text
        session = PlanSession(place.open(), wanted or known[0], by=author, period=period, begins=True)
        left = kept_texts.kept(session.database.place)
        if left:
            session.read_rest()
        session.unstored.update(kept_texts.not_stored(left, session.content))
        app = KvaltuiApp(
            session,
            settings,
            is_ascii=is_ascii,
            start=_BUILDING[0] if begun.builds else "",
            asks_for_plan=not wanted and len(known) > 1,
            shows_tour=not (begun.builds or session.is_read_only) and first_time(TOUR),
            first_command=_BUILDING[1] if begun.builds else "",
        )
        if first is not None:
            app.typeahead.take_over(first.typeahead)
        code = _run(app, settings)
        if left and not code:
            kept_texts.keep(session.database.place, ())  # they have been dealt with
        return code


def _begin(
    beginning: Beginning, place: str, settings: Config, author: Author, *, is_ascii: bool
) -> tuple[FirstStart, int]:
    """Ask how to begin, again after each look around; the app that asked last, and its exit code."""
    from kvaltui.tui.first_start import FirstStart

    while True:
        first = FirstStart(beginning, place, settings, is_ascii=is_ascii)
        code = _run(first, settings)
        if code or first.return_value is None or first.return_value.plan:
            return first, code
        settings, is_ascii = first.settings, first.is_ascii
        if code := _look_around(first, author):
            return first, code


def _look_around(first: FirstStart, author: Author) -> int:
    """Open a plan with invented figures in a database that is thrown away afterwards; the exit code."""
    from datetime import date
    from tempfile import TemporaryDirectory

    from kvaltui.exchange.starter import demo_document

    with TemporaryDirectory(prefix="kvaltui-") as folder:
        path = Path(folder) / "kvaltui.db"
        with open_database(path, create=True, backups=BackupRule(path.parent / "backups", kept_daily=0)) as database:
            today = date.today()  # noqa: DTZ011 - the reader's own calendar
            plan = Beginning(lambda: database, author).take_in(demo_document(today))
            session = PlanSession(database, plan, by=author, period=Period(today.year), begins=True)
            told = _("Everything here is invented, and is thrown away when you quit.")
            app = KvaltuiApp(session, first.settings, is_ascii=first.is_ascii, told=told)
            app.typeahead.take_over(first.typeahead)
            return _run(app, first.settings)


def _shown(settings: Config) -> tuple[Config, bool]:
    """Draw for what shows the program. Returns the settings with a theme that it has, and whether it has but ASCII."""
    if is_in_browser():
        # It has all colours and characters, whatever the server that it is shown by was started in.
        paint_in(Colours.ANY)
        show_in(ENCODING)
        theme = "ansi" if refuses_colours(os.environ) else settings.theme
        return replace(settings, theme=theme), settings.symbols == "ascii"
    paint_in(colours_of(os.environ))
    show_in(shown_encoding(settings, sys.__stdout__, os.environ))
    theme = fitting_theme(settings.theme, os.environ)
    return replace(settings, theme=theme), wants_ascii(settings, sys.__stdout__, os.environ)


class _Place:
    """Where the database is, and the database itself as soon as it is open."""

    def __init__(self, location: str, shared: bool, backups: BackupRule | None) -> None:
        self._open = partial(open_database, location, shared=shared, backups=backups)
        self._database: Database | None = None

    def __enter__(self) -> _Place:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._database is not None:
            self._database.close()

    def look(self, *, is_read_only: bool) -> list[str]:
        """The keys of the plans that are there; nothing is made. Raises NoDatabase only where nothing may be made."""
        try:
            self._database = self._open(read_only=is_read_only)
        except NoDatabase:
            if is_read_only:
                raise
            return []
        return list(standing_plans(self._database))

    def open(self) -> Database:
        """The database, made where there is none."""
        if self._database is None:
            self._database = self._open(create=True)
        return self._database


def picture_of(session: PlanSession, settings: Config, screen: str, size: tuple[int, int], suffix: str) -> bytes:
    """A picture of a screen of the open plan, as a file with that ending holds it. There need not be any terminal."""
    from kvaltui.tui.picture import HELP, as_bytes, taken_of

    settings = replace(settings, theme="ansi") if refuses_colours(os.environ) else settings
    app = KvaltuiApp(session, settings, is_ascii=settings.symbols == "ascii")
    strips = taken_of(app, screen, size)
    title = _("Help") if screen == HELP else next(each.label for each in app.modes if each.name == screen)
    return as_bytes(strips, suffix, title)


def _run(app: CalmApp[Any], settings: Config) -> int:
    """Run an app to its end and return its exit code. What it could not handle is raised again for whoever called."""
    # What is loaded by now stays. The sweeps for garbage, which a start does without, pass it by from here on.
    gc.freeze()
    gc.set_threshold(*PYTHONS_OWN_THRESHOLDS)
    with waiting_by(app.held.way):
        app.run(mouse=settings.mouse)
    if not is_in_browser():  # which is gone by now, and whoever runs its server is not to read them
        sys.stdout.write(app.last_words())
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0
