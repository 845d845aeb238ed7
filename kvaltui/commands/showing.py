"""`kvaltui show`: one thing with its history of figures, verdicts and reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from kvaltui.commands.context import Context, find_reference
from kvaltui.commands.display import display
from kvaltui.commands.errors import DONE
from kvaltui.commands.layout import Cell, Column, Style, Table, cells
from kvaltui.commands.output import write, write_json
from kvaltui.commands.show_judged import judged_tables, judged_values
from kvaltui.commands.show_work import work_tables
from kvaltui.i18n import _, day, moment, number
from kvaltui.model.content import AnyEntity, PlanContent
from kvaltui.model.entity import MARKS, Kind, Reference
from kvaltui.model.period import Period
from kvaltui.store.state import REFERENCES, Codec
from kvaltui.words import capitalised, field_word, word

_NOT_SHOWN = MARKS | {"key", "name", "title", "order", "retired", "display_name"}


def run(context: Context) -> int:
    """Show what the key names."""
    with context.open() as database:
        content = context.content(database)
    reference = find_reference(content, context.arguments.key)
    entity = content.find(reference)
    assert entity is not None
    if context.arguments.json:
        write_json(_values(context, content, entity))
        return DONE
    write(_heading(entity))
    display([_facts(content, entity), *judged_tables(context, content, entity), *work_tables(context, content, entity)])
    return DONE


def _heading(entity: AnyEntity) -> str:
    name = getattr(entity, "name", "") or getattr(entity, "title", "") or entity.key
    retired = f" ({_('retired')})" if entity.retired else ""
    return f"{name}{retired}\n{capitalised(word(entity.kind))} {entity.key}"


def _facts(content: PlanContent, entity: AnyEntity) -> Table:
    """What is known of the thing: every field that has a value other than the usual one."""
    rows = []
    for field in fields(entity):
        value = getattr(entity, field.name)
        if field.name in _NOT_SHOWN or value == field.default or value in ("", (), None):
            continue
        rows.append(
            (Cell(capitalised(field_word(field.name)), Style.QUIET), Cell(_said(content, entity, field.name, value)))
        )
    if entity.changed_at:
        changed = f"{moment(datetime.fromisoformat(entity.changed_at))}, {entity.changed_by}"
        rows.append((Cell(_("Last changed"), Style.QUIET), Cell(changed)))
    return Table((Column(), Column(wraps=True)), rows)
