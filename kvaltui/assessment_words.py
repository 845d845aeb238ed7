"""A person's assessment in words, and what has changed under it since: the same in the window and in the commands."""

from __future__ import annotations

from kvaltui.figure_words import as_written, figure_cell
from kvaltui.i18n import _
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Reference
from kvaltui.model.reporting import Assessment, Outcome, TargetValue
from kvaltui.model.structure import Indicator
from kvaltui.words import status_word, word

_NOTHING = "–"
_MOST_TOLD = 3


def assessed(manual: Assessment, status: str) -> str:
    """A person's assessment: who, what (`status`, as it is shown) and why."""
    return _(
        "Assessed by {author}: {status}. {motivation}",
        author=manual.changed_by or _NOTHING,
        status=status,
        motivation=manual.motivation,
    )


def why_stale(content: PlanContent, manual: Assessment) -> str:
    """That an assessment is out of date, with what has changed under it since it was made, the latest first."""
    from kvaltui.model.staleness import changed_since

    changed = changed_since(content, manual.subject_reference, manual.period, manual.changed_at)
    if not changed:
        return _("What the assessment rests on has changed since.")
    told = "; ".join(_as_it_is_now(content, each) for each in changed[:_MOST_TOLD])
    if len(changed) > _MOST_TOLD:
        told = _("{some} and {count} more", some=told, count=len(changed) - _MOST_TOLD)
    return _("What the assessment rests on has changed since: {what}", what=told)


def _as_it_is_now(content: PlanContent, reference: Reference) -> str:
    """A figure, a target or an assessment as it stands now, with the name of what it is of."""
    from kvaltui.model.rules import told_name

    found = content.find(reference)
    match found:
        case Outcome() | TargetValue():
            indicator = content.get(Indicator, found.indicator)
            name = indicator.shown_name if indicator is not None else found.indicator
            value = _NOTHING
            if found.value and not found.retired and indicator is not None:
                cell = figure_cell if isinstance(found, Outcome) else as_written
                value = cell(found.value, indicator.scale)
            return f"{name}{f' ({found.part})' if found.part else ''}: {word(found.kind)} {value}"
        case Assessment():
            value = _NOTHING if found.retired else status_word(found.status)
            subject = content.find(found.subject_reference)
            name = told_name(subject) if subject is not None else found.subject
            return f"{name}: {word(found.kind)} {value}"
    return reference.key
