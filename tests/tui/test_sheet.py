"""Bygg: structure entered like figures, in the sheet of every kind of thing, with the keys that Excel has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from textual import events

from kvaltui.model.economy import RowKind
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Assignment, Measure, Risk, SelfCheck
from kvaltui.model.reporting import Completion
from kvaltui.model.scale import Direction
from kvaltui.model.structure import Area, Indicator
from kvaltui.model.value import replace
from kvaltui.store.author import Author
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.tui.sheet.paste import SheetPasteDialog
from kvaltui.tui.sheet.screen import KINDS, SheetScreen
from kvaltui.tui.sheet.view import SheetView
from kvaltui.work.sheet_rows import Role, SheetRow
from tests.tui.work import HUDDINGE, LINKOPING, NACKA, NARROW, WIDE, Work, at_work, program

COLLEAGUE = Author("eva", "Eva Berg")
YEAR = Period(2022)


@dataclass(frozen=True)
class Case:
    """A sheet to build in: where it is, the group to build in, and the cells of a new row with what they give."""

    mode: str
    plan: str
    group: str
    row: Sequence[str]
    made: dict[str, Any]
    copied: int
    """A column that is copied from the row above."""

    @property
    def kind(self) -> Kind:
        return KINDS[self.mode]


CASES = [
    Case(
        *("indicators", NACKA, "aldreomsorg"),
        ("Väntetid", "dagar", "l", "60", "", "Enhetschef"),
        {"name": "Väntetid", "unit": "dagar", "direction": Direction.LOWER, "responsible": "Enhetschef"},
        copied=2,
    ),
    Case(
        *("areas", LINKOPING, "medborgare"),
        ("Fler i arbete", "", "nämndmål"),
        {"name": "Fler i arbete", "goal_kind": "nämndmål", "area": "medborgare"},
        copied=2,
    ),
    Case(
        *("risks", HUDDINGE, ""),
        ("Vikarier saknas", "3", "4", "", "Enhetschef"),
        {"title": "Vikarier saknas", "likelihood": 3, "consequence": 4, "level": 12, "responsible": "Enhetschef"},
        copied=4,
    ),
    Case(
        *("measures", HUDDINGE, ""),
        ("Rekrytera", "Enhetschef", "31/3 2025", "pågå", "Familjer får inte samordnat stöd"),
        {"title": "Rekrytera", "responsible": "Enhetschef", "due": date(2025, 3, 31)},
        copied=4,
    ),
    Case(
        *("self_checks", HUDDINGE, "Myndighetsutövning"),
        ("Journaler", "varje ter", "minst 95 %", "%", "MAS"),
        {"name": "Journaler", "threshold": "minst 95 %", "unit": "%", "section": "Myndighetsutövning"},
        copied=1,
    ),
    Case(
        *("economy", LINKOPING, "sammandrag-2019"),
        ("Hyror", "Kostnad", "1", "", "1 250", "1 300"),
        {"name": "Hyror", "row_kind": RowKind.COST, "level": 1, "budget": "1 250", "forecast": "1 300"},
        copied=1,
    ),
]
EACH = pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=case.mode, marks=[] if case is CASES[0] else pytest.mark.thorough) for case in CASES],
)


def sheet(work: Work) -> SheetView:
    screen = work.app.screen
    assert isinstance(screen, SheetScreen)
    return screen.view


async def build(work: Work, case: Case) -> SheetView:
    """Open the sheet, with the cursor where a new thing is begun in the group."""
    await work.press("space", "i")
    view = sheet(work)
    place = view.rows.place_of(SheetRow(Role.NEW, case.group))
    assert place is not None
    view.move_to(place)
    await work.pilot.pause()
    return view


async def type_row(work: Work, cells: Sequence[str], end: str = "enter") -> int:
    """Type the cells of a row with Tab between them. Returns how many keys it took beyond the texts."""
    for at, cell in enumerate(cells):
        await work.type(cell)
        await work.press("tab" if at + 1 < len(cells) else end)
    return len(cells)


async def paste(work: Work, text: str) -> None:
    work.app.post_message(events.Paste(text))
    await work.pilot.pause()


def named(work: Work, case: Case, name: str) -> list[AnyEntity]:
    field = "name" if "name" in case.made else "title"
    things = work.content.entities[case.kind].values()
    return [each for each in things if getattr(each, field) == name and not each.retired]


def actions(work: Work) -> int:
    """How many times something has been changed."""
    return len({each.action for each in work.app.session.history(limit=100_000)})


# Every sheet


@EACH
async def test_a_row_is_typed_stored_and_followed_by_the_next(tmp_path: Path, case: Case) -> None:
    async with at_work(program(tmp_path, case.plan, mode=case.mode)) as work:
        view = await build(work, case)
        await type_row(work, case.row)
        (made,) = named(work, case, case.row[0])
        assert {name: getattr(made, name) for name in case.made} == case.made
        assert view.row == SheetRow(Role.NEW, case.group)
        assert view.column is view.sheet.columns[0]
        assert case.row[0] in work.shown
        assert not work.app.session.unstored


@EACH
async def test_a_pasted_block_is_one_change_that_is_taken_back_at_once(tmp_path: Path, case: Case) -> None:
    async with at_work(program(tmp_path, case.plan, mode=case.mode)) as work:
        await build(work, case)
        before, count = work.content, actions(work)
        rows = [[f"{case.row[0]} {number}", *case.row[1:]] for number in range(12)]
        await paste(work, "\r\n".join("\t".join(row) for row in rows))
        made = [named(work, case, row[0])[0] for row in rows]
        for each in made:
            assert all(getattr(each, name) == case.made[name] for name in list(case.made)[1:])
        orders = [cast("Any", each).order for each in made]
        assert orders == sorted(orders)
        assert actions(work) == count + 1
        await work.press("ctrl+z")
        assert not any(named(work, case, row[0]) for row in rows)
        assert work.content.entities[case.kind].keys() >= before.entities[case.kind].keys()
        await work.press("ctrl+y")
        assert all(named(work, case, row[0]) for row in rows)


@EACH
async def test_what_stands_above_is_copied_also_into_a_row_that_has_no_name_yet(tmp_path: Path, case: Case) -> None:
    async with at_work(program(tmp_path, case.plan, mode=case.mode)) as work:
        view = await build(work, case)
        column = view.sheet.columns[case.copied].name
        if not view.sheet.control(column).is_chosen if column != "belongs_to" else False:
            await type_row(work, case.row)
        above = view.rows.above(SheetRow(Role.NEW, case.group))
        assert above is not None
        expected = view.cells.text(above, column)
        assert expected
        await work.press(*["right"] * case.copied, "ctrl+d", *["left"] * case.copied)
        await work.type("Efter den ovan")
        await work.press("enter")
        (made,) = named(work, case, "Efter den ovan")
        assert view.cells.text(made, column) == expected
        assert not work.app.session.unstored


@EACH
async def test_rows_move_within_their_group_and_say_so_at_its_end(tmp_path: Path, case: Case) -> None:
    async with at_work(program(tmp_path, case.plan, mode=case.mode)) as work:
        view = await build(work, case)
        for name in ("Ett", "Två"):
            await paste(work, "\n".join(["\t".join([name, *case.row[1:]]), "\t".join([f"{name} b", *case.row[1:]])]))
        first, second = named(work, case, "Ett")[0], named(work, case, "Ett b")[0]
        view.go_to(Reference(case.kind, second.key))
        await work.press("ctrl+up")
        keys = view.rows.groups[case.group].keys
        assert keys.index(second.key) < keys.index(first.key)
        assert view.row is not None
        assert view.row.key == second.key
        await work.press("alt+down")
        keys = view.rows.groups[case.group].keys
        assert keys.index(first.key) < keys.index(second.key)
        await work.press("end", "up", *["up"] * 2)
        await work.press(*["ctrl+down"] * 40)
        assert "kan inte flyttas längre" in work.shown


@EACH
async def test_what_is_refused_stays_in_its_cell_selected(tmp_path: Path, case: Case) -> None:
    wrong = {"indicators": 3, "areas": 1, "risks": 1, "measures": 2, "self_checks": 1, "economy": 4}[case.mode]
    async with at_work(program(tmp_path, case.plan, mode=case.mode)) as work:
        view = await build(work, case)
        await work.press("up", *["right"] * wrong)
        position = work.content.position
        await work.type("12.500 xyz")
        await work.press("enter")
        assert work.content.position == position
        assert view.is_editing
        assert "12.500 xyz" in work.line_with("›")
        await work.press("escape")
        assert "12.500" not in work.shown


@EACH
async def test_a_plan_that_is_only_read_has_no_sheet_and_says_why(tmp_path: Path, case: Case) -> None:
    async with at_work(program(tmp_path, case.plan, mode=case.mode, read_only=True)) as work:
        before = work.app.screen
        await work.press("space")
        assert "Bygg" not in work.shown
        await work.press("escape", "space_i")
        assert work.app.screen is before
        assert "bara för läsning" in work.shown


@EACH
async def test_what_another_window_changes_shows_and_moves_no_cursor(tmp_path: Path, case: Case) -> None:
    async with at_work(program(tmp_path, case.plan, mode=case.mode)) as work:
        view = await build(work, case)
        await work.type("Halvskrivet")
        field = view.sheet.name_field
        first = next(each for each in view.rows if each.role is Role.THING)
        thing = view.rows.entity(first)
        assert thing is not None
        with open_database(tmp_path / "kvaltui.db") as other:
            changed: Any = replace(cast("Any", thing), **{field: "Ändrat av Eva"})
            record(other, case.plan, [changed], by=COLLEAGUE, seen=work.content.position)
        work.app.session.refresh_if_changed()
        await work.pilot.pause()
        assert view.name_at(first) == "Ändrat av Eva"
        assert view.row == SheetRow(Role.NEW, case.group)
        assert "Halvskrivet" in work.line_with("›")
        assert "Ändrat av Eva" in work.shown or view.top > 0


# Indicators, with the strokes counted


INDICATORS = [
    ("Trygghet i särskilt boende", "minst 90 %"),
    ("Maten smakar bra", "80 %"),
    ("Väntetid till särskilt boende", "högst 60 dagar"),
    ("Kontinuitet i hemtjänsten", "högst 12 st"),
    ("Sjukfrånvaro", "< 8 %"),
    ("Har en genomförandeplan", "95 %"),
    ("Klagomål", "minska"),
    ("Beläggning", "85-95 %"),
    ("Kontaktperson är utsedd", "ja"),
    ("Timmar per brukare", "högst 40 timmar"),
    ("Brukare som deltar", "öka"),
    ("Bemötande", "minst 88 %"),
]


@pytest.mark.thorough
async def test_twelve_indicators_with_targets_take_two_strokes_each_beyond_their_text(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        await build(work, CASES[0])
        strokes = 0
        for row in INDICATORS:
            strokes += await type_row(work, row)
        assert strokes == 2 * len(INDICATORS)
        content = work.content
        made = {each.name: each for each in content.active(Indicator)}
        for name, target in INDICATORS:
            found = content.target(made[name].key, YEAR)
            assert found is not None
            assert found.value == target
        assert [made[name].unit for name, _target in INDICATORS] == [
            *("%", "%", "dagar", "antal", "%", "%", "%", "%", "ja/nej", "timmar", "timmar", "%"),
        ]
        assert made["Väntetid till särskilt boende"].direction is Direction.LOWER
        assert made["Bemötande"].direction is Direction.HIGHER


@pytest.mark.thorough
@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
async def test_the_same_block_pasted_is_three_strokes_for_all(tmp_path: Path, end: str) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        await build(work, CASES[0])
        await paste(work, end.join(f"{name}\t\t\t{target}" for name, target in INDICATORS) + end)
        made = {each.name: each for each in work.content.active(Indicator)}
        assert all(work.content.target(made[name].key, YEAR) is not None for name, _target in INDICATORS)
        assert "Inklistrat: 12 indikatorer" in work.shown


@pytest.mark.thorough
async def test_a_cell_in_quotes_with_a_line_end_in_it_is_one_cell(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        await build(work, CASES[0])
        await paste(work, '"Trygghet\noch omsorg"\t%\thögre\t90\r\nMat\t%\thögre\t80')
        assert {"Trygghet och omsorg", "Mat"} <= {each.name for each in work.content.active(Indicator)}


async def test_a_block_with_faults_is_shown_first_and_what_cannot_be_read_stays_in_its_cell(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        view = await build(work, CASES[0])
        position = work.content.position
        await paste(work, "Trygghet\t%\thögre\t90\nMat\t%\thögre\t12.500")
        assert isinstance(work.app.screen, SheetPasteDialog)
        assert "Rad 2: Mål 2022 ”12.500”" in work.shown or "Rad 2: Mål 2022 “12.500”" in work.shown
        assert work.content.position == position
        await work.press("escape")
        assert work.content.position == position
        await paste(work, "Trygghet\t%\thögre\t90\nMat\t%\thögre\t12.500")
        await work.press("enter")
        assert [each.name for each in work.content.active(Indicator)][-2:] == ["Trygghet", "Mat"]
        (kept,) = work.app.session.unstored.values()
        assert (kept.text, kept.cell.reference.key) == ("12.500", "mat")
        view.open_cell(kept.cell)
        await work.pilot.pause()
        await work.type("85")
        await work.press("enter")
        target = work.content.target("mat", YEAR)
        assert target is not None
        assert target.value == "85"
        assert not work.app.session.unstored


async def test_a_row_that_has_no_name_yet_keeps_what_is_typed_in_it_until_it_has(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        await build(work, CASES[0])
        position = work.content.position
        await work.press("right", "right", "right")
        await work.type("högst 5 dagar")
        await work.press("tab", "right")
        await work.type("MAS")
        await work.press("tab")
        assert "Sparas när raden får sitt namn" in work.shown
        assert work.content.position == position
        await work.press("f3")
        assert len(work.app.session.unstored) == 2
        await work.press("f5", *["left"] * 8)
        await work.type("Väntetid")
        await work.press("tab")
        made = work.find(Indicator, "vantetid")
        assert isinstance(made, Indicator)
        assert (made.unit, made.responsible) == ("dagar", "MAS")
        target = work.content.target("vantetid", YEAR)
        assert target is not None
        assert not work.app.session.unstored


@pytest.mark.thorough
async def test_a_choice_is_narrowed_and_marked_with_the_arrows_and_the_marked_one_is_taken(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        view = await build(work, CASES[0])
        await work.press("up")
        thing = view.entity
        assert isinstance(thing, Indicator)
        await work.press("right", "right")
        await work.type("b")
        assert "Högre är bättre" in work.shown
        await work.press("down", "down", "enter")
        changed = work.find(Indicator, thing.key)
        assert isinstance(changed, Indicator)
        assert changed.direction is Direction.LOWER


@pytest.mark.thorough
async def test_a_locked_area_refuses_its_targets_in_words(tmp_path: Path) -> None:
    locked = Completion(area="aldreomsorg", period=YEAR)
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=[locked])) as work:
        view = await build(work, CASES[0])
        position = work.content.position
        await work.press("up", "right", "right", "right")
        await work.type("9")
        assert not view.is_editing
        assert "Låst" in work.shown
        assert work.content.position == position


@pytest.mark.thorough
async def test_enter_goes_on_where_the_entry_of_the_row_began_and_tab_from_the_last_cell_to_the_next_row(
    tmp_path: Path,
) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        await work.press("space", "i", "right")
        view = sheet(work)
        first = view.cursor
        await work.press("tab", "tab", "enter")
        assert (view.cursor, view.column.name) == (first + 1, "unit")
        view.stand_in_column(len(view.sheet.columns) - 1)
        await work.press("tab")
        assert (view.cursor, view.column.name) == (first + 2, "name")
        await work.press("shift+tab")
        assert (view.cursor, view.column) == (first + 1, view.sheet.columns[-1])


@pytest.mark.thorough
async def test_a_new_group_is_named_and_built_in_at_once(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        await work.press("space", "i", "end")
        await work.type("Gruppbostaden")
        await work.press("enter")
        await type_row(work, ("Trygghet", "90 %"))
        assert work.find(Area, "gruppbostaden").name == "Gruppbostaden"  # type: ignore[union-attr]
        made = work.find(Indicator, "trygghet")
        assert isinstance(made, Indicator)
        assert made.area == "gruppbostaden"


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("size", "columns"), [((40, 10), {"Mål 2022"}), (NARROW, {"Enhet", "Ansvarig"}), (WIDE, {"Källa"})]
)
async def test_the_name_and_the_column_one_is_in_show_at_every_size(
    tmp_path: Path, size: tuple[int, int], columns: set[str]
) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators"), size) as work:
        await work.press("space", "i", "right", "right", "right")
        assert "Bygg" in work.lines[1]
        assert all(each in work.lines[2] for each in {"Namn", *columns})
        for _column in sheet(work).sheet.columns:
            await work.press("right")
            title = sheet(work).column.title(YEAR)
            assert title[:4] in work.lines[2], "each column can be reached"


@pytest.mark.thorough
async def test_esc_leads_back_to_the_list_there_where_the_sheet_was_left(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        await build(work, CASES[0])
        await type_row(work, ("Väntetid", "högst 60 dagar"), end="up")
        await work.press("down", "escape")
        assert not isinstance(work.app.screen, SheetScreen)
        assert "Väntetid" in work.line_with("›")


@pytest.mark.thorough
async def test_delete_retires_the_row_and_undo_brings_it_back_with_the_cursor_on_it(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        view = await build(work, CASES[0])
        await type_row(work, ("Väntetid", "högst 60 dagar"))
        await work.press("up", "delete")
        assert work.find(Indicator, "vantetid").retired
        await work.press("ctrl+z")
        assert not work.find(Indicator, "vantetid").retired
        assert view.row is not None
        assert view.row.key == "vantetid"


def test_every_kind_that_has_a_sheet_is_tried() -> None:
    assert {case.mode for case in CASES} == set(KINDS)


@pytest.mark.thorough
async def test_a_plan_for_a_group_home_takes_few_keys_beyond_its_texts(tmp_path: Path) -> None:
    """Three areas, six indicators with targets, two risks with measures, three self-checks and an assignment."""
    async with at_work(program(tmp_path, HUDDINGE, mode="indicators")) as work:
        keys = 0

        async def press(*pressed: str) -> None:
            nonlocal keys
            keys += len(pressed)
            await work.press(*pressed)

        async def rows(*texts: Sequence[str]) -> None:
            nonlocal keys
            for each in texts:
                keys += await type_row(work, each)

        await press("space", "i")
        targets = iter(INDICATORS)
        for area in ("Boendet", "Dagarna", "Personalen"):
            await press("end")
            await rows((area,), next(targets), next(targets))
        await press("f6", "space", "i", "end")
        await rows(("Hot och våld", "3", "4"), ("Fel medicin", "2", "5"))
        await press("f8", "space", "i", "end")
        await rows(
            ("Utbilda i bemötande", "Enhetschef", "30/6", "", "hot och våld"),
            ("Dubbelkontroll", "MAS", "31/8", "", "fel medicin"),
        )
        await press("f7", "space", "i", "end", "up")
        await rows(("Delegeringar", "varje ter"), ("Loggar", "varje mån"), ("Brandskydd", "varje år"))
        await press("f8", "escape", "ctrl+n", "down", "enter")
        await work.type("Genomför brukarrådet")
        await press("enter")
        content = work.content
        assert {"Boendet", "Dagarna", "Personalen"} <= {each.name for each in content.active(Area)}
        assert {name for name, _target in INDICATORS[:6]} <= {each.name for each in content.active(Indicator)}
        assert {"Hot och våld", "Fel medicin"} <= {each.title for each in content.active(Risk)}
        measures = {each.title: each.risks for each in content.active(Measure)}
        assert (measures["Utbilda i bemötande"], measures["Dubbelkontroll"]) == (("hot-och-vald",), ("fel-medicin",))
        assert {"Delegeringar", "Loggar", "Brandskydd"} <= {each.name for each in content.active(SelfCheck)}
        assert "Genomför brukarrådet" in {each.name for each in content.active(Assignment)}
        assert keys <= 80
