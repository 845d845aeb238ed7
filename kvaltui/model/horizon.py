"""From when a target holds: a period, a year in a text, or a text such as "vid mandatperiodens slut"."""

from __future__ import annotations

import re

from kvaltui.model.message import Message, Value
from kvaltui.model.period import Period, PeriodError

_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"


def later_horizon(text: str, period: Period) -> Value | None:
    """A target's horizon where the period lies before it, otherwise None.

    A period or a year in the text is compared with the period; any other text ("vid mandatperiodens slut") lies ahead.
    """
    try:
        horizon = Period.parse(text)
    except PeriodError:
        years = re.findall(_YEAR, text)
        if len(years) != 1:
            return text
        return text if period.end < Period(int(years[0])).end else None
    return Message("at the end of {period}", period=horizon) if period.end < horizon.end else None
