"""The dialog that narrows the entry table: conditions, an area, a quality factor, somebody responsible."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.strip import Strip

from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.entity import Kind
from kvaltui.model.tree import ROOT
from kvaltui.model.value import dataclass, replace
from kvaltui.tui.dialog import Dialog
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece, cut, left, width_of
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.work.naming import name_of
from kvaltui.work.selection import Condition, Selection, quality_factors, reporters, responsible_people
from kvaltui.work.session import PlanSession


@dataclass(frozen=True, slots=True)
class FilterRow:
    """A thing to ask for, and the selection with it turned on or off; a heading has no `turned`."""

    label: str
    is_on: bool = False
    count: int = 0
    turned: Selection | None = None


def rows_of(session: PlanSession, selection: Selection) -> list[FilterRow]:
    """Everything that can be asked for in this plan, with how many indicators each alone would show."""
    rows: list[FilterRow] = []
    every = list(session.result.indicators)

    def add(label: str, alone: Selection, turned: Selection, *, is_on: bool) -> None:
        matches = alone.matcher(session)
        count = sum(1 for key in every if matches is None or matches(key))
        rows.append(FilterRow(label, is_on, count, turned))

    rows.append(FilterRow(_("Status and marks (any of them)")))
    for condition in Condition:
        is_on = condition in selection.conditions
        turned = selection.with_condition_turned(condition)
        add(condition.label, Selection(conditions=frozenset({condition})), turned, is_on=is_on)
    for title, field, things in _groups(session):
        if things:
            rows.append(FilterRow(title))
        for key, name in things:
            is_on = getattr(selection, field) == key
            alone: dict[str, Any] = {field: key}
            turned = replace(selection, **({field: getattr(Selection(), field)} if is_on else alone))
            add(clean(name), Selection(**alone), turned, is_on=is_on)
    return rows


def _groups(session: PlanSession) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """A title, the field of a selection that narrows it so, and the keys and names that there are to ask for."""
    content = session.content
    areas = (node for node in content.tree.below(ROOT) if node.kind is Kind.AREA)
    yield _("Area"), "area", [(node.key, name_of(content, node)) for node in areas]
    yield _("Quality factor"), "quality_factor", [(each.key, each.name) for each in quality_factors(session)]
    yield _("Responsible"), "reported_by", [(each, each or _("Nobody responsible")) for each in reporters(session)]
    yield _("Responsible for a measure"), "responsible", [(each, each) for each in responsible_people(session)]


_FRAME = 6
"""Lines of the dialog that are not rows."""


class FilterView(LineView[FilterRow]):
    """What can be asked for, a row each; Space or Enter turns the cursor's row on or off."""

    BINDINGS = bindings.FILTER_VIEW

    def __init__(self, rows: Sequence[FilterRow]) -> None:
        super().__init__()
        self._rows: Sequence[FilterRow] = rows
        self.cursor = 1

    def can_stand(self, row: int) -> bool:
        return self._rows[row].turned is not None

    def is_heading(self, row: int) -> bool:
        return self._rows[row].turned is None

    def text_at(self, row: int) -> str:
        return self._rows[row].label

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        shown, paint = self._rows[row], self.paint
        if shown.turned is None:
            return self.line([(f" {cut(shown.label, width - 2)}", paint.strong)], width)
        count = f"{shown.count} "
        mark = "[x]" if shown.is_on else "[ ]"
        label = left(self.short(shown.label, width - 9 - width_of(count)), width - 8 - width_of(count))
        here: Piece = (f"{self.marker(is_here=is_here)} ", paint.accent)
        return self.line([here, (f"{mark} {label}", paint.text), (count, paint.muted)], width)


class FilterDialog(Dialog[None]):
    """Turns conditions on and off; each turn is told to `apply` at once."""

    KEYS = ("turn", "ask_for_nothing", "back")
    BINDINGS = bindings.FILTER_DIALOG
    DEFAULT_CSS = "FilterDialog > Vertical { width: 64; height: auto; }"

    def __init__(self, session: PlanSession, selection: Selection, apply: Callable[[Selection], None]) -> None:
        super().__init__(_("Show only"))
        self._selection = selection
        self._apply = apply
        self._view = FilterView(rows_of(session, selection))

    def compose_body(self) -> ComposeResult:
        rows = range(self._view.row_count())
        wanted = len(rows) + sum(map(self._view.is_heading, rows[1:]))
        room = self.app.size.height - _FRAME
        self._view.styles.height = max(3, min(wanted if wanted <= room else len(rows), room))
        yield self._view

    def on_mount(self) -> None:
        self.watch(self._view, "here", self._tell_of_more)
        self.call_after_refresh(self._tell_of_more)

    def _tell_of_more(self) -> None:
        below = self._view.rows_below
        self.speak(_("{count} row below" if below == 1 else "{count} rows below", count=below) if below else "")

    def on_line_view_chosen(self) -> None:
        row = self._view.row
        if row is not None and row.turned is not None:
            self._take(row.turned)

    def action_show_all(self) -> None:
        self._take(Selection())

    def _take(self, selection: Selection) -> None:
        self._selection = selection
        self._view.take_rows(rows_of(self.session, selection))
        self._apply(selection)
