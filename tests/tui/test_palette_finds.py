"""The palette finds everything, by its own words and by those that people use; what cannot be done is not offered."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.screen import Screen

from kvaltui.exchange.starter import starter_plans
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.structure import Indicator, QualityFactor
from kvaltui.model.value import replace
from kvaltui.tui import palette_entries
from kvaltui.tui.jobs import JOBS
from kvaltui.tui.modes import MODES
from kvaltui.tui.palette_entries import EntryKind, Palette, PaletteEntry, entries_of
from kvaltui.tui.screens.indicators import IndicatorsScreen
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.screens.settings import SettingsScreen
from kvaltui.tui.settings_form import named_settings
from kvaltui.tui.synonyms import SYNONYMS
from kvaltui.tui.terminal.keymap import MOVEMENT, commands
from kvaltui.tui.terminal.textual_private import invoke
from kvaltui.work.exporting import FORMATS
from kvaltui.work.naming import name_of
from kvaltui.work.selection import Condition, Order
from tests.sampled import sampled
from tests.tui.work import HUDDINGE, LINKOPING, NACKA, Work, at_work, program

FROM = ("indicators", "economy")
"""Screens that the palette is opened on: from each it offers what there is on all the others, and goes there."""
PLANS = sampled([HUDDINGE, LINKOPING, NACKA], keep=2)
FIRST_ROWS = 10
WHY = "bara för läsning"


def names_found(work: Work, text: str) -> list[str]:
    return [entry.name for entry in Palette(work.app).found(text)]


@pytest.mark.thorough
@pytest.mark.parametrize("plan", PLANS)
async def test_everything_is_found_by_its_own_words_in_any_order_among_the_first_rows(
    tmp_path: Path, plan: str
) -> None:
    async with at_work(program(tmp_path, plan, mode="indicators")) as work:
        palette = Palette(work.app)
        entries = entries_of(work.app)
        assert {entry.kind for entry in entries} == set(EntryKind)
        for entry in entries:
            words = entry.name.split()
            for sought in (entry.name, " ".join(reversed(words)), entry.name.upper()):
                found = [each.name for each in palette.found(sought)]
                assert entry.name in found[:FIRST_ROWS], f"{sought!r} finds {found[:FIRST_ROWS]}"


@pytest.mark.thorough
@pytest.mark.parametrize("plan", PLANS)
async def test_every_thing_of_the_plan_is_found_by_its_key_and_by_each_of_its_names(tmp_path: Path, plan: str) -> None:
    named = Indicator(key="nytt-matt", name="Andel som upplever att de får bestämma", display_name="Får bestämma")
    async with at_work(program(tmp_path, plan, mode="overview", also=[named])) as work:
        palette, content = Palette(work.app), work.content
        for kind in palette_entries._THINGS:
            for key, entity in content.entities[kind].items():
                if not entity.retired:
                    assert name_of(content, Reference(kind, key)) in [
                        each.name for each in palette.found(key)[:FIRST_ROWS]
                    ], key
        assert names_found(work, "bestämma får")[0] == "Får bestämma"
        assert names_found(work, named.name)[0] == "Får bestämma"
        assert "Får bestämma" in names_found(work, "bestamma upplever and")[:FIRST_ROWS]


async def test_the_choices_of_every_closed_list_are_offered(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, HUDDINGE, mode="history")) as work:
        names = {entry.name.casefold() for entry in entries_of(work.app)}
        told = [each.label.casefold() for each in (*Condition, *Order)]
        told += [plan.title.casefold() for plan in starter_plans()]
        told += [job.label.casefold() for job in JOBS]
        assert [each for each in told if each not in names] == []
        for suffix, _label in FORMATS:
            assert any(f"({suffix})" in name for name in names)
        for sought in ("ny kvalitetsfaktor", "ny risk", "ny åtgärd", "ny rad", "arkiverade risker", "klar åtgärd"):
            assert names_found(work, sought), sought


@pytest.mark.thorough
async def test_every_filter_of_every_list_is_offered_as_its_own_list_names_it(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, HUDDINGE, mode="risks")) as work:
        for mode in ("risks", "self_checks", "measures", "areas"):
            await work.app.switch_mode(mode)
            await work.press("space", "f")
            picker = work.app.screen
            labels = [choice.label for choice in picker._view._all]  # type: ignore[attr-defined]
            await work.press("escape")
            label = next(each.label for each in MODES if each.name == mode)
            offered = [entry.name for entry in entries_of(work.app) if entry.group.endswith(label)]
            assert [each for each in labels if each not in offered] == []


OTHER_WORDS = (
    ("word", "Rapport för Word (.docx)"),
    ("excel", "Utfallen för Excel (.xlsx)"),
    ("excel", "Importera en fil …"),
    ("klistra", "Importera en fil …"),
    ("återställ", "Ångra"),
    ("aterstall", "Återställ en säkerhetskopia: så gör man"),
    ("ny tertial", "Ny period …"),
    ("nytt tertial", "Ny period …"),
    ("skriv ut", "Rapport för Word (.docx)"),
    ("kolada", "Importera en fil …"),
    ("lösenord", "Databas"),
    ("mörkt", "Färger"),
    ("password", "Databas"),
    ("print", "Rapport för Word (.docx)"),
    ("delete", "Arkivera"),
    ("nybörjare", "De första fem minuterna"),
    ("undo", "Ångra"),
    ("backup", "Säkerhetskopiera databasen …"),
)


async def test_other_words_for_things_find_them(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        palette = Palette(work.app)
        for sought, expected in OTHER_WORDS:
            found = [entry.name for entry in palette.found(sought)[:FIRST_ROWS]]
            assert expected in found, (sought, found)


def test_every_line_of_the_other_words_belongs_to_something() -> None:
    known = {
        *commands(),
        *(mode.name for mode in MODES),
        *(job.title for job in JOBS),
        *(suffix for suffix, _label in FORMATS),
        *(each.field for each in named_settings()),
        *(name for name, _run in (*palette_entries._HELP, *palette_entries._GUIDE_ON)),
        "build",
    }
    assert [each for each in SYNONYMS if each not in known] == []


@pytest.mark.thorough
async def test_commands_of_the_place_come_first_then_what_is_called_just_so(tmp_path: Path) -> None:
    same = Indicator(key="sok", name="Sök")
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=[same])) as work:
        found = [(each.name, each.kind) for each in Palette(work.app).found("sök")]
        assert found[0] == ("Sök", EntryKind.HERE)
        assert found.index(("Sök", EntryKind.THING)) < min(
            at for at, (name, _sort) in enumerate(found) if name != "Sök"
        )


@pytest.mark.thorough
async def test_a_thing_is_gone_to_also_where_its_list_is_narrowed(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        await work.press("/", *"fritid", "enter")
        await work.press("ctrl+p")
        await work.type("sabo-trygghet")
        await work.press("enter")
        screen = work.app.screen
        assert isinstance(screen, PlanScreen)
        assert screen.reference == Reference(Kind.INDICATOR, "sabo-trygghet")


@pytest.mark.thorough
async def test_an_area_without_indicators_and_a_quality_factor_are_gone_to(tmp_path: Path) -> None:
    factor = QualityFactor(key="bemotande", name="Bemötande")
    async with at_work(program(tmp_path, NACKA, mode="history", also=[factor])) as work:
        indicator = next(iter(work.content.all(Indicator).values()))
        work.app.session.record([replace(indicator, quality_factors=("bemotande",))])
        await work.press("ctrl+p")
        await work.type("bemotande kvalitetsfaktor")
        await work.press("enter")
        assert isinstance(work.app.screen, IndicatorsScreen)
        assert work.app.screen.table.indicators_shown == [indicator.key]


async def test_a_setting_is_gone_to(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="overview")) as work:
        await work.press("ctrl+p")
        await work.type("backup antal")
        await work.press("enter")
        assert isinstance(work.app.screen, SettingsScreen)
        assert work.app.screen.view.field.name == "database.backups_kept_daily"


@pytest.mark.thorough
async def test_a_choice_of_another_screen_is_made_there(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="history")) as work:
        await work.press("ctrl+p")
        await work.type(f"{Order.STATUS.label} sort")
        await work.press("enter")
        assert work.app.current_mode == "indicators"


@pytest.mark.thorough
async def test_a_command_that_has_no_row_to_be_about_says_so(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        await work.press("home", "ctrl+p")
        await work.type("anteckning")
        await work.press("enter")
        assert "Ställ först markören på raden som det gäller: Anteckning" in work.shown


async def test_nothing_is_gathered_before_something_is_looked_for_and_then_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathered: list[Screen[object]] = []
    beyond = palette_entries._beyond

    def note(app: object, screen: Screen[object]) -> object:
        gathered.append(screen)
        return beyond(app, screen)  # type: ignore[arg-type]

    monkeypatch.setattr(palette_entries, "_beyond", note)
    async with at_work(program(tmp_path, mode="risks")) as work:
        palette = Palette(work.app)
        assert gathered == []
        first = palette.found("risk")
        assert all(one is other for one, other in zip(first, palette.found("risk"), strict=True))
        palette.found("risker")
        assert len(gathered) == 1


# Everything is done, or says why not


async def done(work: Work, entry: PaletteEntry) -> bool:
    """Do what an entry does; whether anything came of it that a person sees."""
    app, before = work.app, (work.app.current_mode, work.app.screen, work.lines)
    await invoke(entry.run)
    await work.pilot.pause()
    return (app.current_mode, app.screen, work.lines) != before


async def back(work: Work, mode: str) -> None:
    """Close what lies over the screen, and go back to the one with a name."""
    for _ in range(6):
        if isinstance(work.app.screen, PlanScreen) and not work.app.screen.is_typing:
            break
        await work.press("escape")
    if work.app.current_mode != mode:
        await work.app.switch_mode(mode)
    await work.pilot.pause()


def chosen(entries: list[PaletteEntry]) -> list[PaletteEntry]:
    """All entries, but for leaving; of things and of keys some."""
    many = (EntryKind.THING, EntryKind.SETTING)
    few = [each for sort in many for each in [entry for entry in entries if entry.kind is sort][::40]]
    return [each for each in entries if each.kind not in many and each.name != "Avsluta"] + few


@pytest.mark.thorough
@pytest.mark.parametrize("mode", FROM)
async def test_in_a_plan_that_can_only_be_read_nothing_is_offered_that_cannot_be_done(
    tmp_path: Path, mode: str
) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode=mode, read_only=True)) as work:
        await work.press("down")
        for entry in chosen([*entries_of(work.app)]):
            await done(work, entry)
            assert WHY not in work.shown.replace("endast läsning", ""), entry
            await back(work, mode)


SEEN_NOWHERE = MOVEMENT | {"repaint", "show_all"}
"""What does something that no cell of the screen tells of."""


@pytest.mark.thorough
@pytest.mark.parametrize("mode", FROM)
async def test_whatever_is_chosen_is_done_or_says_why_not(tmp_path: Path, mode: str) -> None:
    labels = {command.label for id_, command in commands().items() if id_ in SEEN_NOWHERE}
    async with at_work(program(tmp_path, LINKOPING, mode=mode)) as work:
        for entry in chosen([*entries_of(work.app)]):
            if entry.kind in (EntryKind.HERE, EntryKind.ELSEWHERE, EntryKind.JOB) and entry.name not in labels:
                await work.press("home", "down", "down")
                assert await done(work, entry), entry
                await back(work, mode)
