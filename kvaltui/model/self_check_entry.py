"""From what a person writes on a self-check's row to the result that is to be stored."""

from __future__ import annotations

import re
from typing import Final

from kvaltui.model.figure import FigureError, parse_figure
from kvaltui.model.message import Message
from kvaltui.model.pattern import pattern
from kvaltui.model.quality_work import Result, ResultStatus, SelfCheck
from kvaltui.model.self_check_judging import self_check_scale
from kvaltui.model.value import replace

_WORDS: Final = tuple(
    (status, pattern(rf"(?:{words})\.?", re.IGNORECASE))
    for status, words in (
        (ResultStatus.APPROVED, r"godkän(?:t|d|da)|ok|approved"),
        (ResultStatus.PARTLY, r"delvis(?: godkän(?:t|d|da))?|partly(?: approved)?"),
        (ResultStatus.NOT_APPROVED, r"(?:ej|inte|icke) godkän(?:t|d|da)|underkän(?:t|d|da)|not[ _]approved"),
        (
            ResultStatus.NOT_PERFORMED,
            r"(?:ej|inte) (?:utför(?:d|t|da)|genomför(?:d|t|da)|gjor(?:d|t|da))|not[ _]performed",
        ),
    )
)


def as_recorded(self_check: SelfCheck, known: Result, text: str) -> Result:
    """The result that `text` gives, in place of the `known` one: a word such as godkänt, or a figure.

    A figure is judged by the threshold, so it takes the place of what a person said before; where there is no
    threshold it stands beside that. Nothing leaves nothing. Raises FigureError, which names what was expected.
    """
    written = " ".join(text.split())
    if not written:
        return replace(known, status=ResultStatus.UNKNOWN, value="", retired=not known.note)
    said = next((status for status, words in _WORDS if words.fullmatch(written)), None)
    if said is not None:
        return replace(known, status=said, retired=False)
    try:
        parse_figure(text, self_check_scale(self_check))
    except FigureError as error:
        raise FigureError(
            Message("{problem}; or godkänt, delvis godkänt, ej godkänt or ej utförd", problem=error.message)
        ) from error
    status = ResultStatus.UNKNOWN if self_check.threshold else known.status
    return replace(known, status=status, value=text.strip(), retired=False)
