"""Choices are typed: the word written out, an unambiguous beginning and any part of it that nothing else has.

What is chosen from is found by walking: every form, the settings, the questions and the dialogs of a running program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events

from kvaltui.exchange.starter import read_starter, starter_plans
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.quality_work import Assignment, AssignmentStatus, Measure, MeasureStatus, Risk
from kvaltui.model.status import Status
from kvaltui.model.structure import Area
from kvaltui.tui import rounds
from kvaltui.tui.forms import editing
from kvaltui.tui.forms.chooser import Chooser
from kvaltui.tui.forms.draft import FormDraft, blank
from kvaltui.tui.forms.fields import FORMS, REASSESSMENT, Form, FormField
from kvaltui.tui.forms.form_view import FormView
from kvaltui.tui.screens.history import HistoryScreen
from kvaltui.tui.screens.measures_dialog import choose_status
from kvaltui.tui.screens.picker import ChoiceView, Picker
from kvaltui.tui.settings_form import SettingsForm
from kvaltui.work.choosing import fitting, is_called, plain
from kvaltui.work.controls import CHOSEN_SEPARATOR, Option
from tests.sampled import sampled
from tests.tui.work import HUDDINGE, LINKOPING, NACKA, Work, at_work, program

PLANS = [starter.key for starter in starter_plans()]
ALL_FORMS = [*FORMS.values(), REASSESSMENT]


def choices_in(content: PlanContent) -> Iterator[tuple[Form, FormField, Sequence[Option]]]:
    """The fields of all forms in which one chooses, with what there is to choose from; once for each way to choose."""
    seen = set()
    for form in ALL_FORMS:
        for field in form.fields:
            options = tuple(field.control.options(content))
            if field.control.is_chosen and (options, field.control.takes_several) not in seen:
                seen.add((options, field.control.takes_several))
                yield form, field, options


def beginnings(options: Sequence[Option], of: Option) -> Iterator[str]:
    """The beginnings of a name that no other name has."""
    others = f"\n{_others(options, of)}"
    for length in range(1, len(of.name)):
        begun = of.name[:length]
        if not begun.endswith(" ") and f"\n{plain(begun)}" not in others:
            yield begun


def parts(options: Sequence[Option], of: Option) -> Iterator[str]:
    """The shortest part at each place of a name that no other name has anywhere."""
    others = _others(options, of)
    for start in range(len(of.name)):
        for end in range(start + 1, len(of.name) + 1):
            part = of.name[start:end]
            if part == part.strip() and plain(part) not in others:
                yield part
                break


def _others(options: Sequence[Option], of: Option) -> str:
    """The names of the other options, a line each."""
    return "\n".join(plain(each.name) for each in options if each is not of)


# The rule


@pytest.mark.thorough
@pytest.mark.parametrize("plan", sampled(PLANS, keep=1))
def test_every_option_of_every_form_is_chosen_by_its_word_its_beginnings_and_its_parts(plan: str) -> None:
    content = read_starter(plan)
    count = 0
    for _form, field, options in choices_in(content):
        assert len({plain(each.name) for each in options}) == len(options), field.name
        called = [(each.label, each.name) for each in options]
        for option in options:
            for typed in (option.name, option.name.upper(), *beginnings(options, option), *parts(options, option)):
                assert options[fitting(called, typed)[0]] is option, (field.name, typed)
                count += 1
    assert count > 500


names = st.lists(st.text("abå E-", min_size=1, max_size=6).filter(str.strip), min_size=1, max_size=8)


@given(names, st.data())
def test_a_name_written_out_is_always_first(called: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(called))
    found = fitting([(each,) for each in called], name)
    assert is_called(called[found[0]], name)


@given(names, st.text("abå E-", min_size=1, max_size=3).filter(str.strip))
def test_what_is_shown_is_what_contains_what_is_typed(called: list[str], typed: str) -> None:
    found = fitting([(each,) for each in called], typed)
    assert sorted(found) == [at for at, each in enumerate(called) if plain(typed) in plain(each).strip()] or any(
        is_called(called[at], typed) for at in found
    )


# Through the fields


class Typist:
    """Keys for a field, as a person presses them; what is chosen stands in the draft."""

    def __init__(self, form: Form, content: PlanContent, field: FormField) -> None:
        self.draft = FormDraft(form, lambda: content, blank(form.kind, {}))
        self.draft._texts[field.name] = ""
        self.view = FormView(self.draft, field.name)
        self.view._field = self.draft.fields.index(field)
        self.view._open_field()
        self.view.lay_out = lambda: None  # type: ignore[method-assign]
        self.view.post_message = lambda message: message is not None  # type: ignore[method-assign]
        self.field = field

    def type(self, text: str) -> None:
        for character in text:
            self.view._press(events.Key({" ": "space"}.get(character, character), character))

    def press(self, key: str) -> None:
        self.view._press(events.Key(key, None))

    @property
    def text(self) -> str:
        return self.draft.text(self.field.name)


@pytest.mark.thorough
@pytest.mark.parametrize("plan", sampled([HUDDINGE, LINKOPING, NACKA], keep=1))
def test_every_option_is_typed_key_by_key_in_its_field_and_taken_by_enter(plan: str) -> None:
    content = read_starter(plan)
    count = 0
    for form, field, options in choices_in(content):
        for option in options:
            some = [*islice(beginnings(options, option), 1), *islice(parts(options, option), 2)]
            for typed in (option.name, *some):
                typist = Typist(form, content, field)
                typist.type(typed)
                typist.press("enter")
                assert (typist.text, typist.view.is_choosing) == (option.value, False), (field.name, typed)
                count += 1
    assert count > 200


def typist_of(kind: Kind, name: str) -> Typist:
    form = FORMS[kind]
    field = form.field(name)
    assert field is not None
    return Typist(form, read_starter(HUDDINGE), field)


def test_backspace_widens_the_list_again_and_escape_leaves_the_value() -> None:
    typist = typist_of(Kind.MEASURE, "status")
    typist.draft.write("status", MeasureStatus.DONE.value)
    typist.type("pågx")
    assert typist.view._chooser is not None
    assert typist.view._chooser.shown == []
    typist.press("enter")
    typist.press("tab")
    assert (typist.view._chooser.typed, typist.text) == ("pågx", "done")
    typist.press("backspace")
    assert [each.value for each in typist.view._chooser.shown] == ["ongoing"]
    for _letter in "påg":
        typist.press("backspace")
    assert len(typist.view._chooser.shown) == len(MeasureStatus)
    assert typist.view._chooser.marked is not None
    assert typist.view._chooser.marked.value == "done"
    typist.press("escape")
    assert (typist.view.is_choosing, typist.text) == (False, "done")


def test_several_are_typed_one_after_the_other_and_escape_leaves_them_as_they_were() -> None:
    typist = typist_of(Kind.MEASURE, "self_checks")
    first, second = typist.field.control.options(typist.draft.content)[:2]
    typist.type(first.name)
    assert typist.view._chooser is not None
    typist.press("down")
    typist.press("up")
    typist.type(" ")
    typist.type(second.name)
    typist.press("enter")
    assert typist.text == CHOSEN_SEPARATOR.join((first.value, second.value))
    typist.type(first.name)
    typist.press("down")
    typist.type(" ")
    typist.press("escape")
    assert typist.text == CHOSEN_SEPARATOR.join((first.value, second.value))


def test_those_that_are_called_the_same_are_told_apart_and_never_chosen_by_luck() -> None:
    options = [Option("a", "Stöd", "a"), Option("b", "Stöd", "b"), Option("c", "Stöd till vuxna")]
    chooser = Chooser.open(options, "", takes_several=False, typed="stöd")
    assert [each.value for each in chooser.shown] == ["a", "b", "c"]
    assert not chooser.finish()
    chooser.move(1)
    assert chooser.finish()
    assert chooser.text == "b"
    written_out = Chooser.open(options, "", takes_several=False, typed="stöd (b)")
    assert written_out.finish()
    assert written_out.text == "b"


words = st.text("abå E", min_size=1, max_size=8).filter(str.strip)


@pytest.mark.thorough
@settings(max_examples=200)
@given(st.lists(words, min_size=1, max_size=6), st.booleans(), st.lists(st.sampled_from("abåE \n^<v*"), max_size=12))
def test_any_keys_in_a_list_leave_it_on_its_options(called: list[str], several: bool, keys: list[str]) -> None:
    options = [Option(str(at), name) for at, name in enumerate(called)]
    chooser = Chooser.open(options, "", takes_several=several)
    doing: dict[str, Callable[[], object]] = {
        "\n": chooser.finish,
        "<": chooser.erase,
        "^": lambda: chooser.move(-1),
        "v": lambda: chooser.move(1),
        "*": chooser.turn,
    }
    for key in keys:
        if key in doing:
            doing[key]()
        elif key != " " or chooser.takes_space():
            chooser.type(key)
        assert chooser.marked in chooser.shown or (chooser.marked is None and not chooser.shown)
        assert set(chooser.text.split(CHOSEN_SEPARATOR)) <= {"", *(each.value for each in options)}


# In the running program


@pytest.mark.thorough
async def test_words_with_spaces_are_typed_in_the_forms_of_the_program(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        for status in Status:
            editing.assess(work.app, Reference(Kind.AREA, "vuxna"))
            await work.pilot.pause()
            view = work.app.screen.query_one(FormView)
            label = next(each.label for each in view.field.control.options(work.content) if each.value == status.value)
            await work.type(label)
            assert "›" + label in work.shown
            await work.press("enter")
            assert work.app.screen.query_one(FormView).draft.text("status") == status.value
            await work.press("escape", "escape")


async def test_a_paste_narrows_the_list_and_nothing_that_fits_is_told(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        editing.assess(work.app, Reference(Kind.AREA, "vuxna"))
        await work.pilot.pause()
        work.app.screen.query_one(FormView).post_message(events.Paste("Ej uppnått\r\n"))
        await work.pilot.pause()
        assert "›Ej uppnått" in work.shown
        await work.press("x", "enter")
        assert "Inget av valen heter så" in work.shown
        assert "Ej uppnåttx" in work.shown
        await work.press("backspace", "enter")
        assert work.app.screen.query_one(FormView).draft.text("status") == Status.NOT_ACHIEVED.value


@pytest.mark.thorough
async def test_areas_of_one_name_are_shown_with_their_keys(tmp_path: Path) -> None:
    also: list[AnyEntity] = [Area(key="boende", name="Stöd"), Area(key="boende-2", name="Stöd", parent="vuxna")]
    async with at_work(program(tmp_path, also=also)) as work:
        await work.press("f2")
        work.app.screen.query_one(FormView).go_to("area")
        await work.type("stöd")
        assert "›Stöd (boende)" in work.shown or "›Stöd (boende-2)" in work.shown
        await work.press("enter")
        assert "Flera heter så" in work.shown
        await work.press("down", "up", "enter", "enter")
        assert {risk.area for risk in work.content.active(Risk)} & {"boende", "boende-2"}


@dataclass(frozen=True)
class Place:
    """A place where words are chosen from, and how it is opened."""

    mode: str
    open: Callable[[Work], object]


def status_of(kind: type[Measure] | type[Assignment]) -> Callable[[Work], object]:
    return lambda work: choose_status(work.app, next(iter(work.content.active(kind))))


PICKERS = {
    "measure status": Place("measures", status_of(Measure)),
    "sort": Place("indicators", lambda work: work.app.screen.action_sort()),  # type: ignore[attr-defined]
    "filter of areas": Place("areas", lambda work: work.app.screen.action_filter()),  # type: ignore[attr-defined]
    "filter of risks": Place("risks", lambda work: work.app.screen.action_filter()),  # type: ignore[attr-defined]
    "new in areas": Place("areas", lambda work: work.app.screen.action_add()),  # type: ignore[attr-defined]
    "new measure": Place("measures", lambda work: work.app.screen.action_add()),  # type: ignore[attr-defined]
    "plan": Place("risks", lambda work: work.app.action_choose_plan()),
    "period": Place("risks", lambda work: work.app.action_choose_period()),
}


@pytest.mark.thorough
@pytest.mark.parametrize("name", sampled(PICKERS, keep=2))
async def test_every_choice_of_a_dialog_is_typed(tmp_path: Path, name: str) -> None:
    place = PICKERS[name]
    async with at_work(program(tmp_path, mode=place.mode)) as work:
        place.open(work)
        await work.pilot.pause()
        assert isinstance(work.app.screen, Picker)
        view = work.app.screen.query_one(ChoiceView)
        all_choices = view._all
        options = [Option(each.value, each.label) for each in all_choices]
        for choice in all_choices:
            await work.type(choice.label.strip())
            assert view.row is choice, choice.label
            assert f"› {choice.mark}{choice.label.strip()}"[:20] in "\n".join(work.lines).replace("›   ", "› ")
            await work.press("ctrl+u")
            for part in parts(options, options[all_choices.index(choice)]):
                view._insert(part)
                assert view.row is choice or plain(part) in plain(choice.detail), part
                await work.press("ctrl+u")
        await work.type("xyzzy")
        assert "Inget matchar" in work.shown or "Inget" in work.shown
        await work.press("enter")
        assert isinstance(work.app.screen, Picker)
        await work.press("escape")


@pytest.mark.thorough
async def test_a_status_is_chosen_by_its_word_in_the_work_list(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="measures")) as work:
        assignment = next(iter(work.content.active(Assignment)))
        for status, label in ((AssignmentStatus.ONGOING, "Pågår"), (AssignmentStatus.NOT_STARTED, "Ej påbörjat")):
            choose_status(work.app, work.find(Assignment, assignment.key))  # type: ignore[arg-type]
            await work.pilot.pause()
            await work.type(label)
            await work.press("enter")
            stored = work.find(Assignment, assignment.key)
            assert isinstance(stored, Assignment)
            assert stored.status is status


@pytest.mark.thorough
async def test_every_choice_of_the_settings_and_of_the_questions_is_typed(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="settings")) as work:
        form: SettingsForm = work.app.screen.settings_form  # type: ignore[attr-defined]
        await type_every_option(work, form.fields)
    (tmp_path / "more").mkdir()
    async with at_work(program(tmp_path / "more", mode="history")) as work:
        assert isinstance(work.app.screen, HistoryScreen)
        work.app.screen.action_filter()
        await work.pilot.pause()
        await type_every_option(work, work.app.screen.query_one(FormView).draft.fields)
        await work.press("escape", "escape")
        rounds.new_period(work.app)
        await work.pilot.pause()
        await type_every_option(work, work.app.screen.query_one(FormView).draft.fields)


async def type_every_option(work: Work, fields: Sequence[FormField]) -> None:
    view = work.app.screen.query_one(FormView)
    for field in fields:
        if not field.control.is_chosen:
            continue
        for option in field.control.options(work.content):
            view.go_to(field.name)
            for character in option.name:
                view.take(events.Key({" ": "space"}.get(character, character), character))
            view.take(events.Key("enter", "\r"))
            await work.pilot.pause()
            assert (view.draft.text(field.name), view.is_choosing) == (option.value, False), option.name
