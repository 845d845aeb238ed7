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
    warning, reason = warning_words(None, last, today)
    if warning:
        return f"{warning} – {reason}"
    age = _("unknown") if last.problem is not None else age_words(last, today)
    return _("Latest backup: {age}", age=age)


def age_words(last: LastBackup, today: date) -> str:
    """“today 08:14”, “yesterday”, “3 days ago” or “none”."""
    if last.day is None:
        return _("none")
    days = (today - last.day).days
    if days > 1:
        return _("{count} days ago", count=days)
    which = _("yesterday") if days == 1 else _("today")
    return f"{which} {last.time}".rstrip()


def warning_words(problem: Message | None, last: LastBackup | None, today: date) -> tuple[str, str]:
    """What is wrong with the backups and why, both "" when all is well; `problem` is why today's could not be made."""
    if problem is not None:
        return _("Today's backup could not be made"), say(problem)
    if last is None or last.wanted is None:
        return "", ""
    if last.problem is not None:
        return _("Latest backup: {age}", age=_("unknown")), say(last.problem)
    return (
        _("Latest backup: {age}", age=age_words(last, today)),
        _("none from the last day with changes, {day}", day=day(last.wanted)),
    )
