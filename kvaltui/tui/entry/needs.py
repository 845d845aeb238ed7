"""What the contents of a plan need of the entry table's columns."""

from __future__ import annotations

from collections.abc import Iterable

from kvaltui.decimal_line import NO_ROOM, DecimalLine, line_for
from kvaltui.figure_words import target_cell, unit_cell
from kvaltui.model.entity import Reference
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.scale import Scale
from kvaltui.model.structure import Indicator
from kvaltui.tui.entry.columns import INDENT, TEXT, Needs
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


def needs_of(session: PlanSession, depth: int) -> Needs:
    """What the open plan needs, all of its indicators taken together; they stand in `depth` groups at most.

    It is known without reading each figure, and about enough: a large plan has thousands.
    """
    judged = session.result.indicators.values()
    # A text is told with the sign of its direction.
    targets = {(each.target, session.indicator(each.key).direction): each.key for each in judged if each.target}
    written = _written(session)
    periods = tuple(each for each in session.earlier_periods() if each in written)
    before = set[str]().union(*(written[each] for each in periods))
    # Parts that were entered all at once stand in the outcome of the whole.
    now = written.get(session.period, set()) | {part.outcome for each in judged for part in each.parts if part.outcome}
    shown = {target_cell(text, session.indicator(key).scale) for (text, _way), key in targets.items()} - {""}
    units = {unit_cell(Scale(unit)) for unit in {each.unit for each in session.content.active(Indicator)}}
    return Needs(
        name=_widest_name(session, depth),
        target=line_for(shown, DecimalLine(4, 0), _MOST_TARGET, width_of) if shown else None,
        earlier=periods,
        earlier_figure=_line_of(before, _under(periods[:1], _LEAST_EARLIER)),
        outcome=_line_of(now, _under((session.period,), _LEAST_OUTCOME)),
        unit=max(map(width_of, units), default=0) and max(_LEAST_UNIT, *map(width_of, units)),
    )


def has_room(session: PlanSession, needs: Needs, changed: Iterable[Reference]) -> bool:
    """Whether columns laid out for some needs have room for what has changed: whole parts may grow into the gaps."""
    for reference in changed:
        entity = session.content.find(reference)
        match entity:
            case Outcome(value=value, period=period) if value:
                line = needs.outcome if period == session.period else needs.earlier_figure
                is_shown = period >= session.period or period in needs.earlier
                if not is_shown or _line_of({value}, NO_ROOM).after > line.after:
                    return False
            case TargetValue(value=value) if value:
                shown = target_cell(value, session.indicator(entity.indicator).scale)
                if shown and (needs.target is None or line_for([shown], most=_MOST_TARGET).after > needs.target.after):
                    return False
    return True


def _widest_name(session: PlanSession, depth: int) -> int:
    """The widest name, with what it is moved to the right at most."""
    widest = 0
    for each in session.content.active(Indicator):
        widest = max(widest, len(each.shown_name))
        for part in each.breakdown:
            widest = max(widest, len(part) + INDENT)
    return TEXT + INDENT * depth + widest


def _written(session: PlanSession) -> dict[Period, set[str]]:
    """The outcomes as they are written, by their period."""
    # Periods are compared field by field, and most outcomes share theirs: each object is looked at once.
    found: dict[int, tuple[Period, set[str]]] = {}
    for each in session.content.active(Outcome):
        if text := each.value or each.forecast:
            period = each.period
            known = found.get(id(period))
            if known is None:
                known = found[id(period)] = (period, set())
            known[1].add(text)
    written: dict[Period, set[str]] = {}
    for period, texts in found.values():
        written.setdefault(period, set()).update(texts)
    return written


def _under(periods: tuple[Period, ...], least: DecimalLine) -> DecimalLine:
    """The least room of a column under the name of its period, which stands as a figure does."""
    return DecimalLine(least.before, least.after, max((len(str(each)) for each in periods), default=0))


def _line_of(written: set[str], least: DecimalLine) -> DecimalLine:
    """The room of outcomes as they are written."""
    after = _QUOTIENT if any("/" in each or " av " in each for each in written) else 0
    least = DecimalLine(least.before, max(least.after, after), least.widest)
    return line_for(map(_told, written), least, _MOST_FIGURE)


def _told(written: str) -> str:
    """An outcome about as wide as it is told: the digits of a large number in groups, without its percent sign."""
    whole, mark, decimals = written.removesuffix("%").strip().replace(".", ",").partition(",")
    if whole.isascii() and whole.isdigit() and len(whole) < _LONG_NUMBER:
        whole = f"{int(whole):,}".replace(",", " ")
    return f"{whole}{mark}{decimals}"
