"""`kvaltui status`: goal fulfilment at a glance."""

from __future__ import annotations

from typing import Any

from kvaltui.commands.context import Context, find_area
from kvaltui.commands.display import display
from kvaltui.commands.errors import DONE, FOUND
from kvaltui.commands.output import write, write_json
from kvaltui.commands.pieces import Symbols
from kvaltui.commands.status_view import StatusView
from kvaltui.i18n import _
from kvaltui.model.fulfilment import judge_plan
from kvaltui.model.status import Status
from kvaltui.model.summary import summarise, with_past

_WORSE_OR_SAME = {
    "not_achieved": frozenset({Status.NOT_ACHIEVED}),
    "partially_achieved": frozenset({Status.PARTIALLY_ACHIEVED, Status.NOT_ACHIEVED}),
}


def run(context: Context) -> int:
    """Print the status as asked for. Exit code 1 when `--fail-on` holds."""
    given = context.arguments
    # Each earlier period is judged for how it has gone: not for programs, which ask for what they want of each.
    view = _view(context, given.area, has_past=not (given.plain or given.json or given.missing))
    if given.json:
        write_json(_as_json(view))
    elif given.missing:
        _write_missing(view, is_plain=given.plain)
    else:
        display(list(view.tables()), view.headline(), is_plain=given.plain)
    return FOUND if given.fail_on and _holds(given.fail_on, view) else DONE


def print_status(context: Context) -> None:
    """Print the status of the whole plan in plain text, for somebody who asked for nothing in particular."""
    view = _view(context, None, has_past=False)
    display(list(view.tables()), view.headline(), is_plain=True)


def _view(context: Context, area: str | None, *, has_past: bool) -> StatusView:
    with context.open_to_read() as database:
        content = context.content(database)
        backup = context.last_backup(database)
    found = find_area(content, area) if area else None
    result = judge_plan(content, context.period(content.plan), context.today)
    summary = summarise(content, result, context.today)
    if has_past:
        summary = with_past(summary, content, result, context.today)
    return StatusView(content, result, summary, Symbols(context.settings), found, backup)


def _write_missing(view: StatusView, *, is_plain: bool) -> None:
    display(list(view.missing()), view.headline(), is_plain=is_plain)
    if not view.summary.missing:
        write("\n" + _("Nothing waits for an outcome."))


def _holds(condition: str, view: StatusView) -> bool:
    """Whether what `--fail-on` asks for is so: of an indicator, goal or area shown, or of what waits."""
    if condition == "missing":
        return bool(view.summary.missing)
    if condition == "doubtful":
        return bool(view.summary.doubts)
    if condition == "overdue":
        return view.summary.is_overdue
    return not _WORSE_OR_SAME[condition].isdisjoint(view.statuses())


def _as_json(view: StatusView) -> dict[str, Any]:
    """The object of docs/commands.md, JSON; of an area, what lies in it, with the area's own counts as the total."""
    from kvaltui.exchange.status_json import status_object

    whole = status_object(view.content, view.result, view.summary)
    if view.is_whole:
        return whole
    total = next(area for area in whole["areas"] if area["key"] == view.top.key)
    shown = {each.reference.key for each in view.summary.branches if each.is_area}
    return whole | {
        "total": {name: total[name] for name in whole["total"]},
        "areas": [each for each in whole["areas"] if each["key"] in shown],
        "goals": [each for each in whole["goals"] if each["key"] in view.goals],
        "indicators": [each for each in whole["indicators"] if each["key"] in view.indicators],
    }
