"""What can be done with the whole plan, wherever a person stands: files in and out, periods, plans.

Each has a letter in the menu and a place in the palette. The module of a job is imported when it is first wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from kvaltui.i18n import N_, translated

if TYPE_CHECKING:
    from kvaltui.tui.app import KvaltuiApp


@dataclass(frozen=True, slots=True)
class PlanJob:
    """A job: its name, its letter in the menu, and the function that does it."""

    title: str
    letter: str
    function: str

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return translated(self.title)

    def begin(self, app: KvaltuiApp) -> None:
        """Begin with it."""
        module, _colon, name = self.function.partition(":")
        getattr(import_module(f"kvaltui.tui.{module}"), name)(app)


JOBS = (
    PlanJob(N_("Import a file …"), "i", "files:import_file"),
    PlanJob(N_("Export to a file …"), "e", "files:export_plan"),
    PlanJob(N_("Exchange with other copies …"), "u", "files:sync"),
    PlanJob(N_("Back up the database …"), "s", "files:back_up"),
    PlanJob(N_("New period …"), "p", "rounds:new_period"),
    PlanJob(N_("New plan …"), "n", "new_plan:new_plan"),
)
"""In the order of the menu."""
