"""Översikt: what it tells, that it fills its window, says nothing that `status` does not, and where Enter goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.commands.layout import plain_text
from kvaltui.commands.pieces import Symbols, plain
from kvaltui.commands.status_view import StatusView
from kvaltui.exchange.starter import read_starter
from kvaltui.model.branches import Branch, Reached
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure, Result, ResultStatus, SelfCheck
from kvaltui.model.reporting import Outcome
from kvaltui.model.structure import Area, Goal, Indicator
from kvaltui.model.summary import summarise, with_past
from kvaltui.status_cells import achieved_of
from kvaltui.tui.app import KvaltuiApp
from kvaltui.tui.screens.indicators import IndicatorsScreen
from kvaltui.tui.screens.overview import OverviewScreen
from kvaltui.tui.widgets.overview_list import OverviewList
from kvaltui.tui.widgets.overview_rows import Block, More, OverviewRow, Sentence, Title, arranged
from kvaltui.work.naming import name_of
from kvaltui.work.session import PlanSession
from kvaltui.work.summary_lines import Destination, SummaryLine
from tests.tui.full_plan import WHO, full_plan
from tests.tui.work import EKERO, HUDDINGE, LINKOPING, NACKA, NARROW, SOCIALNAMND, WIDE, Work, at_work, program

SIZES = [(40, 10), (60, 30), NARROW, WIDE, (200, 60)]
FULL = "full"
PLANS = [FULL, NACKA, HUDDINGE, LINKOPING, EKERO, SOCIALNAMND]


def of_plan(folder: Path, plan: str, *, is_ascii: bool = False) -> KvaltuiApp:
    """The program on a starter plan, or on the one that has something of every sort to tell."""
    also = full_plan() if plan == FULL else ()
    return program(folder, NACKA if plan == FULL else plan, mode="overview", also=also, is_ascii=is_ascii)


def lists(work: Work) -> Sequence[OverviewList]:
    """The lists that show."""
    return [view for view in work.app.screen.query(OverviewList) if view.display]


def rows(view: OverviewList) -> list[OverviewRow]:
    return [view._rows[at] for at in range(view.row_count())]


async def test_the_areas_and_the_whole(tmp_path: Path) -> None:
    async with at_work(of_plan(tmp_path, FULL)) as work:
        assert "▲ Delvis uppnått, 18 av 31 nådda sedan 2021 ↑ 20 bättre ↓ 10 sämre" in work.shown
        assert work.line_with("Äldreomsorg").split()[1:] == "▆▆▂▂· ✓ Uppnått ↑ 2 ↓ 1 4 av 5 inlagda".split()
        assert work.line_with("Kultur- och fritid").split()[-5:] == ["↑", "7", "↓", "4", "klarmarkerad"]


async def test_each_sort_stands_in_its_order_with_the_worst_first(tmp_path: Path) -> None:
    async with at_work(of_plan(tmp_path, FULL), (80, 60)) as work:
        told = [row.label.text for row in rows(lists(work)[0]) if row.label is not None]
        assert told == [
            "Ej uppnått", "Ser fel ut", "Väntar", "Kontroller", "Risker", "Bedömningar", "Ekonomi", "Åtgärder",
            "Mål", "Tidigare", "Förändring",
        ]  # fmt: skip
        for text in (
            "Ej uppnått 7 Personlig assistans - andel kund… 50 % mål 90 % ↓ från 97 %",
            "! en procentsats utanför 0–100",
            f"Väntar 3 {WHO} 1 utfall",
            "Omsorg och assistans 2 utfall utan ansvarig",
            "Signeringslistor 94 % minst 98 % ✗ Ej godkänt 2022",
            "Trygghetslarm MAS ska göras",
            "12 ✗ Hög 1 åtgärd försenad",
            "✓ Uppnått underlaget har ändrats",
            "Nettokostnad 311 895 tkr ▼ −2 945 1,0 % över budget",
            "Måltidsvärdar 2023-06-30 Chef",
        ):
            assert text in plain(work.shown)


async def test_without_colour_and_in_ascii_the_symbols_tell_what_the_blocks_do(tmp_path: Path) -> None:
    async with at_work(of_plan(tmp_path, FULL, is_ascii=True)) as work:
        assert work.line_with("Äldreomsorg").split()[1] == "++xx."


@pytest.mark.thorough
async def test_it_moves_with_every_figure(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="overview")) as work:
        session = work.app.session
        assert "▆▄▄▂▂" in work.line_with("Äldreomsorg")
        session.enter_outcome(session.open_entry("sabo-trygghet"), "100 %")
        await work.pilot.pause()
        assert "▆▆▄▂▂" in work.line_with("Äldreomsorg")
        assert "20 av 33 nådda" in work.shown
        await work.press("f5")
        session.enter_outcome(session.open_entry("sabo-trygghet"), "10 %")
        await work.press("f3")
        assert "▆▄▂▂▂" in work.line_with("Äldreomsorg"), "what happens meanwhile shows when it is gone to"


# It fills its window


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("plan", [FULL, *(pytest.param(each, marks=pytest.mark.thorough) for each in PLANS[1:])])
async def test_it_fills_its_window_while_there_is_something_to_say(
    tmp_path: Path, plan: str, size: tuple[int, int]
) -> None:
    async with at_work(of_plan(tmp_path, plan), size) as work:
        assert len(lists(work)) == (2 if size[0] >= 120 else 1)
        for view in lists(work):
            left_out = [row for row in rows(view) if isinstance(row.content, More)]
            assert view.row_count() >= view.page_height - 1 or not left_out
            assert "\n\n\n" not in "\n".join(line.strip() for line in work.lines[: 3 + view.row_count()])


LINES = st.lists(st.integers(1, 3), min_size=1, max_size=12)


@given(st.lists(st.tuples(LINES, st.booleans()), min_size=1, max_size=8), st.integers(1, 60), st.booleans())
def test_lines_are_shared_out_until_the_window_is_full_or_all_is_said(
    sorts: list[tuple[list[int], bool]], height: int, has_labels: bool
) -> None:
    blocks = []
    for at, (lines, is_extra) in enumerate(sorts):
        made = [
            [OverviewRow(Sentence(f"{at}"), f"{at}", Destination(f"{line}"))] * size for line, size in enumerate(lines)
        ]
        blocks.append(Block(f"{at}", Title(f"{at}"), made, Destination("risks"), len(made), is_extra=is_extra))
    found = arranged(blocks, height, has_labels=has_labels)
    shown = {
        at: sum(1 for row in found if isinstance(row.content, Sentence) and row.block == f"{at}")
        for at in range(len(sorts))
    }
    everything = all(shown[at] == sum(lines) for at, (lines, _extra) in enumerate(sorts))
    assert len(found) >= height - 1 or everything
    for at, (lines, is_extra) in enumerate(sorts):
        assert is_extra or shown[at] >= sum(lines[:2]), "each has its first lines"
        more = [row.content.count for row in found if isinstance(row.content, More) and row.block == f"{at}"]
        assert 1 not in more, "the last one takes no more room than to say that there is one"
    assert not any(first.block == second.block == "" for first, second in pairwise(found))


# It says nothing that `status` does not say


def facts(session: PlanSession, row: OverviewRow) -> Iterator[str]:
    """What a row tells."""
    match row.content:
        case SummaryLine(name=name, figure=figure, beside=beside, end=end, reasons=reasons):
            yield from (name, figure, beside, end, *reasons)
        case Branch(reference=reference, node=node):
            yield name_of(session.content, reference)
            if reference.kind is Kind.AREA:
                yield f"{node.counts.reported}/{node.counts.of}"
        case Reached(period=period, counts=counts):
            yield from (str(period), achieved_of(counts.achieved, counts.assessed))


@pytest.mark.parametrize("plan", [FULL, *(pytest.param(each, marks=pytest.mark.thorough) for each in PLANS[1:])])
async def test_every_fact_is_told_by_status(tmp_path: Path, plan: str) -> None:
    async with at_work(of_plan(tmp_path, plan), (200, 60)) as work:
        session = work.app.session
        summary = summarise(session.content, session.result, session.today)
        summary = with_past(summary, session.content, session.result, session.today)
        symbols = Symbols(work.app.settings)
        symbols.is_ascii = False
        view = StatusView(session.content, session.result, summary, symbols, None)
        status = plain_text(view.headline(), view.tables(), 1000)
        told = {plain(fact) for each in lists(work) for row in rows(each) for fact in facts(session, row)}
        assert len(told) > 5
        assert [each for each in sorted(told) if each not in status] == []


# Everything leads somewhere


def stands_at(work: Work) -> Reference | None:
    screen = work.app.screen
    return getattr(screen, "reference", None)


async def goes_and_comes_back(work: Work, view: OverviewList, at: int) -> None:
    """Enter on a row goes where it says, and the cursor is where it was when a person comes back."""
    work.app.screen.set_focus(view)
    view.move_to(at)
    row = view.row
    assert row is not None
    assert view.cursor == at
    await work.press("enter")
    screen, leads_to = work.app.screen, row.leads_to
    if isinstance(leads_to, Destination) and leads_to.period is not None:
        assert work.app.session.period == leads_to.period
        work.app.session.choose_period(Period(2022))
        await work.pilot.pause()
        return
    assert not isinstance(screen, OverviewScreen), row
    if isinstance(leads_to, Reference) and leads_to.kind is not Kind.AREA:
        assert stands_at(work) == leads_to
    if isinstance(leads_to, Destination) and leads_to.reference is not None:
        assert stands_at(work) == leads_to.reference
    await work.press("f3")
    assert isinstance(work.app.screen, OverviewScreen)
    assert view.here == row.thing
    assert view.has_focus


@pytest.mark.parametrize(
    ("plan", "size"),
    [
        (FULL, (80, 24)),
        *(
            pytest.param(plan, size, marks=pytest.mark.thorough)
            for plan in PLANS
            for size in ((40, 30), (80, 60), (120, 40))
        ),
    ],
)
async def test_every_line_leads_to_where_it_stands_and_back(tmp_path: Path, plan: str, size: tuple[int, int]) -> None:
    async with at_work(of_plan(tmp_path, plan), size) as work:
        for view in lists(work):
            standing = [at for at in range(view.row_count()) if view.can_stand(at)]
            said = [
                at for at in range(view.row_count()) if isinstance(rows(view)[at].content, SummaryLine | More | Branch)
            ]
            assert set(said) <= set(standing)
            for at in standing:
                await goes_and_comes_back(work, view, at)


async def test_what_waits_for_somebody_leads_to_the_list_with_just_that(tmp_path: Path) -> None:
    async with at_work(of_plan(tmp_path, FULL)) as work:
        view = lists(work)[0]
        view.go_to(next(row.thing for row in rows(view) if getattr(row.content, "name", "") == WHO))
        await work.press("enter")
        screen = work.app.screen
        assert isinstance(screen, IndicatorsScreen)
        assert len(screen.table.indicators_shown) == 1
        assert WHO in work.shown


async def test_the_keys_are_in_the_other_list_where_there_are_two(tmp_path: Path) -> None:
    async with at_work(of_plan(tmp_path, FULL), WIDE) as work:
        first, second = lists(work)
        assert first.has_focus
        await work.press("tab")
        assert second.has_focus
        await work.press("down", "left")
        assert first.has_focus
        await work.press("right")
        here = second.here
        await work.pilot.resize_terminal(*NARROW)
        await work.pilot.pause()
        assert first.has_focus
        assert first.here == here
        assert "Andra listan" not in work.footer
        await work.pilot.resize_terminal(*WIDE)
        await work.pilot.pause()
        assert second.has_focus
        assert second.here == here


# Where there is little to say, and where nothing can be changed


async def test_an_empty_plan_says_what_to_do_and_which_key_does_it(tmp_path: Path) -> None:
    content = read_starter(EKERO)
    things: list[AnyEntity] = [
        replace(each, retired=True) for kind in (Indicator, Goal, Area) for each in content.active(kind)
    ]
    async with at_work(program(tmp_path, EKERO, mode="overview", also=things)) as work:
        assert "Planen är tom: F4 går till Områden" in work.shown
        await work.press("enter")
        assert not isinstance(work.app.screen, OverviewScreen)


async def test_who_can_only_read_is_offered_nothing_else(tmp_path: Path) -> None:
    contested = replace(Outcome(indicator="sabo-trygghet", period=Period(2022), value="86 %"), contested=("value",))
    measure = Measure(key="m", title="M", indicators=("sabo-trygghet",), due=date(2023, 1, 1))
    app = program(tmp_path, NACKA, mode="overview", also=[contested, measure], read_only=True)
    async with at_work(app, (80, 40)) as work:
        assert not {"Ändra", "Ny", "Ångra"} & set(work.footer.split())
        for at in range(lists(work)[0].row_count()):
            if lists(work)[0].can_stand(at):
                await goes_and_comes_back(work, lists(work)[0], at)


@pytest.mark.thorough
async def test_nothing_waits_where_nothing_looks_wrong(tmp_path: Path) -> None:
    content = read_starter(NACKA)
    things: list[AnyEntity] = [
        replace(each, retired=True)
        for each in content.active(Indicator)
        if each.key != "korttidsboende-trygghet-foraldrar"
    ]
    async with at_work(program(tmp_path, NACKA, mode="overview", also=things)) as work:
        assert "Ingenting väntar för 2022." in work.shown


async def test_a_self_check_that_is_not_approved_is_told(tmp_path: Path) -> None:
    check = next(read_starter(HUDDINGE).active(SelfCheck))
    failed = Result(self_check=check.key, period=Period(2024), status=ResultStatus.NOT_APPROVED)
    async with at_work(program(tmp_path, HUDDINGE, mode="overview", also=[failed])) as work:
        assert "✗ Ej godkänt 2024" in work.line_with("Kontroller")


@pytest.mark.parametrize("size", [WIDE, (160, 50)])
async def test_beside_the_second_list_an_area_keeps_its_blocks_and_its_status(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_work(program(tmp_path, NACKA, mode="overview"), size) as work:
        assert "▆▄▄▂▂" in work.line_with("Äldreomsorg")
        assert "▲ Delvis" in work.line_with("Äldreomsorg")
        assert "5 av 5" in work.line_with("Äldreomsorg")
