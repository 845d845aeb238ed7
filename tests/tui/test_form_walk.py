"""The way through every form: six fields at the most at first, the others behind a line that names them.

Every form of every kind of thing is walked, with keys alone and in windows of three sizes, so that one that is added
tomorrow is walked as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events

from kvaltui.exchange.starter import read_starter
from kvaltui.i18n import install
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.reporting import TargetValue
from kvaltui.model.structure import Area, Goal, Indicator
from kvaltui.tui.forms import editing
from kvaltui.tui.forms.draft import FormDraft
from kvaltui.tui.forms.fields import FORMS, MOST_THAT_MATTER, REASSESSMENT, Form
from kvaltui.tui.forms.form_lines import FormLines
from kvaltui.tui.forms.form_screen import FormScreen
from kvaltui.tui.forms.form_view import FormView
from kvaltui.tui.forms.walk import Walk
from kvaltui.tui.terminal.drawing import width_of
from kvaltui.tui.terminal.theme import Paint
from tests.sampled import sampled
from tests.tui.work import HUDDINGE, LINKOPING, NARROW, WIDE, Work, at_work, program

ALL_FORMS = [*FORMS.values(), REASSESSMENT]
SIZES = [(40, 10), NARROW, WIDE]
YEAR = Period(2024)
MARGIN = 12
EXAMPLE = re.compile("such as|till exempel|: |%", re.IGNORECASE)
ROLE = "enhetschef boende"


def called(form: Form) -> str:
    return "reassessment" if form is REASSESSMENT else form.kind.value


each_form = pytest.mark.parametrize("form", ALL_FORMS, ids=called)


def is_open(work: Work) -> bool:
    return isinstance(work.app.screen, FormScreen)


def view_of(work: Work) -> FormView:
    return work.app.screen.query_one(FormView)


# What forms say


@each_form
def test_at_most_six_fields_matter_and_the_first_names_the_thing(form: Form) -> None:
    assert 1 <= form.matter <= MOST_THAT_MATTER
    assert not any(each.heading for each in form.fields[: form.matter])
    if form.key_field:
        assert form.key_field not in [each.name for each in form.fields[: form.matter]]
        assert form.fields[0].name in ("name", "title")


@each_form
def test_what_does_not_matter_stands_under_a_heading(form: Form) -> None:
    more = form.fields[form.matter :]
    headings = [each.heading for each in more if each.heading]
    assert len(headings) == len(set(headings))
    assert not more or more[0].heading


@pytest.mark.parametrize("language", ["sv", "en"])
@each_form
def test_every_field_has_help_of_its_own_with_an_example(form: Form, language: Any) -> None:
    install(language)
    for field in form.fields:
        told = field.explanation
        assert len(told) > len(field.label) + 8, field.name
        assert told.rstrip(".").casefold() != field.label.casefold(), field.name
        assert EXAMPLE.search(told), (field.name, told)


@each_form
def test_labels_are_words_that_fit_their_margin_and_are_told_apart(form: Form) -> None:
    install("sv")
    labels = [each.label for each in form.fields]
    assert len(set(labels)) == len(labels)
    for label in labels:
        assert width_of(label) <= MARGIN, label
        assert "_" not in label, label


# The order of the keys


class Keys:
    """A form and its keys, without a window."""

    def __init__(self, draft: FormDraft) -> None:
        self.draft = draft
        self.view = FormView(draft)
        self.sent: list[str] = []
        drawn = FormLines(draft, lambda _surface: Paint.__new__(Paint), 80)
        self.view.lay_out = lambda: None  # type: ignore[method-assign]
        self.view._drawn = lambda: drawn  # type: ignore[method-assign]
        self.view.post_message = self._note  # type: ignore[method-assign]

    def _note(self, message: object) -> bool:
        self.sent.append(type(message).__name__)
        return True

    def press(self, *keys: str) -> None:
        for key in keys:
            self.view._press(events.Key(key, None))

    def type(self, text: str) -> None:
        for character in text:
            self.view._press(events.Key({" ": "space"}.get(character, character), character))

    @property
    def at(self) -> str:
        return "+" if self.view.is_at_more else self.view.field.name


def new(form: Form, content: PlanContent) -> FormDraft:
    given = {"period": YEAR} if form.field("period") is not None else {}
    return FormDraft(form, lambda: content, None, given, period=YEAR)


@pytest.fixture(scope="module")
def huddinge() -> PlanContent:
    return read_starter(HUDDINGE)


@each_form
def test_tab_goes_through_what_matters_to_the_line_and_round_and_back(form: Form, huddinge: PlanContent) -> None:
    keys = Keys(new(form, huddinge))
    names = [each.name for each in keys.draft.fields[: form.matter]]
    stops = [*names, *(["+"] if len(keys.draft.fields) > form.matter else [])]
    seen = []
    for _stop in range(len(stops) + 1):
        seen.append(keys.at)
        keys.press("tab")
    assert seen == [*stops, stops[0]]
    keys.view.go_to(names[0])
    keys.press("shift+tab")
    assert keys.at == stops[-1]


@pytest.mark.parametrize("key", ["enter", "space", "right", "f2"])
@each_form
def test_one_key_on_the_line_opens_it_and_every_field_is_reached(form: Form, key: str, huddinge: PlanContent) -> None:
    keys = Keys(new(form, huddinge))
    if len(keys.draft.fields) == keys.draft.matter:
        return
    keys.press("pagedown", "left", "backspace", "delete")
    assert keys.at == "+"
    keys.press(key)
    assert keys.at == keys.draft.fields[keys.draft.matter].name
    assert "Submitted" not in keys.sent
    seen = set()
    for _field in keys.draft.fields:
        seen.add(keys.at)
        keys.press("tab")
    assert seen == {each.name for each in keys.draft.fields}


@each_form
def test_every_field_behind_the_line_is_found_by_its_name(form: Form, huddinge: PlanContent) -> None:
    for field in form.fields[form.matter :]:
        keys = Keys(new(form, huddinge))
        keys.press("pagedown")
        keys.type(field.label)
        assert keys.draft.changed == {}
        keys.press("enter")
        assert keys.at == field.name
        keys.press("escape")
        assert keys.sent[-1] == "Dropped"


def test_what_no_field_is_called_leaves_the_line_as_it_was(huddinge: PlanContent) -> None:
    keys = Keys(new(FORMS[Kind.INDICATOR], huddinge))
    keys.press("pagedown")
    keys.type("xyz")
    keys.press("enter", "tab")
    assert (keys.at, keys.view.is_choosing) == ("+", True)
    keys.press("escape")
    assert (keys.at, keys.view.is_choosing) == ("+", False)
    assert keys.draft.changed == {}


def refusals(form: Form) -> Iterator[str]:
    """The fields behind the line that can be left wrong: what is asked for, and the key."""
    for field in form.fields[form.matter :]:
        if field.is_required or field.name == form.key_field:
            yield field.name


@each_form
def test_a_refusal_behind_the_line_opens_it_and_stands_there(form: Form, huddinge: PlanContent) -> None:
    for name in refusals(form):
        draft = new(form, huddinge)
        draft._texts[name] = "" if name != form.key_field else "Inte en nyckel!"
        draft._has_own_key = name == form.key_field
        view = FormView(draft)
        assert name in draft.errors
        view.lay_out = lambda: None  # type: ignore[method-assign]
        assert view.go_to_first({name})
        assert (view.field.name, view._walk.is_open) == (name, True)


# What is said of those behind the line


def test_those_that_say_something_are_told_and_those_that_say_the_default_are_not(huddinge: PlanContent) -> None:
    indicator = next(iter(huddinge.active(Indicator)))
    draft = FormDraft(FORMS[Kind.INDICATOR], lambda: huddinge, indicator, period=YEAR)
    told = {each.name for each in Walk(draft).filled_in}
    blank = FormDraft(FORMS[Kind.INDICATOR], lambda: huddinge, None, period=YEAR)
    assert Walk(blank).filled_in == []
    assert told == {
        each.name
        for each in draft.fields[draft.matter :]
        if each.name != "key" and draft.text(each.name) != blank.text(each.name)
    }
    assert told


TYPED = st.text(st.sampled_from("abå 1,5;[]\N{CJK UNIFIED IDEOGRAPH-4E00}"), max_size=12)
KEYS = st.sampled_from(["tab", "shift+tab", "down", "up", "pageup", "pagedown", "right", "left"])


@pytest.mark.thorough
@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ALL_FORMS), st.data())
def test_what_is_typed_is_never_lost_wherever_the_keys_go_afterwards(form: Form, data: st.DataObject) -> None:
    keys = Keys(new(form, read_starter(HUDDINGE)))
    written: dict[str, str] = {}
    for _field in range(data.draw(st.integers(1, 4))):
        name = data.draw(st.sampled_from([each.name for each in keys.draft.fields if not each.control.is_chosen]))
        text = data.draw(TYPED)
        keys.view.go_to(name)
        keys.press("ctrl+u")
        keys.type(text)
        written[name] = text
        follows = {form.key_field} if name == form.key_from else set()
        follows |= {"level"} if name in ("likelihood", "consequence") else set()
        written = {each: said for each, said in written.items() if each not in follows or each == name}
        keys.press(*data.draw(st.lists(KEYS.filter(lambda key: key not in ("left", "right")), max_size=8)))
        if keys.view.is_at_more:
            keys.press(data.draw(st.sampled_from(["enter", "space", "right", "escape"])))
    assert {name: keys.draft.text(name) for name in written} == written
    assert {each.strip() for each in written.values()} - {""} <= {*keys.view.half_typed()}


# In the running program


def fitting_plan(form: Form) -> str:
    return LINKOPING if form.kind in (Kind.ECONOMY_ROW, Kind.ECONOMY_TABLE, Kind.ASSIGNMENT, Kind.TARGET) else HUDDINGE


@pytest.mark.thorough
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("form", sampled(list(FORMS.values()), keep=4), ids=called)
async def test_every_field_of_every_form_is_seen_where_the_caret_is(
    form: Form, size: tuple[int, int], tmp_path: Path
) -> None:
    async with at_work(program(tmp_path, fitting_plan(form)), size) as work:
        if form.kind is Kind.ASSESSMENT:
            editing.assess(work.app, Reference(Kind.AREA, "vuxna"))
        else:
            editing.create(work.app, form.kind)
        await work.pilot.pause()
        view = view_of(work)
        seen = []
        for _field in range(len(view.draft.fields) + 2):
            marked = [line for line in work.lines if "›" in line[-(size[0] if size[0] < 120 else 40) :]]
            assert len(marked) == 1, work.lines
            seen.append("+" if view.is_at_more else view.field.name)
            label = "+ mer" if view.is_at_more else view.field.label
            assert f"›{label}" in marked[0]
            if view.is_at_more:
                assert sum(1 for each in seen if each != "+") <= MOST_THAT_MATTER
                await work.press("enter")
            else:
                await work.press("tab")
        assert {*seen} - {"+"} == {each.name for each in view.draft.fields if not view.draft.is_fixed(each)}
        await work.press("escape")
        assert not is_open(work)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_refusal_shows_the_hidden_field_with_its_reason(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(program(tmp_path), size) as work:
        editing.create(work.app, Kind.AREA)
        await work.pilot.pause()
        await work.type("Boende")
        await work.press("pagedown")
        await work.type("nyck")
        await work.press("enter")
        await work.type("Inte så!")
        await work.press("pageup", "enter")
        assert is_open(work)
        assert view_of(work).field.name == "key"
        assert "kan inte vara nyckel" in " ".join(work.shown.split())
        await work.press("ctrl+u")
        await work.type("vuxna")
        await work.press("enter")
        assert "är redan upptagen" in " ".join(work.shown.split())
        await work.press("ctrl+u")
        await work.type("boendet")
        await work.press("enter")
        assert not is_open(work)
        assert isinstance(work.find(Area, "boendet"), Area)


async def test_the_key_is_shown_while_the_name_is_typed(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        editing.create(work.app, Kind.GOAL)
        await work.pilot.pause()
        await work.type("Alla är trygga")
        assert "Nyckel (ändras under mer): alla-ar-trygga" in work.shown
        await work.press("enter")
        editing.edit(work.app, work.find(Goal, "alla-ar-trygga"))
        await work.pilot.pause()
        await work.type("Alla trivs")
        assert "Nyckel (" not in work.shown
        await work.press("enter")
        goal = work.find(Goal, "alla-ar-trygga")
        assert isinstance(goal, Goal)
        assert goal.name == "Alla trivs"


# An indicator with the six that matter


async def test_an_indicator_is_made_with_its_target_in_one_form(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        editing.create(work.app, Kind.INDICATOR, area="vuxna")
        await work.pilot.pause()
        before = work.content.position
        for text in ("Trygga i boendet", "minst 90 %", "%"):
            await work.type(text)
            await work.press("tab")
        await work.press("tab", "tab")
        await work.type(ROLE)
        await work.press("enter")
        assert not is_open(work)
        indicator = work.find(Indicator, "trygga-i-boendet")
        assert isinstance(indicator, Indicator)
        assert (indicator.unit, indicator.responsible, indicator.area) == ("%", ROLE, "vuxna")
        target = work.content.target("trygga-i-boendet", YEAR)
        assert target is not None
        assert target.value == "minst 90 %"
        await work.press("ctrl+z")
        undone = work.content.target("trygga-i-boendet", YEAR)
        assert undone is None or not undone.value
        assert work.find(Indicator, "trygga-i-boendet").retired
        assert before < work.content.position


async def test_a_target_that_cannot_be_read_is_refused_in_the_form_and_the_rest_stays(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        indicator = next(iter(work.content.active(Indicator)))
        editing.edit(work.app, indicator, at="target")
        await work.pilot.pause()
        await work.type("12.500")
        await work.press("enter")
        assert is_open(work)
        assert view_of(work).field.name == "target"
        assert work.content.target(indicator.key, YEAR) is None
        await work.press("ctrl+u")
        await work.type("minst 95")
        assert "Läses som" in work.shown
        await work.press("enter")
        target = work.find(TargetValue, f"{indicator.key}/2024/")
        assert isinstance(target, TargetValue)
        assert target.value == "minst 95"
        assert work.find(Indicator, indicator.key) == indicator


def test_an_indicator_follows_its_goal_until_its_area_is_written() -> None:
    content = read_starter(LINKOPING)
    goals = [each for each in content.active(Goal) if each.area]
    first, other = next((one, two) for one, two in pairwise(goals) if one.area != two.area)
    draft = FormDraft(FORMS[Kind.INDICATOR], lambda: content, None, {"area": ""}, period=YEAR)
    draft.write("goal", first.key)
    assert draft.text("area") == first.area
    draft.write("goal", other.key)
    assert draft.text("area") == other.area
    draft.write("area", first.area)
    draft.write("goal", first.key)
    draft.write("goal", other.key)
    assert draft.text("area") == first.area


# Words that the plan has


async def test_a_word_that_the_plan_has_is_proposed_and_another_can_be_written(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        indicator = next(iter(work.content.active(Indicator)))
        editing.edit(work.app, indicator, at="unit")
        await work.pilot.pause()
        await work.type("d")
        assert "2 av" in work.shown
        assert "dagar" in work.shown
        await work.press("down", "enter")
        assert view_of(work).draft.text("unit") == "dagar"
        assert is_open(work)
        await work.press("tab", "shift+tab")
        await work.type("da")
        await work.press("tab")
        assert view_of(work).draft.text("unit") == "da"
        await work.press("shift+tab")
        await work.type("i")
        await work.press("down", "tab")
        assert view_of(work).draft.text("unit") == "index"


@pytest.mark.parametrize("size", [WIDE, (160, 50), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_list_stays_to_be_seen_beside_the_form(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(program(tmp_path, mode="indicators"), size) as work:
        width = {120: 80, 160: 96, 200: 100}[size[0]]
        before = [line[:width].rstrip() for line in work.lines]
        await work.press("space", "e")
        assert is_open(work)
        after = [line[:width].rstrip() for line in work.lines]
        assert after[2:-1] == before[2:-1]


async def test_without_colours_places_to_write_are_lines_and_an_edge_parts_the_form(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="indicators", theme="ansi"), WIDE) as work:
        await work.press("space", "e")
        form = [line[80:] for line in work.lines[2:-1]]
        assert all(line.startswith("│") for line in form)
        assert sum("____" in line for line in form) >= MOST_THAT_MATTER - 2
        await work.press("tab", "tab", "tab", "v")
        assert "1 av 4" in work.shown
        assert "›Bäst inom ett intervall" in work.shown


@pytest.mark.parametrize("size", [(40, 10), NARROW], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_without_room_beside_the_list_the_form_stands_over_it(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(program(tmp_path, mode="indicators"), size) as work:
        top = work.lines[:2]
        await work.press("space", "e")
        assert is_open(work)
        assert (work.lines[:2] == top) is (size == NARROW)
        assert "Spara" in work.footer
        assert any(line.startswith("›Namn") for line in work.lines)
