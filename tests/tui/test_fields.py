"""Writing in the fields of a form: what stands there is selected whole, what is pasted stays apart, days are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from kvaltui.exchange.starter import read_starter
from kvaltui.model.entity import Kind
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure, Risk
from kvaltui.model.reporting import Outcome
from kvaltui.model.structure import Indicator
from kvaltui.tui import rounds
from kvaltui.tui.forms import editing, written_lines
from kvaltui.tui.forms.draft import FormDraft
from kvaltui.tui.forms.fields import FORMS, REASSESSMENT
from kvaltui.tui.forms.form_lines import FormLines
from kvaltui.tui.forms.form_view import FormView
from kvaltui.tui.forms.written_lines import break_lines
from kvaltui.tui.terminal.drawing import width_of
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.line_editor import MOST_CHARACTERS
from kvaltui.work.controls import MOST_IN_LONG_TEXT
from tests.sampled import sampled
from tests.tui.work import HUDDINGE, Work, at_work, program

ENDS = {"CR": "\r", "LF": "\n", "CRLF": "\r\n"}
GRAVEST = "vald-ingen-insats"


async def paste(work: Work, text: str) -> None:
    work.app.screen.query_one(FormView).post_message(events.Paste(text))
    await work.pilot.pause()


def view_of(work: Work) -> FormView:
    return work.app.screen.query_one(FormView)


# Selected whole


@pytest.mark.parametrize("form", sampled([*FORMS.values(), REASSESSMENT], keep=5), ids=lambda form: form.new_title)
@pytest.mark.parametrize("key", ["tab", "shift+tab", "down", "up"])
def test_typing_in_any_field_that_is_come_to_replaces_what_stands_there(form: object, key: str) -> None:
    content = read_starter(HUDDINGE)
    assert isinstance(form, type(REASSESSMENT))
    for at, field in enumerate(FormDraft(form, lambda: content, period=Period(2024)).fields):
        if field.control.is_chosen:
            continue
        for typed in ("", "left", "right", "end"):
            draft = FormDraft(form, lambda: content, period=Period(2024))
            draft._texts[field.name] = "2026"
            view = FormView(draft)
            view._walk.is_open = True
            drawn = FormLines(draft, lambda _surface: Paint.__new__(Paint), 80)
            with (
                patch.object(view, "lay_out"),
                patch.object(view, "post_message"),
                patch.object(view, "_drawn", return_value=drawn),
            ):
                way = {"tab": 1, "down": 1, "shift+tab": -1, "up": -1}[key]
                view._field = (at - way) % len(draft.fields)
                view._open_field()
                view._press(events.Key(key, None))
                if view.field.name != field.name:
                    continue  # a field that cannot be changed is passed by
                if typed:
                    view._press(events.Key(typed, None))
                view._press(events.Key("7", "7"))
            assert draft.text(field.name) == {"": "7", "left": "72026"}.get(typed, "20267"), (field.name, typed)


@pytest.mark.thorough
async def test_a_new_year_is_typed_over_the_one_that_is_proposed(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        rounds.new_period(work.app)
        await work.pilot.pause()
        assert view_of(work).draft.text("period") == "2025"
        await work.type("T1 2026")
        assert "Läses som tertial 1 2026" in work.shown
        await work.press("tab", "shift+tab")
        await work.type("2027")
        await work.press("enter")
        assert Period(2027) in work.content.plan.periods


async def test_what_is_selected_is_seen_and_can_be_put_back(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        await work.press("f2")
        before = view_of(work).draft.text("title")
        caret = work.app.paint.caret
        selected = "".join(
            segment.text
            for strip in work.app.screen._compositor.render_strips()
            for segment in strip
            if segment.style is not None and caret.bgcolor is not None and segment.style.bgcolor == caret.bgcolor
        )
        assert before[:20] in selected
        await work.press("x")
        assert view_of(work).draft.text("title") == "x"
        await work.press("ctrl+z")
        assert view_of(work).draft.text("title") == before
        await work.press("enter")
        risk = work.find(Risk, GRAVEST)
        assert isinstance(risk, Risk)
        assert risk.title == before


# Pasted


@pytest.mark.thorough
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
async def test_a_pasted_note_keeps_its_lines(tmp_path: Path, end: str) -> None:
    async with at_work(program(tmp_path)) as work:
        await work.press("f2")
        view_of(work).go_to("description")
        await paste(work, end.join(['Rad "ett"', "", "rad\ttvå", "12", "120", "", ""]))
        await work.press("enter")
        risk = work.find(Risk, GRAVEST)
        assert isinstance(risk, Risk)
        assert risk.description == 'Rad "ett"\n\nrad två\n12\n120'


@pytest.mark.thorough
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
async def test_lines_that_come_as_if_typed_stay_in_the_note(tmp_path: Path, end: str) -> None:
    async with at_work(program(tmp_path)) as work:
        await work.press("f2")
        view_of(work).go_to("description")
        for character in end.join(["Rad ett", "", "2023", "", ""]):
            key = {"\r": "enter", "\n": "ctrl+j", " ": "space"}.get(character, character)
            work.app.post_message(events.Key(key, character))
        for _ in range(20):
            await work.pilot.pause()
        assert view_of(work).draft.text("description").rstrip() == "Rad ett\n\n2023"
        await work.press("enter")
        risk = work.find(Risk, GRAVEST)
        assert isinstance(risk, Risk)
        assert risk.description == "Rad ett\n\n2023"


@pytest.mark.parametrize("pasted", sampled(["12{}120", "12\t500", "12 %{}{}86 %{}", "12,5{}−3", "1{}2{}3"], keep=2))
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
async def test_a_pasted_column_is_never_one_figure(tmp_path: Path, pasted: str, end: str) -> None:
    async with at_work(program(tmp_path)) as work:
        indicator = next(iter(work.content.active(Indicator)))
        before = work.content.outcome(indicator.key, Period(2024))
        editing.edit_outcome(work.app, indicator.key)
        await work.pilot.pause()
        text = view_of(work).draft.text("value")
        await paste(work, pasted.replace("{}", end))
        assert "är flera siffror" in work.shown
        assert view_of(work).draft.text("value") == text
        await work.press("enter")
        assert work.content.outcome(indicator.key, Period(2024)) == before


@pytest.mark.thorough
async def test_one_pasted_figure_and_a_name_over_two_lines_are_taken(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        indicator = next(iter(work.content.active(Indicator)))
        editing.edit_outcome(work.app, indicator.key)
        await work.pilot.pause()
        await paste(work, "86,5\r\n\r\n")
        await work.press("enter")
        stored = work.find(Outcome, f"{indicator.key}/2024/")
        assert isinstance(stored, Outcome)
        assert stored.value == "86,5"
        editing.edit(work.app, indicator, at="source")
        await work.pilot.pause()
        await paste(work, "Kolada,\rjuni\t2024\r")
        assert view_of(work).draft.text("source") == "Kolada, juni 2024"
        view_of(work).go_to("breakdown")
        await paste(work, "Kvinnor\rMän\r")
        assert view_of(work).draft.text("breakdown") == "Kvinnor; Män"


@pytest.mark.thorough
async def test_a_line_feed_is_a_line_end_in_a_note_and_joins_nothing_elsewhere(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        await work.press("f2", "tab", "1", "ctrl+j", "2")
        view_of(work).go_to("description")
        await work.press("ctrl+u", "1", "ctrl+j", "2")
        assert view_of(work).draft.text("description") == "1\n2"
        assert view_of(work).draft.text("likelihood") == "1 2"
        view_of(work).go_to("likelihood")
        assert "är inget heltal" in work.shown


@pytest.mark.thorough
@pytest.mark.parametrize(("field", "most"), [("title", MOST_IN_LONG_TEXT), ("likelihood", MOST_CHARACTERS)])
async def test_what_is_too_long_is_told_and_nothing_of_it_is_put_in(tmp_path: Path, field: str, most: int) -> None:
    async with at_work(program(tmp_path)) as work:
        await work.press("f2")
        view_of(work).go_to(field)
        before = view_of(work).draft.text(field)
        await paste(work, "x" * (most + 1))
        assert "För långt: högst" in work.shown
        assert view_of(work).draft.text(field) == before
        await paste(work, "x" * most)
        assert view_of(work).draft.text(field) == "x" * most
        await work.press("y")
        assert "För långt: högst" in work.shown
        assert view_of(work).draft.text(field) == "x" * most


texts = st.text(st.sampled_from("ab å\N{CJK UNIFIED IDEOGRAPH-4E00}\N{COMBINING ACUTE ACCENT}\n"), max_size=60)


@given(texts, st.integers(1, 15))
def test_lines_are_broken_within_their_width_and_lose_nothing(text: str, width: int) -> None:
    lines = break_lines(text, width)
    assert "".join(text[each.start : each.end] for each in lines) == text.replace("\n", "")


def test_a_long_text_is_broken_with_work_that_grows_as_the_text_does() -> None:
    counts = []
    for length in (5_000, 20_000):
        count = 0

        def counted(text: str) -> int:
            nonlocal count
            count += len(text)
            return width_of(text)

        with patch.object(written_lines, "width_of", counted):
            break_lines(("på en rad med ord " * length)[:length], 50)
        counts.append(count)
    assert counts[1] < 5 * counts[0]


# Days


@pytest.mark.thorough
async def test_a_day_is_read_while_it_is_typed_and_stored_in_one_way(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="measures")) as work:
        measure = next(iter(work.content.active(Measure)))
        for typed, day in (
            ("30 juni", date(2025, 6, 30)),
            ("1/11", date(2024, 11, 1)),
            ("30/6 2027", date(2027, 6, 30)),
            ("2027-07-01", date(2027, 7, 1)),
        ):
            current = work.find(Measure, measure.key)
            editing.edit(work.app, current, at="due")
            await work.pilot.pause()
            await work.type(typed)
            assert f"Läses som {day.day} " in work.shown
            await work.press("enter")
            stored = work.find(Measure, measure.key)
            assert isinstance(stored, Measure)
            assert stored.due == day


@pytest.mark.thorough
async def test_what_is_no_day_stays_with_what_was_expected(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="measures")) as work:
        measure = next(iter(work.content.active(Measure)))
        editing.edit(work.app, measure, at="due")
        await work.pilot.pause()
        await work.type("05-06-2027")
        await work.press("enter")
        assert "är ingen dag: skriv" in work.shown
        assert view_of(work).draft.text("due") == "05-06-2027"
        await work.type("1 maj 2025")
        assert view_of(work).draft.text("due") == "1 maj 2025"
        assert Kind.MEASURE in FORMS
