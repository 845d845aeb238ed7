"""Typing in a list that takes nothing finds a row: the first in which a word begins with what is typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.model.structure import Area
from kvaltui.tui.screens.picker import Picker
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.widgets.finding import MOST_SOUGHT, first_row
from kvaltui.tui.widgets.line_view import LineView
from tests.sampled import sampled
from tests.tui.work import HUDDINGE, LINKOPING, NACKA, Work, at_work, program

NAMES = ("Äldreomsorg", "Trygghet i särskilt boende", "Ordinärt boende", "Andel ärenden inom 3 mån", "Elevhälsa (F–9)")


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("t", 1),
        ("tr", 1),
        ("TRY", 1),
        ("bo", 1),
        ("boende", 1),
        ("ordinärt b", 2),
        ("särskilt boende", 1),
        ("a", 3),
        ("ä", 0),
        ("är", 3),
        ("a\N{COMBINING DIAERESIS}r", 3),
        ("å", None),
        ("3", 3),
        ("3 m", 3),
        ("f", 4),
        ("9", 4),
        ("omsorg", None),
        ("ygg", None),
        ("(", 4),
        ("xyz", None),
    ],
)
def test_a_row_is_found_by_the_beginning_of_a_word(sought: str, found: int | None) -> None:
    assert first_row(sought, len(NAMES), NAMES.__getitem__) == found


texts = st.text("abå Å-é ", max_size=12)


@given(st.lists(texts, max_size=6), st.text("abåé-", min_size=1, max_size=3))
def test_what_is_found_is_the_first_with_a_word_that_begins_so(rows: list[str], sought: str) -> None:
    begins = re.compile(rf"(?:^|(?<![^\W_])){re.escape(sought)}", re.IGNORECASE)
    expected = next((at for at, text in enumerate(rows) if begins.search(text)), None)
    assert first_row(sought, len(rows), rows.__getitem__) == expected


def view(work: Work) -> LineView[object]:
    focused = work.app.focused
    assert isinstance(focused, LineView)
    return focused


LISTS = [
    pytest.param(NACKA, "areas", "fam", "Familj och arbete", id="areas"),
    pytest.param(HUDDINGE, "risks", "rutiner", "", id="risks"),
    pytest.param(HUDDINGE, "measures", "nyttja", "Nyttja avbokade", id="measures"),
    pytest.param(NACKA, "history", "sam", "Samordnaren", id="history"),
    pytest.param(NACKA, "overview", "fam", "Familj och arbete", id="overview"),
]


@pytest.mark.parametrize(("plan", "mode", "typed", "name"), LISTS)
async def test_every_list_finds_by_typing(tmp_path: Path, plan: str, mode: str, typed: str, name: str) -> None:
    async with at_work(program(tmp_path, plan, mode=mode)) as work:
        await work.type(typed)
        here = view(work)
        found = first_row(typed, here.row_count(), here._text_to_stand_on)
        if found is None:
            assert f"Inget börjar med ”{typed}”" in work.shown
        else:
            assert here.cursor == found
            assert f"Hitta: {typed}" in work.shown
            assert name in here.text_at(found)


async def test_more_letters_narrow_backspace_widens_and_escape_forgets(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="areas")) as work:
        await work.type("famil")
        assert "Familj och arbete" in work.line_with("›")
        await work.type("j och a")
        assert "Hitta: familj och a" in work.shown
        assert isinstance(work.app.screen, PlanScreen), "Space is text in what is looked for"
        before = view(work).cursor
        await work.type("xx")
        assert "Inget börjar med ”familj och axx”" in work.shown
        assert view(work).cursor == before
        await work.press("backspace", "backspace")
        assert "Hitta: familj och a" in work.shown
        await work.press("escape")
        assert "Hitta" not in "\n".join(work.lines[:-1])
        assert view(work).cursor == before
        await work.type("äl")
        assert "Äldreomsorg" in work.line_with("›")
        await work.press("backspace", "backspace")
        assert view(work).sought is None


@pytest.mark.parametrize("key", ["down", "f2", "enter", "ctrl+n"])
async def test_another_key_ends_it_and_does_what_it_does(tmp_path: Path, key: str) -> None:
    async with at_work(program(tmp_path, NACKA, mode="areas")) as work:
        await work.type("äld")
        table = view(work)
        await work.press(key)
        assert table.sought is None
        assert "Hitta: äld" not in work.shown


async def test_a_heading_of_the_entry_table_finds_among_the_rows(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        await work.press("home")
        await work.type("maten")
        assert "maten smakar bra" in work.line_with("›")
        await work.press("8")
        assert "Inget börjar med ”maten8”" in work.shown, "a digit goes on with what is looked for and is no figure"


@pytest.mark.parametrize("begin", sampled(["/", "ctrl+f"], keep=1))
@pytest.mark.parametrize(
    ("plan", "mode"), [(NACKA, "areas"), (LINKOPING, "economy"), (NACKA, "history"), (NACKA, "overview")]
)
async def test_where_there_is_no_search_slash_and_ctrl_f_find(tmp_path: Path, plan: str, mode: str, begin: str) -> None:
    async with at_work(program(tmp_path, plan, mode=mode)) as work:
        await work.press({"/": "slash"}.get(begin, begin))
        assert "Hitta:" in work.shown
        await work.type("1")
        assert "Hitta: 1" in work.shown or "Inget börjar med ”1”" in work.shown
        assert not getattr(view(work), "is_editing", False)


@pytest.mark.parametrize("mode", ["indicators", "risks", "self_checks", "measures"])
async def test_ctrl_f_searches_where_slash_does(tmp_path: Path, mode: str) -> None:
    plan = NACKA if mode == "indicators" else HUDDINGE
    async with at_work(program(tmp_path, plan, mode=mode)) as work:
        await work.press("ctrl+f")
        await work.type("barn")
        assert "Sök: barn" in work.shown


@pytest.mark.thorough
async def test_in_a_choice_typing_finds_and_enter_chooses(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="areas")) as work:
        await work.press("ctrl+n")
        assert isinstance(work.app.screen, Picker)
        await work.type("omr")
        await work.press("enter")
        assert "Nytt område" in work.shown


@pytest.mark.thorough
async def test_the_choices_word_written_out_chooses_it(tmp_path: Path) -> None:
    words = ("Planerad", "Pågår", "Genomförd", "Avbruten")
    for at, word in enumerate(words):
        folder = tmp_path / str(at)
        folder.mkdir()
        async with at_work(program(folder, HUDDINGE, mode="measures")) as work:
            await work.press("enter")
            await work.type(word.casefold())
            await work.press("enter")
            assert word in work.line_with("›") or any(word in line for line in work.lines)
            assert isinstance(work.app.screen, PlanScreen)


@pytest.mark.thorough
async def test_what_is_looked_for_has_an_end(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="areas")) as work:
        await work.type("x" * (MOST_SOUGHT + 20))
        assert "x" * MOST_SOUGHT in work.shown
        assert "x" * (MOST_SOUGHT + 1) not in work.shown


async def test_where_nothing_can_be_changed_a_figure_is_refused_with_the_reason(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="areas", read_only=True)) as work:
        await work.type("qq")
        assert "Planen är öppnad bara för läsning" in work.shown


async def test_a_name_with_markup_is_found_as_any_other(tmp_path: Path) -> None:
    area = Area(key="x", name="[/x] åäö 1,5", order=99)
    async with at_work(program(tmp_path, NACKA, mode="areas", also=[area])) as work:
        await work.type("[/x")
        assert "[/x] åäö 1,5" in work.line_with("›")
