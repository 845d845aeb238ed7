"""A thread that reads a database and ends leaves nothing behind, and nothing to be warned of."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_PROGRAM = """
import gc, sys, threading
from pathlib import Path
from kvaltui.store.opening import open_database

database = open_database(Path(sys.argv[1]), create=True)

def read():
    database.orm.connect()
    print(database.orm.execute_sql("SELECT count(*) FROM revision").fetchone()[0])

thread = threading.Thread(target=read)
thread.start()
thread.join(30)
gc.collect()
database.close()
"""


def test_the_connection_of_a_thread_that_has_ended_is_closed_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "dev", "-W", "error", "-c", _PROGRAM, str(tmp_path / "a.db")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "0\n", "")
