"""Files in and out of the open plan: import with a preview, export, backup, and a folder where copies meet."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING

from kvaltui.exchange.file_error import unreadable
from kvaltui.exchange.importing import unknown_suffix
from kvaltui.exchange.writing import check_place, own_files, write_file
from kvaltui.i18n import _, translated
from kvaltui.model.clean import clean
from kvaltui.model.message import Message
from kvaltui.tui.forms import editing
from kvaltui.tui.screens.path_dialog import PathDialog
from kvaltui.tui.screens.picker import Choice, pick
from kvaltui.tui.widgets.path_line import PathQuestion
from kvaltui.work.paths import PathRefused, short
from kvaltui.work.remembered import recalled, remember

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvaltui.exchange.folder import Synced
    from kvaltui.model.content import PlanContent
    from kvaltui.tui.program import Program
    from kvaltui.tui.working import Job
    from kvaltui.work.intake import Intake

_SYNC_FOLDER = "sync-folder"


# In


def import_file(app: Program) -> None:
    """Ask for a file, show what it would do, and take it in."""
    if not editing.may_change(app):
        return
    from kvaltui.work.file_change import SUFFIXES
    from kvaltui.work.intake import IntakeTarget, read_intake

    session = app.session

    def chosen(dialog: PathDialog, path: Path) -> None:
        target = IntakeTarget(
            session.database, session.content, session.period, session.author, session.today, app.is_ascii
        )

        def read(job: Job) -> Intake:
            found = read_intake(path, target)
            job.go_on(_("Shows …"))
            return found

        dialog.begin(_("Reads {file} …", file=clean(path.name)), read, lambda intake: _show_intake(app, dialog, intake))

    question = PathQuestion(
        title=_("Import"),
        does=_("Read"),
        suffixes=SUFFIXES,
        help=_(
            "A plan file (.toml, .json), a table (.xlsx, .csv) or a bundle (.kvb). "
            "Nothing is stored before you have seen it."
        ),
    )
    app.push_screen(PathDialog(question, chosen))


def _show_intake(app: Program, dialog: PathDialog, intake: Intake) -> None:
    from kvaltui.tui.screens.intake_dialog import IntakeDialog

    dialog.speak("")

    def tell(is_done: bool | None) -> None:
        if not is_done:
            return
        dialog.dismiss(None)
        app.call_later(show)

    def show() -> None:
        if intake.plan != app.session.key:
            app.choose_plan(intake.plan)
        app.speak_of_saving(f"{intake.file}: {intake.summary}")

    app.push_screen(IntakeDialog(intake), tell)


# Out


def export_plan(app: Program) -> None:
    """Ask what is wanted and where, and write it."""
    from kvaltui.work.exporting import FORMATS

    choices = [Choice(suffix, translated(label), detail=suffix) for suffix, label in FORMATS]
    pick(app, _("Export"), choices, partial(export_as, app))


def export_as(app: Program, suffix: str) -> None:
    """Ask where, and write what a file with that ending holds."""
    from kvaltui.work.exporting import FORMATS, suggested_name

    session = app.session

    def chosen(dialog: PathDialog, path: Path) -> None:
        check_place(path, _kept(app))
        if dialog.confirm_replacing(path):
            is_there = path.exists()
            dialog.begin(
                _("Writes {file} …", file=clean(path.name)),
                lambda job: _write(app, path, job, replaces=is_there),
                lambda written: _tell_written(app, dialog, written),
                changes_something=True,
            )

    question = PathQuestion(
        title=_("Export"),
        does=_("Write"),
        text=short(Path.cwd() / suggested_name(session.key, session.period, suffix)),
        is_new=True,
        suffixes=[each for each, _label in FORMATS],
        help=_("The ending of the name says what is written."),
    )
    app.push_screen(PathDialog(question, chosen))


def _write(app: Program, path: Path, job: Job, *, replaces: bool) -> Path:
    """Write the plan to a file, as its ending asks for. Raises FileError, DatabaseError."""
    from kvaltui.exchange.exporting import REPORT_SUFFIXES, Exported, export
    from kvaltui.work.exporting import FORMATS

    session = app.session
    is_report = path.suffix.casefold() in REPORT_SUFFIXES
    periods = (session.period,) if is_report else session.content.plan.periods
    exported = Exported(session.database, session.content, periods, session.today)
    data = export(exported, path, [suffix for suffix, _label in FORMATS])
    job.go_on(_("Writes …"))
    write_file(path, data, replaces=replaces, keep=_kept(app))
    return path


def _kept(app: Program) -> list[Path]:
    """What nothing may be written over."""
    return own_files(app.session.database.path, app.settings.path)


def _tell_written(app: Program, dialog: PathDialog, path: Path) -> None:
    dialog.dismiss(None)
    app.speak(_("Wrote {file}", file=short(path)))


def save_picture(app: Program) -> None:
    """Ask where, and write what shows now there, as a picture or as plain text."""
    from kvaltui.tui.picture import SUFFIXES, as_bytes, strips_shown

    strips = strips_shown(app)  # before the dialog lies over it
    title = next((mode.label for mode in app.modes if mode.name == app.current_mode), app.TITLE or "")

    def chosen(dialog: PathDialog, path: Path) -> None:
        check_place(path, _kept(app))
        suffix = path.suffix.casefold()
        if suffix not in SUFFIXES:
            raise unknown_suffix(path, SUFFIXES)
        if dialog.confirm_replacing(path):
            write_file(path, as_bytes(strips, suffix, title), replaces=path.exists(), keep=_kept(app))
            _tell_written(app, dialog, path)

    question = PathQuestion(
        title=_("Screenshot"),
        does=_("Write"),
        text=short(Path.cwd() / f"{app.session.key}-{app.current_mode.replace('_', '-')}.svg"),
        is_new=True,
        suffixes=SUFFIXES,
        help=_("The ending of the name says how: .svg is a picture, .txt plain text."),
    )
    app.push_screen(PathDialog(question, chosen))


def back_up(app: Program) -> None:
    """Ask where, and make a proved copy of the whole database there."""
    from kvaltui.store.backup import backup

    session = app.session
    rule, place = session.database.backups, session.database.path
    if rule is None or place is None:
        app.speak(_("A database server is backed up with its own tools"), is_problem=True)
        return
    now = datetime.now().astimezone()
    suggested = rule.folder / f"{place.stem}-{now:%Y-%m-%dT%H%M%S}{place.suffix}"

    def chosen(dialog: PathDialog, path: Path) -> None:
        check_place(path, _kept(app))
        dialog.begin(
            _("Copies the database …"),
            lambda _job: backup(session.database, path),
            lambda written: _tell_written(app, dialog, written),
            changes_something=True,
        )

    question = PathQuestion(
        title=_("Back up"),
        does=_("Back up"),
        text=short(suggested),
        is_new=True,
        suffixes=[place.suffix],
        help=_("A whole copy of the database, with all plans and their history; it is proved before it gets its name."),
    )
    app.push_screen(PathDialog(question, chosen))


# Meeting other copies


def sync(app: Program) -> None:
    """Ask for the folder where copies meet, and exchange changes there."""
    from kvaltui.exchange.folder import try_sync

    session = app.session
    if not editing.may_change(app):
        return

    def chosen(dialog: PathDialog, path: Path) -> None:
        try:
            is_folder = S_ISDIR(path.stat().st_mode)  # `is_dir` passes over what is wrong, from Python 3.14 on
        except (FileNotFoundError, NotADirectoryError):
            is_folder = False
        except OSError as error:
            raise unreadable(short(path), error) from None
        if not is_folder:
            raise PathRefused(Message("There is no folder {file}", file=short(path)))

        def look(job: Job) -> Synced:
            found = try_sync(session.database, session.key, path)
            job.go_on(_("Shows …"))
            return found

        dialog.begin(_("Looks in the folder …"), look, lambda found: _show_exchange(app, dialog, path, found))

    question = PathQuestion(
        title=_("Exchange with other copies"),
        does=_("Exchange"),
        text=recalled(_SYNC_FOLDER),
        takes_folder=True,
        help=_("A folder that all copies reach: on a USB stick, a file share. Each copy puts its changes there."),
    )
    app.push_screen(PathDialog(question, chosen))


def _show_exchange(app: Program, dialog: PathDialog, folder: Path, found: Synced) -> None:
    """Show what would come and go; exchange it when the person wants that."""
    from kvaltui.exchange.folder import sync as sync_with
    from kvaltui.store.dropping import Dropped
    from kvaltui.tui.screens.intake_dialog import IntakeDialog
    from kvaltui.work.intake import Intake
    from kvaltui.work.synced import synced_in_words

    session = app.session
    before = session.content
    done: list[Synced] = []
    dialog.speak("")

    def exchange(is_dropped: Callable[[], bool]) -> None:
        if is_dropped():
            raise Dropped(Message("Stopped: nothing has been changed"))
        done.append(sync_with(session.database, session.key, folder))

    def tell(is_done: bool | None) -> None:
        if is_done:
            _tell_synced(app, dialog, folder, before, done[0])

    blocks = tuple(synced_in_words(before, found, is_done=False))
    intake = Intake(clean(short(folder)), session.key, blocks, "", is_empty=False, summary="", store=exchange)
    app.push_screen(IntakeDialog(intake, _("Exchange")), tell)


def _tell_synced(app: Program, dialog: PathDialog, folder: Path, before: PlanContent, synced: Synced) -> None:
    from kvaltui.tui.screens.reading_screen import ReadingScreen
    from kvaltui.work.synced import synced_in_words

    remember(_SYNC_FOLDER, short(folder))
    dialog.dismiss(None)
    app.push_screen(ReadingScreen(_("Exchange with other copies"), tuple(synced_in_words(before, synced))))
