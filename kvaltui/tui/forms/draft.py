"""What is being written in a form, checked as it is typed by the same rules that the store has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar, cast

from kvaltui.exchange.slug import proposed_key
from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import ENTITY_TYPES, AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.kind_rules import check_typed
from kvaltui.model.limits import RuleError
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.period import Period
from kvaltui.model.references import OWNED
from kvaltui.model.risk import HIGHEST_GRADE, risk_level
from kvaltui.model.rules import check_entity, check_key_is_free
from kvaltui.model.structure import Goal, Indicator, Plan
from kvaltui.model.value import MISSING, dataclass, fields, replace
from kvaltui.tui.forms.fields import BESIDE, REASON, TARGET, Form, FormField
from kvaltui.tui.forms.target_beside import TargetBeside
from kvaltui.tui.forms.written_form import WrittenForm

E = TypeVar("E", bound=AnyEntity)
_PLACEHOLDER = "x"


@dataclass(frozen=True, slots=True)
class Supposed:
    """The plan as it would stand with one thing changed: the facts that a draft is checked against."""

    content: PlanContent
    entity: AnyEntity

    @property
    def plan(self) -> Plan:
        """The plan itself."""
        return self.content.plan

    def get(self, type_: type[E], key: str) -> E | None:
        """An entity by its key, retired or not; None where there is none."""
        if type_ is type(self.entity) and key == self.entity.key:
            return cast("E", self.entity)
        return self.content.get(type_, key)

    def referring_to(self, reference: Reference) -> Iterator[AnyEntity]:
        """The entities that name this one, retired ones included."""
        return self.content.referring_to(reference)

    def is_complete(self, area: str, period: Period) -> bool:
        """Whether the area, or one that it lies in, is marked complete for the period."""
        return self.content.is_complete(area, period)

    def periods_in_use(self) -> Collection[Period]:
        """The periods that something stands in."""
        return self._after.periods_in_use()

    def parts_in_use(self, indicator: str) -> Collection[str]:
        """The parts of an indicator that something stands in."""
        return self._after.parts_in_use(indicator)

    @property
    def _after(self) -> PlanContent:
        return self.content.with_entities([self.entity])


class FormDraft(WrittenForm):
    """The texts of a form's fields, what they make, and what is wrong with them.

    `entity` is the thing as it was when the form was opened; of a new thing, what `given` says of it and defaults.
    `content` gives the plan as it is now: somebody else may change it while the form is open. `position` is the
    journal's, when the form was opened (docs/store.md, What was on screen). `period` is the one that an indicator's
    target is written for; without it the form has no target.
    """

    def __init__(
        self,
        form: Form,
        content: Callable[[], PlanContent],
        entity: AnyEntity | None = None,
        given: Mapping[str, Any] | None = None,
        today: Callable[[], date] = date.today,
        *,
        period: Period | None = None,
    ) -> None:
        self.form = form
        self.is_new = entity is None
        self.base: AnyEntity = entity if entity is not None else blank(form.kind, given or {})
        self.position = content().position
        self._given = frozenset(given or ())
        has_target = isinstance(self.base, Indicator) and not self.base.is_core_volume and period is not None
        self._target = TargetBeside(period) if has_target and period is not None else None
        fields = [each for each in form.fields if each.name != TARGET or has_target]
        texts = {each.name: self._written(each, content()) for each in fields}
        super().__init__(fields, content, texts, today, form.matter - (len(form.fields) - len(fields)))
        self._has_own_key = bool(form.key_field and self._texts.get(form.key_field))
        self._has_own_area = False

    def _written(self, field: FormField, content: PlanContent) -> str:
        if field.name == TARGET:
            return self._target.written(self.base.key, content) if self._target is not None else ""
        return "" if field.name in BESIDE else field.control.write(getattr(self.base, field.name))

    # Writing

    def is_fixed(self, field: FormField) -> bool:
        """Whether a field cannot be changed: it tells which thing this is."""
        return field.is_identity and (not self.is_new or (field.name in self._given and field.control.is_chosen))

    def write(self, name: str, text: str) -> None:
        """Put a text in a field. What follows from it is written too: a key from a name, a level from its factors."""
        if text == self._texts[name]:
            return
        super().write(name, text)
        if name == self.form.key_field:
            self._has_own_key = bool(text)
        elif name == self.form.key_from:
            self._suggest_key()
        if self.form.kind is Kind.RISK and name in ("likelihood", "consequence"):
            self._follow_level()
        self._has_own_area |= name == "area"
        if self.form.kind is Kind.INDICATOR and name == "goal" and not self._has_own_area:
            self._follow_goal(text)

    def _suggest_key(self) -> None:
        if not self.is_new or self._has_own_key or self.form.key_field not in self._texts:
            return
        self._texts[self.form.key_field] = proposed_key(self._texts[self.form.key_from], self._taken_keys())

    def _taken_keys(self) -> frozenset[str]:
        if self.form.key_field != "slug":
            return frozenset(self.content.entities[self.form.kind])
        table = f"{getattr(self.base, 'table', '')}/"
        rows = self.content.entities[self.form.kind]
        return frozenset(key.removeprefix(table) for key in rows if key.startswith(table))

    def _follow_level(self) -> None:
        read, errors = self._read()
        if "level" not in self._texts or errors.keys() & {"likelihood", "consequence"}:
            return
        likelihood, consequence = read["likelihood"], read["consequence"]
        if all(grade is not None and 1 <= grade <= HIGHEST_GRADE for grade in (likelihood, consequence)):
            self._texts["level"] = str(risk_level(likelihood, consequence))

    def _follow_goal(self, key: str) -> None:
        """Let an indicator stand where its goal does, as one that is moved there does, until its area is written."""
        goal = self.content.get(Goal, key)
        if goal is not None and goal.area:
            self._texts["area"] = goal.area

    # What stands there

    def says_something(self, field: FormField) -> bool:
        if self.is_fixed(field) or (field.is_identity and field.name in self._given):
            return False
        text = self._texts[field.name]
        if field.name == self.form.key_field:
            return self._has_own_key
        return text != (
            "" if field.name in BESIDE else field.control.write(getattr(_nothing_said(self.form.kind), field.name))
        )

    def help_in(self, field: FormField) -> str:
        key = self._texts.get(self.form.key_field, "")
        if field.name == self.form.key_from and self.is_new and key:
            return _("Key (changed under more): {key}", key=clean(key))
        told = super().help_in(field)
        if field.name == TARGET and self._target is not None:
            return _("For {period}. {told}", period=self._target.period, told=told)
        return told

    # Reading

    def _read(self) -> tuple[dict[str, Any], dict[str, Message]]:
        """The values of the fields, and what is wrong with those that cannot be read; they keep their first value."""
        values: dict[str, Any] = {}
        errors: dict[str, Message] = {}
        for field in self.fields:
            if field.name in BESIDE or self.is_fixed(field):
                continue
            try:
                values[field.name] = field.control.on(self.today).read(self._texts[field.name])
            except KvaltuiError as error:
                errors[field.name] = error.message
                values[field.name] = getattr(self.base, field.name)
        return values, errors

    @property
    def entity(self) -> AnyEntity:
        """The thing as the form makes it; fields that cannot be read are as they were."""
        return self._made(self._read()[0])

    def _made(self, values: Mapping[str, Any]) -> AnyEntity:
        return replace(self.base, **values)

    @property
    def beside(self) -> list[AnyEntity]:
        """What the form says of other things than its own: the target of an indicator, where that is another now."""
        made = self._target.made(self.entity, self._texts[TARGET], self.content) if self._target is not None else None
        return [made] if made is not None and TARGET in self.changed else []

    @property
    def reason(self) -> str:
        """Why the thing is changed, where the form asks for it."""
        return self._texts.get(REASON, "").strip()

    @property
    def errors(self) -> dict[str, Message]:
        """Everything that is wrong, by field; "" for what stands at no field of the form."""
        values, errors = self._read()
        if self.is_new:
            errors = {**self._key_error(values), **errors}
        for name in errors.keys() & values.keys():
            values[name] = self._innocent(name)
        # A rule speaks of one field at a time: what is wrong is set right and the rest is asked about again.
        while (broken := self._broken_rule(values)) is not None:
            name, message = broken
            if name in errors:
                break
            errors[name] = message
            if name not in values:
                break
            values[name] = self._innocent(name)
        for field in self.fields:
            if field.is_required and not self._texts[field.name].strip():
                errors.setdefault(field.name, Message("This has to be filled in"))
        if self.form.key_from in errors and not self._has_own_key:
            errors.pop(self.form.key_field, None)
        if self._target is not None and TARGET in self.changed:
            made = self._made(values)
            problem = self._target.problem(made, self._texts[TARGET], Supposed(self.content, made))
            if problem is not None:
                errors.setdefault(TARGET, problem)
        return errors

    def _broken_rule(self, values: Mapping[str, Any]) -> tuple[str, Message] | None:
        """The field and the message of the first rule that the thing would break."""
        entity = self._made(values)
        try:
            facts = Supposed(self.content, entity)
            check_entity(entity, facts)
            check_typed(entity, self.base, facts)
        except RuleError as error:
            return (error.field if self.form.field(error.field) else ""), error.message
        return None

    def _key_error(self, values: Mapping[str, Any]) -> dict[str, Message]:
        """What is wrong with the key of a new thing."""
        entity = self._made(values)
        if entity.kind in OWNED:
            known = self.content.find(Reference(entity.kind, entity.key))
            if known is None or known.retired:
                return {}
            name = self.form.key_field or "period"
            return {name: Message("There is one already: open that one")}
        try:
            check_key_is_free(entity.kind, entity.key, self.content)
        except RuleError as error:
            return {self.form.key_field: error.message}
        return {}

    def _innocent(self, name: str) -> Any:
        """A value that no rule objects to, to find what else is wrong."""
        field = self.form.field(name)
        if field is not None and (field.is_required or field.is_identity) and not field.control.is_chosen:
            before = getattr(self.base, name)
            return before if before and not self.is_new else _PLACEHOLDER if isinstance(before, str) else before
        return getattr(blank(self.form.kind, {}), name)


def blank(kind: Kind, given: Mapping[str, Any]) -> AnyEntity:
    """A new thing of a kind: what is given of it, defaults for the rest, and empty texts where there is no default."""
    type_ = ENTITY_TYPES[kind]
    empty = {each.name: "" for each in fields(type_) if each.default is MISSING and each.default_factory is MISSING}
    return cast("AnyEntity", cast("Any", type_)(**{**empty, **given}))


@cache
def _nothing_said(kind: Kind) -> AnyEntity:
    """A thing whose form nobody has filled in."""
    return blank(kind, {})


def next_order(content: PlanContent, kind: Kind) -> int:
    """The place after the last of its kind."""
    orders: Iterable[int] = (getattr(each, "order", 0) for each in content.entities[kind].values())
    return max(orders, default=-1) + 1
