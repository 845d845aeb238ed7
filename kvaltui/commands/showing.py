"""`kvaltui show`: one thing with its history of figures, verdicts and reasons."""

from __future__ import annotations

from typing import Any

from kvaltui.columns import Column, GivesWay
from kvaltui.commands.context import Context, find_reference
from kvaltui.commands.display import display
from kvaltui.commands.errors import DONE
from kvaltui.commands.layout import Style, Table, TableCell, cells
from kvaltui.commands.output import write, write_json
from kvaltui.commands.pieces import plain
from kvaltui.commands.show_judged import judged_tables, judged_value
from kvaltui.commands.show_work import work_tables
from kvaltui.i18n import _, told_moment
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import MARKS, Kind, Reference
from kvaltui.model.references import references_of
from kvaltui.model.rules import told_name
from kvaltui.model.value import fields
from kvaltui.store.state import Codec
from kvaltui.words import capitalised, field_word, word
from kvaltui.work.value_words import said

_SHOWN_ELSEWHERE = MARKS | {"key", "name", "title", "order", "retired"}
_SHOW_WHAT_IS_UNDER_THEM = frozenset({Kind.PLAN, Kind.AREA, Kind.GOAL})
_SHOWN_WITH_WHAT_THEY_NAME = frozenset(
    {Kind.TARGET, Kind.OUTCOME, Kind.COMPARISON, Kind.ASSESSMENT, Kind.COMPLETION, Kind.RESULT, Kind.ECONOMY_ROW}
)


def run(context: Context) -> int:
    """Show what the key names."""
    with context.open() as database:
        content = context.content(database)
    if context.arguments.period:
        context.period(content.plan)  # one that the plan does not have is refused, whatever is shown
    reference = find_reference(content, context.arguments.key)
    entity = content.find(reference)
    assert entity is not None
    if context.arguments.json:
        write_json(_value(context, content, entity))
        return DONE
    write(_heading(entity) + "\n")
    tables = (
        _facts(content, entity),
        *judged_tables(context, content, entity),
        *work_tables(context, content, entity),
        *(() if entity.kind in _SHOW_WHAT_IS_UNDER_THEM else (_named_by(content, reference),)),
    )
    display([table for table in tables if table.rows])
    return DONE


def _heading(entity: AnyEntity) -> str:
    retired = f" ({_('retired')})" if entity.retired else ""
    return f"{told_name(entity)}{retired}\n{capitalised(word(entity.kind))} {entity.key}"


def _facts(content: PlanContent, entity: AnyEntity) -> Table:
    """What is known of the thing: every field that has another value than the usual one."""
    rows = []
    for field in fields(entity):
        value = getattr(entity, field.name)
        if field.name not in _SHOWN_ELSEWHERE and value != field.default and value not in ("", (), None):
            rows.append(_fact(capitalised(field_word(field.name)), plain(said(content, entity, field.name))))
    if entity.changed_at:
        when = told_moment(entity.changed_at)
        rows.append(_fact(_("Last changed"), ", ".join(filter(None, (when, entity.changed_by)))))
    return Table((Column(), Column(gives_way=GivesWay.LAST, wraps=True)), rows)


def _fact(name: str, value: str) -> tuple[TableCell, TableCell]:
    return TableCell(name, Style.QUIET), TableCell(value)


def _named_by(content: PlanContent, reference: Reference) -> Table:
    """The things that name this one: the measures and self-checks of a risk, the indicators of a goal."""
    rows = [
        cells(capitalised(word(entity.kind)), entity.key, told_name(entity))
        for entity in content
        if entity.kind not in _SHOWN_WITH_WHAT_THEY_NAME
        and not entity.retired
        and any(named == reference for _field, named in references_of(entity))
    ]
    return Table((Column(), Column(), Column(gives_way=GivesWay.LAST)), rows, _("Belongs here") if rows else "")


def _value(context: Context, content: PlanContent, entity: AnyEntity) -> dict[str, Any]:
    """The thing as JSON: its kind, every field by its name, its periods, and who changed it last."""
    return {
        "kind": entity.kind,
        **Codec.of(entity.kind).state(entity),
        "changed_at": entity.changed_at or None,
        "changed_by": entity.changed_by or None,
        **judged_value(context, content, entity),
    }
