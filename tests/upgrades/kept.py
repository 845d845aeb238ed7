"""Databases and settings that earlier versions of the program have made, with what those programs said of them.

Each has a folder in `versions/`, called after the version, or `.devN` of one to come, where N is its schema:
`kvaltui.db.xz`, a database with several plans in which everything has been done; `said.json.xz`, its plans as status,
history, conflicts and plan file had them; `copy.kvb`, a bundle with its first plan; and `config.toml`. Before a step is
added to `store/migrations/`, the version that is about to become an earlier one is kept: with that program, `python -m
tests.upgrades.kept NAME FOLDER`, where the working folder FOLDER has a database in which everything has been done.
"""

from __future__ import annotations

import json
import lzma
import shutil
import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kvaltui.cli import main

VERSIONS = Path(__file__).with_name("versions")


@dataclass(frozen=True)
class Kept:
    """What an earlier version has left."""

    name: str

    @property
    def folder(self) -> Path:
        return VERSIONS / self.name

    @property
    def database(self) -> bytes:
        return lzma.decompress((self.folder / "kvaltui.db.xz").read_bytes())

    @property
    def schema_version(self) -> int:
        return int.from_bytes(self.database[60:64])

    @property
    def plans(self) -> Mapping[str, Any]:
        """What its program said of each plan."""
        plans: Mapping[str, Any] = json.loads(lzma.decompress((self.folder / "said.json.xz").read_bytes()))["plans"]
        return plans

    def put(self, folder: Path) -> Path:
        """Make a working folder of it, and return where its database lies."""
        path = folder / "db" / "kvaltui.db"
        path.parent.mkdir(mode=0o700, parents=True)
        path.touch(0o600)
        path.write_bytes(self.database)
        shutil.copyfile(self.folder / "config.toml", folder / "config.toml")
        return path


ALL = tuple(Kept(each.name) for each in sorted(VERSIONS.iterdir()))


def said_of(database: Path) -> dict[str, Any]:
    """What the program says of each plan in a database."""
    plans = [each["key"] for each in json.loads(_said(database, "list", "plans", "--json"))]
    return {plan: _said_of_plan(database, plan) for plan in plans}


def _said_of_plan(database: Path, plan: str) -> dict[str, Any]:
    here = ("--plan", plan)
    periods = [each["period"] for each in json.loads(_said(database, *here, "period", "list", "--json"))]
    with TemporaryDirectory() as folder:
        _said(database, *here, "export", f"{folder}/plan.toml")
        written = Path(folder, "plan.toml").read_text(encoding="utf-8")
    return {
        "status": {
            period: json.loads(_said(database, *here, "status", "--json", "--period", period)) for period in periods
        },
        "history": json.loads(_said(database, *here, "history", "--json", "--limit", "100000")),
        "conflicts": json.loads(_said(database, *here, "conflicts", "--json")),
        "toml": written,
    }


def _said(database: Path, *words: str) -> str:
    printed = StringIO()
    with redirect_stdout(printed):
        code = main(("--db", str(database), *words))
    assert code == 0, (words, printed.getvalue())
    return printed.getvalue()


def keep(name: str, folder: str) -> None:
    """Keep a working folder as what the present version has made."""
    kept = VERSIONS / name
    kept.mkdir()
    with TemporaryDirectory() as here:
        copy = Path(here, "kvaltui.db")
        _said(Path(folder, "db", "kvaltui.db"), "backup", str(copy))
        said = said_of(copy)
        (kept / "kvaltui.db.xz").write_bytes(lzma.compress(copy.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
    told = json.dumps({"plans": said}, ensure_ascii=False, sort_keys=True).encode()
    (kept / "said.json.xz").write_bytes(lzma.compress(told, preset=9 | lzma.PRESET_EXTREME))
    _said(Path(folder, "db", "kvaltui.db"), "--plan", next(iter(said)), "export", str(kept / "copy.kvb"))
    shutil.copyfile(Path(folder, "config.toml"), kept / "config.toml")


if __name__ == "__main__":
    keep(*sys.argv[1:])
