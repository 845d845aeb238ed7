"""From what a person writes as an outcome to the outcomes that are to be stored: for the window and the commands."""

from __future__ import annotations

from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.figure import FigureError, parse_figure, write_figure
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome
from kvaltui.model.scale import Scale
from kvaltui.model.structure import Indicator
from kvaltui.model.value import replace


def outcome_to_write(content: PlanContent, indicator: str, period: Period, part: str = "") -> Outcome:
    """The outcome that is meant, as it stands; a blank one where there is none or it was taken back."""
    blank = Outcome(indicator=indicator, period=period, part=part)
    known = content.get(Outcome, blank.key)
    return known if known and not known.retired else blank


def as_entered(content: PlanContent, outcome: Outcome, text: str) -> tuple[Outcome, ...]:
    """The outcomes that `text`, written for `outcome`, gives; those that it says nothing new of are as they were.

    Parts that are written all at once for the whole (`BOU 121; VUX 49`) go to the parts where those have figures of
    their own; otherwise the text stands as it was written, without the blanks around it. Raises FigureError when it
    cannot be read, KeyError for an outcome of no indicator.
    """
    written, text = text, clean(text, multiline=True).strip()
    scale = content.all(Indicator)[outcome.indicator].scale
    of_one = replace(scale, breakdown=())
    of_it = of_one if outcome.part else scale
    try:
        # As it came: what cleaning makes one line of may be two cells.
        figures = parse_figure(written, of_it).parts if text else ()
    except FigureError:
        if text == outcome.value:
            return (outcome,)  # It came from a file, and is marked as one that cannot be read.
        raise
    parts = [(outcome_to_write(content, outcome.indicator, outcome.period, part), each) for part, each in figures]
    if not any(part.value for part, _figure in parts):
        return (with_value(outcome, text, of_it),)
    return tuple(with_value(part, write_figure(figure, of_one), of_one) for part, figure in parts)


def with_value(outcome: Outcome, text: str, scale: Scale) -> Outcome:
    """An outcome with a value that a person has given, which decides what stood against it.

    The same outcome where the value is another writing of what stands there already (`86` on `86 %`).
    """
    is_decided = not outcome.retired and "value" not in outcome.contested
    if is_decided and is_same_figure(outcome.value, text, scale):
        return outcome
    undecided = tuple(field for field in outcome.contested if field != "value")
    return replace(outcome, value=text, retired=False, contested=undecided)


def is_same_figure(first: str, second: str, scale: Scale) -> bool:
    """Whether two texts are writings of one figure: the same number to the same decimals, with the same note."""
    if first == second:
        return True
    if not first or not second:
        return False
    try:
        figures = parse_figure(first, scale), parse_figure(second, scale)
    except FigureError:
        return False
    # 86 and 86,0 are equal numbers; that the decimal is known is more than was known before.
    return figures[0] == figures[1] and write_figure(figures[0], scale) == write_figure(figures[1], scale)


def changed_by(content: PlanContent, outcome: Outcome, entered: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    """Those of the `entered` outcomes, written for `outcome`, that are others than they were."""
    return tuple(
        each
        for each in entered
        if not is_as_before(each, outcome)
        and not is_as_before(each, outcome_to_write(content, each.indicator, each.period, each.part))
    )


def is_as_before(entered: Outcome, before: Outcome) -> bool:
    """Whether an outcome says what it said before, and decides nothing that was undecided."""
    return entered == before and entered.contested == before.contested
