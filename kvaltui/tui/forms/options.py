"""What there is to choose from in a form: things of the plan by their names, and the closed sets by their words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import partial
from typing import Protocol

from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.quality_work import Risk, SelfCheck
from kvaltui.model.risk import by_severity
from kvaltui.model.status import Status
from kvaltui.model.structure import Area, Goal, Indicator, QualityFactor
from kvaltui.model.tree import ROOT
from kvaltui.tui.forms.controls import NO, YES, Option
from kvaltui.words import capitalised, status_word, word

_INDENT = "  "


class _Named(Protocol):
    @property
    def key(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def order(self) -> int: ...


def none() -> Option:
    """Nothing of what there is."""
    return Option("", "–")


def yes_or_no(_content: PlanContent) -> Sequence[Option]:
    """Yes and no."""
    return Option(YES, _("Yes")), Option(NO, _("No"))


def members(of: type[StrEnum]) -> Callable[[PlanContent], Sequence[Option]]:
    """The members of a closed set, in its order."""
    return partial(_members, of)


def _members(of: type[StrEnum], _content: PlanContent) -> Sequence[Option]:
    return [Option(each.value, capitalised(word(each))) for each in of]


def statuses(_content: PlanContent) -> Sequence[Option]:
    """The statuses that a person can give."""
    return [Option(each.value, capitalised(status_word(each))) for each in Status]


def areas(content: PlanContent) -> Sequence[Option]:
    """No area, then the areas as they stand in the tree."""
    return [none(), *_in_tree(content, Kind.AREA)]


def goals(content: PlanContent) -> Sequence[Option]:
    """No goal, then the goals as they stand in the tree."""
    return [none(), *_in_tree(content, Kind.GOAL)]


def _in_tree(content: PlanContent, kind: Kind) -> Iterable[Option]:
    for node in content.tree.below(ROOT):
        if node.kind is kind:
            depth = sum(1 for above in content.tree.ancestors(node) if above.kind is kind)
            yield Option(node.key, _INDENT * depth + _name(content, node))


def _name(content: PlanContent, node: Reference) -> str:
    found = content.find(node)
    return clean(found.name) if isinstance(found, Area | Goal) else node.key


def risks(content: PlanContent) -> Sequence[Option]:
    """The risks, the gravest first."""
    return [Option(each.key, clean(each.title)) for each in by_severity(content.active(Risk))]


def self_checks(content: PlanContent) -> Sequence[Option]:
    """The self-checks in the plan's order."""
    return _named(content.active(SelfCheck))


def indicators(content: PlanContent) -> Sequence[Option]:
    """The indicators in the plan's order."""
    return _named(content.active(Indicator))


def quality_factors(content: PlanContent) -> Sequence[Option]:
    """The quality factors in the plan's order."""
    return _named(content.active(QualityFactor))


def _named(things: Iterable[_Named]) -> Sequence[Option]:
    return [Option(each.key, clean(each.name)) for each in sorted(things, key=lambda each: each.order)]
