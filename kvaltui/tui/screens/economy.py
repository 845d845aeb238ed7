"""Ekonomi: the economy tables, with variances and sums computed and set against what is printed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from kvaltui.i18n import N_, _, number
from kvaltui.i18n import amount as amount_with_unit
from kvaltui.model.clean import clean
from kvaltui.model.economy import EconomyRow, EconomyTable, RowKind
from kvaltui.model.economy_check import RowResult, check_economy, check_rows
from kvaltui.model.economy_total import economy_totals
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.number import parse_number
from kvaltui.tui.forms import editing, ordering
from kvaltui.tui.offers import Offer
from kvaltui.tui.screens.list_screen import ListScreen, Told
from kvaltui.tui.screens.picker import Choice, pick
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.widgets.economy_grid import EconomyGrid, OpenAmount
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.typing_view import CellStored, TypingView
from kvaltui.words import capitalised, field_word, word
from kvaltui.work.economy_rows import EconomyLine, with_amount
from kvaltui.work.session import Changes


class EconomyScreen(ListScreen):
    """The economy tables of the plan."""

    MODE = "economy"
    KEYS: ClassVar[tuple[str, ...]] = ("menu", "help", "choose", "edit", "add")
    CHANGING = frozenset({"choose", "edit", "add", "retire", "move", "bring_back", "build"})
    BINDINGS = bindings.ECONOMY
    NOTHING_TYPED = N_("Empty: nothing is printed here")

    def compose_list(self) -> ComposeResult:
        yield EconomyGrid(self.session)

    @property
    def grid(self) -> EconomyGrid:
        """The tables."""
        return self.query_one(EconomyGrid)

    def take_in(self, changes: Changes) -> None:
        if changes.touches(Kind.ECONOMY_TABLE, Kind.ECONOMY_ROW):
            self.grid.rebuild()
            self.explain()

    def show_reference(self, reference: Reference) -> None:
        self.grid.go_to(reference)

    def _facts(self) -> Sequence[Piece]:
        """What the economy comes to, and how many rows do not agree."""
        pieces = self._total()
        doubtful = sum(1 for result in self._results().values() if result.doubts)
        if doubtful:
            told = _("{count} row does not add up" if doubtful == 1 else "{count} rows do not add up", count=doubtful)
            pieces.append((f"! {told}  ", self.program.paint.warning))
        return pieces

    def _total(self) -> list[Piece]:
        """What the economy comes to: the last table that says how much of its budget that is, or else the last."""
        content, paint = self.session.content, self.program.paint
        totals = [each for each in economy_totals(content, check_economy(content)) if each.variance is not None]
        found = next((each for each in reversed(totals) if each.share), totals[-1] if totals else None)
        if found is None or found.variance is None:
            return []
        is_negative = found.variance < 0
        told = amount_with_unit(found.variance, clean(found.table.unit))
        if is_negative:
            told = f"{'v' if self.program.is_ascii else '▼'} {told}"
        if found.share:
            share = number(found.share * 100, 1)
            told += "  " + (_("{share} % over", share=share) if found.is_over else _("{share} % under", share=share))
        return [(f"{told}   ", paint.error if is_negative else paint.text)]

    # What the cursor stands on

    @property
    def reference(self) -> Reference | None:
        line = self.grid.row
        if line is None:
            return None
        thing = line.table if line.row is None else line.row
        return Reference(thing.kind, thing.key)

    def _rows_of(self, table: str) -> list[EconomyRow]:
        return ordering.in_order([each for each in self.session.content.active(EconomyRow) if each.table == table])

    def _results(self) -> dict[str, RowResult]:
        tables = self.session.content.active(EconomyTable)
        return {result.row.key: result for table in tables for result in check_rows(self._rows_of(table.key))}

    # Writing amounts

    def reading(self, opened: OpenAmount, text: str) -> Told:
        paint, amount = self.program.paint, number(parse_number(text))
        row = with_amount(opened.row, opened.column, text)
        rows = [row if each.key == row.key else each for each in self._rows_of(row.table)]
        variance = next((each.variance for each in check_rows(rows) if each.row.key == row.key), None)
        pieces: list[Piece] = [(amount, paint.strong)]
        if doubts := _doubts(rows, row.key):
            pieces.append((f" ! {doubts}", paint.warning))
        if variance is not None:
            pieces.append((f"  {_('variance {amount}', amount=variance.computed)}", paint.text))
        return pieces, ()

    def stored(self, stored: CellStored) -> Told:
        paint, opened = self.program.paint, stored.opened
        amount = number(parse_number(stored.text)) if stored.text else _("emptied")
        doubts = _doubts(self._rows_of(opened.row.table), opened.row.key)
        pieces = self.unstored_of(Kind.ECONOMY_ROW)
        saved = self.saved_now() if stored.is_new else _("Unchanged")
        told = f"{capitalised(field_word(opened.column))} {amount}"
        if doubts:
            pieces.append((f"{saved} ! {told}: {doubts}", paint.warning))
        else:
            pieces.append((f"{saved}  {told}", paint.text))
        return pieces, ()

    @on(TypingView.BlockPasted)
    def _refuse_block(self, event: TypingView.BlockPasted) -> None:
        self.refuse_block(event, N_("{count} cells were pasted, beginning with “{first}”: paste one amount at a time"))

    # Changing rows and tables

    @on(LineView.Chosen)
    def action_edit(self) -> None:
        """Open the form of the row or the table."""
        if self.entity is not None:
            editing.edit(self.program, self.entity)

    def action_add(self) -> None:
        line = self.grid.row
        if line is None:
            self._add_table()
            return
        choices = [Choice(Kind.ECONOMY_ROW, _("Row in this table")), Choice(Kind.ECONOMY_TABLE, _("Table"))]
        pick(self.program, _("New"), choices, partial(self._add, line))

    def add(self, kind: Kind) -> None:
        """Make a table, or a row in the table that the cursor stands in."""
        self._add(self.grid.row, kind)

    def _add(self, line: EconomyLine | None, kind: Kind) -> None:
        if line is None or kind is Kind.ECONOMY_TABLE:
            self._add_table()
        else:
            self._add_row(line)

    def offers(self) -> Sequence[Offer]:
        return editing.offers_to_add((Kind.ECONOMY_TABLE, Kind.ECONOMY_ROW))

    def _add_row(self, line: EconomyLine) -> None:
        order, moved = ordering.make_room(self._rows_of(line.table.key), line.row)
        kind = line.row.row_kind if line.row is not None else RowKind.NET
        editing.create(
            self.program,
            Kind.ECONOMY_ROW,
            done=self.go_to_new,
            along=moved,
            table=line.table.key,
            order=order,
            row_kind=kind,
        )

    def _add_table(self) -> None:
        editing.create(self.program, Kind.ECONOMY_TABLE, done=self.go_to_new)

    def action_retire(self) -> None:
        if self.entity is not None:
            editing.retire(self.program, self.entity)

    def action_bring_back(self) -> None:
        """Choose among the retired tables and rows, and bring one back."""
        content = self.session.content
        things: list[EconomyTable | EconomyRow] = [
            *content.all(EconomyTable).values(),
            *content.all(EconomyRow).values(),
        ]
        choices = [
            Choice(each, each.title if isinstance(each, EconomyTable) else each.name, detail=word(each.kind))
            for each in things
            if each.retired
        ]
        if not choices:
            self.speak(_("Nothing is retired here."))
            return
        bring_back = partial(editing.bring_back, self.program, seen=content.position)
        pick(self.program, _("Bring back a retired one"), choices, bring_back)

    def action_move(self, way: int) -> None:
        """Move the row within its table, or the table among the others."""
        match self.entity:
            case EconomyRow() as row:
                ordering.move(self.program, row, way, self._rows_of(row.table))
            case EconomyTable() as table:
                ordering.move(self.program, table, way, list(self.session.content.active(EconomyTable)))


def _doubts(rows: Sequence[EconomyRow], key: str) -> str:
    """What does not agree in a row, and in the sum that it is counted in; "" where all does."""
    results = check_rows(rows)
    at = next((at for at, each in enumerate(results) if each.row.key == key), 0)
    its_sum = next((each for each in results[at:] if each.row.is_sum), None)
    own = [word(doubt) for doubt in results[at].doubts]
    if its_sum is not None and its_sum.row.key != key:
        own += [f"{clean(its_sum.row.name)}: {word(doubt)}" for doubt in its_sum.doubts]
    return ", ".join(own)
