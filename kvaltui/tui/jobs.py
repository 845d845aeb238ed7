"""What can be done with the whole plan, wherever a person stands: files in and out, periods, plans.

Each has a letter in the menu and a place in the palette. The module of a job is imported when it is first wanted.
"""

from __future__ import annotations

from kvaltui.i18n import N_
from kvaltui.tui.program import PlanJob, later

JOBS = (
    PlanJob(N_("Import a file …"), "i", later("files:import_file"), changes=True),
    PlanJob(N_("Export to a file …"), "e", later("files:export_plan")),
    PlanJob(N_("Exchange with other copies …"), "u", later("files:sync"), changes=True),
    PlanJob(N_("Back up the database …"), "s", later("files:back_up")),
    PlanJob(N_("New period …"), "p", later("rounds:new_period"), changes=True),
    PlanJob(N_("New plan …"), "n", later("new_plan:new_plan"), changes=True),
)
"""In the order of the menu."""
