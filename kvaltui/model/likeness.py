"""Indicators that look like one another: the same name in an area, or the same series of figures.

Both are warnings (docs/rules.md, Doubts): names and figures are never changed by the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeAlias

from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome
from kvaltui.model.row import Row
from kvaltui.model.status import Doubt
from kvaltui.model.structure import Indicator
from kvaltui.model.value import dataclass, replace

Series: TypeAlias = tuple[str, ...]
Keys: TypeAlias = tuple[str, ...]

_SHORTEST_SERIES = 3
_A_PAIR = 2
_NO_SERIES: Series = ()


@dataclass(frozen=True, slots=True)
class Likenesses:
    """Which indicators share a name in their area, and which share their figures of all periods.

    `doubts` holds what this makes of those that it concerns, by their keys.
    """

    named_alike: frozenset[str]
    series: Mapping[Series, Keys]
    series_of: Mapping[str, Series]
    doubts: Mapping[str, tuple[Doubt, ...]]

    @staticmethod
    def of(
        rows: Iterable[tuple[Indicator, Row]], outcomes: Mapping[str, Outcome], periods: Iterable[Period]
    ) -> Likenesses:
        """Look through the indicators that are followed, each with what is entered for it."""
        names: dict[tuple[str, str], list[str]] = {}
        series: dict[Series, list[str]] = {}
        series_of: dict[str, Series] = {}
        suffixes = suffixes_of(periods)
        for indicator, row in rows:
            name = " ".join(indicator.name.split()).casefold()
            names.setdefault((indicator.area, name), []).append(indicator.key)
            figures = _series(indicator, row, outcomes, suffixes)
            if figures:
                series_of[indicator.key] = figures
                series.setdefault(figures, []).append(indicator.key)
        named_alike = frozenset(key for keys in names.values() if len(keys) > 1 for key in keys)
        found = Likenesses(named_alike, {each: tuple(keys) for each, keys in series.items()}, series_of, {})
        repeated = (key for keys in series.values() if len(keys) > 1 for key in keys)
        return replace(found, doubts={key: found._doubts_of(key) for key in (*named_alike, *repeated)})

    def after(
        self, rows: Iterable[tuple[Indicator, Row]], outcomes: Mapping[str, Outcome], periods: Iterable[Period]
    ) -> tuple[Likenesses, frozenset[str]]:
        """The likenesses when figures of some indicators have changed, and the keys of those whose doubts change."""
        suffixes = suffixes_of(periods)
        moved = {
            indicator.key: figures
            for indicator, row in rows
            if (figures := _series(indicator, row, outcomes, suffixes)) != self.series_of.get(indicator.key, _NO_SERIES)
        }
        if not moved:
            return self, frozenset()
        series, series_of, doubts = dict(self.series), dict(self.series_of), dict(self.doubts)
        concerned = set(moved)
        for key, figures in moved.items():
            former = series_of.pop(key, _NO_SERIES)
            if former:
                series[former] = tuple(other for other in series[former] if other != key)
                concerned.update(series[former] if len(series[former]) == 1 else ())
                if not series[former]:
                    del series[former]
            if figures:
                series[figures] = (*series.get(figures, ()), key)
                concerned.update(series[figures] if len(series[figures]) == _A_PAIR else ())
                series_of[key] = figures
        found = Likenesses(self.named_alike, series, series_of, doubts)
        for key in concerned:
            doubts[key] = found._doubts_of(key)
        return found, frozenset(key for key in concerned if doubts[key] != self.doubts.get(key, ()))

    def _doubts_of(self, key: str) -> tuple[Doubt, ...]:
        doubts = []
        if key in self.named_alike:
            doubts.append(Doubt.DUPLICATE_NAME)
        if len(self.series.get(self.series_of.get(key, _NO_SERIES), ())) > 1:
            doubts.append(Doubt.REPEATED_SERIES)
        return tuple(doubts)


def suffixes_of(periods: Iterable[Period]) -> tuple[str, ...]:
    """What follows an indicator's key in the keys of its outcomes as a whole."""
    return tuple([f"/{period}/" for period in periods])


def _series(indicator: Indicator, row: Row, outcomes: Mapping[str, Outcome], suffixes: Iterable[str]) -> Series:
    """The figures of all periods, "" where there is none; nothing where they are too few or all the same."""
    texts = [_bare(text) for text in row.texts]
    if indicator.breakdown:
        places = [indicator.key + suffix for suffix in suffixes]
        texts += [_written(outcomes.get(place + part)) for place in places for part in indicator.breakdown]
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
