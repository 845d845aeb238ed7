"""What can go wrong with a database, in words for the person at the screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kvaltui.model.clean import clean
from kvaltui.model.message import KvaltuiError, Message


class DatabaseError(KvaltuiError):
    """A database that cannot be used. Nothing was changed in it."""


class NoDatabase(DatabaseError):
    """Nothing lies at the path."""


class NoPermission(DatabaseError):
    """The person may not read the database, or not see whether there is one."""


class NotADatabase(DatabaseError):
    """What lies at the path is empty, of another kind or another program's. It was left as it was."""


class DamagedDatabase(DatabaseError):
    """Our own database, but cut off or otherwise damaged."""


class NewerDatabase(DatabaseError):
    """The database was made or upgraded by a later version of the program."""


class OldDatabase(DatabaseError):
    """The database must be upgraded first, and cannot be written."""


class DatabaseBusy(DatabaseError):
    """Another program has held the database for longer than we wait."""


class ReadOnlyDatabase(DatabaseError):
    """A change was asked for in a database that can only be read."""


class DiskFull(DatabaseError):
    """There was no room for the change."""


class RefusedChange(DatabaseError):
    """The database itself refused what would not fit in it: the last fence behind the rules of the model."""


class ServerFault(DatabaseError):
    """The database server cannot be reached or refused."""


class BackupError(DatabaseError):
    """A backup that cannot be made or used."""


class ForeignBackup(BackupError):
    """A backup of another database than the one that it would replace; a person may agree to it all the same."""


class BundleError(DatabaseError):
    """Revisions from elsewhere that cannot be taken in. Nothing was changed."""


class JournalError(KvaltuiError):
    """A change that the journal cannot make. Nothing was stored."""


class Restored(JournalError):
    """A backup has been restored since a person saw what they have changed."""


class UnknownPlan(JournalError):
    """The database holds no plan with that key."""


class NothingToUndo(JournalError):
    """There is no change to take back, or it has been taken back already."""


_NOT_AS_MADE = frozenset({1, 7, 12, 18, 20})
"""SQLite's codes for what it cannot find, hold or take for what it should be (sqlite.org/rescode.html)."""
_INTERRUPTED, _MOVED = 8 | 3 << 8, 8 | 4 << 8
_SERVER_DRIVERS = ("psycopg",)
_LOCK_NOT_AVAILABLE, _QUERY_CANCELED = "55P03", "57014"


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Tell the driver's errors in words, `place` being the database's path; what is not the database's passes by."""
    try:
        yield
    except Exception as error:
        told = explain(error, place)
        if told is None:
            raise
        try:
            raise told from error
        finally:
            # Else the error would keep its own frames alive, and with them a cursor that holds the file's lock.
            del told


def explain(error: BaseException, place: str) -> DatabaseError | None:
    """The driver's error in words, `place` being the database's path; None for one that is not the database's."""
    explained = _explain(error, place)
    if explained is None and error.__context__ is not None and type(error).__module__ in ("peewee", "sqlite3"):
        # SQLite has ended the transaction by itself, and what failed here was only the attempt to roll it back.
        explained = explain(error.__context__, place)
    return explained or _not_as_made(error, place)


def _explain(error: BaseException, place: str) -> DatabaseError | None:
    original = getattr(error, "orig", error)  # Peewee keeps the driver's own error there
    code = getattr(original, "sqlite_errorcode", None)
    if code == _MOVED:
        return ReadOnlyDatabase(
            Message(
                "The database has been replaced or moved; start the program again to go on ({file})",
                file=place,
            )
        )
    if code == _INTERRUPTED:
        return ReadOnlyDatabase(
            Message("A program was interrupted while it wrote to {file}; open it once for writing first", file=place)
        )
    if code is not None:
        return _explain_code(code & 0xFF, place)
    if type(error).__name__ == "IntegrityError":
        return RefusedChange(Message("Not saved: the change does not fit the database ({file})", file=place))
    if type(original).__module__.startswith(_SERVER_DRIVERS):
        return _explain_server(original, place)
    return None


def _explain_server(original: BaseException, place: str) -> DatabaseError:
    """By PostgreSQL's codes (postgresql.org/docs/current/errcodes-appendix.html), which both its drivers give."""
    code = getattr(original, "sqlstate", None) or getattr(original, "pgcode", None)
    if code in (_LOCK_NOT_AVAILABLE, _QUERY_CANCELED):
        return DatabaseBusy(
            Message("The database server has not managed it in time; try again in a moment ({file})", file=place)
        )
    answer = str(original).strip()
    return ServerFault(Message("The database server {file} answers: {answer}", file=place, answer=answer))


def _not_as_made(error: BaseException, place: str) -> DamagedDatabase | None:
    """The error about a database without a table or column that it had, or with what SQLite makes nothing of."""
    original = getattr(error, "orig", error)
    code = getattr(original, "sqlite_errorcode", None)
    # Of a text that is not UTF-8 the driver says so, and of such a name in the schema it cannot even say that.
    is_not_utf_8 = type(original).__name__ == "OperationalError" and "decode to UTF-8" in str(original)
    if code not in _NOT_AS_MADE and not is_not_utf_8 and not isinstance(original, UnicodeDecodeError):
        return None
    return DamagedDatabase(
        Message(
            "{file} is not as the program made it ({problem}). Run “kvaltui check”, then restore a whole backup",
            file=place,
            problem=clean(str(original).partition(" with text")[0]),
        )
    )


def _explain_code(code: int, place: str) -> DatabaseError | None:
    """By SQLite's primary result codes (sqlite.org/rescode.html)."""
    match code:
        case 5 | 6:
            return DatabaseBusy(Message("Another program is writing; try again in a moment ({file})", file=place))
        case 8:
            return ReadOnlyDatabase(Message("{file} can only be read, not changed", file=place))
        case 10:
            return DatabaseError(Message("The disk reports an error; nothing was changed ({file})", file=place))
        case 11:
            return DamagedDatabase(
                Message("{file} is damaged and was left as it is; restore a backup of it", file=place)
            )
        case 13:
            return DiskFull(Message("The disk is full; nothing was changed ({file})", file=place))
        case 3 | 14 | 23:
            return DatabaseError(
                Message("{file} cannot be opened: it does not exist or you have no permission", file=place)
            )
        case 19:
            return RefusedChange(Message("Not saved: the change does not fit the database ({file})", file=place))
        case 26:
            return NotADatabase(Message("{file} is not a database; it was left as it is", file=place))
    return None
