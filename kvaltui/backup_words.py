"""When the last good backup was made, in words: the same in the window, `status`, `check` and `locate`."""

from __future__ import annotations

from datetime import date

from kvaltui.i18n import _, day, say
from kvaltui.model.message import Message
from kvaltui.store.backup_folder import LastBackup


def last_backup_words(last: LastBackup, today: date) -> str:
    """“Latest backup: today 08:14”, or why there is none to tell of; with what is wrong where it is late."""
    if last.is_off:
        return _("Latest backup: switched off")
    if last.problem is not None:
        return _("Latest backup: unknown, {problem}", problem=say(last.problem))
    age = age_words(last, today)
    if last.wanted is None:
        return _("Latest backup: {age}", age=age)
    return _("Latest backup: {age} – none from the last day with changes, {day}", age=age, day=day(last.wanted))


def age_words(last: LastBackup, today: date) -> str:
    """“today 08:14”, “yesterday”, “3 days ago” or “none”."""
    if last.day is None:
        return _("none")
    days = (today - last.day).days
    if days > 1:
        return _("{count} days ago", count=days)
    which = _("yesterday") if days == 1 else _("today")
    return f"{which} {last.time}".rstrip()


def failed_words(problem: Message) -> str:
    """That the backup of the day could not be made, and why."""
    return _("Today's backup could not be made: {problem}", problem=say(problem))
