"""From a terminal to the open program and back: what has to be right before it draws, and how it is left."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.period import Period, PeriodError
from kvaltui.store.database import open_database
from kvaltui.store.errors import NoDatabase
from kvaltui.store.plans import list_plans
from kvaltui.tui.app import KvaltuiApp
from kvaltui.tui.session import PlanSession

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvaltui.config import Config
    from kvaltui.store.author import Author
    from kvaltui.store.database import Database

_PLAIN_TERMINALS = ("", "dumb", "unknown")
_ASCII_TERMINALS = ("linux", "vt100", "vt220", "ansi", "cons25")
"""Terminals whose own font has no symbols."""


class TerminalError(KvaltuiError):
    """There is no terminal that the program can be shown in."""


def run_program(
    settings: Config, location: str, author: Author, *, plan: str = "", period: str = "", read_only: bool = False
) -> int:
    """Open the program on the database at `location` and return the process' exit code.

    Raises TerminalError where there is no usable terminal, DatabaseError where the database cannot be used, UnknownPlan
    for a plan that it does not have.
    """
    check_terminal()
    database = open_database(location, read_only=read_only, shared=settings.shared)
    with database:
        session = PlanSession(database, plan or _plan_of(database, settings), by=author, period=_period(period or settings.period))
        app = KvaltuiApp(session, settings, is_ascii=wants_ascii(settings, os.environ))
        app.run(mouse=settings.mouse)
        return app.return_code or 0


def check_terminal() -> None:
    """Raise TerminalError unless standard input and output are a terminal that can place its cursor."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty()):
        raise TerminalError(Message("the program needs a terminal; kvaltui status prints the same without one"))
    if os.environ.get("TERM", "") in _PLAIN_TERMINALS:
        raise TerminalError(Message("the terminal cannot place its cursor (TERM={term})", term=os.environ.get("TERM", "")))


def wants_ascii(settings: Config, environment: Mapping[str, str]) -> bool:
    """Whether the symbols have to be ASCII: by the settings, or because the terminal cannot show the others."""
    if settings.symbols != "auto":
        return settings.symbols == "ascii"
    encoding = (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "")
    return encoding != "utf8" or environment.get("TERM", "") in _ASCII_TERMINALS


def _plan_of(database: Database, settings: Config) -> str:
    """The plan to begin with: the one in the settings, otherwise the first."""
    plans = [plan.key for plan in list_plans(database) if not plan.retired]
    if settings.plan in plans:
        return settings.plan
    if not plans:
        raise NoDatabase(Message("there is no plan in {file}", file=database.place))
    return plans[0]


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text) if text else None
    except PeriodError:
        return None
