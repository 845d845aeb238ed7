"""The beginning of a large plan: what the first screen shows, long before all of the plan has been read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind
from kvaltui.model.structure import Area, Goal, Indicator, Plan
from kvaltui.model.tree import ROOT, Tree
from kvaltui.store.reading import Readable
from kvaltui.store.rows import Reader, require_texts

LARGE = 400
"""A plan of more indicators than this is worth beginning with: somebody would wait for the rest."""
ENOUGH = 150
"""As many indicators as no screen shows at once."""
_READ_WHOLE = (Kind.PLAN, Kind.AREA, Kind.GOAL, Kind.ASSESSMENT, Kind.COMPLETION)


def load_beginning(database: Readable, plan: str) -> PlanContent | None:
    """The areas and goals of a large plan, and the indicators of its first areas with their targets and outcomes.

    The areas are taken in the order of the tree, each with all that stands in it: so begins any list of the plan.
    None for a plan that is not large, that is not there, or that has too much in one place. Raises DatabaseError.
    """
    with database.reading():
        known: dict[Kind, dict[str, AnyEntity]] = {kind: {} for kind in Kind}
        places = _indicators_by_area(database, plan)
        if sum(map(len, places.values())) <= LARGE:
            return None
        for kind in _READ_WHOLE:
            known[kind] = Reader.of(kind).read(database, plan)
        keys = list(_first(known, places))
        if len(keys) > LARGE:
            return None
        known[Kind.INDICATOR] = Reader.of(Kind.INDICATOR).read(database, plan, keys)
        figures = list(_figures(known))
        for kind in (Kind.TARGET, Kind.OUTCOME):
            known[kind] = Reader.of(kind).read(database, plan, figures)
        return PlanContent.of_kinds(known, *database.end())


def _indicators_by_area(database: Readable, plan: str) -> dict[str, list[str]]:
    """The keys of the indicators by the key of their area, "" for none."""
    found: dict[str, list[str]] = {}
    sql = f'SELECT coalesce("area", \'\'), "key" FROM indicator WHERE "plan" = {database.mark}'
    for area, key in require_texts(database.fetch_sql(sql, [plan]), Kind.INDICATOR.value):
        found.setdefault(area, []).append(key)
    return found


def _first(known: dict[Kind, dict[str, AnyEntity]], places: dict[str, list[str]]) -> Iterator[str]:
    """The indicators that stand in no area and in the first areas, until there are enough."""
    areas, goals = (cast("list[Area]", known[Kind.AREA].values()), cast("list[Goal]", known[Kind.GOAL].values()))
    count = 0
    for area in ("", *(node.key for node in Tree.of(areas, goals, ()).below(ROOT) if node.kind is Kind.AREA)):
        if count >= ENOUGH:
            return
        found = places.get(area, ())
        count += len(found)
        yield from found


def _figures(known: dict[Kind, dict[str, AnyEntity]]) -> Iterator[str]:
    """The keys of all that may be written for the indicators, period by period and part by part."""
    (plan,) = cast("list[Plan]", known[Kind.PLAN].values())
    for indicator in cast("list[Indicator]", known[Kind.INDICATOR].values()):
        for period in plan.periods:
            for part in ("", *indicator.breakdown):
                yield f"{indicator.key}/{period}/{part}"
