"""The program on a starter plan in a database of its own, driven by keys, on a day that is always the same."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from textual.pilot import Pilot

from kvaltui.config import Config
from kvaltui.exchange.starter import read_starter
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.store import journal
from kvaltui.store.author import Author
from kvaltui.store.backup_folder import BackupRule
from kvaltui.store.database import Database
from kvaltui.store.opening import open_database
from kvaltui.tui.app import KvaltuiApp
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.work.session import PlanSession

COORDINATOR = Author("samordnare", "Samordnaren")
HUDDINGE, LINKOPING, NACKA = "huddinge-2024", "linkoping-2019-t1", "nacka-2022"
EKERO, SOCIALNAMND = "ekero-2016", "socialnamnd-2020"
TODAY = {
    HUDDINGE: date(2024, 10, 1),
    LINKOPING: date(2019, 5, 2),
    NACKA: date(2024, 1, 15),
    EKERO: date(2019, 2, 1),
    SOCIALNAMND: date(2021, 2, 1),
}
DEVICE = "kontoret-1a2b3c4d"
NARROW, WIDE = (80, 24), (120, 40)
_FIRST = datetime(2024, 9, 2, 8, 0, tzinfo=UTC)


@contextmanager
def steady_journal() -> Iterator[None]:
    """Times and the device in the journal are the same in every run: one minute after the other, at one office."""
    minutes = count()

    def now() -> str:
        return journal.written_time(_FIRST + timedelta(minutes=next(minutes)))

    with patch.object(journal, "now", now), patch.object(Database, "device", DEVICE):
        yield


@cache
def _made(plan: str, also: tuple[AnyEntity, ...] = ()) -> bytes:
    """A database with a starter plan and what was changed since, made once: its file as it stands when it is closed."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kvaltui.db"
        if also:
            path.write_bytes(_made(plan))
        with steady_journal(), open_database(path, create=not also, backups=_no_backups(path)) as database:
            for things in [[each] for each in also] or [list(read_starter(plan))]:
                journal.record(database, plan, things, by=COORDINATOR, seen=10**9 if also else 0)
        return path.read_bytes()


def _no_backups(path: Path) -> BackupRule:
    return BackupRule(path.parent / "backups", kept_daily=0)


@dataclass(frozen=True)
class Work:
    """The running program and its keyboard."""

    app: KvaltuiApp
    pilot: Pilot[None]

    @property
    def content(self) -> PlanContent:
        return self.app.session.content

    def find(self, kind: type[AnyEntity], key: str) -> AnyEntity:
        found = self.content.get(kind, key)
        assert found is not None
        return found

    async def press(self, *keys: str) -> None:
        """Press keys by their names."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text."""
        for character in text:
            await self.pilot.press({" ": "space"}.get(character, character))
        await self.pilot.pause()

    @property
    def lines(self) -> list[str]:
        """What the screen shows, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    @property
    def shown(self) -> str:
        """What the screen shows, with one space for several, so that it does not matter where it is broken."""
        return " ".join(" ".join(line.strip("│╭╮╰╯─ ") for line in self.lines).split())

    @property
    def listed(self) -> list[str]:
        """The rows of the list that show, headings among them, without the blank lines between."""
        view = next(iter(self.app.screen.query(LineView)))
        x, y, width, height = view.region
        rows = (line[x : x + width].rstrip() for line in self.lines[y + view.HEAD : y + height])
        return [row for row in rows if row]

    @property
    def footer(self) -> str:
        return self.lines[-1]

    def line_with(self, text: str) -> str:
        """The first line with a text."""
        return next(line for line in self.lines if text in line)


def program(
    folder: Path,
    plan: str = HUDDINGE,
    *,
    mode: str = "risks",
    also: Iterable[AnyEntity] = (),
    read_only: bool = False,
    theme: str = "dark",
    is_ascii: bool = False,
    **settings: Any,
) -> KvaltuiApp:
    """The program on a copy of a starter plan with some things changed; the database is closed with the process.

    `settings` are those of its config.toml, which lies in the folder.
    """
    path = folder / "kvaltui.db"
    path.write_bytes(_made(plan, tuple(also)))
    path.chmod(0o600)
    database = open_database(path, read_only=read_only, backups=_no_backups(path))
    session = PlanSession(database, plan, by=COORDINATOR, today=lambda: TODAY[plan])
    config = Config(folder=folder, path=folder / "config.toml", theme=theme, **settings)
    return KvaltuiApp(session, config, is_ascii=is_ascii, start=mode)


@asynccontextmanager
async def at_work(app: KvaltuiApp, size: tuple[int, int] = NARROW) -> AsyncIterator[Work]:
    """Run the program in a window of a size."""
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Work(app, pilot)
    finally:
        app.session.database.close()
