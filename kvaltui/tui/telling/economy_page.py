"""The pages of a row and of a table of the economy: what it comes to, its share, and every sum that does not agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kvaltui.i18n import _, amount, number
from kvaltui.model.clean import clean
from kvaltui.model.economy import EconomyRow, EconomyTable, RowKind
from kvaltui.model.economy_check import VARIANCE, Check, RowResult, variance_of
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.reason import EXACT
from kvaltui.tui.telling.related_rows import other_shelves, related_shelf
from kvaltui.tui.telling.teller import Teller
from kvaltui.tui.telling.typeset import paragraphs
from kvaltui.tui.terminal.drawing import DrawnLine, left, right, width_of
from kvaltui.tui.widgets.page import Page, Paragraph
from kvaltui.tui.widgets.reading import Block, Drawn, Shelf
from kvaltui.words import capitalised, field_word, word
from kvaltui.work.economy_rows import AMOUNTS
from kvaltui.work.reading_blocks import Heading
from kvaltui.work.relations import relations

_HUNDRED = Decimal(100)
_TOLD = frozenset({"name", "title", "note", "slug", "table", "unit", "key", "row_kind", "level", "is_sum", *AMOUNTS})


def row_page(teller: Teller, row: EconomyRow) -> Page:
    """The page of a row."""
    return _RowPage(teller, row).page()


def table_page(teller: Teller, table: EconomyTable) -> Page:
    """The page of a table."""
    own = Reference(table.kind, table.key)
    results = _results_of(teller, table.key)
    total = _total(results)
    variance = variance_of(total) if total is not None else None

    def head() -> Iterator[Paragraph]:
        yield from teller.retired(table)
        yield from teller.contested(table)
        if total is not None and variance is not None:
            yield _variance_words(teller, total, variance, table.unit)
        rows = _("{count} row" if len(results) == 1 else "{count} rows", count=len(results))
        yield rows, teller.paint.muted
        yield from _broken(teller, results)

    def shelves() -> Iterator[Block]:
        yield teller.shelf(_("Note"), table.note)
        yield teller.shelf(_("Unit"), table.unit)
        yield related_shelf(teller, _("Rows"), teller.naming(own, Kind.ECONOMY_ROW))
        yield from other_shelves(teller, relations(teller.content, table), (Kind.ECONOMY_ROW,))
        yield teller.last_shelf(table, _TOLD)

    brief = ((clean(table.note), teller.paint.text),) if table.note else ()
    return Page(clean(table.title), tuple(head()), brief, lambda: tuple(shelves()))


class _RowPage:
    def __init__(self, teller: Teller, row: EconomyRow) -> None:
        self.teller, self.row, self.paint = teller, row, teller.paint
        self.table = teller.content.get(EconomyTable, row.table)
        self.unit = clean(self.table.unit) if self.table is not None else ""
        self.results = _results_of(teller, row.table)
        self.found = teller.economy.get(row.key)
        self.variance = variance_of(self.found) if self.found is not None else None

    def page(self) -> Page:
        """Title and head at once, the rest when it is asked for."""
        row, paint = self.row, self.paint
        brief: list[Paragraph] = [(self._facts(), paint.muted)]
        if row.note:
            brief.insert(0, (clean(row.note), paint.text))
        return Page(clean(row.name), tuple(self._head()), tuple(brief), lambda: tuple(self._shelves()))

    def _head(self) -> Iterator[Paragraph]:
        teller, row, paint = self.teller, self.row, self.paint
        yield from teller.retired(row)
        yield from teller.contested(row)
        if self.found is not None and self.variance is not None:
            yield _variance_words(teller, self.found, self.variance, self.unit)
        else:
            yield self._facts(), paint.muted
        share = self._share()
        if share:
            yield share, paint.text
        for text in self._doubts():
            yield f"! {text}", paint.warning
        its_sum = self._its_sum()
        if its_sum is not None:
            yield from _broken(teller, [its_sum])

    def _facts(self) -> str:
        row = self.row
        facts = [capitalised(word(row.row_kind))]
        if row.level:
            facts.append(_("of which: outside the sums"))
        if row.is_sum:
            facts.append(_("sums the rows above"))
        return " · ".join(facts)

    def _its_sum(self) -> RowResult | None:
        """The sum that the row is counted in; None for a sum, and where there is none."""
        if self.found is None or self.row.is_sum or self.row.level:
            return None
        after = self.results[self.results.index(self.found) + 1 :]
        return next((each for each in after if each.row.is_sum), None)

    def _share(self) -> str:
        """How much of the table's variance is that of the row; "" for a sum, and where one goes the other way."""
        total = _total(self.results)
        whole = variance_of(total) if total is not None else None
        if self.row.is_sum or self.variance is None or not whole or (self.variance < 0) is not (whole < 0):
            return ""
        share = _HUNDRED * self.variance / whole
        return _("{share} of the variance of the table", share=amount(share, "%", 0)) if self.variance else ""

    def _doubts(self) -> Iterator[str]:
        """What does not agree in the row, with what it should be."""
        found, row = self.found, self.row
        if found is None:
            return
        if found.variance is not None and found.variance.is_wrong:
            yield self._differs(VARIANCE, found.variance, _computed(row, found.variance))
        for column, check in found.sums.items():
            if check.is_wrong:
                yield self._differs(column, check, _("the rows give {amount}", amount=check.computed))
        for column in AMOUNTS:
            if getattr(row, column).strip() and column not in found.amounts:
                told = clean(getattr(row, column))
                yield _("{column}: “{text}” is no amount", column=capitalised(field_word(column)), text=told)

    @staticmethod
    def _differs(column: str, check: Check, gives: str) -> str:
        return _(
            "{column} {stated}: {computed}, difference {difference}",
            column=capitalised(field_word(column)),
            stated=check.stated if check.stated is not None else "–",
            computed=gives,
            difference=check.difference,
        )

    # Shelf by shelf

    def _shelves(self) -> Iterator[Block]:
        teller, row = self.teller, self.row
        yield Shelf((Drawn(self._amounts),), 1 + len(AMOUNTS))
        yield Shelf(tuple(self._remarks()))
        yield teller.shelf(_("Note"), row.note, 4)
        yield self._sums()
        if self.table is not None:
            table = Reference(Kind.ECONOMY_TABLE, row.table)
            yield Shelf((teller.labelled(_("Table"), self.table.title, None, table),))
        yield Shelf((teller.labelled(capitalised(field_word("row_kind")), self._facts()),))
        yield from other_shelves(teller, relations(teller.content, row), (Kind.ECONOMY_TABLE,))
        yield teller.last_shelf(row, _TOLD)

    def _amounts(self, width: int) -> Iterator[DrawnLine]:
        """The amounts under each other, those that are computed told apart."""
        paint, found = self.paint, self.found
        labels = {each: capitalised(field_word(each)) for each in AMOUNTS}
        room = max(map(width_of, labels.values())) + 2
        heading = _("Amounts, {unit}", unit=self.unit) if self.unit else _("Amounts")
        yield (" ", None), (heading, paint.strong)
        shown = {each: self._amount(each) for each in AMOUNTS}
        size = max(width_of(text) for text, _how, _wrong in shown.values())
        for column, (text, how, is_wrong) in shown.items():
            style = paint.warning if is_wrong else paint.text
            if column == VARIANCE and self.variance is not None and self.variance < 0 and not is_wrong:
                style = paint.error
            if found is None or room + size + 3 + width_of(how) > width:
                how = ""
            yield (
                (" ", None),
                (left(labels[column], room), paint.muted),
                (right(text, size), style),
                (f"  {how}", paint.muted),
            )

    def _amount(self, column: str) -> tuple[str, str, bool]:
        """An amount as shown, how it came about where it is not printed, and whether it does not agree."""
        found = self.found
        written = clean(getattr(self.row, column))
        if found is None:
            return written or "–", "", False
        checks = [found.sums[column]] if column in found.sums else []
        checks += [found.variance] if column == VARIANCE and found.variance is not None else []
        printed = found.amounts.get(column)
        if printed is None:
            if written:
                return written, "", True
            return (number(checks[0].computed), _("computed"), False) if checks else ("–", "", False)
        is_wrong = any(check.is_wrong for check in checks)
        rounded = any(check.difference for check in checks)
        return number(printed), "!" if is_wrong else _("rounding") if rounded else "", is_wrong

    def _remarks(self) -> Iterator[Block]:
        """How the variance is computed, and where what is printed differs by no more than rounding."""
        if self.found is not None and self.found.variance is not None:
            yield paragraphs([(capitalised(_computed(self.row, self.found.variance)), self.paint.muted)])
        for column, check in self.found.sums.items() if self.found is not None else ():
            if check.difference and not check.is_wrong:
                told = self._differs(column, check, _("the rows give {amount}", amount=check.computed))
                yield paragraphs([(f"{told} ({_('rounding')})", self.paint.muted)])

    def _sums(self) -> Shelf:
        """Every sum of the table that does not agree."""
        broken = list(_broken(self.teller, self.results))
        return Shelf((Heading(_("Sums that do not agree")), paragraphs(broken)) if broken else ())


def _results_of(teller: Teller, table: str) -> list[RowResult]:
    return [each for each in teller.economy.values() if each.row.table == table]


def _total(results: Sequence[RowResult]) -> RowResult | None:
    """The last sum of a table, which is that of the whole."""
    return next((each for each in reversed(results) if each.row.is_sum), None)


def _variance_words(teller: Teller, found: RowResult, variance: Decimal, unit: str) -> Paragraph:
    """A variance with its sign, its share of the budget, and in words whether that is over it."""
    sign = ("v " if teller.is_ascii else "▼ ") if variance < 0 else ""
    told = sign + amount(variance, clean(unit))
    budget = found.amounts.get("budget")
    if budget and variance:
        share = amount(abs(EXACT.divide(EXACT.multiply(variance, _HUNDRED), budget)), "%", 1)
        is_income = found.row.row_kind is RowKind.INCOME
        if (variance < 0) is not is_income:
            way = _("{share} over budget", share=share)
        else:
            way = _("{share} under budget", share=share)
        told = f"{told}, {way}"
    paint = teller.paint
    return told, paint.error if variance < 0 else paint.text


def _broken(teller: Teller, results: Sequence[RowResult]) -> Iterator[Paragraph]:
    """The sums that do not agree: what is printed, what the rows give, and how much that differs."""
    for each in results:
        for column, check in each.sums.items():
            if check.is_wrong and check.stated is not None:
                told = _(
                    "{sum}, {column}: {stated}, but the rows give {computed}: {difference} differs",
                    sum=clean(each.row.name),
                    column=field_word(column),
                    stated=check.stated,
                    computed=check.computed,
                    difference=abs(check.difference),
                )
                yield f"! {told}", teller.paint.warning


def _computed(row: EconomyRow, variance: Check) -> str:
    """How the variance of a row is computed, and what that gives."""
    if row.row_kind is RowKind.INCOME:
        return _("forecast − budget gives {amount}", amount=variance.computed)
    return _("budget − forecast gives {amount}", amount=variance.computed)
