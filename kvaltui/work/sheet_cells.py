"""What stands in the cells of a sheet, and what a thing becomes when a text is written in one of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, cast

from kvaltui.figure_words import target_cell
from kvaltui.i18n import _
from kvaltui.model.clean import clean, excerpt
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fields import content_fields
from kvaltui.model.kind_rules import check_typed
from kvaltui.model.limits import RuleError
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure, Risk
from kvaltui.model.references import references_of
from kvaltui.model.risk import HIGHEST_GRADE, level_of, risk_level
from kvaltui.model.rules import check_entity
from kvaltui.model.scale import Direction
from kvaltui.model.structure import Indicator
from kvaltui.model.value import MISSING, dataclass, replace
from kvaltui.work.choosing import fitting, is_called, plain_name
from kvaltui.work.controls import SEPARATOR, Option, told_apart
from kvaltui.work.filling_in import things_of
from kvaltui.work.naming import name_of
from kvaltui.work.sheet_columns import BELONGS_TO, TARGET, Sheet
from kvaltui.work.sheet_targets import direction_word, shown_target, target_text, targets_of

_OWNERS = {"risks": Kind.RISK, "self_checks": Kind.SELF_CHECK, "indicators": Kind.INDICATOR}
"""The fields that say what a measure belongs to, and the kinds that each of them names."""
_SEVERAL = f"{SEPARATOR} "
_MOST_TOLD = 3


class CellError(KvaltuiError):
    """A text that cannot stand in a cell."""


@dataclass(frozen=True, slots=True)
class SheetCells:
    """The cells of a sheet, for a plan as it stands, in the period that is looked at and on the day that it is."""

    sheet: Sheet
    content: PlanContent
    period: Period
    today: date

    # What stands there

    def text(self, entity: AnyEntity, name: str) -> str:
        """The text of a cell, as it is edited: read again, it gives what stands there."""
        if isinstance(entity, Indicator) and name == TARGET:
            return target_text(self.content, entity, self.period)
        if isinstance(entity, Measure) and name == BELONGS_TO:
            keys = [f"{kind}/{key}" for field, kind in _OWNERS.items() for key in getattr(entity, field)]
            return self._names(name, keys)
        control = self.sheet.control(name)
        value = getattr(entity, name)
        if not control.is_chosen:
            return clean(control.write(value))
        return self._names(name, value if control.takes_several else [control.write(value)])

    def shown(self, entity: AnyEntity, name: str) -> str:
        """The text of a cell as it is drawn: a target with its words, and nothing for no."""
        value = getattr(entity, name, None)
        if isinstance(entity, Indicator) and name == TARGET:
            return shown_target(self.content, entity, self.period)
        if isinstance(entity, Risk) and name == "level":
            level = level_of(entity)
            return "" if level is None else str(level)
        if isinstance(value, Direction):
            return direction_word(value)
        if value is False:
            return ""
        if named := self._named_by(entity, name):
            return _SEVERAL.join(name_of(self.content, each) for each in named)
        return self.text(entity, name)

    def shown_in(self, entity: AnyEntity, name: str, width: int) -> str:
        """The same for so many cells: a limit whose words are too long has its sign, since a number is never cut."""
        text = self.shown(entity, name)
        if len(text) > width and isinstance(entity, Indicator) and name == TARGET:
            return target_cell(target_text(self.content, entity, self.period), entity.scale)
        return text

    def _named_by(self, entity: AnyEntity, name: str) -> list[Reference]:
        """The things that a cell names."""
        fields = tuple(_OWNERS) if name == BELONGS_TO else (name,)
        return [named for field, named in references_of(entity) if field in fields]

    def options(self, name: str) -> Sequence[Option]:
        """What there is to choose from in a column; nothing where a text is typed."""
        if name == BELONGS_TO:
            return told_apart(
                [
                    Option(f"{kind}/{each.value}", each.label)
                    for kind in _OWNERS.values()
                    for each in things_of(self.content, kind)
                ]
            )
        return [each for each in self.sheet.control(name).options(self.content) if each.value]

    def takes_several(self, name: str) -> bool:
        """Whether several can be chosen in a column, with semicolons between them."""
        return name == BELONGS_TO or self.sheet.control(name).takes_several

    def _names(self, name: str, values: Iterable[str]) -> str:
        named = {each.value: each.name for each in self.options(name)}
        return _SEVERAL.join(clean(named.get(value, value)) for value in values if value)

    # Choosing

    def fitting(self, name: str, typed: str) -> list[Option]:
        """The options that have what is typed in their names, the likeliest first; of several, the last one typed."""
        options = self.options(name)
        last = typed.rpartition(SEPARATOR)[2] if self.takes_several(name) else typed
        if not last.strip():
            return []
        return [options[at] for at in fitting([(each.label, each.name) for each in options], last)]

    def chosen(self, name: str, typed: str, marked: int | None = None) -> str:
        """The value of the option that a text means: the `marked` one of those that fit (from 0, as in `fitting`).

        Where none is marked, the one of that name, or else the only one that begins so, or that fits at all. Raises
        CellError.
        """
        found = self.fitting(name, typed)
        if not found:
            some = [each.name for each in self.options(name)]
            raise CellError(
                Message("“{text}” is none of: {some}", text=excerpt(typed), some=_some(some))
                if some
                else Message("There is nothing to choose from yet: leave it blank")
            )
        if marked is not None:
            return found[min(marked, len(found) - 1)].value
        if len(found) > 1:
            called = [each for each in found if is_called(each.label, typed) or is_called(each.name, typed)]
            begun = called or [each for each in found if plain_name(each.label).startswith(plain_name(typed))]
            if len(begun) != 1:
                raise _ambiguous(typed, begun or found)
            return begun[0].value
        return found[0].value

    # What a text makes of a thing

    def with_text(self, entity: AnyEntity, name: str, text: str, marked: int | None = None) -> tuple[AnyEntity, ...]:
        """The things as they are with a text in a cell of one of them: itself, or for a target that of the period.

        Raises a KvaltuiError where the text cannot be read or may not stand there.
        """
        if isinstance(entity, Indicator) and name == TARGET:
            return targets_of(self.content, entity, self.period, text)
        return (self.with_value(entity, name, self._read(name, text, marked)),)

    def _read(self, name: str, text: str, marked: int | None) -> Any:
        control = self.sheet.control(name)
        if self.takes_several(name):
            pieces = [each.strip() for each in text.split(SEPARATOR) if each.strip()]
            last = len(pieces) - 1
            found = [self.chosen(name, each, marked if at == last else None) for at, each in enumerate(pieces)]
            return tuple(dict.fromkeys(found))
        if not control.is_chosen:
            return control.on(self.today).read(text)
        if text.strip():
            return control.read(self.chosen(name, text, marked))
        default = content_fields(self.sheet.kind)[name].default
        if default is MISSING:
            raise CellError(Message("Choose one"))
        return default

    def with_value(self, entity: AnyEntity, name: str, value: Any) -> AnyEntity:
        """A thing with another value in a column, and what follows from that in its other fields."""
        values: dict[str, Any] = {name: value}
        if name == BELONGS_TO:
            parted = [each.split("/", 1) for each in value]
            values = {field: tuple(key for of, key in parted if of == kind) for field, kind in _OWNERS.items()}
        changed = cast("AnyEntity", replace(cast("Any", entity), **values))
        if isinstance(changed, Risk) and name in ("likelihood", "consequence"):
            grades = changed.likelihood, changed.consequence
            if all(grade is not None and 1 <= grade <= HIGHEST_GRADE for grade in grades):
                return replace(changed, level=risk_level(*cast("tuple[int, int]", grades)))
        return changed

    def check(self, changed: Collection[AnyEntity], supposed: PlanContent) -> None:
        """Raise RuleError, naming the column, where one of the things may not stand so in the plan as it is supposed.

        What is wrong at no column of the sheet is said at the name.
        """
        for each in changed:
            before = self.content.find(Reference(each.kind, each.key))
            try:
                check_entity(each, supposed)
                if before is not None:
                    check_typed(each, before, supposed)
            except RuleError as error:
                raise RuleError(error.message, field=self._column_of(each, error.field)) from error

    def _column_of(self, thing: AnyEntity, field: str) -> str:
        if thing.kind is Kind.TARGET:
            return TARGET
        if thing.kind is Kind.MEASURE and field in _OWNERS:
            return BELONGS_TO
        return field if self.sheet.column(field) is not None else self.sheet.name_field


def _some(names: Sequence[str]) -> str:
    told = ", ".join(clean(each) for each in names[:_MOST_TOLD])
    return told if len(names) <= _MOST_TOLD else _("{some} and {count} more", some=told, count=len(names) - _MOST_TOLD)


def _ambiguous(typed: str, found: Sequence[Option]) -> CellError:
    names = _some([each.name for each in found])
    return CellError(Message("“{text}” may be several: {some}", text=excerpt(typed), some=names))
