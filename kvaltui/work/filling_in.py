"""How a field of a thing is filled in, by what it holds, and what there is to choose from in it.

That is things of the plan by their names, and the closed sets by their words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind
from kvaltui.model.fields import ContentField, Holds, content_fields
from kvaltui.model.quality_work import Risk, SelfCheck
from kvaltui.model.risk import by_severity
from kvaltui.model.structure import Indicator, QualityFactor
from kvaltui.model.tree import ROOT
from kvaltui.words import capitalised, word
from kvaltui.work.controls import (
    Control,
    Day,
    OneOf,
    Option,
    PeriodText,
    Recurring,
    SeveralOf,
    TextList,
    TextOrNone,
    WholeNumber,
    YesNo,
)
from kvaltui.work.naming import name_of

_INDENT = "  "
TEXT = Control()
LONG_NAME = Control(lines=6)
LONG_TEXT = Control(lines=6, is_prose=True)
_RECURRING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(("area_kind", "assignment_kind", "goal_kind", "horizon", "responsible", "section"), ()),
        **dict.fromkeys(("service", "source"), ()),
        "unit": ("%", "antal", "dagar", "kr", "index", "ja/nej", "text"),
    }
)
"""The fields in which the words of one thing come back in others, and the words that there are from the start."""


def control_of(kind: Kind, field: ContentField) -> Control:
    """How a field of a kind of thing is filled in, by what it holds."""
    match field.holds:
        case Holds.LINE | Holds.AS_WRITTEN:
            if field.name in _RECURRING and not field.is_list:
                return Recurring(among=partial(_words_of, kind, field.name))
            return TextList() if field.is_list else TextOrNone() if field.is_optional else TEXT
        case Holds.PROSE:
            return LONG_TEXT
        case Holds.KEY:
            among = partial(_things, field)
            return SeveralOf(among=among) if field.is_list else OneOf(among=among)
        case Holds.NUMBER:
            return TextList(one=WholeNumber()) if field.is_list else WholeNumber()
        case Holds.TRUTH:
            return YesNo()
        case Holds.DAY:
            return Day()
        case Holds.PERIOD:
            return TextList(one=PeriodText()) if field.is_list else PeriodText()
        case Holds.MEMBER:
            return OneOf(among=partial(_members, field), of=field.members)


def _words_of(kind: Kind, name: str, content: PlanContent) -> Sequence[str]:
    """What stands in a field, the commonest first: of the kind, and of every kind where it is about who does it."""
    kinds = [each for each in Kind if name in content_fields(each)] if name == "responsible" else [kind]
    held = (getattr(each, name) for one in kinds for each in content.entities[one].values() if not each.retired)
    counted = Counter(clean(text) for text in held if text)
    words = dict.fromkeys([*(text for text, _count in counted.most_common()), *_RECURRING[name]])
    return [*words] if kind is not Kind.ECONOMY_TABLE else [text for text in words if text in counted]


def _members(field: ContentField, _content: PlanContent) -> Sequence[Option]:
    """The members of the closed set that a field holds one of, in its order."""
    return [Option(each.value, capitalised(word(each))) for each in field.members]


def _things(field: ContentField, content: PlanContent) -> Sequence[Option]:
    """The things that a field may name, and nothing before them where it may name nothing."""
    assert field.names is not None
    return [*([Option("", "–")] if field.may_name_nothing else []), *things_of(content, field.names)]


def things_of(content: PlanContent, kind: Kind) -> Iterable[Option]:
    """The things of a kind that there are to choose from."""
    return _THINGS[kind](content)


def _in_tree(content: PlanContent, kind: Kind) -> Iterable[Option]:
    for node in content.tree.below(ROOT):
        if node.kind is kind:
            depth = sum(1 for above in content.tree.ancestors(node) if above.kind is kind)
            yield Option(node.key, _INDENT * depth + name_of(content, node))


def _named(named: Iterable[SelfCheck | Indicator | QualityFactor]) -> Iterable[Option]:
    return (Option(each.key, clean(each.name)) for each in sorted(named, key=lambda each: each.order))


_THINGS: Mapping[Kind, Callable[[PlanContent], Iterable[Option]]] = MappingProxyType(
    {
        Kind.AREA: partial(_in_tree, kind=Kind.AREA),
        Kind.GOAL: partial(_in_tree, kind=Kind.GOAL),
        Kind.RISK: lambda content: (Option(each.key, clean(each.title)) for each in by_severity(content.active(Risk))),
        Kind.SELF_CHECK: lambda content: _named(content.active(SelfCheck)),
        Kind.INDICATOR: lambda content: _named(content.active(Indicator)),
        Kind.QUALITY_FACTOR: lambda content: _named(content.active(QualityFactor)),
    }
)
"""What there is to choose from of a kind: areas and goals as in the tree, the gravest risk first, others in order."""
