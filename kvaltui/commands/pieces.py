"""What stands in many of the tables: a status with its symbol, a name as people know it, a count of something."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from kvaltui.commands.layout import Style, TableCell
from kvaltui.config import Config
from kvaltui.figure_words import as_written, figure_cell, outcome_cell
from kvaltui.i18n import _
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import PlanResult
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.risk import Band
from kvaltui.model.self_check_judging import SelfCheckResult
from kvaltui.model.status import Status
from kvaltui.model.structure import Indicator
from kvaltui.model.tree import ROOT, Tree
from kvaltui.status_cells import BAND_STATUS, band_cell, status_cell
from kvaltui.terminal import wants_ascii
from kvaltui.words import capitalised, status_symbol, word

STYLES = {
    Status.ACHIEVED: Style.ACHIEVED,
    Status.PARTIALLY_ACHIEVED: Style.PARTIALLY,
    Status.NOT_ACHIEVED: Style.NOT_ACHIEVED,
    Status.NOT_ASSESSED: Style.QUIET,
    Status.NOT_APPLICABLE: Style.QUIET,
}


class Symbols:
    """The symbols of the statuses, such as this terminal and its person want them."""

    def __init__(self, settings: Config) -> None:
        self.is_ascii = wants_ascii(settings, sys.stdout, os.environ)

    def of(self, status: Status) -> str:
        """The symbol alone."""
        return status_symbol(status, ascii=self.is_ascii)

    def cell(self, status: Status, *, is_short: bool = False, is_expected: bool = False) -> TableCell:
        """Symbol and word, in the status's colour."""
        text = status_cell(status, ascii=self.is_ascii, expected=is_expected, is_short=is_short)
        return TableCell(text, STYLES[status])


def status_heading(result: PlanResult) -> str:
    """The heading over statuses: of a period that is not over they are expectations."""
    return _("Expected") if result.is_unfinished else _("Status")


def outcome_text(found: IndicatorResult, indicator: Indicator) -> str:
    """The outcome of an indicator as the window shows it, with spaces that a person can search for; "" for none."""
    return plain(outcome_cell(found, indicator.scale)) if found.outcome else ""


def figure_text(written: str | None, indicator: Indicator) -> str:
    """A figure of a part of an indicator, or of another period or place, in the same way."""
    return plain(figure_cell(written, indicator.scale)) if written else ""


def target_text(written: str | None, indicator: Indicator) -> str:
    """A target as the window shows it; "" for none."""
    return plain(as_written(written, indicator.scale)) if written else ""


def result_text(found: SelfCheckResult) -> str:
    """What a self-check last came to and for which period; "" before its first result."""
    return f"{capitalised(word(found.status))} ({found.result.period})" if found.result and found.status else ""


def plain(text: str) -> str:
    """The text with spaces that a person can search for."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def risk_cell(band: Band | None, symbols: Symbols) -> TableCell:
    """The band of a risk in symbol and word, in the colours of the statuses."""
    style = STYLES[BAND_STATUS[band]] if band is not None else Style.PLAIN
    return TableCell(band_cell(band, is_ascii=symbols.is_ascii), style)


def in_tree(tree: Tree, kind: Kind, top: Reference = ROOT) -> Iterator[tuple[str, int]]:
    """The keys of the areas or goals under a node, parents before their children, and how deep each lies."""
    for node in tree.below(top):
        if node.kind is kind:
            yield node.key, sum(1 for above in tree.ancestors(node) if above.kind is kind and above != top)
