"""What can be done with the whole plan, wherever a person stands: files in and out, periods, plans.

Each has a letter in the menu and a place in the palette. The module of a job is imported when it is first wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from kvaltui.i18n import N_
from kvaltui.tui.program import PlanJob, Program


def _job(named: str) -> Callable[[Program], None]:
    """A function that asks for what it needs and does it, imported when it is first asked for."""

    def begin(app: Program) -> None:
        module, _colon, name = named.partition(":")
        getattr(import_module(f"kvaltui.tui.{module}"), name)(app)

    return begin


JOBS = (
    PlanJob(N_("Import a file …"), "i", _job("files:import_file")),
    PlanJob(N_("Export to a file …"), "e", _job("files:export_plan")),
    PlanJob(N_("Exchange with other copies …"), "u", _job("files:sync")),
    PlanJob(N_("Back up the database …"), "s", _job("files:back_up")),
    PlanJob(N_("New period …"), "p", _job("rounds:new_period")),
    PlanJob(N_("New plan …"), "n", _job("new_plan:new_plan")),
)
"""In the order of the menu."""
