"""What may be stored: every rule of a plan's things, whoever enters them and wherever they come from.

The figures of a thing that looks wrong are stored and doubted (`plausibility`); what these rules refuse is not stored.
"""

from __future__ import annotations

import re
from functools import cache

from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyRow
from kvaltui.model.entities import ENTITY_TYPES, AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.facts import AreaIsComplete, Facts
from kvaltui.model.fields import content_fields
from kvaltui.model.kind_rules import check_kind, check_kind_alone
from kvaltui.model.limits import LONGEST_KEY, RuleError, check_limits
from kvaltui.model.message import Message
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Result, SelfCheck
from kvaltui.model.references import OWNED, references_of
from kvaltui.model.reporting import Comparison, Outcome, TargetValue
from kvaltui.model.structure import Area, Goal, Indicator
from kvaltui.model.tree import MOST_LEVELS

_KEY = re.compile(r"[a-z0-9]+(?:[-_.]+[a-z0-9]+)*")
_KINDS = {
    Kind.QUALITY_FACTOR: Message("quality factors"),
    Kind.AREA: Message("areas"),
    Kind.GOAL: Message("goals"),
    Kind.INDICATOR: Message("indicators"),
    Kind.RISK: Message("risks"),
    Kind.SELF_CHECK: Message("self-checks"),
    Kind.ECONOMY_TABLE: Message("economy tables"),
}


def check_entity(entity: AnyEntity, facts: Facts) -> None:
    """Raise RuleError, naming the field, unless the entity may stand in the plan that `facts` shows.

    `facts` shows the plan with the change in it, so that things which belong together can be stored together. A retired
    thing only has to be one that nothing else still needs, and whose figures are not locked.
    """
    _check_lock(entity, facts)
    check_alone(entity)
    if entity.retired:
        _check_is_unused(entity, facts)
    else:
        check_within(entity, facts)


def check_alone(entity: AnyEntity) -> None:
    """Raise RuleError, naming the field, for what no plan may hold, whatever else is in it.

    Joining two copies that each kept this rule for every thing can break it only where it is about several fields.
    """
    if entity.kind not in OWNED:
        check_key(entity.key)
    elif isinstance(entity, EconomyRow):
        check_key(entity.slug, field="slug")
    check_limits(entity)
    if isinstance(entity, Area | Goal) and entity.parent == entity.key:
        raise _under_itself(entity)
    if entity.retired:
        return
    name = _name_field(entity.kind)
    if name and not getattr(entity, name).strip():
        raise RuleError(Message("A name is needed"), field=name)
    check_kind_alone(entity)


def check_within(entity: AnyEntity, facts: Facts) -> None:
    """Raise RuleError, naming the field, where an entity does not fit in with the rest of the plan.

    Two copies that each kept this rule may break it when they are joined.
    """
    _check_references(entity, facts)
    if isinstance(entity, Area | Goal):
        _check_is_no_circle(entity, facts)
    check_kind(entity, facts)


def check_key(key: str, field: str = "key") -> None:
    """Raise RuleError unless the text can be a key: small letters a–z, digits, and hyphens between them."""
    if not _KEY.fullmatch(key):
        raise RuleError(
            Message(
                "“{key}” cannot be a key: write small letters a–z, digits and hyphens, such as {example}",
                key=key[:LONGEST_KEY],
                example="trygghet-2",
            ),
            field=field,
        )
    if len(key) > LONGEST_KEY:
        raise RuleError(Message("A key has at most {most} characters", most=LONGEST_KEY), field=field)


def check_key_is_free(kind: Kind, key: str, content: PlanContent) -> None:
    """Raise RuleError where a new thing would have the key of another one of its kind, a retired one included."""
    if content.get(ENTITY_TYPES[kind], key) is not None:
        raise RuleError(Message("“{key}” is the key of another one already", key=key), field="key")


def _check_references(entity: AnyEntity, facts: Facts) -> None:
    for field, reference in references_of(entity):
        named = facts.get(ENTITY_TYPES[reference.kind], reference.key)
        if named is None:
            message = Message(
                "“{key}” is not among the plan's {kinds}", key=reference.key, kinds=_KINDS[reference.kind]
            )
            raise RuleError(message, field=field)
        if named.retired and entity.kind not in OWNED:
            raise RuleError(Message("“{name}” is retired: bring it back first", name=told_name(named)), field=field)


def _check_is_unused(entity: AnyEntity, facts: Facts) -> None:
    if entity.kind in OWNED:
        return
    users = [
        user
        for user in facts.referring_to(Reference(entity.kind, entity.key))
        if not user.retired and user.kind not in OWNED
    ]
    if not users:
        return
    message = Message(
        "“{name}” is used by “{user}”: change that first"
        if len(users) == 1
        else "“{name}” is used by “{user}” and {more} more: change those first",
        name=told_name(entity),
        user=told_name(users[0]),
        more=len(users) - 1,
    )
    raise RuleError(message, field="retired")


def _check_is_no_circle(entity: Area | Goal, facts: Facts) -> None:
    above, seen = entity.parent, set[str]()
    while above and above not in seen:  # what hangs under a circle of others is itself none
        if above == entity.key:
            raise _under_itself(entity)
        seen.add(above)
        if len(seen) >= MOST_LEVELS:
            message = Message("“{name}” lies too deep: at most {most} levels", name=entity.name, most=MOST_LEVELS)
            raise RuleError(message, field="parent")
        found = facts.get(type(entity), above)
        above = found.parent if found else ""


def _under_itself(entity: Area | Goal) -> RuleError:
    return RuleError(Message("“{name}” cannot lie under itself", name=entity.name), field="parent")


def _check_lock(entity: AnyEntity, facts: Facts) -> None:
    """Refuse changed figures in an area that is marked complete for their period."""
    if isinstance(entity, Outcome | TargetValue | Comparison):
        check_area_is_open(area_of_indicator(entity.indicator, facts), entity.period, facts)
    elif isinstance(entity, Result):
        self_check = facts.get(SelfCheck, entity.self_check)
        check_area_is_open(self_check.area if self_check else "", entity.period, facts)


def check_area_is_open(area: str, period: Period, facts: Facts) -> None:
    """Raise AreaIsComplete where an area ("" = none) is marked complete for a period, which locks its figures."""
    if area and facts.is_complete(area, period):
        found = facts.get(Area, area)
        raise AreaIsComplete(
            Message(
                "“{area}” is marked complete for {period}, which locks its figures: reopen it first",
                area=found.name if found else area,
                period=period,
            ),
            field="value",
        )


def area_of_indicator(key: str, facts: Facts) -> str:
    """The key of the area that an indicator stands in, by itself or through its goal; "" where there is none."""
    indicator = facts.get(Indicator, key)
    if indicator is None:
        return ""
    area, goal, seen = indicator.area, indicator.goal, set[str]()
    while not area and goal and goal not in seen:
        seen.add(goal)
        found = facts.get(Goal, goal)
        area, goal = (found.area, found.parent) if found else ("", "")
    return area


@cache
def _name_field(kind: Kind) -> str:
    """The field by which a thing is called, "" for what has none."""
    return next((name for name in ("title", "name") if name in content_fields(kind)), "")


def told_name(entity: AnyEntity) -> str:
    """What a thing is called in a message."""
    if isinstance(entity, Indicator):
        return entity.shown_name
    field = _name_field(entity.kind)
    name: str = getattr(entity, field) if field else ""
    return name or entity.key
