"""A plan written to a file: what there is to choose between and what the file is called."""

from __future__ import annotations

from kvaltui.exchange.exporting import REPORT_SUFFIXES
from kvaltui.exchange.table_formats import TABLE_SUFFIXES
from kvaltui.i18n import N_
from kvaltui.model.period import Period

FORMATS = (
    (".xlsx", N_("Figures for Excel")),
    (".csv", N_("Figures as plain text")),
    (".docx", N_("Report for Word")),
    (".html", N_("Report for the browser")),
    (".md", N_("Report as plain text")),
    (".toml", N_("The whole plan as a plan file")),
    (".kvb", N_("The whole plan with its history, for other copies")),
    (".json", N_("The whole plan for other programs")),
)
"""What there is to export: the ending of the file, and what it is."""
_OF_A_PERIOD = frozenset({*TABLE_SUFFIXES, *REPORT_SUFFIXES})


def suggested_name(plan: str, period: Period, suffix: str) -> str:
    """A name for an exported file: the plan's key, and the period where the file is about one."""
    ending = f"-{period}"
    is_told = suffix not in _OF_A_PERIOD or plan.endswith(ending)
    return f"{plan}{'' if is_told else ending}{suffix}"
