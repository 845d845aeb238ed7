"""What a person at the window is to know of the backups: only ever that something is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kvaltui.store.database import Database


class BackupWatch:
    """Looks for the last good backup of the open database when that may be another than at the last look.

    `warning` is what is wrong, in one line, "" when all is well; `reason` says more, where there is more.
    """

    def __init__(self, database: Database, today: Callable[[], date] = date.today) -> None:
        self.warning = ""
        self.reason = ""
        self._database = database
        self._today = today
        self._looked: tuple[object, ...] = ()
        self._told_on: date | None = None

    def look(self, position: int) -> bool:
        """Look, if need be, and return whether the warning is another now. Raises DatabaseError.

        `position` is the journal's: while something is wrong, every change may have mended it, whoever made it.
        """
        now = (self._today(), self._database.daily.attempts, position if self.warning else None)
        if now == self._looked:
            return False
        before = (self.warning, self.reason)
        self.warning, self.reason = self._what_is_wrong()
        self._looked = (*now[:2], position if self.warning else None)
        return (self.warning, self.reason) != before

    @property
    def has_news(self) -> bool:
        """Whether there is a warning that has not been told today."""
        return bool(self.warning) and self._told_on != self._today()

    def to_be_told(self) -> str:
        """What has not been told today, "" when there is nothing; told from now on."""
        if not self.has_news:
            return ""
        self._told_on = self._today()
        return f"{self.warning}: {self.reason}" if self.reason else self.warning

    def _what_is_wrong(self) -> tuple[str, str]:
        from kvaltui.store.backup import how_recent
        from kvaltui.work.backup_words import warning_words

        if self._database.is_read_only:
            return "", ""
        today = self._today()
        return warning_words(self._database.daily.problem, how_recent(self._database, today), today)
