"""Texts that were typed and not stored when the program ended before its time: they stand in their cells at the next
start. They lie in the user's own state folder until a person has dealt with them.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator
from datetime import date

from kvaltui import half_made
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.period import Period
from kvaltui.work.remembered import remember, state_folder
from kvaltui.work.unstored import Cell, Kept, Unstored

_MOST = 1_000_000
"""Bytes of what is read again: far more than anybody types."""


class EndedBefore(KvaltuiError):
    """The program ended before the text was stored."""


def ended_before() -> EndedBefore:
    """Why a text is not stored."""
    return EndedBefore(Message("The program ended before this was saved: Enter saves it, Esc drops it"))


def keep(place: str, texts: Iterable[Unstored]) -> bool:
    """Keep the texts that were typed for the database at `place`, and none that were kept before.

    Returns whether they are kept.
    """
    import json

    written = [_as_plain(each) for each in texts]
    if written:
        return remember(_name(place), json.dumps(written))
    try:
        (state_folder() / _name(place)).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def kept(place: str) -> Kept:
    """The texts that are kept for the database at `place`; those that cannot be read are passed by."""
    import json

    try:
        found = json.loads(half_made.read(state_folder() / _name(place), _MOST))
        return {each.cell: each for each in _read(found)}
    except (OSError, ValueError, RecursionError):
        return {}


def not_stored(texts: Kept, content: PlanContent) -> Kept:
    """Those of the texts that do not stand in the plan already: the program may have ended just after it stored one."""
    return {cell: each for cell, each in texts.items() if each.text != _standing(cell, content)}


def _standing(cell: Cell, content: PlanContent) -> str | None:
    if cell.plan != content.plan.key:
        return None
    kind, key = cell.reference
    if kind is Kind.INDICATOR and cell.field == "value":
        return getattr(content.outcome(key, cell.period, cell.part), "value", None)
    from kvaltui.work.sheet_cells import SheetCells
    from kvaltui.work.sheet_columns import SHEETS

    entity = content.find(cell.reference)
    sheet = SHEETS.get(kind)
    if entity is None or sheet is None or sheet.column(cell.field) is None:
        return getattr(entity, cell.field, None)
    return SheetCells(sheet, content, cell.period, date.min).text(entity, cell.field)


def _as_plain(each: Unstored) -> dict[str, str]:
    cell = each.cell
    return {
        "plan": cell.plan,
        "period": str(cell.period),
        "kind": cell.reference.kind.value,
        "key": cell.reference.key,
        "field": cell.field,
        "part": cell.part,
        "name": each.name,
        "text": each.text,
    }


def _read(found: object) -> Iterator[Unstored]:
    for each in found if isinstance(found, list) else ():
        try:
            texts = {name: _text(each[name]) for name in _NAMES}
            reference = Reference(Kind(texts["kind"]), texts["key"])
            period = Period.parse(texts["period"])
        except (KeyError, TypeError, ValueError, KvaltuiError):
            continue
        cell = Cell(texts["plan"], period, reference, texts["field"], texts["part"])
        yield Unstored(cell, texts["name"], texts["text"], ended_before())


_NAMES = ("plan", "period", "kind", "key", "field", "part", "name", "text")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _name(place: str) -> str:
    return f"typed-{zlib.crc32(os.fsencode(place)):08x}.json"
