"""The earlier figures of an indicator: which is the nearest, what a target measures from, what may be compared."""

from __future__ import annotations

from collections.abc import Iterable

from kvaltui.model.figure import Figure, FigureError, parse_figure, write_figure
from kvaltui.model.indicator_result import PartResult, Previous
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome
from kvaltui.model.scale import Scale
from kvaltui.model.structure import Indicator
from kvaltui.model.target_rule import Target
from kvaltui.model.view import View


def nearest(view: View, indicator: Indicator, part: str, earlier: Iterable[tuple[Period, str]]) -> Previous | None:
    """The nearest earlier numeric outcome; none where it is contested, for then nobody knows what it is.

    `earlier` are the periods to look at, the nearest first, each with the suffix of its outcomes.
    """
    outcomes, key, scale = view.outcomes, indicator.key, indicator.scale
    for period, suffix in earlier:
        outcome = outcomes.get(key + suffix + part)
        text, figure = _read(outcome, scale)
        if part and figure is None:
            whole = _read(outcomes.get(key + suffix), scale)[1]
            figure = dict(whole.parts).get(part) if whole is not None else None
            text = write_figure(figure, scale) if figure is not None else ""
        if figure is not None and figure.is_number:
            is_contested = outcome is not None and "value" in outcome.contested
            return None if is_contested else Previous(period, text, figure)
    return None


def _read(outcome: Outcome | None, scale: Scale) -> tuple[str, Figure | None]:
    if outcome is None or outcome.retired or not outcome.value:
        return "", None
    try:
        return outcome.value, parse_figure(outcome.value, scale)
    except FigureError:
        return "", None


def nearest_of_parts(parts: Iterable[PartResult]) -> Previous | None:
    """The parts' nearest earlier figures together, of the latest period that any of them has."""
    earlier = [(part.part, part.previous) for part in parts if part.previous is not None]
    if not earlier:
        return None
    latest = max(previous.period for _, previous in earlier)
    together = [(part, previous) for part, previous in earlier if previous.period == latest]
    text = joined((part, previous.text) for part, previous in together) or ""
    return Previous(latest, text, Figure(parts=tuple((part, previous.figure) for part, previous in together)))


def joined(parts: Iterable[tuple[str, str]]) -> str | None:
    """The texts of parts as one text, None where there are none."""
    return "; ".join(f"{part} {text}" for part, text in parts if text) or None


def earlier_base(view: View, indicator: Indicator, part: str, target: Target) -> Previous | None:
    """What a target without a base of its own measures from: the period that it names, or the nearest of any kind."""
    named = target.base_period
    if named is not None:
        return nearest(view, indicator, part, ((named, f"/{named}/"),))
    return nearest(view, indicator, part, view.earlier) or nearest(view, indicator, part, view.earlier_of_any)


def is_broken_since(period: Period, view: View, indicator: Indicator) -> bool:
    """Whether the series of an indicator breaks between an earlier period and the one that is looked at."""
    return any(period < each <= view.period for each in indicator.series_breaks)


def is_comparable(previous: Previous, view: View, indicator: Indicator) -> bool:
    """Whether no series break lies between, and a cumulative figure is compared with the same part of its year."""
    if indicator.series_breaks and is_broken_since(previous.period, view, indicator):
        return False
    return not indicator.cumulative or previous.period.number == view.period.number
