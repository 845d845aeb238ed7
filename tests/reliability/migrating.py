"""A process that upgrades a database to the newest schema: python -m tests.reliability.migrating FILE [STEP].

With STEP a further step is pretended, so that there is an upgrade to interrupt also while the schema is the first one.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kvaltui.store import migrations
from kvaltui.store.backup_folder import BackupRule
from kvaltui.store.migrate import migrate

FURTHER_STEP = (
    "CREATE TABLE note (plan TEXT NOT NULL, text TEXT NOT NULL) STRICT",
    "INSERT INTO note SELECT plan, key FROM revision",
    "CREATE INDEX note_by_text ON note (text)",
    "ALTER TABLE area ADD COLUMN colour TEXT NOT NULL DEFAULT ''",
)
STEPS = {**migrations.steps(), migrations.SCHEMA_VERSION + 1: FURTHER_STEP}


def main(path: str) -> None:
    """Upgrade, and say so when it is done."""
    file = Path(path)
    migrate(file, BackupRule(file.parent / "backups"), STEPS)
    sys.stdout.write("done\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
