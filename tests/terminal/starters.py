"""Databases with a starter plan, each made once in a run and copied for every test."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kvaltui.store.author import Author
from kvaltui.store.opening import open_database
from kvaltui.work.plan_maker import Beginning


@cache
def _made(plan: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kvaltui.db"
        with open_database(path, create=True) as database:
            Beginning(lambda: database, Author("coordinator", "Samordnaren")).from_starter(plan)
        return path.read_bytes()


def starter_database(path: Path, plan: str) -> None:
    """Make a database with a starter plan, where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(_made(plan))
