"""A figure to try with: read and judged by the rules that every figure is, and stored nowhere."""

from __future__ import annotations

from datetime import date

from kvaltui.i18n import _
from kvaltui.model.content import PlanContent
from kvaltui.model.entering import as_entered
from kvaltui.model.fulfilment import judge_plan
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.scale import Scale
from kvaltui.model.structure import Area, Indicator, Plan

_KEY, _AREA = "trial", "trial-area"
TARGET, EARLIER = "≥ 90", "88"
"""What the figure is judged by, and what it was the year before."""


class Trial:
    """An indicator that is in no plan, with a target and last year's figure. `text` is what is entered of this year."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._period = Period(today.year)
        indicator = Indicator(key=_KEY, name=_("Feeling safe at home"), area=_AREA)
        earlier = Outcome(indicator=_KEY, period=Period(today.year - 1), value=EARLIER)
        target = TargetValue(indicator=_KEY, period=self._period, value=f"{TARGET} %")
        plan = Plan(key=_KEY, title=indicator.name, periods=(self._period,))
        self._content = PlanContent.of([plan, Area(key=_AREA, name=indicator.name), indicator, earlier, target])
        self._indicator = indicator
        self._before: list[str] = []
        self.text = ""

    @property
    def name(self) -> str:
        """What the indicator is called."""
        return self._indicator.name

    @property
    def scale(self) -> Scale:
        """What its figures are read by."""
        return self._indicator.scale

    @property
    def years(self) -> tuple[Period, Period]:
        """Last year and this."""
        return Period(self._today.year - 1), self._period

    def judged(self, text: str) -> IndicatorResult:
        """What the indicator would be with a text as its figure. Raises FigureError where it cannot be read."""
        outcome = Outcome(indicator=_KEY, period=self._period)
        supposed = self._content.with_entities(as_entered(self._content, outcome, text))
        return judge_plan(supposed, self._period, self._today).indicators[_KEY]

    def enter(self, text: str) -> None:
        """Let a text be the figure. Raises FigureError where it cannot be read."""
        self.judged(text)
        if text != self.text:
            self._before.append(self.text)
            self.text = text

    def take_back(self) -> bool:
        """Let the figure be what it was before. Returns whether there was another."""
        if self._before:
            self.text = self._before.pop()
            return True
        return False
