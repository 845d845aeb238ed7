"""Keeps a database open and reads a figure, again for each line of input: python reading_on.py DATABASE PLAN KEY."""

from __future__ import annotations

import sys
from itertools import chain

from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan


def main(place: str, plan: str, indicator: str) -> None:
    """Print the figure of the plan's first period at once, and after each line."""
    with open_database(place) as database:
        for _line in chain([""], sys.stdin):
            content = load_plan(database, plan)
            outcome = content.outcome(indicator, content.plan.periods[0])
            print(outcome.value if outcome else "", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
