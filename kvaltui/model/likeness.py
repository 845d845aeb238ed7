"""Indicators that look like one another: the same name in an area, or the same series of figures.

Both are warnings (FIGURES.md, Warnings that never block): names and figures are never changed by the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from kvaltui.model.content import PlanContent
from kvaltui.model.reporting import Outcome
from kvaltui.model.status import Doubt
from kvaltui.model.structure import Indicator

Series: TypeAlias = tuple[str, ...]
Keys: TypeAlias = tuple[str, ...]

_SHORTEST_SERIES = 3
_NO_SERIES: Series = ()


@dataclass(frozen=True, slots=True)
class Likenesses:
    """Which indicators share a name in their area, and which share their figures of all periods."""

    names: Mapping[tuple[str, str], Keys]
    series: Mapping[Series, Keys]
    series_of: Mapping[str, Series]

    @staticmethod
    def of(content: PlanContent, indicators: Iterable[Indicator]) -> Likenesses:
        """Look through the indicators that are followed."""
        names: dict[tuple[str, str], list[str]] = {}
        series: dict[Series, list[str]] = {}
        series_of: dict[str, Series] = {}
        suffixes = _suffixes(content)
        outcomes = content.all(Outcome)
        for indicator in indicators:
            names.setdefault(_name(indicator), []).append(indicator.key)
            figures = _series(outcomes, indicator, suffixes)
            if figures:
                series_of[indicator.key] = figures
                series.setdefault(figures, []).append(indicator.key)
        return Likenesses(
            {name: tuple(keys) for name, keys in names.items()},
            {figures: tuple(keys) for figures, keys in series.items()},
            series_of,
        )

    def doubts(self, indicator: Indicator) -> Iterator[Doubt]:
        """What makes an indicator look like another one."""
        if len(self.names.get(_name(indicator), ())) > 1:
            yield Doubt.DUPLICATE_NAME
        if len(self.series.get(self.series_of.get(indicator.key, _NO_SERIES), ())) > 1:
            yield Doubt.REPEATED_SERIES

    def after(self, content: PlanContent, indicators: Iterable[Indicator]) -> tuple[Likenesses, frozenset[str]]:
        """The likenesses when figures of some indicators have changed, and the keys of others that this concerns."""
        suffixes, outcomes = _suffixes(content), content.all(Outcome)
        moved = {
            indicator.key: figures
            for indicator in indicators
            if (figures := _series(outcomes, indicator, suffixes)) != self.series_of.get(indicator.key, _NO_SERIES)
        }
        if not moved:
            return self, frozenset()
        series, series_of = dict(self.series), dict(self.series_of)
        concerned: set[str] = set()
        for key, figures in moved.items():
            former = series_of.pop(key, _NO_SERIES)
            if former:
                rest = tuple(other for other in series[former] if other != key)
                concerned.update(rest if len(rest) == 1 else ())
                series[former] = rest
                if not rest:
                    del series[former]
            if figures:
                others = series.get(figures, ())
                concerned.update(others if len(others) == 1 else ())
                series[figures] = (*others, key)
                series_of[key] = figures
        return Likenesses(self.names, series, series_of), frozenset(concerned)


def _suffixes(content: PlanContent) -> tuple[str, ...]:
    return tuple(f"/{period}/" for period in content.plan.periods)


def _name(indicator: Indicator) -> tuple[str, str]:
    return indicator.area, " ".join(indicator.name.split()).casefold()


def _series(outcomes: Mapping[str, Outcome], indicator: Indicator, suffixes: Iterable[str]) -> Series:
    """The figures of all periods, "" where there is none; nothing where they are too few or all the same."""
    key, breakdown = indicator.key, indicator.breakdown
    texts = [_written(outcomes.get(key + suffix)) for suffix in suffixes]
    if breakdown:
        texts += [_written(outcomes.get(key + suffix + part)) for suffix in suffixes for part in breakdown]
    distinct = set(texts)
    distinct.discard("")
    if len(distinct) < 2 or len(texts) - texts.count("") < _SHORTEST_SERIES:
        return _NO_SERIES
    return tuple(texts)


def _written(outcome: Outcome | None) -> str:
    return "" if outcome is None or outcome.retired else _bare(outcome.value)


@lru_cache(maxsize=65536)
def _bare(text: str) -> str:
    """A figure's text without spaces and unit, "" where it has no digit."""
    if not any(character.isdigit() for character in text):
        return ""
    return "".join(text.split()).removesuffix("%").replace(".", ",").casefold()
