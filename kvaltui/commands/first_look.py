"""What somebody sees who runs a fresh copy of the program where there is no terminal: the main job, on a starter plan.

`make run` asks for it. Without that nobody's run makes a database: one that is missing may lie on a disk that is not
there just now.
"""

from __future__ import annotations

import os
import shlex
from datetime import date
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from kvaltui.commands.context import Context
from kvaltui.commands.declarations import COMMANDS, EVERYWHERE, OPEN
from kvaltui.commands.entering import enter
from kvaltui.commands.history import undo
from kvaltui.commands.output import write
from kvaltui.commands.own_name import own_command
from kvaltui.commands.parser import read
from kvaltui.commands.setup import make_database
from kvaltui.config import Config
from kvaltui.i18n import _
from kvaltui.model.content import PlanContent
from kvaltui.model.fulfilment import judge_again, judge_plan
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.status import Status
from kvaltui.model.value import replace
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan


def begin_with(context: Context, source: str) -> None:
    """Make the database with a starter plan, say so, and show the main job on a copy that is thrown away.

    Raises UsageError when there is no such starter plan, FileError, DatabaseError; nothing is made then.
    """
    plan = make_database(context, source)
    place = os.path.relpath(context.location)
    write(_("There was no database: {file} has been made, with the plan “{plan}”.", file=place, plan=plan))
    with TemporaryDirectory(prefix="kvaltui-look-") as folder:
        copy = Path(folder) / "copy.db"
        copyfile(context.location, copy)
        settings = replace(context.settings, folder=Path(folder), path=None, backup_folder="", shared=False)
        _show_main_job(settings, ["--db", str(copy), "--plan", plan], context.today)
    write()


def _show_main_job(settings: Config, options: list[str], today: date) -> None:
    """Enter a figure and take it back, as a person would."""

    def run(name: str, *words: str) -> None:
        write(f"\n$ {own_command()} {name} {shlex.join(words)}".rstrip())
        found = Context(read([*options, name, *words], COMMANDS, EVERYWHERE, OPEN).arguments, settings)
        (enter if name == "enter" else undo)(found)

    with open_database(options[1], read_only=True) as database:
        example = _example(load_plan(database, options[3]), today)
    if example is not None:
        write("\n" + _("This is how a figure is entered and taken back (on a copy that is gone by now):"))
        run("enter", *example)
        run("undo")


def _example(content: PlanContent, today: date) -> tuple[str, str] | None:
    """The first indicator that is not achieved, and a figure that would be: its target's."""
    period = content.plan.current_period
    if period is None:
        return None
    result = judge_plan(content, period, today)
    for key, judged in result.indicators.items():
        target = content.target(key, period, "")
        if judged.status not in (Status.PARTIALLY_ACHIEVED, Status.NOT_ACHIEVED) or not isinstance(target, TargetValue):
            continue
        outcome = Outcome(indicator=key, period=period, value=target.value)
        supposed = judge_again(result, content.with_entities([outcome]), [key], today)
        if supposed.indicators[key].verdict.status is Status.ACHIEVED:
            return key, target.value
    return None
