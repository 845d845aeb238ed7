"""python -m benchmarks.signing [REVISIONS]: what it costs to sign a bundle of 10,000 revisions, and to check it.

Of that, what joining and writing cost without any signature is not counted: the same is done with and without.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from kvaltui.model.period import Period
from kvaltui.model.structure import Area, Plan
from kvaltui.store.author import Author
from kvaltui.store.backup_folder import BackupRule
from kvaltui.store.database import Database
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database

_BY = Author("benchmark", "Benchmark")
_PLAN = "p"
T = TypeVar("T")


def main() -> int:
    """Print the seconds, and those of what they are part of."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.signing", description=__doc__)
    parser.add_argument("revisions", nargs="?", type=int, default=10_000)
    count: int = parser.parse_args().revisions
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with _database(folder / "a.db") as source, _database(folder / "b.db") as target:
            _fill(source, count)
            _measure(source, target)
    return 0


def _measure(source: Database, target: Database) -> None:
    from kvaltui.exchange.bundle_file import read_bundle, write_bundle
    from kvaltui.store.proving import prove
    from kvaltui.store.statements import own_statement
    from kvaltui.store.untrusted import read_line

    with source.reading():
        statement = _timed("sign", lambda: own_statement(source, _PLAN))
    data = _timed("write the whole bundle", lambda: write_bundle(source, _PLAN))
    bundle = _timed("read it", lambda: read_bundle(data, "b.kvb"))
    entries = [read_line(line) for line in bundle.lines]
    with target.reading():
        proved = _timed("check what is signed", lambda: prove(target, entries, bundle.statements))
    assert statement in bundle.statements
    assert not proved.unproved


def _timed(what: str, work: Callable[[], T]) -> T:
    before = time.process_time()
    done = work()
    print(f"{what}: {time.process_time() - before:.3f} s")
    return done


def _database(path: Path) -> Database:
    return open_database(path, create=True, backups=BackupRule(path.parent / "backups", kept_daily=0))


def _fill(database: Database, count: int) -> None:
    areas = [Area(key=f"area-{number}", name=f"Område {number}", note="En anteckning") for number in range(count - 1)]
    plan = Plan(key=_PLAN, title="Plan", periods=(Period.parse("2022"),))
    record(database, _PLAN, [plan, *areas], by=_BY, seen=0)


if __name__ == "__main__":
    raise SystemExit(main())
