"""A server that refuses, stands still or repeats what it was told: in words, in time and without the password.

The driver is put in place of the real one: it speaks to a server on this computer that takes a call and says nothing.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import peewee
import pytest

from kvaltui.i18n import say
from kvaltui.store import server
from kvaltui.store.errors import DatabaseBusy, DatabaseError, NoDatabase, ServerFault
from kvaltui.store.opening import open_database

PASSWORD = "h#m/l%ig?t@:x"


class OperationalError(Exception):
    """What a driver raises."""

    __module__ = "psycopg.errors"
    sqlstate: str | None = None


class Driver:
    """A driver for which everybody may write what it does when it connects and when it is asked."""

    def __init__(self) -> None:
        self.given: dict[str, Any] = {}
        self.refuses: Exception | None = None
        self.line: socket.socket | None = None

    def check_driver(self) -> None:
        return

    def isolation_level_int(self, level: object) -> None:
        return

    def connect(self, orm: Any, **given: Any) -> Driver:
        self.given = {"dbname": orm.database, **given}
        if self.refuses is not None:
            raise self.refuses
        self.line = socket.create_connection((given["host"], given["port"]))
        return self

    def get_server_version(self, _connection: object) -> int:
        return 160000

    def is_connection_usable(self, _connection: object) -> bool:
        return True

    def fileno(self) -> int:
        assert self.line is not None
        return self.line.fileno()

    def cursor(self) -> Driver:
        return self

    def execute(self, *_question: object) -> None:
        assert self.line is not None
        assert self.line.recv(1) == b""
        raise OperationalError("server closed the connection unexpectedly")

    def rollback(self) -> None:
        return

    commit = rollback

    def close(self) -> None:
        if self.line is not None:
            self.line.close()


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    made = Driver()
    monkeypatch.setattr(peewee.PostgresqlDatabase, "psycopg2_adapter", staticmethod(lambda: made))
    yield made
    made.close()


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that takes every call and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def refused(address: str) -> DatabaseError:
    with pytest.raises(DatabaseError) as error:
        open_database(address)
    return error.value


def test_every_character_of_a_password_reaches_the_driver(driver: Driver) -> None:
    driver.refuses = OperationalError("no")
    refused(f"postgresql://anna:{PASSWORD}@127.0.0.1:5433/kval?sslmode=require")
    assert driver.given["password"] == PASSWORD
    assert {name: driver.given[name] for name in ("user", "host", "port", "dbname", "sslmode")} == {
        "user": "anna", "host": "127.0.0.1", "port": "5433", "dbname": "kval", "sslmode": "require",
    }  # fmt: skip


def test_nothing_is_waited_for_longer_than_ten_seconds(driver: Driver) -> None:
    driver.refuses = OperationalError("no")
    refused("postgresql://anna@127.0.0.1/kval?connect_timeout=0&options=-c%20lock_timeout%3D0")
    assert 2 <= driver.given["connect_timeout"] <= 4
    assert driver.given["options"].endswith("-c lock_timeout=8000 -c statement_timeout=8000")
    assert server.PATIENCE < server._GIVEN_UP < 10


@pytest.mark.thorough
def test_a_server_that_says_nothing_is_given_up(driver: Driver, silent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_GIVEN_UP", 0.2)
    told = refused(f"postgresql://anna:{PASSWORD}@127.0.0.1:{silent}/kval")
    assert isinstance(told, ServerFault)
    assert f"postgresql://anna@127.0.0.1:{silent}/kval" in str(told)
    assert PASSWORD not in str(told)


@pytest.mark.parametrize("code", ["55P03", "57014"])
def test_what_takes_too_long_is_told_as_such(driver: Driver, code: str) -> None:
    driver.refuses = OperationalError("canceling statement due to lock timeout")
    vars(driver.refuses)["sqlstate"] = code
    assert isinstance(refused("postgresql://anna@127.0.0.1/kval"), DatabaseBusy)


@pytest.mark.parametrize("error", [OperationalError, ValueError, TypeError])
def test_what_the_driver_repeats_of_the_password_is_not_shown(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    monkeypatch.setenv("PGPASSWORD", "annathemligt")
    driver.refuses = error(f'invalid option "{PASSWORD}" or "annathemligt"')
    for address in (f"postgresql://anna:{PASSWORD}@h/kval", f"postgresql://h/kval?user=anna&password={PASSWORD}"):
        told = refused(address)
        assert "hemligt" not in str(told)
        assert PASSWORD not in str(told)
        assert told.__cause__ is None


def test_what_is_no_server_is_refused_in_words() -> None:
    for address in ("foo://bar", "postgresql://", "mysql://anna:hemligt@h/d", "postgresql://anna:hemligt@h", "://"):
        told = str(refused(address))
        assert "postgresql://user@server/database" in told
        assert "hemligt" not in told


class Empty(Driver):
    """A server that answers everything with nothing."""

    def execute(self, *_question: object) -> None:
        return

    def fetchall(self) -> list[object]:
        return []


def test_a_server_without_our_tables_has_no_database(silent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Empty()
    monkeypatch.setattr(peewee.PostgresqlDatabase, "psycopg2_adapter", staticmethod(lambda: made))
    told = refused(f"postgresql://127.0.0.1:{silent}/kval")
    made.close()
    assert isinstance(told, NoDatabase)
    assert "Det finns ingen databas" in say(told.message)


def test_a_line_that_was_cut_is_let_go_of(driver: Driver, silent: int) -> None:
    orm = peewee.PostgresqlDatabase("kval", host="127.0.0.1", port=silent, autoconnect=False)
    orm.connect()
    assert driver.line is not None
    driver.line.shutdown(socket.SHUT_RDWR)
    database = server.ServerDatabase(orm, "kval", path=None, is_read_only=False, backups=None)
    with pytest.raises(ServerFault, match="closed the connection"):
        database.position()
    assert orm.is_closed()
