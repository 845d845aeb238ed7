"""Enters figures one after the other: python writing.py DATABASE PLAN INDICATOR COUNT, from 1 % on.

Prints the number of each when it is stored.
"""

from __future__ import annotations

import sys

from kvaltui.model.entering import outcome_to_write
from kvaltui.model.value import replace
from kvaltui.store.author import Author
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan


def main(place: str, plan: str, indicator: str, count: str) -> None:
    """Enter the figures, each on what stands there then."""
    with open_database(place) as database:
        for number in range(1, int(count) + 1):
            content = load_plan(database, plan)
            outcome = replace(outcome_to_write(content, indicator, content.plan.periods[0]), value=f"{number} %")
            record(database, plan, [outcome], by=Author(indicator, indicator), seen=content.position)
            print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
