"""python -m docs.write_schema: db/schema.sql, from the steps that make a database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from kvaltui.store import migrations

SCHEMA = Path(__file__).parents[1] / "db" / "schema.sql"


def schema_text() -> str:
    """What all steps make in an empty database, as SQLite has it, for reading."""
    with closing(sqlite3.connect(":memory:")) as memory:
        for _version, statements in sorted(migrations.steps().items()):
            for statement in statements:
                memory.execute(statement)
        rows = memory.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
    head = (
        f"-- The schema of a kvaltui database, version {migrations.SCHEMA_VERSION}, for reading: the steps in\n"
        "-- kvaltui/store/migrations make it, and a test keeps the two equal."
    )
    made = [head, *(f"{sql};" for (sql,) in rows if not sql.startswith("CREATE TABLE sqlite_"))]
    return "\n\n".join(made) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8")
