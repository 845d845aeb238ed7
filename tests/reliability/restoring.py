"""Restores or backs up a database over and over, saying before each that it begins. To be killed."""

from __future__ import annotations

import sys
from pathlib import Path

from kvaltui.store.backup import backup
from kvaltui.store.restore import restore
from tests.reliability.sample import COORDINATOR, open_copy


def main(what: str, path: str, source: str) -> None:
    """Do `what` ("restore" or "backup") until somebody ends it."""
    while True:
        print("begins", flush=True)
        if what == "restore":
            restore(Path(path), Path(source), by=COORDINATOR)
        else:
            with open_copy(Path(path)) as database:
                backup(database)


if __name__ == "__main__":
    main(*sys.argv[1:])
