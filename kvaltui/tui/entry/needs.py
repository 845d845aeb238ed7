"""What the contents of a plan need of the entry table's columns."""

from __future__ import annotations

from kvaltui.decimal_line import DecimalLine, line_for
from kvaltui.figure_words import target_cell, unit_cell
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome
from kvaltui.model.structure import Indicator
from kvaltui.tui.entry.columns import Needs
from kvaltui.tui.terminal.drawing import width_of
from kvaltui.work.session import PlanSession

_LEAST_OUTCOME = DecimalLine(5, 2)
"""So much is there for what will be typed, whatever stands there yet."""
_LEAST_EARLIER = DecimalLine(3, 0)
_MOST_FIGURE = DecimalLine(8, 3)
_MOST_TARGET = DecimalLine(8, 3)
_LEAST_UNIT = 2
_LONG_NUMBER = 20
_QUOTIENT = 2
"""Cells after the line that a quotient needs, which is told with one decimal."""


def needs_of(session: PlanSession, name: int) -> Needs:
    """What the open plan needs, all of its indicators taken together; `name` is the width of the widest name."""
    now, before, periods = _written(session)
    targets = {
        (each.target, session.indicator(each.key).scale) for each in session.result.indicators.values() if each.target
    }
    shown = {target_cell(text, scale) for text, scale in targets if text} - {""}
    units = {unit_cell(each.scale) for each in session.content.active(Indicator)}
    return Needs(
        name=name,
        target=line_for(shown, DecimalLine(4, 0), _MOST_TARGET, width_of) if shown else None,
        earlier=periods,
        earlier_figure=_line_of(before, _under(periods[:1], _LEAST_EARLIER)),
        outcome=_line_of(now, _under((session.period,), _LEAST_OUTCOME)),
        unit=max(map(width_of, units), default=0) and max(_LEAST_UNIT, *map(width_of, units)),
    )


def _written(session: PlanSession) -> tuple[set[str], set[str], tuple[Period, ...]]:
    """The outcomes as written of this period and of those before it, and in which of these there are any."""
    now: set[str] = set()
    before: set[str] = set()
    periods: set[Period] = set()
    for each in session.content.active(Outcome):
        text = each.value or each.forecast
        if text and each.period == session.period:
            now.add(text)
        elif text and each.period < session.period:
            before.add(text)
            periods.add(each.period)
    return now, before, tuple(each for each in session.earlier_periods() if each in periods)


def _under(periods: tuple[Period, ...], least: DecimalLine) -> DecimalLine:
    """The least room of a column under the name of its period, which stands as a figure does."""
    return DecimalLine(least.before, least.after, max((len(str(each)) for each in periods), default=0))


def _line_of(written: set[str], least: DecimalLine) -> DecimalLine:
    """The room of outcomes, known without reading each of them: a large plan has thousands."""
    after = _QUOTIENT if any("/" in each or " av " in each for each in written) else 0
    least = DecimalLine(least.before, max(least.after, after), least.widest)
    return line_for(map(_told, written), least, _MOST_FIGURE)


def _told(written: str) -> str:
    """An outcome about as wide as it is told: the digits of a large number in groups, without its percent sign."""
    whole, mark, decimals = written.removesuffix("%").strip().replace(".", ",").partition(",")
    if whole.isascii() and whole.isdigit() and len(whole) < _LONG_NUMBER:
        whole = f"{int(whole):,}".replace(",", " ")
    return f"{whole}{mark}{decimals}"
