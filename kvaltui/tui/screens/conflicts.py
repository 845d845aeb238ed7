"""Conflicts: the values of a field that was changed on several sides, side by side, and the choice between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual import on
from textual.widget import Widget

from kvaltui.i18n import _, say
from kvaltui.model.clean import clean
from kvaltui.model.entity import Reference
from kvaltui.model.indicator_result import doubts_about
from kvaltui.model.message import KvaltuiError
from kvaltui.model.reporting import Outcome
from kvaltui.status_cells import status_cell
from kvaltui.store.conflicts import Decision, otherwise
from kvaltui.store.state import Codec
from kvaltui.tui.dialog import Dialog, DialogTitle
from kvaltui.tui.forms import editing
from kvaltui.tui.forms.fields import FORMS
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.widgets.chrome import KeyHint
from kvaltui.tui.widgets.conflict_view import ConflictView
from kvaltui.words import capitalised, word
from kvaltui.work.conflict_words import SideInWords, fields_in_words, sides_in_words
from kvaltui.work.controls import Control
from kvaltui.work.naming import kind_and_period, name_of
from kvaltui.work.session import Changes, OpenEntry, PlanSession

if TYPE_CHECKING:
    from kvaltui.tui.program import Program

_WIDTH = 100


def decide_conflicts(app: Program, about: Reference | None = None) -> None:
    """Show the conflicts of the plan, or of one thing, one after the other, to be decided."""
    found = app.session.conflicts(about)
    if not editing.may_change(app):
        return
    if found:
        app.push_screen(ConflictDialog(app.session, about))
    else:
        app.speak(_("Nothing is in conflict."))


class ConflictDialog(Dialog[None]):
    """The conflicts that wait, one at a time; closes when the last one is decided."""

    KEYS = ("back",)
    BINDINGS = bindings.CONFLICT_DIALOG

    def __init__(self, session: PlanSession, about: Reference | None = None) -> None:
        super().__init__("")
        self._about = about
        self._conflicts: tuple[Decision, ...] = ()
        self._at = 0
        self._seen = 0
        self._is_over = False

    def compose_body(self) -> Iterable[Widget]:
        yield ConflictView()

    def on_mount(self) -> None:
        self.program.listeners.add(self, self._hear)
        self.when_free(self._read)
        self.set_focus(self.view)

    @property
    def view(self) -> ConflictView:
        """The values."""
        return self.query_one(ConflictView)

    @property
    def conflict(self) -> Decision:
        """The conflict that shows."""
        return self._conflicts[self._at]

    @property
    def is_half_written(self) -> bool:
        """Whether another value is written that is not stored."""
        return bool(self.view.text)

    def _hear(self, changes: Changes) -> None:
        if self._conflicts and (changes.is_whole or self.conflict.reference in changes.references):
            self.when_free(self._read)

    def _read(self) -> None:
        """Read what is in conflict now, and show the same place in the list; close when nothing is."""
        if self._is_over:
            return  # what was put off until the database is free has come too late
        self._conflicts, self._seen = self.session.conflicts_seen(self._about)
        if not self._conflicts:
            self._is_over = True
            self.dismiss(None)
            return
        self._at = min(self._at, len(self._conflicts) - 1)
        self._show()

    def _show(self) -> None:
        conflict, content = self.conflict, self.session.content
        reference = conflict.reference
        what = f"{kind_and_period(content, reference)}: {name_of(content, reference)}"
        title = self.query_one(DialogTitle)
        title.show(f"{capitalised(fields_in_words(conflict))} – {what}")
        count = len(self._conflicts)
        title.show_aside(_("conflict {number} of {count}", number=self._at + 1, count=count) if count > 1 else "")
        unproved = self.session.unproved([option.side.revision for option in conflict.options])
        cards = [SideInWords(*map(clean, each)) for each in sides_in_words(content, conflict, unproved)]
        self.view.show(cards, takes_text=self._control is not None)
        self.query_one("Vertical").styles.height = self.view.wanted_height(min(_WIDTH, self.app.size.width) - 2) + 6
        self._say_what_follows()

    @property
    def _control(self) -> Control | None:
        """How another value is read; None where only the sides' values can be chosen."""
        conflict = self.conflict
        form = FORMS.get(conflict.reference.kind)
        name = conflict.fields[0]
        field = form.field(name) if form is not None else None
        if field is not None:
            return None if field.control.is_chosen else field.control
        return Control() if isinstance(conflict.options[0].values[name], str) and name in _WRITTEN else None

    def key_hints(self) -> Sequence[KeyHint]:
        hints = [
            KeyHint(key_name("enter"), _("Let this hold"), "decide"),
            KeyHint(key_name("tab"), _("Choose"), ""),
            KeyHint(key_name("escape"), _("Back"), "leave"),
        ]
        if len(self._conflicts) > 1:
            hints.append(KeyHint(key_name("pagedown"), _("Next conflict"), "turn(1)"))
        return hints

    # Deciding

    def _values(self) -> Mapping[str, Any]:
        """What is chosen or written, as the journal keeps it. Raises KvaltuiError for what cannot be read."""
        conflict, side, control = self.conflict, self.view.side, self._control
        if side is not None:
            return conflict.options[side].values
        assert control is not None
        codec = Codec.of(conflict.reference.kind)
        entity = self.session.content.find(conflict.reference)
        assert entity is not None
        name = conflict.fields[0]
        written = control.on(self.session.today).read(self.view.text)
        return otherwise(
            entity, conflict, name, codec.state(codec.entity({**codec.state(entity), name: written}))[name]
        )

    @on(ConflictView.Changed)
    def _say_what_follows(self) -> None:
        """Say what the chosen figure would mean, and what is wrong with a written one."""
        if self.view.problem is not None:
            self.speak(say(self.view.problem), is_problem=True)
            return
        try:
            self.speak(self._consequence())
        except KvaltuiError as error:
            self.complain(error)

    def _consequence(self) -> str:
        conflict = self.conflict
        values = self._values()
        outcome = self.session.content.find(conflict.reference)
        if not isinstance(outcome, Outcome) or "value" not in values or outcome.period != self.session.period:
            return ""
        judged = self.session.preview(OpenEntry(outcome, self._seen), values["value"])
        shown = status_cell(judged.status, ascii=self.program.is_ascii, expected=self.session.is_expected)
        doubts = ", ".join(word(doubt) for doubt in doubts_about(judged, outcome.part))
        return f"{shown}{f' ! {doubts}' if doubts else ''}: {clean(say(judged.verdict.reason))}"

    @on(ConflictView.Decided)
    def action_decide(self) -> None:
        """Let the chosen value hold; what will not do stays, with the reason."""
        if self.view.side is None and not self.view.text:
            self.speak(_("Type a value, or choose one of those above"), is_problem=True)
            return
        conflict = self.conflict
        try:
            self.session.resolve(conflict, self._values(), seen=self._seen)
        except KvaltuiError as error:
            self.complain(error)
            return
        told = _("Decided: {name}", name=name_of(self.session.content, conflict.reference))
        self.when_free(lambda: self._go_on(conflict, told))

    def _go_on(self, conflict: Decision, told: str) -> None:
        """Show what is left to decide, and tell what has been decided."""
        if self.is_current and self._conflicts and conflict in self._conflicts:
            self._read()
        if self._conflicts:
            self.speak_of_saving(told)
        else:
            self.program.speak_of_saving(told)

    def action_turn(self, way: int) -> None:
        """Show the next conflict or the one before."""
        self._at = (self._at + way) % len(self._conflicts)
        self.when_free(self._show)


_WRITTEN = frozenset({"value", "forecast", "note", "source", "motivation", "title", "organisation", "committee"})
"""Fields that are plain texts of things that have no form."""
