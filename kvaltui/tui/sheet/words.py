"""What is said of a sheet: what can be written in a cell, how it is read while it is typed, and what was stored."""

from __future__ import annotations

from collections.abc import Sequence

from kvaltui.i18n import _, say, translated
from kvaltui.model.clean import clean
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind
from kvaltui.model.structure import Indicator
from kvaltui.tui.sheet.grid import OpenCell
from kvaltui.tui.sheet.view import SheetView
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.page import Page
from kvaltui.tui.widgets.typing_view import CellStored
from kvaltui.words import capitalised, word
from kvaltui.work.session import PlanSession
from kvaltui.work.sheet_cells import SheetCells
from kvaltui.work.sheet_columns import TARGET, Sheet
from kvaltui.work.sheet_rows import Role
from kvaltui.work.sheet_writing import Pasted

_MOST_OPTIONS = 8


class SheetWords:
    """What there is to say of a sheet, in the reader's language and in the colours that are in force."""

    def __init__(self, session: PlanSession, sheet: Sheet, paint: Paint) -> None:
        self._session = session
        self._sheet = sheet
        self._paint = paint

    def count(self, count: int) -> str:
        """How many things stand in the sheet."""
        return _counted(self._sheet.kind, count)

    # The cell that the cursor stands in

    def about(self, view: SheetView) -> Page:
        """The row by its name and where it stands, what can be written in its cell, and that rows can be pasted."""
        paint = self._paint
        return Page(self._row(view), ((self._can_be_written(view), paint.text),), ((_paste(), paint.muted),))

    def _row(self, view: SheetView) -> str:
        row = view.row
        assert row is not None
        if row.role is Role.NEW_GROUP:
            return capitalised(translated(self._sheet.new_group))
        group = view.rows.groups[row.group].title if row.group in view.rows.groups else ""
        name = view.name_at(row)
        if not name or view.is_fresh:
            new = translated(self._sheet.new)
            where = _("{new} in {group}", new=new, group=group) if group else new
            return f"{name} · {where}" if name else capitalised(where)
        return f"{name} · {group}" if group else name

    def _can_be_written(self, view: SheetView) -> str:
        column, row = view.column, view.row
        assert row is not None
        if row.role is Role.NEW_GROUP:
            return _("Write the name of what other rows are to stand under")
        title = column.title(self._session.period)
        options = view.cells.options(column.name)
        if options and not column.written:
            names = " · ".join(clean(each.name) for each in options[:_MOST_OPTIONS])
            more = len(options) - _MOST_OPTIONS
            told = _("{some} and {count} more", some=names, count=more) if more > 0 else names
            return _("{column}: {written}", column=title, written=told)
        written = translated(column.written) if column.written else _("any text")
        return _("{column}: {written}", column=title, written=written)

    # What is typed

    def reading(self, view: SheetView, opened: OpenCell, text: str) -> list[Piece]:
        """How what is typed is read. Raises a KvaltuiError for what cannot be."""
        paint = self._paint
        if opened.row.role is Role.NEW_GROUP:
            return [(capitalised(translated(self._sheet.new_group)), paint.text)]
        meant, written = view.written(opened, text)
        fitting = view.fitting
        if fitting and (len(fitting) > 1 or meant not in written.problems):
            others = [each for at, each in enumerate(fitting) if at != view.marked]
            pieces: list[Piece] = [(clean(fitting[view.marked].name), paint.strong)]
            return [*pieces, *((f" · {clean(each.name)}", paint.muted) for each in others[:_MOST_OPTIONS])]
        if meant in written.problems:
            raise written.problems[meant]
        if not written.things:
            return [(clean(text), paint.strong)]
        return self._read_as(meant, written.things)

    def _read_as(self, name: str, things: Sequence[AnyEntity]) -> list[Piece]:
        session, paint, thing = self._session, self._paint, things[0]
        content = session.content.with_entities(things)
        cells = SheetCells(self._sheet, content, session.period, session.today)
        column = self._sheet.column(name)
        assert column is not None
        pieces: list[Piece] = [(f"{column.title(session.period)}: ", paint.muted)]
        pieces.append((clean(cells.shown(thing, name)) or _("nothing"), paint.strong))
        if isinstance(thing, Indicator) and name == TARGET:
            unit = "" if thing.unit in ("", "text", "ja/nej") else f" {thing.unit}"
            pieces.append((f"{unit}  {word(thing.direction)}", paint.text))
        control = self._sheet.control(name)
        if not control.is_chosen and (read := control.on(session.today).reading(cells.text(thing, name))):
            pieces.append((f"  {read}", paint.text))
        return pieces

    def stored(self, view: SheetView, stored: CellStored, saved: str) -> list[Piece]:
        """What there is to say of what has been stored, or waits for the rest of its row."""
        opened, paint = stored.opened, self._paint
        title = opened.column.title(self._session.period)
        if stored.is_new:
            name = view.name_at(view.row) if view.row is not None else ""
            return [(saved, paint.achieved), (f"  {name}", paint.text)]
        waiting = self._session.unstored.get(view.cell_in(opened.row, opened.column.name))
        if waiting is not None:
            return [(f"{title}: {clean(stored.text)}  ", paint.text), (say(waiting.error.message), paint.warning)]
        return [(_("Unchanged"), paint.text)]

    def pasted(self, pasted: Pasted, saved: str) -> str:
        """What of a pasted block has been stored."""
        told = self.count(len(pasted.rows))
        wrong = len(pasted.problems)
        if wrong:
            return _(
                "{saved}  {rows}, {count} cell could not be read and is not saved"
                if wrong == 1
                else "{saved}  {rows}, {count} cells could not be read and are not saved",
                saved=saved,
                rows=told,
                count=wrong,
            )
        return _("{saved}  Pasted: {rows}", saved=saved, rows=told)


def _paste() -> str:
    return _("Excel: copied rows are pasted here, each becomes a row of its own")


def _counted(kind: Kind, count: int) -> str:
    match kind:
        case Kind.INDICATOR:
            return _("{count} indicator" if count == 1 else "{count} indicators", count=count)
        case Kind.GOAL:
            return _("{count} goal" if count == 1 else "{count} goals", count=count)
        case Kind.RISK:
            return _("{count} risk" if count == 1 else "{count} risks", count=count)
        case Kind.MEASURE:
            return _("{count} measure" if count == 1 else "{count} measures", count=count)
        case Kind.SELF_CHECK:
            return _("{count} self-check" if count == 1 else "{count} self-checks", count=count)
        case _:
            return _("{count} row" if count == 1 else "{count} rows", count=count)
