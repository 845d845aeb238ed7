"""Footnote marks that come along from a paper: `86 %*`, `86 % 1)`, `86¹` (docs/rules.md, Footnote marks)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from kvaltui.model.moment import RAISED
from kvaltui.model.pattern import pattern

_MARK: Final = pattern(
    rf"(.*[^\s*])\s*(?:(\*{{1,3}}|[†‡]{{1,2}}|[{RAISED}]{{1,2}})[)⁾]?|(?<=[\s%])([0-9]{{1,2}}|[a-e]|\*)\)|\[([0-9]{{1,2}})\])",
    re.DOTALL,
)
_ENDS: Final = frozenset(")⁾]*†‡" + RAISED)
NOTE: Final = "fotnot"
"""What a figure's note says before the mark that stood there."""


def without_mark(text: str, unit: str) -> tuple[str, str]:
    """A text without the footnote mark at its end, and the mark ("" where there is none).

    A raised figure that belongs to the unit, as in `kr/m²`, is no mark.
    """
    if text[-1:] not in _ENDS or (unit and text.casefold().endswith(unit.casefold())):
        return text, ""
    if text[-1] == ")" and text.count("(") == text.count(")"):
        return text, ""
    found = _MARK.fullmatch(text)
    if not found:
        return text, ""
    mark = found[2] or found[3] or found[4]
    return found[1].rstrip(), unicodedata.normalize("NFKC", mark)
