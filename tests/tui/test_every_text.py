"""Every text that shows is translated: each screen and dialog is walked with a catalogue that marks what is in it.

The marked catalogue writes Greek letters for Latin ones, and the plan's own texts are Russian. So each Latin letter on
the screen is a text that no catalogue has seen, but for what is listed here: names of keys, of commands, of files.
"""

from __future__ import annotations

import gc
import re
import string
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import cast

import pytest
from textual.app import App
from textual.events import Key
from textual.pilot import Pilot

from kvaltui import i18n
from kvaltui.config import THEMES, Config
from kvaltui.exchange.exporting import REPORT_SUFFIXES, SUFFIXES
from kvaltui.exchange.starter import Starter
from kvaltui.model.economy import EconomyRow, EconomyTable
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind
from kvaltui.model.period import Period
from kvaltui.model.quality_work import (
    Assignment,
    AssignmentStatus,
    Measure,
    MeasureStatus,
    Result,
    ResultStatus,
    Risk,
    SelfCheck,
)
from kvaltui.model.reporting import Assessment, Comparison, Outcome, TargetValue
from kvaltui.model.status import Status
from kvaltui.model.structure import Area, Goal, Indicator, Plan, QualityFactor
from kvaltui.store.author import Author
from kvaltui.store.backup_folder import BackupRule
from kvaltui.store.database import Database
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.tui import first_start, new_plan
from kvaltui.tui.app import KvaltuiApp
from kvaltui.tui.copying import TERMINALS, TMUX_SETTING
from kvaltui.tui.first_start import FirstStart
from kvaltui.tui.forms.form_view import FormView
from kvaltui.tui.jobs import JOBS
from kvaltui.tui.modes import MODES
from kvaltui.tui.program import PlanJob
from kvaltui.tui.screens.picker import Picker
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.telling.guide import figures
from kvaltui.tui.terminal.drawing import shown
from kvaltui.tui.terminal.keymap import commands
from kvaltui.tui.terminal.keys import MENU_KEY
from kvaltui.tui.widgets.path_line import PathLine
from kvaltui.tui.widgets.reading import Reading
from kvaltui.work.plan_maker import Beginning
from kvaltui.work.reading_blocks import Pair
from kvaltui.work.session import PlanSession
from kvaltui.work.user_guide import guide_sections
from tests.sampled import sampled
from tests.tui.work import NARROW, WIDE, Work

GREEK = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzåäöABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ",
    "αβγδεφωηιψκλμνοπςρστυϝϖχυζαεοΑΒΓΔΕΦΩΗΙΨΚΛΜΝΟΠΣΡΣΤΥϜΩΧΥΖΑΕΟ",
)
LATIN = re.compile(r"[A-Za-zÅÄÖåäö]{2,}")
NOW, BEFORE = Period(2024), Period(2023)
TODAY = date(2024, 10, 1)
OLGA = Author("ольга", "Ольга Иванова")
LEAVING = {"quit", "go", "repaint", "jobs", *(mode.name for mode in MODES)}
"""Commands that the walk does without: what they show is walked by itself."""


def marked(text: str) -> str:
    """A text of the catalogue, in Greek letters; the names of its placeholders stay."""
    return "".join(
        literal.translate(GREEK).replace("{", "{{").replace("}", "}}") + (f"{{{name}}}" if name is not None else "")
        for literal, name, _format, _conversion in string.Formatter().parse(text)
    )


def clear_remembered_texts() -> None:
    """Forget what has been put into words before, in one language or the other."""
    for each in gc.get_objects():
        if isinstance(each, _lru_cache_wrapper) and (each.__module__ or "").startswith(("kvaltui.tui", "kvaltui.work")):
            each.cache_clear()


@contextmanager
def marked_texts(folder: Path) -> Iterator[None]:
    """The marked catalogue in force, also where a screen would choose another language; and starters in Russian."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "catalogue", lambda language: marked)
        for place in (first_start, new_plan):
            patch.setattr(place, "starter_plans", lambda: (Starter("1", "План качества", "Комитет"),))
        patch.chdir(folder)
        clear_remembered_texts()
        i18n.install("sv", marked)
        yield
    clear_remembered_texts()


@pytest.fixture(autouse=True)
def marked_catalogue(tmp_path: Path) -> Iterator[None]:
    with marked_texts(tmp_path):
        yield


def russian_plan() -> list[AnyEntity]:
    """A plan with something of everything, in Russian letters."""
    plan = Plan(key="1", title="План качества", organisation="Комитет", periods=(BEFORE, NOW))
    factor = QualityFactor(key="2", name="Доступность")
    areas = [Area(key="3", name="Дети", area_kind="область", note="Заметка"), Area(key="4", name="Пожилые", order=1)]
    goal = Goal(key="5", area="3", name="Цель", intent="Намерение", goal_kind="цель", aliases=("Другое имя",))
    outcomes = {"6": "86 %", "7": "~54 %", "8": "-", "9": "120 %", "10": ""}
    indicators = [
        Indicator(
            key=key,
            area="3" if key < "8" else "4",
            goal="5" if key == "6" else "",
            name=f"Показатель {key}",
            definition="Определение",
            numerator="Числитель",
            denominator="Знаменатель",
            source="Источник",
            service="Служба",
            breakdown=("Женщины", "Мужчины") if key == "10" else (),
            quality_factors=("2",),
            order=int(key),
        )
        for key in outcomes
    ]
    figures_ = [
        Outcome(indicator=key, period=NOW, value=value, note="Заметка", source="Источник")
        for key, value in outcomes.items()
        if value
    ]
    figures_ += [
        Outcome(indicator="6", period=BEFORE, value="80 %"),
        Outcome(indicator="10", period=NOW, part="Женщины", value="40 %"),
    ]
    targets = [TargetValue(indicator=key, period=NOW, value="80 %") for key in outcomes]
    return [
        plan,
        factor,
        *areas,
        goal,
        *indicators,
        *targets,
        *figures_,
        Comparison(indicator="6", period=NOW, name="Страна", value="88 %"),
        Assessment(subject_kind=Kind.GOAL, subject="5", period=NOW, status=Status.ACHIEVED, motivation="Потому что"),
        Risk(key="11", title="Риск", description="Описание", likelihood=3, consequence=4, level=12, area="3"),
        Risk(key="12", title="Другой риск", order=1),
        SelfCheck(
            key="13", name="Проверка", section="Раздел", purpose="Назначение", threshold="80 %", unit="%", risks=("11",)
        ),
        SelfCheck(key="14", name="Новая проверка", new=True, order=1),
        Result(self_check="13", period=NOW, status=ResultStatus.PARTLY, value="72 %", note="Заметка"),
        Measure(
            key="15",
            title="Мера",
            responsible="Отдел",
            due=date(2024, 3, 1),
            risks=("11",),
            self_checks=("13",),
            indicators=("6",),
        ),
        Measure(key="16", title="Готовая мера", status=MeasureStatus.DONE, risks=("11",), order=1),
        Assignment(
            key="17", name="Задание", assignment_kind="общее", status=AssignmentStatus.ONGOING, comment="Комментарий"
        ),
        EconomyTable(key="18", title="Прогноз", unit="крон"),
        EconomyRow(table="18", slug="1", name="Семья", budget="408 300", forecast="410 300", variance="-2 500"),
        EconomyRow(table="18", slug="2", name="В том числе", level=1, budget="100", forecast="90", order=1),
        EconomyRow(table="18", slug="3", name="Сумма", is_sum=True, budget="408 300", forecast="400 000", order=2),
    ]


def database_in(folder: Path) -> Database:
    path = folder / "1.db"
    return open_database(path, create=not path.exists(), backups=BackupRule(folder / "2", kept_daily=0))


def known_words(app: KvaltuiApp | FirstStart) -> set[str]:
    """Latin words that are no language: names of commands and themes, of the file, the device and what can be typed."""
    examples = [shown(block.term) for block in figures() if isinstance(block, Pair)]
    names = [*commands(), *THEMES, *(each.replace("-", " ").title() for each in THEMES), *examples]
    config = app.settings
    names += [
        str(config.folder),
        str(config.path),
        config.database,
        "kvaltui",
        "trygghet",
        EconomyTable(key="1", title="").unit,
    ]
    names += [*TERMINALS, TMUX_SETTING]
    names += ["x" * width for width in range(1, 81)]  # a bar of what is not achieved, in ASCII
    names += [str(Path.cwd()), *SUFFIXES, *REPORT_SUFFIXES]
    names += [shown(each.title) for each in guide_sections()]  # the guide is in Swedish alone
    if isinstance(app, KvaltuiApp):
        names.append(app.session.database.device)
    return {word for name in names for word in LATIN.findall(name)}


class Walk:
    """Goes everywhere and remembers what it has seen that no catalogue knows."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.found: dict[str, str] = {}
        self.seen: set[str] = set()
        self._known = known_words(work.app)

    def look(self, where: str) -> None:
        """Take note of each Latin word on the screen, with its line and where it was seen."""
        self.seen.add(type(self.work.app.screen).__name__)
        for line in self.work.lines:
            for word in LATIN.findall(line):
                if not any(known.startswith(word) or known.endswith(word) for known in self._known):
                    self.found.setdefault(word, f"{where}: {line}")

    async def press(self, where: str, *keys: str) -> None:
        """Press keys, without the waiting of the pilot's own way: there are thousands of them."""
        for key in keys:
            for each in ("space", key.removeprefix(MENU_KEY)) if key.startswith(MENU_KEY) else (key,):
                self.work.app.post_message(Key(each, each if len(each) == 1 else None))
        await self.work.pilot.pause()
        self.look(f"{where} {' '.join(keys)}")

    async def rows(self, mode: str) -> None:
        """A screen and its rows; of a form, its fields."""
        app = self.work.app
        self.look(mode)
        for _list in range(2):
            if isinstance(app.screen.focused, FormView):
                await self.form(mode)
                return
            for _row in range(10):
                await self.press(mode, "down")
            await self.press(mode, "tab")
        await self.press(mode, "home")

    async def commands(self, mode: str) -> None:
        """All the commands of a screen, with the dialogs that they open; those of the program are walked once."""
        app = self.work.app
        for key, active in list(app.screen.active_bindings.items()):
            is_of_the_program = isinstance(active.node, App) and active.binding.id != "help" and mode != "indicators"
            if not is_of_the_program and active.binding.id not in LEAVING:
                await self.press(mode, key)
                await self.dialog(f"{mode} {active.binding.id}")
                await self.back(mode)

    async def dialog(self, where: str, depth: int = 1) -> None:
        """What lies over a screen, and what lies over that."""
        screen = self.work.app.screen
        self.look(where)
        if isinstance(screen, PlanScreen):
            return
        for reading in screen.query(Reading):
            while reading.top < reading.last_top:
                await self.press(where, "pagedown")
        if screen.query(FormView):
            await self.form(where)
            return
        for key, active in list(screen.active_bindings.items()) if depth else []:
            if active.binding.id not in {"back", "help", "palette"} and self.work.app.screen is screen:
                await self.press(where, key)
                if self.work.app.screen is not screen:
                    await self.dialog(f"{where} {active.binding.id}", depth - 1)
                    while self.work.app.screen is not screen and screen in self.work.app.screen_stack:
                        self.work.app.pop_screen()
                        await self.work.pilot.pause()

    async def form(self, where: str) -> None:
        """Each field of a form, its choices, and what is said of what cannot be."""
        screen = self.work.app.screen
        view = screen.query_one(FormView)
        for field in view.draft.fields:
            # Of the many keys in the settings, the first shows what there is.
            if view.draft.is_fixed(field) or (field.name.startswith("keys.") and field.name != "keys.help"):
                continue
            view.go_to(field.name)
            await self.work.pilot.pause()
            self.look(f"{where} {field.name}")
            if field.control.is_chosen:
                await self.press(f"{where} {field.name}", "space")
                await self.press(f"{where} {field.name}", "escape")
            else:
                before = view.draft.text(field.name)
                await self.press(f"{where} {field.name}", "ctrl+u", "¤")
                await self.work.press("ctrl+u")
                view.draft.write(field.name, before)
        await self.press(where, "enter")

    async def back(self, mode: str) -> None:
        """Close what lies over the screen, and drop what is typed."""
        app = self.work.app
        await self.work.press("escape")
        while len(app.screen_stack) > 1:
            app.pop_screen()
            await self.work.pilot.pause()
        if app.current_mode != mode:
            await app.switch_mode(mode)
            await self.work.pilot.pause()


@pytest.mark.thorough
@pytest.mark.parametrize("mode", sampled([mode.name for mode in MODES], keep=2))
async def test_no_text_of_a_wide_screen_is_without_a_translation(tmp_path: Path, mode: str) -> None:
    """What narrow screens and their dialogs show is in `test_everywhere.py`."""
    database = database_in(tmp_path)
    record(database, "1", russian_plan(), by=OLGA, seen=0)
    session = PlanSession(database, "1", by=OLGA, today=lambda: TODAY)
    app = KvaltuiApp(session, Config(folder=tmp_path, path=tmp_path / "1.toml"), start=mode)
    with database:
        async with app.run_test(size=WIDE) as pilot:
            await pilot.pause()
            walk = Walk(Work(app, pilot))
            await walk.rows(mode)
    assert walk.found == {}


@pytest.mark.thorough
@pytest.mark.parametrize("job", sampled(JOBS, keep=2), ids=[job.letter for job in JOBS])
async def test_no_text_of_what_is_done_with_the_whole_plan_is_without_a_translation(
    tmp_path: Path, job: PlanJob
) -> None:
    database = database_in(tmp_path)
    record(database, "1", russian_plan(), by=OLGA, seen=0)
    session = PlanSession(database, "1", by=OLGA, today=lambda: TODAY)
    app = KvaltuiApp(session, Config(folder=tmp_path, path=tmp_path / "1.toml"), start="areas")
    with database:
        async with app.run_test(size=NARROW) as pilot:
            await pilot.pause()
            walk = Walk(Work(app, pilot))
            await walk.press("jobs", "space_a")
            await walk.press("jobs", job.letter)
            if isinstance(app.screen, Picker):
                await walk.press(f"jobs {job.letter}", "enter")
            await walk.dialog(f"jobs {job.letter}")
            if app.screen.query(PathLine):
                await walk.press(f"jobs {job.letter}", "ctrl+u", "¤")
                await walk.press(f"jobs {job.letter}", "enter")
                await walk.press(f"jobs {job.letter}", "escape")
    assert walk.found == {}


@pytest.mark.thorough
async def test_no_text_of_the_first_start_is_without_a_translation(tmp_path: Path) -> None:
    opened = Beginning(lambda: database_in(tmp_path), OLGA)
    app = FirstStart(opened, "1.db", Config(folder=tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        walk = Walk(Work(cast("KvaltuiApp", app), cast("Pilot[None]", pilot)))
        walk.look("first start")
        for rows in (1, 2):
            await walk.press("first start", *["down"] * rows, "enter")
            await walk.press("first start", "enter", "escape")
    assert walk.found == {}


@pytest.mark.thorough
def test_the_walk_finds_a_text_that_nobody_has_translated() -> None:
    assert LATIN.findall("Показатель Ωβδ · F1 q 2024-T1") == []
    assert LATIN.findall("Показатель Status") == ["Status"]
