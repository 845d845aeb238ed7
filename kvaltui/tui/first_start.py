"""The first start: nothing is there yet, and a person says what to begin with."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.strip import Strip

from kvaltui.exchange.starter import starter_plans
from kvaltui.i18n import N_, _, say
from kvaltui.model.clean import clean
from kvaltui.model.message import KvaltuiError
from kvaltui.tui.forms.fields import FormField
from kvaltui.tui.forms.questions import Accept, Answers, Questions, ShortQuestion
from kvaltui.tui.screens.picker import Choice, ChoiceView
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.calm_app import CalmApp
from kvaltui.tui.terminal.calm_screen import CalmScreen
from kvaltui.tui.terminal.drawing import cut_middle
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.widgets.chrome import KeyBar, KeyHint, SpeechLine
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.lines import Lines
from kvaltui.work.plan_maker import Beginning

if TYPE_CHECKING:
    from kvaltui.config import Config

FILE, EMPTY = " file", " empty"
"""What is chosen that is no starter plan; no key looks so."""


class Welcome(Lines):
    """What this is and where the figures will be kept."""

    DEFAULT_CSS = "Welcome { height: 4; }"

    def __init__(self, place: str) -> None:
        super().__init__()
        self._place = place

    def draw(self, y: int, width: int) -> Strip:
        paint = self.paint
        told = (
            (_("Welcome to kvaltui"), paint.heading),
            (_("Follow up goals, indicators and risks. Everything is kept on this computer."), paint.text),
            (cut_middle(_("The database: {file}", file=clean(self._place)), width - 2), paint.muted),
        )
        return self.line([(" ", None), told[y] if y < len(told) else ("", None)], width)


class BeginScreen(CalmScreen[None]):
    """The choice of a first plan."""

    BINDINGS = bindings.BEGIN_SCREEN
    CSS_PATH = "first_start.tcss"

    def __init__(self, beginning: Beginning, place: str) -> None:
        super().__init__()
        self._beginning = beginning
        self._place = place
        self._plan = ""

    def compose(self) -> ComposeResult:
        choices = [Choice(each.key, each.title, detail=each.organisation) for each in starter_plans()]
        choices += [Choice(FILE, _("A file of your own (.toml, .kvb) …")), Choice(EMPTY, _("An empty plan …"))]
        yield Welcome(self._place)
        yield ChoiceView(_("What do you want to begin with?"), choices, "nacka-2022")
        yield SpeechLine()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(
            [KeyHint(key_name("enter"), _("Choose"), ""), KeyHint(key_name("escape"), _("Quit"), "app.quit")]
        )

    @on(LineView.Chosen)
    def _begin(self) -> None:
        chosen = self.query_one(ChoiceView).row
        if chosen is None:
            return
        if chosen.value == FILE:
            self._ask(_("A plan file"), Questions([FormField("path", named=N_("Path"))]), self._from_file)
        elif chosen.value == EMPTY:
            period = str(date.today().year)  # noqa: DTZ011 - the reader's own calendar
            questions = Questions(
                [FormField("title", named=N_("Title")), FormField("period", named=N_("Period"))],
                given={"period": period},
            )
            self._ask(_("An empty plan"), questions, self._empty)
        else:
            try:
                self._plan = self._beginning.from_starter(chosen.value)
            except KvaltuiError as error:
                paint = self.query_one(Welcome).paint
                self.query_one(SpeechLine).say([(say(error.message), paint.error)])
            else:
                self.app.exit(self._plan)

    def _ask(self, title: str, questions: Questions, accept: Accept) -> None:
        self.app.push_screen(ShortQuestion(title, questions, accept), self._done)

    def _from_file(self, answers: Answers) -> None:
        self._plan = self._beginning.from_file(answers["path"])

    def _empty(self, answers: Answers) -> None:
        self._plan = self._beginning.empty(answers["title"], answers["period"])

    def _done(self, answers: Answers | None) -> None:
        if answers is not None:
            self.app.exit(self._plan)


class FirstStart(CalmApp[str]):
    """Asks what to begin with; returns the key of the plan, or None when the person leaves."""

    def __init__(self, beginning: Beginning, place: str, settings: Config, *, is_ascii: bool = False) -> None:
        super().__init__(settings, is_ascii=is_ascii)
        self._beginning = beginning
        self._place = place

    def get_default_screen(self) -> BeginScreen:
        return BeginScreen(self._beginning, self._place)
