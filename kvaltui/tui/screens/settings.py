"""Inställningar: config.toml as a form, with the colours shown while they are chosen."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.strip import Strip

from kvaltui import config, config_file, config_writing, i18n
from kvaltui.config import Config
from kvaltui.i18n import _, say
from kvaltui.model.message import KvaltuiError
from kvaltui.setting import ConfigError
from kvaltui.terminal import shown_encoding, wants_ascii
from kvaltui.tui.forms.form_screen import field_hints
from kvaltui.tui.forms.form_view import FormView
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.settings_form import SettingsForm
from kvaltui.tui.terminal.drawing import cut_middle, show_in
from kvaltui.tui.terminal.theme import fitting_theme
from kvaltui.tui.widgets.chrome import KeyHint, SpeechLine
from kvaltui.tui.widgets.lines import Lines


class FileLine(Lines):
    """Where the settings are written."""

    DEFAULT_CSS = "FileLine { height: 1; }"

    def __init__(self, place: Path, own: Path | None) -> None:
        super().__init__()
        self._place = place
        self._own = own

    def draw(self, y: int, width: int) -> Strip:
        if self._own is None:
            told = _("Written to {file}", file=cut_middle(str(self._place), max(12, width - 20)))
        else:
            each = max(12, (width - 45) // 2)
            places = {"file": cut_middle(str(self._place), each), "own": cut_middle(str(self._own), each)}
            told = _("Written to {file}; user, display and keys to {own}", **places)
        return self.line([("  ", None), (told, self.paint.muted)], width)


class SettingsScreen(PlanScreen):
    """The settings of the program. Enter writes them; what is chosen is shown before that, and Esc takes it back."""

    MODE = "settings"
    KEYS: ClassVar[tuple[str, ...]] = ("help", "palette")

    def compose_body(self) -> ComposeResult:
        self._problem: KvaltuiError | None = None
        try:
            stored = self._in_file()
        except ConfigError as error:
            self._problem = error
            stored = self.program.settings
        self.settings_form = SettingsForm(stored, self.session)
        self._was_changed = False
        own = config.user_config_path() if stored.shared else None
        yield FileLine(self._path, None if own == self._path else own)
        yield FormView(self.settings_form, "display.theme")
        yield SpeechLine()

    @property
    def _path(self) -> Path:
        """The file that the settings are written to: the one they were read from, or the user's own."""
        return place_of_settings(self.program.settings)

    def _in_file(self) -> Config:
        """The settings as they stand in the file now. Raises ConfigError when it cannot be read."""
        return stored_in(self._path)

    @property
    def view(self) -> FormView:
        """The fields."""
        return self.query_one(FormView)

    @property
    def is_half_written(self) -> bool:
        """Whether something is written that is not stored."""
        return self.settings_form.is_changed

    def on_mount(self) -> None:
        self.set_focus(self.view)
        if self._problem is not None:
            self.complain(self._problem)

    def key_hints(self) -> Sequence[KeyHint]:
        bound = super().key_hints()
        leave = _("Take back") if self.settings_form.is_changed else _("Back")
        hints = [
            *(each for each in bound if each.action == "help"),
            *field_hints(self.view, _("Save"), leave),
        ]
        if self.view.is_choosing:
            return hints
        # Space writes here, so the way to every command is another one.
        return [*hints, *(each for each in bound if each.action == "palette")]

    # Writing

    @on(FormView.Written)
    def _preview(self) -> None:
        self.show_keys()
        is_changed = self.settings_form.is_changed
        if is_changed or self._was_changed:
            self._show(self.settings_form.applied_to(self.settings_form.config))
        if is_changed:
            self.speak(_("Shown, but not saved yet"), stays=True)
        elif self._was_changed:
            self.speak("")
        self._was_changed = is_changed

    def _show(self, settings: Config) -> None:
        """Show what can be shown at once: colours, symbols and spacing."""
        app = self.program
        app.is_ascii = wants_ascii(settings, sys.__stdout__, os.environ)
        show_in(shown_encoding(settings, sys.__stdout__, os.environ))
        app.set_class(settings.spacing == "compact", "-compact")
        theme = fitting_theme(settings.theme, os.environ)
        if app.theme != theme:
            app.theme = theme
            self._show_title()
            self.view.lay_out()
            for widget in self.query(Lines):
                widget.refresh()

    def complain(self, error: KvaltuiError) -> None:
        """Say what went wrong; the whole path of the file stands above already, and the reason has to be seen."""
        self.speak(say(error.message).replace(str(self._path), self._path.name), is_problem=True)

    def action_next(self) -> None:
        """Go to the next field."""
        self.view.go_by(1)

    @on(FormView.Submitted)
    async def action_store(self) -> None:
        """Write what has been changed. What cannot be written stays in the form, with the reason."""
        form = self.settings_form
        if self.view.go_to_first(form.errors):
            self.speak(_("Nothing is saved yet: see the marked field"), is_problem=True)
            return
        if not form.is_changed:
            self.speak(_("Nothing has been changed"))
            return
        before = i18n.language()
        try:
            stored = self._in_file()
            settings = form.applied_to(stored)
            if "display.language" in form.changed:
                i18n.install("en" if settings.language == "en" else "sv")
            written = config_writing.write(settings, self._path, say, stored)
        except ConfigError as error:
            i18n.install(before)
            self.complain(error)
            return
        waits = form.waits_for_next_start
        await self.program.use_settings(written)
        await self._begin_anew()
        self.speak_of_saving(_("Some of it holds from the next start of the program.") if waits else "")

    async def _begin_anew(self) -> None:
        """Build the form anew from what stands in the file, on the field where the person was."""
        here = self.view.field.name
        await self.recompose()
        self._until_whole.close()
        self.set_focus(self.view)
        self.view.go_to(here)
        self._show_title()
        self.show_keys()

    @on(FormView.Dropped)
    def action_drop(self) -> None:
        """Take back what has been changed and not saved; where nothing is, go back to where the person came from."""
        if not self.settings_form.is_changed:
            self.program.go_back()
            return
        self.settings_form.take_back()
        self.view.go_to(self.view.field.name)
        self._preview()
        self.speak(_("Everything is as it stands in the file"))


def place_of_settings(settings: Config) -> Path:
    """The file that settings are written to: the one they were read from, or the user's own."""
    return settings.path or config_file.find() or config.user_config_path()


def stored_in(path: Path) -> Config:
    """The settings as they stand in a file now; those that there are without one. Raises ConfigError."""
    return config_file.load(path) if config_file.may_be_there(path) else Config(folder=config.user_data_folder())
