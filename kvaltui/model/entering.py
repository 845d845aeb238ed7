"""From what a person writes as an outcome to the outcomes that are to be stored."""

from __future__ import annotations

from kvaltui.model.content import PlanContent
from kvaltui.model.figure import parse_figure, write_figure
from kvaltui.model.reporting import Outcome
from kvaltui.model.structure import Indicator
from kvaltui.model.value import replace


def as_entered(content: PlanContent, outcome: Outcome, text: str) -> tuple[Outcome, ...]:
    """The outcomes that `text`, written for `outcome`, gives.

    Parts that are written all at once for the whole (`BOU 121; VUX 49`) go to the parts where those have figures of
    their own; otherwise the text stands as it was written. Raises FigureError when it cannot be read, KeyError for an
    outcome of no indicator.
    """
    scale = content.all(Indicator)[outcome.indicator].scale
    of_one = replace(scale, breakdown=())
    figures = parse_figure(text, of_one if outcome.part else scale).parts if text else ()
    parts = [(_of_part(content, outcome, part), figure) for part, figure in figures]
    if not any(part.value for part, _figure in parts):
        return (with_value(outcome, text),)
    return tuple(with_value(part, write_figure(figure, of_one)) for part, figure in parts)


def with_value(outcome: Outcome, text: str) -> Outcome:
    """An outcome with a value that a person has given, which decides what stood against it."""
    undecided = tuple(field for field in outcome.contested if field != "value")
    return replace(outcome, value=text, retired=False, contested=undecided)


def _of_part(content: PlanContent, outcome: Outcome, part: str) -> Outcome:
    blank = Outcome(indicator=outcome.indicator, period=outcome.period, part=part)
    known = content.get(Outcome, blank.key)
    return known if known and not known.retired else blank
