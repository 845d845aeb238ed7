"""A plan made ready for judging: what holds for every period, and what has been judged of equal texts already.

Large plans repeat themselves: the same figure against the same target, measured in the same way, is judged once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.figure import FigureError, parse_figure
from kvaltui.model.indicator_judging import judge_indicator
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.likeness import Likenesses, suffixes_of
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.row import Row
from kvaltui.model.scale import Scale
from kvaltui.model.status import Doubt, Status
from kvaltui.model.structure import Goal, Indicator
from kvaltui.model.target import parse_target
from kvaltui.model.target_rule import BASED_RULES, TargetError
from kvaltui.model.value import dataclass, replace
from kvaltui.model.view import View, decided, why_outside

_MOST_REMEMBERED = 10_000

Texts = tuple[str, str, str, str]


class _Numeric(dict[str, bool]):
    """Whether figures are numbers, by their texts."""

    __slots__ = ("_scale",)

    def __init__(self, scale: Scale) -> None:
        self._scale = scale

    def __missing__(self, text: str) -> bool:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        try:
            known = parse_figure(text, self._scale).is_number
        except FigureError:
            known = False
        self[text] = known
        return known


class _Terms:
    """How a group of indicators is measured and judged, with what is known of their texts."""

    __slots__ = ("judged", "numeric", "scale")

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self.judged: dict[Texts, tuple[Status, tuple[Doubt, ...], tuple[Any, ...]]] = {}
        self.numeric = _Numeric(scale)

    def remember(self, texts: Texts, result: IndicatorResult) -> None:
        """Remember what was judged, unless the period or more earlier figures than the nearest have decided it."""
        if result.verdict.rule in BASED_RULES or _is_for_later(texts[1], self.scale):
            return
        if len(self.judged) >= _MOST_REMEMBERED:
            self.judged.clear()
        self.judged[texts] = (result.verdict.status, result.doubts, result[_FIRST_SHARED:])


_FIRST_SHARED = IndicatorResult._fields.index("verdict")


class Followed(NamedTuple):
    """An indicator that is followed, with what is entered for it and what is doubtful about it beside others.

    `terms` is None where more than texts decides its verdict. `above` are the nodes that count it, each once.
    """

    indicator: Indicator
    terms: _Terms | None
    above: tuple[Reference, ...]
    row: Row
    likeness: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Preparation:
    """The followed indicators of a plan by key, in the plan's order, and how they look like one another.

    `groups` are nodes with the keys of the indicators that all of them count. `has_more_readings`: some figure has a
    second reading, from another source.
    """

    content: PlanContent
    followed: dict[str, Followed]
    groups: tuple[tuple[tuple[Reference, ...], list[str]], ...]
    likenesses: Likenesses
    has_more_readings: bool

    @staticmethod
    def of(content: PlanContent) -> Preparation:
        """Make a plan ready; the latest one stays so, for its other periods."""
        global _latest  # noqa: PLW0603 - one plan is looked at over and over, period by period
        latest = _latest
        if latest is None or not latest.is_for(content):
            _latest = latest = _prepare(content)
        return latest

    def is_for(self, content: PlanContent) -> bool:
        """Whether a plan has the same structure and the same outcomes."""
        return self.has_structure_of(content) and content.all(Outcome) is self.content.all(Outcome)

    def has_structure_of(self, content: PlanContent) -> bool:
        """Whether a plan has the same policy, periods, areas, goals and indicators."""
        return content.tree is self.content.tree and content.plan == self.content.plan

    def after(self, content: PlanContent, keys: Collection[str]) -> tuple[Preparation, frozenset[str]]:
        """The same when figures of some indicators have changed, and the keys of those that look otherwise now."""
        outcomes, periods = content.all(Outcome), content.plan.periods
        suffixes = suffixes_of(periods)
        followed = dict(self.followed)
        for key in keys:
            followed[key] = followed[key]._replace(row=Row.of(key, outcomes, suffixes))
        rows = [(followed[key].indicator, followed[key].row) for key in keys]
        likenesses, concerned = self.likenesses.after(rows, outcomes, periods)
        for key in concerned:
            followed[key] = followed[key]._replace(likeness=likenesses.doubts.get(key, ()))
        has_more_readings = self.has_more_readings or any(
            f"{key}/{period}#2/" in outcomes for key in keys for period in periods
        )
        return replace(
            self, content=content, followed=followed, likenesses=likenesses, has_more_readings=has_more_readings
        ), concerned

    def judge(self, view: View, followed: Iterable[Followed]) -> dict[str, IndicatorResult]:
        """Judge indicators that are followed, from what is remembered of the same texts where there is such."""
        results: dict[str, IndicatorResult] = {}
        place, suffix, earlier_places, targets = view.place, view.suffix, view.earlier_places, view.targets
        second, outcomes, has_more_readings = view.second, view.outcomes, self.has_more_readings
        has_assessments = bool(view.assessments)
        for indicator, terms, _, row, likeness in followed:
            key = indicator.key
            found = None
            if terms is not None and place is not None and not (has_more_readings and key + second in outcomes):
                found = _plain_texts(row, place, earlier_places, targets.get(key + suffix), terms)
            if terms is None or found is None:
                results[key] = judge_indicator(view, indicator, likeness)
                continue
            texts, changed_at = found
            remembered = terms.judged.get(texts)
            if remembered is None:
                result = judge_indicator(view, indicator)
                terms.remember(texts, result)
                results[key] = result._replace(doubts=result.doubts + likeness)
                continue
            status, doubts, shared = remembered
            its_own = (key, status, None, False, doubts + likeness, False, changed_at)
            result = _made(IndicatorResult, its_own + shared)
            results[key] = _assessed(view, result) if has_assessments else result
        return results


_made = tuple.__new__
"""Makes a named tuple without going through its many arguments."""


def _assessed(view: View, result: IndicatorResult) -> IndicatorResult:
    """A result with a person's assessment beside it, where there is one."""
    if f"{Kind.INDICATOR}/{result.key}{view.ending}" not in view.assessments:
        return result
    manual = view.assessment(Kind.INDICATOR, result.key)
    return result._replace(
        status=decided(manual) or result.status,
        manual=manual,
        is_stale=manual is not None and result.changed_at > manual.changed_at,
        is_contested=manual is not None and bool(manual.contested),
        changed_at=max(result.changed_at, view.assessment_changed_at(Kind.INDICATOR, result.key)),
    )


_latest: Preparation | None = None


def _prepare(content: PlanContent) -> Preparation:
    tree = content.tree
    indicators = content.all(Indicator)
    goals = content.all(Goal)
    terms: dict[tuple[Scale, str | None, str | None], _Terms] = {}
    places: dict[tuple[Reference, Reference | None], tuple[tuple[Reference, ...], list[str]]] = {}
    outcomes, periods = content.all(Outcome), content.plan.periods
    suffixes = suffixes_of(periods)
    followed: dict[str, Followed] = {}
    for node in tree.parents:
        if node.kind is not Kind.INDICATOR:
            continue
        indicator = indicators[node.key]
        place = tree.parents[node], tree.goals_elsewhere.get(node)
        group = places.get(place)
        if group is None:
            group = places[place] = tree.affected_by(node), []
        group[1].append(node.key)
        its_terms = None
        if _is_plain(indicator) and why_outside(indicator, goals) is None:
            measure = indicator.scale, indicator.partial_from, indicator.partial_within
            its_terms = terms.get(measure)
            if its_terms is None:
                its_terms = terms[measure] = _Terms(indicator.scale)
        row = Row.of(node.key, outcomes, suffixes)
        followed[node.key] = Followed(indicator, its_terms, group[0], row, ())
    likenesses = Likenesses.of([(each.indicator, each.row) for each in followed.values()], outcomes, periods)
    for key, doubts in likenesses.doubts.items():
        followed[key] = followed[key]._replace(likeness=doubts)
    has_more_readings = "#" in "".join(outcomes)
    return Preparation(content, followed, tuple(places.values()), likenesses, has_more_readings)


def _is_plain(indicator: Indicator) -> bool:
    """Whether nothing but texts decides an indicator's verdict."""
    return not (indicator.breakdown or indicator.cumulative or indicator.series_breaks or indicator.contested)


def _is_for_later(target: str, scale: Scale) -> bool:
    """Whether a target's text says from when it holds, so that the period decides the verdict too."""
    try:
        return bool(parse_target(target, scale).horizon)
    except TargetError:
        return False


def _plain_texts(
    row: Row, place: int, earlier_places: Iterable[tuple[int, str]], target: TargetValue | None, terms: _Terms
) -> tuple[Texts, str] | None:
    """All that decides a plain indicator's verdict, and when it last changed; None where more than that decides it."""
    texts, changes, particular, contested = row
    if place in particular:
        return None
    written, changed_at = "", changes[place]
    if target is not None:
        if target.horizon or target.contested or target.retired:
            return None
        written = target.value
        changed_at = max(changed_at, target.changed_at)
    for earlier, suffix in earlier_places:
        text = texts[earlier]
        if text and terms.numeric[text]:
            return None if earlier in contested else ((texts[place], written, text, suffix), changed_at)
    return (texts[place], written, "", ""), changed_at
