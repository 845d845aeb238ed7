"""Editing a database by hand and by accident, behind the back of every rule that SQLite keeps."""

from __future__ import annotations

import io
import json
import random
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kvaltui.cli import main
from kvaltui.model.message import KvaltuiError
from kvaltui.model.value import replace
from kvaltui.store.entry import select, stored
from kvaltui.store.opening import open_database
from kvaltui.store.plans import list_plans, load_plan
from tests.store.plan import COORDINATOR, MANAGER, change, new_copy

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("status",),
    ("status", "--json"),
    ("list", "indicators"),
    ("list", "risks"),
    ("list", "economy"),
    ("show", "trygghet"),
    ("show", "brist"),
    ("history",),
    ("history", "trygghet"),
    ("enter", "trygghet", "77"),
    ("undo",),
    ("conflicts",),
    ("period", "list"),
    ("export", "out.toml", "--force"),
    ("locate",),
)
"""What is asked of a database that may hold anything."""

VALUES: tuple[Any, ...] = (
    None, "", " ", "skräp", "x" * 200_000, "\x1b[31m\u202e", "a\x00b", "86 %", "9" * 400,
    -1, 0, 1, 2, 7, 2_147_483_647, 2**62, -(2**62), 1.5, 1e308, float("inf"),
    b"", b"\xff\xfe\x00", b"2022",
    "[]", "[4]", "[4,9,12]", "[9,4]", "[null]", '["2022","2022"]', '["x"]', "[[]]", "{}", '{"a":1}', "[[", "true",
    "[1e999]", "[" * 5_000, '"x"', "2022", "2022-T9", "9999", "0001", "2022-13-45", "9999-12-31",
    "9999-12-31T23:59:59.999Z",
    "2022-02-31T00:00:00.000Z", "higher", "sum", "plan", "outcome", "omsorg", "hemtjanst", "trygghet", "omsorg/2022",
)  # fmt: skip
NOT_UTF_8 = object()
"""A text of bytes that no text is made of."""

TABLES = ("plan", "quality_factor", "area", "goal", "indicator", "target", "outcome", "comparison", "assessment",
          "completion", "risk", "self_check", "result", "measure", "assignment", "economy_table", "economy_row",
          "revision")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command has come to."""

    code: int
    told: str

    @property
    def is_in_words(self) -> bool:
        """Whether it ended as documented and not in something that nobody had thought of."""
        return self.code in (0, 1, 2, 3) and "oförutsett" not in self.told and "Traceback" not in self.told


def run(*arguments: str) -> Outcome:
    """Run the program in this process."""
    written = io.BytesIO(), io.BytesIO()
    out, err = (io.TextIOWrapper(each, encoding="utf-8") for each in written)
    with redirect_stdout(out), redirect_stderr(err):
        code = main(arguments)
        out.flush()
        err.flush()
    return Outcome(code, b"".join(each.getvalue() for each in written).decode())


def whole(path: Path) -> None:
    """A database with every kind of thing in it, with a history and something in conflict."""
    with new_copy(path, with_plan=True) as database:
        seen = load_plan(database, list_plans(database)[0].key).position
        change(database, value="90 %", note="Rättad", by=COORDINATOR)
        change(database, value="91 %", by=MANAGER, seen=seen)


def content(path: Path) -> str | None:
    """All that a reader can be shown of a database: the plans and their journal. None where that cannot be read."""
    try:
        with open_database(path, read_only=True) as database, database.reading():
            plans = list_plans(database)
            found = [repr(load_plan(database, plan.key)) for plan in plans]
            # Of another device's seals nobody else can say anything.
            journal = (repr(replace(stored(row), seal="")) for row in database.execute(select()))
            return "\n".join([*found, *journal])
    except KvaltuiError:
        return None


class Loose:
    """A copy of a database whose own fences are down; `close_up` puts them up again, around what is in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with closing(sqlite3.connect(path)) as connection:
            self.schema: list[tuple[str, str, str]] = connection.execute(
                "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
            ).fetchall()
            self.columns = {
                table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] for table in TABLES
            }
        self._write({name: _without_fences(sql) for type_, name, sql in self.schema if type_ == "table"})

    def close_up(self, path: Path) -> None:
        """Put the schema of a copy of this file back."""
        self._write({name: sql for type_, name, sql in self.schema if type_ == "table"}, path)

    def _write(self, tables: dict[str, str], path: Path | None = None) -> None:
        with closing(sqlite3.connect(path or self.path, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA writable_schema = 1")
            for name, sql in tables.items():
                connection.execute("UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?", (sql, name))
            ((version,),) = connection.execute("PRAGMA schema_version")
            connection.execute(f"PRAGMA schema_version = {version + 1}")


def _without_fences(sql: str) -> str:
    """The text of a table that takes anything."""
    for fence in (" NOT NULL", " STRICT,", ", STRICT", " STRICT"):
        sql = sql.replace(fence, "")
    # A column without a type keeps what it is given as it is.
    return re.sub(r" (?:TEXT|INTEGER)(?! PRIMARY KEY)(?=[ ,\n])", "", sql)


def edits(chance: random.Random, columns: Mapping[str, Sequence[str]], count: int) -> Iterator[tuple[str, str, Any]]:
    """Which column is to hold what: every column in turn, each with values that it has not held yet."""
    places = [(table, column) for table, names in columns.items() for column in names if column != "sequence"]
    values = [*VALUES, NOT_UTF_8]
    chance.shuffle(places)
    for number in range(count):
        table, column = places[number % len(places)]
        yield table, column, values[(number // len(places) + number) % len(values)]


def edit(path: Path, table: str, column: str, value: Any, chance: random.Random) -> bool:
    """Put a value into a column of one row; of the journal's state, mostly into one of the fields in it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA ignore_check_constraints = 1")
        connection.execute("DROP TRIGGER IF EXISTS revision_is_never_changed")
        key = "sequence" if table == "revision" else "key"
        keys = [row[0] for row in connection.execute(f'SELECT "{key}" FROM "{table}"')]
        row = chance.choice(keys)
        if column == "state" and chance.random() < 0.8 and not isinstance(value, bytes) and value is not NOT_UTF_8:
            ((state,),) = connection.execute('SELECT state FROM revision WHERE "sequence" = ?', (row,))
            fields = json.loads(state)
            fields[chance.choice(sorted(fields))] = value
            value = json.dumps(fields)
        try:
            if value is NOT_UTF_8:
                connection.execute(
                    f'UPDATE "{table}" SET "{column}" = CAST(x\'63C328\' AS TEXT) WHERE "{key}" = ?', (row,)
                )
            else:
                connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE "{key}" = ?', (value, row))
        except sqlite3.IntegrityError:
            return False  # two rows of one key: even SQLite's own tree cannot hold them
        return True


def put_back_trigger(path: Path, sql: str) -> None:
    """As if nobody had ever taken it away."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(sql)


def structural_edits() -> Iterator[tuple[str, ...]]:
    """What somebody may have done to the tables themselves, as statements of SQL."""
    for table in (*TABLES, "about", "device", "statement"):
        yield (f"DROP TABLE {table}",)
        yield (f"ALTER TABLE {table} RENAME TO {table}_2",)
        if table not in ("device", "statement"):  # which are empty here
            yield (f"DELETE FROM {table}",)
        yield (f"ALTER TABLE {table} RENAME TO hidden", f"CREATE VIEW {table} AS SELECT * FROM hidden")
        yield (f"ALTER TABLE {table} RENAME TO hidden", f"CREATE TABLE {table} AS SELECT * FROM hidden")
        yield (f"ALTER TABLE {table} ADD COLUMN extra TEXT",)
        yield (f"UPDATE sqlite_master SET sql = 'CREATE TABLE {table} (x)' WHERE name = '{table}'",)
        yield (f"UPDATE sqlite_master SET sql = 'skräp' WHERE name = '{table}'",)
        yield (f"UPDATE sqlite_master SET sql = CAST(x'C328FF' AS TEXT) WHERE name = '{table}'",)
        yield (f"UPDATE sqlite_master SET rootpage = 1 WHERE name = '{table}'",)
        yield (f"UPDATE sqlite_master SET rootpage = 99999 WHERE name = '{table}'",)
        yield (f"UPDATE sqlite_master SET name = CAST(x'C328FF' AS TEXT) WHERE name = '{table}'",)
    for table, column in (
        *(("outcome", each) for each in ("note", "value", "period", "changed_at")),
        *(("indicator", each) for each in ("unit", "order", "breakdown", "decimals")),
        *(("revision", each) for each in ("state", "account", "chain", "reason", "proof")),
    ):
        yield (f'ALTER TABLE "{table}" RENAME COLUMN "{column}" TO hidden',)
        yield ("DROP TRIGGER revision_is_never_changed", f'ALTER TABLE "{table}" DROP COLUMN "{column}"')
    yield from (("DROP TRIGGER revision_is_never_changed",), ("DROP TRIGGER revision_is_never_deleted",))
    yield from (("DELETE FROM sqlite_master WHERE type = 'index'",), ("DELETE FROM sqlite_master",))
    for sequence in ("0", "-1", "9999", "'skräp'", "NULL", "x'ff'", "1.5"):
        yield (f"UPDATE sqlite_sequence SET seq = {sequence}",)
    yield from (("DELETE FROM sqlite_sequence",), ("INSERT INTO sqlite_sequence VALUES ('revision', 5)",))
    yield ("DELETE FROM sqlite_master WHERE name = 'sqlite_sequence'",)
    for pragma in (
        "user_version = 0",
        "user_version = 1",
        "user_version = -1",
        "user_version = 99",
        "application_id = 7",
    ):
        yield (f"PRAGMA {pragma}",)


def restructure(path: Path, statements: Sequence[str]) -> bool:
    """Do it, if SQLite can."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA legacy_alter_table = 1")
        connection.execute("PRAGMA writable_schema = 1")
        try:
            for statement in statements:
                connection.execute(statement)
        except sqlite3.Error:
            return False
        return True
