"""The first start: nothing is there yet, and a person says how to begin, or tries on a row that is thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kvaltui.exchange.starter import starter_plans
from kvaltui.i18n import N_, _, say
from kvaltui.model.clean import clean
from kvaltui.model.message import KvaltuiError
from kvaltui.model.value import replace
from kvaltui.tui.forms.fields import FormField
from kvaltui.tui.forms.questions import Accept, Answers, Questions, ShortQuestion
from kvaltui.tui.screens.picker import Choice, pick
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.calm_app import CalmApp
from kvaltui.tui.terminal.calm_screen import CalmScreen
from kvaltui.tui.terminal.drawing import cut_middle, width_of
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.widgets.chrome import KeyBar, KeyHint, SpeechLine
from kvaltui.tui.widgets.finding import Sought
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.lines import Lines
from kvaltui.tui.widgets.trial_row import TrialRow
from kvaltui.tui.widgets.ways import ToldLine, TopLine, Way, WayList, WayPanel
from kvaltui.work.plan_maker import Beginning, Begun
from kvaltui.work.trial import Trial

if TYPE_CHECKING:
    from kvaltui.config import Config

_FILE, _TEMPLATE, _BUILD, _PASTE, _LOOK = "file", "template", "build", "paste", "look"
_USUAL = "nacka-2022"
"""The template that the cursor stands on at first."""


def ways() -> tuple[Way, ...]:
    """The ways to begin, in their order."""
    templates = starter_plans()
    told = tuple(
        (clean(each.title), _("{areas} areas, {indicators} indicators", areas=each.areas, indicators=each.indicators))
        for each in templates
    )
    return (
        Way(
            _FILE,
            _("Fill in a plan that exists"),
            _("open a file or a folder from a colleague"),
            _("A plan that exists"),
            (
                _("A plan file (.toml), a bundle (.kvb), or the folder where your colleagues' copies lie."),
                _("Its figures and its history come with it."),
            ),
        ),
        Way(
            _TEMPLATE,
            _("Begin with a template"),
            _("{count} finished plans to change", count=len(templates)),
            _("Templates"),
            details=told,
        ),
        Way(
            _BUILD,
            _("Build your own"),
            _("write goals and indicators as in Excel"),
            _("Build your own"),
            (_("Give the plan a name and a period. Then write it row by row, as in a spreadsheet."),),
        ),
        Way(
            _PASTE,
            _("Paste from Excel or Word"),
            _("the plan that you have already, row by row"),
            _("Paste from Excel or Word"),
            (_("Give the plan a name and a period. Then copy the rows there, and paste them here."),),
        ),
        Way(
            _LOOK,
            _("Look around first"),
            _("with invented figures that are thrown away"),
            _("Look around first"),
            (_("An invented plan where you can change anything. All of it is thrown away when you quit."),),
        ),
    )


class BeginScreen(CalmScreen[None]):
    """The choice of a first plan, and below it a row to try on."""

    BINDINGS = bindings.BEGIN_SCREEN
    DEFAULT_CSS = """
    BeginScreen #body { height: 1fr; }
    BeginScreen #list { width: 1fr; }
    BeginScreen.-wide #list { width: 80; }
    BeginScreen WayPanel.-beside { display: none; }
    BeginScreen.-wide WayPanel { display: none; }
    BeginScreen.-wide WayPanel.-beside { display: block; }
    BeginScreen.-short WayPanel, BeginScreen.-low WayPanel { display: none; }
    BeginScreen.-short ToldLine, BeginScreen.-low ToldLine, BeginScreen.-short SpeechLine { display: none; }
    BeginScreen.-short TrialRow { height: 3; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (13, "-low"), (18, "-medium"), (23, "-high")]

    def __init__(self, beginning: Beginning, place: str) -> None:
        super().__init__()
        self._beginning = beginning
        self._place = place
        self._begun = Begun("")
        self._trial = Trial(date.today())  # noqa: DTZ011 - the reader's own calendar

    def compose(self) -> ComposeResult:
        always = _("Everything can be changed later. Kept on this computer: {file}", file=clean(self._place))
        hint = _("Press Tab, and type a figure, for example 86, about 90 or not measured.")
        yield TopLine()
        with Horizontal(id="body"):
            with Vertical(id="list"):
                yield ToldLine(_("Welcome"), _("new on this computer"))
                yield ToldLine()
                yield ToldLine(_("How do you want to begin?"))
                yield WayList(ways(), at=1)
                yield ToldLine()
                yield ToldLine(_("Try to enter a figure"))
                yield TrialRow(self._trial, hint)
            yield WayPanel(always, is_beside=True)
        yield SpeechLine()
        yield WayPanel(cut_middle(always, 78), is_beside=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self._show_whole()

    def _show_whole(self) -> None:
        way_list = self.query_one(WayList)
        self.watch(way_list, "here", self._tell_of_way, init=False)
        self._tell_of_way()
        self.set_focus(way_list)
        self._show_keys()

    def _tell_of_way(self) -> None:
        for panel in self.query(WayPanel):
            panel.show(self.query_one(WayList).row)

    def _show_keys(self) -> None:
        keys = (
            ("menu", _("Menu"), "app.menu"),
            ("enter", _("Go on"), ""),
            ("tab", _("Try"), "switch"),
            ("help", _("Help"), "app.help"),
            ("quit", _("Quit"), "app.quit"),
        )
        app: CalmApp[Begun] = self.app  # type: ignore[assignment]  # it is the only app that has this screen
        self.query_one(KeyBar).show(
            [
                KeyHint(key_name(key) if key in ("enter", "tab") else app.key_of(key), told, action)
                for key, told, action in keys
            ]
        )

    @on(Sought)
    def _tell_sought(self, event: Sought) -> None:
        self.query_one(SpeechLine).say_sought(event.text, is_found=event.is_found)

    def action_switch(self) -> None:
        """Go to the row that one tries on, or back to the ways to begin."""
        row, way_list = self.query_one(TrialRow), self.query_one(WayList)
        self.set_focus(way_list if row.has_focus else row)

    def action_first_minutes(self) -> None:
        """Try more than a figure, step by step."""
        from kvaltui.tui.screens.tour import TourScreen

        self.app.push_screen(TourScreen())

    # Beginning

    @on(LineView.Chosen)
    def _begin(self, event: LineView.Chosen) -> None:
        chosen = self.query_one(WayList).row
        if chosen is None or event.view is not self.query_one(WayList):
            return
        match chosen.key:
            case "file":
                fields = [FormField("path", named=N_("Path"))]
                self._ask(_("A file, or a folder from a colleague"), Questions(fields), self._from_file)
            case "template":
                choices = [Choice(each.key, each.title, detail=each.organisation) for each in starter_plans()]
                pick(self.app, _("Templates"), choices, self._from_template, current=_USUAL)
            case "look":
                self.app.exit(Begun(""))
            case _:
                period = str(date.today().year)  # noqa: DTZ011 - the reader's own calendar
                fields = [FormField("title", named=N_("Title")), FormField("period", named=N_("Period"))]
                self._ask(chosen.heading, Questions(fields, given={"period": period}), self._empty)

    def _from_template(self, key: str) -> None:
        try:
            self._begun = Begun(self._beginning.from_starter(key))
        except KvaltuiError as error:
            self.speak(say(error.message), is_problem=True)
        else:
            self.app.exit(self._begun)

    def _ask(self, title: str, questions: Questions, accept: Accept) -> None:
        self.app.push_screen(ShortQuestion(title, questions, accept), self._done)

    def _from_file(self, answers: Answers) -> None:
        self._begun = Begun(self._beginning.from_file(answers["path"]))

    def _empty(self, answers: Answers) -> None:
        self._begun = Begun(self._beginning.empty(answers["title"], answers["period"]), builds=True)

    def _done(self, answers: Answers | None) -> None:
        if answers is not None:
            self.app.exit(self._begun)

    # How it looks

    def action_choose_language(self) -> None:
        """Ask for the language of the program, and use it from now on."""
        self._choose(_("Language"), "language", ("sv", "en"), self.app.settings.language)  # type: ignore[attr-defined]

    def action_choose_colours(self) -> None:
        """Ask for the colours, and use them from now on."""
        from kvaltui.config import THEMES

        self._choose(_("Colours"), "theme", THEMES, self.app.settings.theme)  # type: ignore[attr-defined]

    def _choose(self, title: str, setting: str, values: Sequence[str], current: str) -> None:
        from kvaltui.tui.settings_form import called

        def use(value: str) -> None:
            self.call_later(self.app.use, setting, value)  # type: ignore[attr-defined]

        pick(self.app, title, [Choice(each, called(each)) for each in values], use, current=current)

    async def build_anew(self) -> None:
        """Show everything in the language and the colours that there are now."""
        await self.recompose()
        self._show_whole()
        for widget in self.query(Lines):
            widget.refresh()

    def speak(self, text: str, *, is_problem: bool = False) -> None:
        """Say something until the next key; what the line has no room for stands whole in the panel."""
        speech = self.query_one(SpeechLine)
        speech.say([(text, speech.paint.error if is_problem else speech.paint.text)], is_passing=True)
        if width_of(text) > self.size.width - 2:
            for panel in self.query(WayPanel):
                panel.show(Way("", "", "", _("That did not work"), (text,)))


class FirstStart(CalmApp[Begun]):
    """Asks how to begin; returns what was chosen, or None when the person leaves. `settings` may be others then."""

    BINDINGS = bindings.FIRST_START

    def __init__(self, beginning: Beginning, place: str, settings: Config, *, is_ascii: bool = False) -> None:
        super().__init__(settings, is_ascii=is_ascii)
        self._beginning = beginning
        self._place = place

    def get_default_screen(self) -> BeginScreen:
        return BeginScreen(self._beginning, self._place)

    def action_menu(self) -> None:
        """Show what can be done besides."""
        from kvaltui.tui.screens.menu import open_menu

        open_menu(self)

    def action_help(self) -> None:
        """Tell of what a person has before them."""
        from kvaltui.tui.screens.help import open_help

        open_help(self)

    def on_next_key(self) -> None:
        if isinstance(self.screen, BeginScreen):
            self.screen.query_one(SpeechLine).on_next_key()

    async def use(self, setting: str, value: str) -> None:
        """Let a setting be another from now on, and write that down."""
        import os

        from kvaltui import config_writing, i18n
        from kvaltui.tui.screens.settings import place_of_settings, stored_in
        from kvaltui.tui.terminal.browser import is_in_browser
        from kvaltui.tui.terminal.theme import fitting_theme

        screen, place = self.screen, place_of_settings(self.settings)
        changed: dict[str, Any] = {setting: value}
        try:
            stored = stored_in(place)
            written = config_writing.write(replace(stored, **changed), place, say, stored)
        except KvaltuiError as error:
            if isinstance(screen, BeginScreen):
                screen.speak(say(error.message), is_problem=True)
            return
        if setting == "language":
            i18n.install("en" if value == "en" else "sv")
        else:
            self.theme = changed[setting] = value if is_in_browser() else fitting_theme(value, os.environ)
        self.settings = replace(self.settings, path=written.path, **changed)
        if isinstance(screen, BeginScreen):
            await screen.build_anew()
