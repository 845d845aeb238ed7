"""What every page is told with: the open plan, the styles, the program's symbols, and the words that pages share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property

from rich.style import Style

from kvaltui.assessment_words import assessed, why_stale
from kvaltui.i18n import _, day, told_day
from kvaltui.model.clean import clean
from kvaltui.model.economy_check import RowResult, check_economy
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fields import content_fields
from kvaltui.model.quality_work import Measure
from kvaltui.model.reporting import Assessment
from kvaltui.model.self_check_judging import SelfCheckResult, self_check_results
from kvaltui.model.status import Change, Status
from kvaltui.model.summary import by_due, is_overdue
from kvaltui.status_cells import status_cell
from kvaltui.tui.telling.typeset import Labelled, labelled
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.page import Paragraph
from kvaltui.tui.widgets.reading import Block, Shelf
from kvaltui.words import capitalised, change_symbol, field_word, status_symbol, word
from kvaltui.work.naming import name_of
from kvaltui.work.relations import named_by, naming
from kvaltui.work.session import PlanSession
from kvaltui.work.value_words import said

GAP = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE} "
"""What stands between two things that are told in one line: three blanks, at which the line may break."""
_UNSAID = frozenset({"retired", "order"})
"""Fields of which a page says nothing in words: the one is told in its head, and in the order things stand."""
_ALWAYS_SAID = frozenset({"unit", "direction", "frequency"})
"""Fields that are told even where they hold what most do."""


class Teller:
    """Tells of the things of the open plan. `key_of` gives the key of a command, as it stands on the keyboard."""

    def __init__(
        self, session: PlanSession, paint: Paint, *, is_ascii: bool, key_of: Callable[[str], str] = str
    ) -> None:
        self.session = session
        self.content = session.content
        self.paint = paint
        self.is_ascii = is_ascii
        self.key_of = key_of

    # Words with their symbols

    def status(self, status: Status) -> str:
        """A computed status in symbol and words."""
        return status_cell(status, ascii=self.is_ascii, expected=self.session.is_expected, is_short=False)

    def symbol(self, status: Status) -> str:
        """The symbol of a status."""
        return status_symbol(status, ascii=self.is_ascii)

    def arrow(self, change: Change) -> str:
        """What stands before a change in words: up is better, down is worse, whatever the figures do."""
        symbol = change_symbol(change, ascii=self.is_ascii)
        return f"{symbol} " if symbol else ""

    # What must be said at once

    def contested(self, *things: AnyEntity | None) -> list[Paragraph]:
        """Which fields of some things have been changed on two sides, if any, and the key that decides between them."""
        fields = ", ".join(field_word(name) for each in things if each is not None for name in each.contested)
        if not fields:
            return []
        if self.session.is_read_only:
            return [(_("! Changed on two sides: {fields}.", fields=fields), self.paint.warning)]
        told = _("! Changed on two sides: {fields}. {key} decides.", fields=fields, key=self.key_of("conflicts"))
        return [(told, self.paint.warning)]

    def retired(self, entity: AnyEntity | None) -> list[Paragraph]:
        """That a thing is retired, if it is, and the key that brings it back."""
        if entity is None or not entity.retired:
            return []
        if self.session.is_read_only:
            return [(_("Retired: it counts nowhere."), self.paint.text)]
        told = _("Retired: it counts nowhere. {key} brings it back.", key=self.key_of("retire"))
        return [(told, self.paint.text)]

    def without_measures(self) -> list[Paragraph]:
        """That nothing is being done about a thing, and the key that adds a measure where there may be one."""
        if self.session.is_read_only:
            return [(_("No measures."), self.paint.warning)]
        return [(_("No measures. {key} adds one.", key=self.key_of("measures_of_row")), self.paint.warning)]

    def assessed(self, manual: Assessment, *, is_stale: bool, is_expected: bool = True) -> list[Paragraph]:
        """A person's assessment, and what has changed under it since.

        What a person says of an indicator is no expectation (`is_expected`).
        """
        status = self.status(manual.status)
        if not is_expected:
            status = status_cell(manual.status, ascii=self.is_ascii, is_short=False)
        told: list[Paragraph] = [(clean(assessed(manual, status)), self.paint.text)]
        if is_stale:
            told.append((clean(why_stale(self.content, manual)), self.paint.warning))
        return told

    # What a thing stands in relation to

    def naming(self, reference: Reference, *kinds: Kind) -> list[Reference]:
        """The things of some kinds that name one."""
        return [each for each in naming(self.content, reference) if each.kind in kinds]

    def named(self, entity: AnyEntity, *kinds: Kind) -> list[Reference]:
        """The things of some kinds that one names."""
        return [each for each in named_by(self.content, entity) if each.kind in kinds]

    def measures_of(self, reference: Reference) -> list[Measure]:
        """The measures of a thing, those that are late first."""
        found = (self.content.get(Measure, each.key) for each in self.naming(reference, Kind.MEASURE))
        return by_due(each for each in found if each is not None)

    def late(self, measures: Sequence[Measure]) -> str:
        """How many of some measures are late; "" for none."""
        late = sum(is_overdue(each, self.session.today) for each in measures)
        return _("{late} late" if late == 1 else "{late} are late", late=late) if late else ""

    def measure_standing(self, measure: Measure) -> Paragraph:
        """How far a measure has come, by when, and who answers for it."""
        is_late = is_overdue(measure, self.session.today)
        facts = [word(measure.status)]
        if measure.due is not None:
            facts = [_("{day} late", day=day(measure.due))] if is_late else [*facts, day(measure.due)]
        if measure.responsible:
            facts.append(clean(measure.responsible))
        return ", ".join(facts), self.paint.error if is_late else self.paint.muted

    def measure_line(self, measure: Measure) -> Paragraph:
        """A measure in one line: how it stands first, since its title may be longer than the line."""
        told, style = self.measure_standing(measure)
        said = _("Measure ({facts}): {title}", facts=told, title=clean(measure.title))
        return said, self.paint.text if style is self.paint.muted else style

    @cached_property
    def self_checks(self) -> dict[str, SelfCheckResult]:
        """Every self-check as it stands for the period, by its key."""
        found = self_check_results(self.content, self.session.period)
        return {each.self_check.key: each for each in found}

    @cached_property
    def economy(self) -> dict[str, RowResult]:
        """Every row of the economy with what was found in it, by its key."""
        return {each.row.key: each for rows in check_economy(self.content).values() for each in rows}

    # Labels and facts

    def labelled(self, label: str, text: str, style: Style | None = None, *names: Reference) -> Labelled:
        """A text of one or several paragraphs beside its label."""
        lines = clean(text, multiline=True).split("\n")
        return labelled((label, self.paint.muted), [(line, style or self.paint.text) for line in lines], *names)

    def shelf(self, label: str, text: str, rows: int = 0) -> Shelf:
        """A shelf with a text beside its label; nothing where there is no text."""
        return Shelf((self.labelled(label, text),) if text else (), rows, label)

    def place(self, entity: AnyEntity, *more: str) -> Iterator[Block]:
        """Where a thing belongs and who answers for it, each beside its label; `more` are further fields to tell."""
        for field in ("area", "goal", "parent", "responsible", *more):
            value = getattr(entity, field, "")
            if value:
                yield self.fact(entity, field)

    def fact(self, entity: AnyEntity, field: str) -> Labelled:
        """A field of a thing beside its word: what it names by its name, with how that stands."""
        named = content_fields(entity.kind)[field].names
        label = capitalised(field_word(field))
        if named is None:
            return self.labelled(label, said(self.content, entity, field))
        value = getattr(entity, field)
        keys = value if isinstance(value, tuple) else (value,)
        there = [each for each in self.named(entity, named) if each.key in keys]
        return labelled((label, self.paint.muted), [self._named(each) for each in there], *there)

    def _named(self, reference: Reference) -> Paragraph:
        node = self.session.result.nodes.get(reference)
        name = name_of(self.content, reference)
        if node is None:
            return name, self.paint.text
        return f"{self.symbol(node.status)} {name}", self.paint.text

    def facts(self, entity: AnyEntity, told: Collection[str]) -> Iterator[Block]:
        """Every field that says something and is not `told` elsewhere, beside its word."""
        # What it is known by in files and commands comes last: few ask for it.
        for name, field in sorted(content_fields(entity.kind).items(), key=lambda each: each[0] == "key"):
            value = getattr(entity, name)
            is_usual = value == field.default and name not in _ALWAYS_SAID
            if name in told or name in _UNSAID or is_usual or value in ("", None, ()):
                continue
            yield self.fact(entity, name)

    def last_shelf(self, entity: AnyEntity, told: Collection[str], *also: AnyEntity | None) -> Shelf:
        """Where a thing belongs, what else is known of it, and who last changed it (or `also` one of its own)."""
        changed = self.changed(entity, *also)
        by_whom = [self.labelled(_("Changed"), changed)] if changed else []
        placed = {"area", "goal", "parent", "responsible"}
        return Shelf((*self.place(entity), *self.facts(entity, placed.union(told)), *by_whom))

    def changed(self, *things: AnyEntity | None) -> str:
        """Who last changed one of some things, and when; "" where that is not known."""
        known = [each for each in things if each is not None and each.changed_at]
        if not known:
            return ""
        last = max(known, key=lambda each: each.changed_at)
        return _("{day}, {who}", day=told_day(last.changed_at), who=clean(last.changed_by) or "–")
