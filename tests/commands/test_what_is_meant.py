"""Every command with `--period`, `--plan`, `--db` and `--config` that name another one than the settings do.

It does the same, to the letter, as where the settings themselves name that one; and something else than without it.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from kvaltui.commands.declarations import COMMANDS, EVERYWHERE
from kvaltui.model.entities import AnyEntity
from kvaltui.model.period import Period
from kvaltui.model.reporting import Completion, Outcome
from kvaltui.model.reporting_round import with_period
from kvaltui.model.structure import Plan
from kvaltui.model.value import replace
from kvaltui.store.author import Author
from kvaltui.store.backup_folder import BackupRule
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from tests.commands.conftest import Folder
from tests.sampled import sampled

PLAN, TWIN = "nacka-2022", "tvilling"
THIS_YEAR, NEXT_YEAR = Period(2022), Period(2023)
SAFE, FOOD = "sabo-trygghet", "sabo-mat-smakar"
HERE, ELSEWHERE = "db/kvaltui.db", "annan/kvaltui.db"
CLOSED = "kultur-och-fritid"
SOMEBODY = Author("samordnare", "Samordnaren")

EXAMPLES: dict[str, list[str]] = {
    "status": [],
    "list": ["indicators"],
    "show": ["aldreomsorg"],
    "enter": [SAFE, "77 %"],
    "assess": ["area/aldreomsorg", "achieved", "--motivation", "Så är det"],
    "import": ["utfall.csv"],
    "export": ["ut.csv"],
    "report": ["ut.md"],
    "history": [],
    "undo": [],
    "period list": [],
    "period add": ["2024"],
    "period complete": ["2022", "--area", "aldreomsorg"],
    "period reopen": ["2023", "--area", CLOSED, "--motivation", "Rättelse"],
    "conflicts": [],
    "resolve": [FOOD, "--take", "1"],
    "sync": ["delad"],
    "backup": ["ut.db"],
    "restore": ["kopia.db"],
    "check": [],
    "locate": [],
    "screenshot": ["ut.txt"],
}
"""Every command with what else it is given."""
WITHOUT = {"init", "demo", "completion", "guide", "man", "help"}
"""Commands that look at no database that is there."""
OF_ALL_PLANS = {"backup", "restore", "check", "locate", "sync"}
"""Commands that are about a database whole: whichever plan is meant, they do the same."""
WITH_THE_SETTINGS = {"locate"}
"""Commands that tell also what lies beside the settings' own database, whichever one is given."""
OF_ALL_PERIODS = {"export"}
"""Commands that take every period where none is given, whatever the settings say."""


@dataclass(frozen=True)
class Another:
    """What an option names, and the settings that name the same."""

    given: str
    settings: tuple[str, str]


OPTIONS = {
    "--period": Another("2023", ('period = "2022"', 'period = "2023"')),
    "--plan": Another(TWIN, (f'key = "{PLAN}"', f'key = "{TWIN}"')),
    "--db": Another(ELSEWHERE, (f'path = "{HERE}"', f'path = "{ELSEWHERE}"')),
    "--config": Another("annan.toml", (f'path = "{HERE}"', f'path = "{ELSEWHERE}"')),
}


def cases() -> Iterator[tuple[str, str]]:
    """Every command with every one of the options that it has."""
    for name, command in COMMANDS.items():
        own = {argument.name for argument in (*command.arguments, *EVERYWHERE)}
        if name not in WITHOUT:
            yield from ((name, option) for option in OPTIONS if option in own)


def test_every_command_is_among_them() -> None:
    assert set(EXAMPLES) | WITHOUT == set(COMMANDS)
    assert {option for _, option in cases()} == set(OPTIONS)


def changed(database: Path, plan: str, things: list[AnyEntity], seen: int | None = None) -> None:
    rule = BackupRule(database.parent / "backups", kept_daily=0)
    with open_database(database, create=True, backups=rule) as opened:
        record(opened, plan, things, by=SOMEBODY, seen=opened.position() if seen is None else seen)


def figure(value: str, period: Period = THIS_YEAR, indicator: str = SAFE) -> Outcome:
    return Outcome(indicator=indicator, period=period, value=value)


@pytest.fixture(scope="session")
def world_once(tmp_path_factory: pytest.TempPathFactory, made_once: Callable[[str], Path]) -> Path:
    """Two databases with two plans of two periods each, in which the same things have other figures. To be copied."""
    folder = tmp_path_factory.mktemp("varld") / "arbete"
    shutil.copytree(made_once(PLAN), folder)
    database = folder / HERE
    with open_database(database, backups=BackupRule(database.parent, kept_daily=0)) as opened:
        content = load_plan(opened, PLAN)
    twin = [replace(each, key=TWIN, title="Tvillingen") if isinstance(each, Plan) else each for each in content]
    changed(database, TWIN, twin, seen=0)
    for number, plan in enumerate((PLAN, TWIN), 1):
        with open_database(database, backups=BackupRule(database.parent, kept_daily=0)) as opened:
            now = load_plan(opened, plan)
        changed(database, plan, list(with_period(now, NEXT_YEAR, THIS_YEAR)))
        changed(database, plan, [figure(f"{number}1 %"), figure(f"{number}2 %", NEXT_YEAR)])
        changed(database, plan, [Completion(area=CLOSED, period=NEXT_YEAR)])
        longer = with_period(now, NEXT_YEAR, THIS_YEAR)[0]
        assert isinstance(longer, Plan)
        changed(database, plan, [replace(longer, periods=(*longer.periods, Period(2030 + number)))])
        for side in (3, 4):  # neither has seen the other
            changed(database, plan, [figure(f"{number}{side} %", THIS_YEAR, FOOD)], seen=now.position)
    (folder / "annan").mkdir()
    shutil.copy(database, folder / "kopia.db")
    shutil.copy(database, folder / ELSEWHERE)
    for plan in (PLAN, TWIN):
        with open_database(folder / ELSEWHERE, backups=BackupRule(folder, kept_daily=0)) as opened:
            now = load_plan(opened, plan)
        longer = replace(now.plan, periods=(*now.plan.periods, Period(2040)))
        changed(folder / ELSEWHERE, plan, [longer, figure("51 %"), figure("52 %", NEXT_YEAR)])
        changed(folder / ELSEWHERE, plan, [figure("55 %", THIS_YEAR, FOOD)], seen=1)
    (folder / "delad").mkdir()
    (folder / "utfall.csv").write_text(f"nyckel;utfall\n{SAFE};66 %\n", encoding="utf-8")
    settings = folder / "config.toml"
    text = settings.read_text(encoding="utf-8")
    text = re.sub(r'^key = ""$', f'key = "{PLAN}"', text, flags=re.MULTILINE)
    text = re.sub(r'^period = ""$', 'period = "2022"', text, flags=re.MULTILINE)
    text = text.replace("backups_kept_daily = 14", "backups_kept_daily = 0").replace(
        'backup_folder = ""', 'backup_folder = "kopior"'
    )
    settings.write_text(text, encoding="utf-8")
    (folder / "annan.toml").write_text(text.replace(*OPTIONS["--config"].settings), encoding="utf-8")
    return folder


@pytest.fixture
def world(empty: Folder, world_once: Path) -> Folder:
    """A copy of that world to run commands in."""
    shutil.copytree(world_once, empty.path, dirs_exist_ok=True)
    return empty


_runs = count()


def done(world: Folder, command: list[str], *, settings: tuple[str, str] = ("", "")) -> list[object]:
    """What a command says and does in a copy of the world: at the same place, where the devices know themselves."""
    kept = world.path.with_name(f"undan-{next(_runs)}")
    shutil.copytree(world.path, kept)
    try:
        file = world.path / "config.toml"
        if any(settings):
            file.write_text(file.read_text("utf-8").replace(*settings), "utf-8")
        answer = world(*command)
        said = answer.out.replace("annan.toml", "config.toml")
        said = re.sub(r"\d\d:\d\d(:\d\d)?|T\d{6}-|[0-9a-f]{8,}\S*", "…", said)
        return [said, journal(world.database), journal(world.path / ELSEWHERE), *written(world.path)]
    finally:
        os.chdir(world.path.parent)
        shutil.rmtree(world.path)
        kept.rename(world.path)
        os.chdir(world.path)


def journal(path: Path) -> list[tuple[object, ...]]:
    """What the journal of a database holds, but for times and ids."""
    with closing(sqlite3.connect(path)) as opened:
        return opened.execute("SELECT plan, kind, key, changed, state FROM revision ORDER BY sequence").fetchall()


def written(folder: Path) -> Iterator[object]:
    """What has been written to the files that the examples name."""
    yield [len(path.read_bytes().splitlines()) for path in sorted(folder.glob("delad/*"))]
    for path in sorted(folder.glob("ut.*")):
        yield journal(path) if path.suffix == ".db" else path.read_text(encoding="utf-8")


@pytest.mark.thorough
@pytest.mark.parametrize("command", sampled(EXAMPLES, 4))
def test_the_other_one_is_meant(world: Folder, command: str) -> None:
    options = [option for each, option in cases() if each == command]
    asked = [*command.split(), *EXAMPLES[command]]
    if command == "undo":
        for database in (world.database, world.path / ELSEWHERE):
            for number, plan in enumerate((PLAN, TWIN)):
                changed(database, plan, [figure(f"9{number} %")])
    without = done(world, asked)
    for option in options:
        another = OPTIONS[option]
        with_option = done(world, [*asked, option, another.given])
        is_exempt = {"--period": OF_ALL_PERIODS, "--db": WITH_THE_SETTINGS}.get(option, set())
        if command not in is_exempt:
            assert with_option == done(world, asked, settings=another.settings), option
        if not (option == "--plan" and command in OF_ALL_PLANS):
            assert with_option != without, option
