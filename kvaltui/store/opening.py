"""Opening a database: made where there is none, refused where it is not ours, upgraded where it is an earlier one.

What is opened has the settings that the promises rest on (docs/store.md, Opening a file).
"""

from __future__ import annotations

from pathlib import Path

from kvaltui.half_made import beside
from kvaltui.model.message import Message
from kvaltui.server_address import is_address
from kvaltui.store import sqlite_file
from kvaltui.store.backup_folder import BackupRule
from kvaltui.store.database import Database
from kvaltui.store.errors import DatabaseError, NoDatabase, OldDatabase, explain
from kvaltui.store.migrations import SCHEMA_VERSION
from kvaltui.system_error import explain as explain_system_error


def open_database(
    location: str | Path,
    *,
    create: bool = False,
    read_only: bool = False,
    shared: bool = False,
    backups: BackupRule | None = None,
) -> Database:
    """Open the database at a path, or at the address of a server (`postgresql://…`).

    `create` makes one where there is none; with `shared` the group of its folder may read and write it, and is given
    its rights where it lacks them and they are this person's to give. A database of an earlier version is backed up and
    upgraded. Where the file or its folder cannot be written, it is opened for reading only, as with `read_only`.
    `backups` says where backups go (None: the folder "backups" beside the file).
    Raises DatabaseError, of the kind that tells what is wrong; what lies at the path is then left as it was.
    """
    if is_address(str(location)):
        from kvaltui.store.server import open_server

        return open_server(str(location), create=create, read_only=read_only)
    path = Path(location).absolute()
    backups = backups or BackupRule(path.parent / "backups")
    if not sqlite_file.is_there(path):
        if not create or read_only:
            raise NoDatabase(Message("There is no database at {file}", file=str(path)))
        create_file(path, shared=shared)
    version = sqlite_file.inspect(path)
    read_only = read_only or not sqlite_file.can_be_written(path)
    if shared and not read_only:
        from kvaltui.store.sharing import share

        share(path, backups.folder)
    if version < SCHEMA_VERSION:
        if read_only:
            raise OldDatabase(
                Message("{file} must be upgraded before it can be read, but cannot be written", file=str(path))
            )
        from kvaltui.store.migrate import migrate

        migrate(path, backups)
    return _connect(path, is_read_only=read_only, backups=backups)


def create_file(path: Path, *, shared: bool) -> None:
    """Make an empty database of the current version, in one step: nobody ever sees a half-made one.

    When another program has made one at the same moment, that one stays. The folder is made too, for its owner alone or
    with `shared` for its group. Raises DatabaseError.
    """
    from kvaltui.store.device import forget
    from kvaltui.store.migrate import create_schema

    try:
        sqlite_file.make_folder(path.parent, shared=shared)
        with beside(path) as new:
            sqlite_file.make_file(new, 0o660 if shared else 0o600)
            create_schema(new)
            sqlite_file.put_in_place(new, path)
    except FileExistsError:
        return
    except OSError as error:
        problem = explain_system_error(error)
        raise DatabaseError(Message("{file} cannot be made: {problem}", file=str(path), problem=problem)) from None
    # A new database has a device of its own: one that was at this place has signed what is not in it.
    forget(str(path))


def _connect(path: Path, *, is_read_only: bool, backups: BackupRule) -> Database:
    orm = sqlite_file.connection(path, "ro" if is_read_only else "rw")
    try:
        orm.connect()
        # The first look at the file rolls back what a crash has left and finds out whether the file is whole.
        orm.execute_sql("SELECT count(*) FROM sqlite_master")
    except Exception as error:
        orm.close()
        raise explain(error, str(path)) or error from error
    return Database(orm, str(path), path=path, is_read_only=is_read_only, backups=backups)
