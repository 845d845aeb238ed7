"""The rows of a sheet: the things under their groups, a row in each group to begin a new thing in, one for a new group.

What a new row becomes, and how rows change places within their group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import Any, NamedTuple, cast

from kvaltui.exchange.slug import proposed_key
from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyRow, EconomyTable
from kvaltui.model.entities import ENTITY_TYPES, AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.quality_work import SelfCheck
from kvaltui.model.structure import Area
from kvaltui.model.tree import ROOT, STRUCTURE
from kvaltui.model.value import dataclass
from kvaltui.work.ordering import in_order, make_room, moved
from kvaltui.work.sheet_columns import Grouping, Sheet

_NAMELESS = "x"
"""What the key of a thing is made from that has no name: it is refused for that."""


class Role(Enum):
    """What a row of a sheet is for."""

    HEADING = auto()
    THING = auto()
    NEW = auto()
    """Where typing begins a new thing in the group."""
    NEW_GROUP = auto()


class SheetRow(NamedTuple):
    """A row: its group by key, and the thing that it is about by its own."""

    role: Role
    group: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class RowGroup:
    """What some rows stand under: its name in the reader's language, how deep it lies, and its things in their order.

    `values` are the fields that put a thing there.
    """

    key: str
    title: str
    values: Mapping[str, Any]
    keys: tuple[str, ...]
    depth: int = 0


class SheetRows(Sequence[SheetRow]):
    """The rows of a sheet for a plan as it stands. `begun` are groups that have nothing in them yet: new sections."""

    def __init__(self, sheet: Sheet, content: PlanContent, begun: Iterable[str] = ()) -> None:
        self.sheet = sheet
        self.content = content
        self.groups: dict[str, RowGroup] = {each.key: each for each in _groups(sheet, content, begun)}
        self._rows = list(self._made())
        self._places = {row: at for at, row in enumerate(self._rows)}

    def _made(self) -> Iterator[SheetRow]:
        is_grouped = self.sheet.grouping is not Grouping.NOTHING
        for group in self.groups.values():
            if is_grouped:
                yield SheetRow(Role.HEADING, group.key)
            yield from (SheetRow(Role.THING, group.key, key) for key in group.keys)
            yield SheetRow(Role.NEW, group.key)
        if is_grouped:
            yield SheetRow(Role.NEW_GROUP)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: Any) -> Any:
        return self._rows[place]

    def place_of(self, row: SheetRow) -> int | None:
        """Where a row stands; None where it is not there."""
        return self._places.get(row)

    def row_of(self, key: str) -> SheetRow | None:
        """The row of a thing; None where it has none."""
        return next((row for row in self._rows if row.role is Role.THING and row.key == key), None)

    def entity(self, row: SheetRow) -> AnyEntity | None:
        """The thing that a row is about, as it stands; None for rows that are about none."""
        if row.role is not Role.THING:
            return None
        return self.content.find(Reference(self.sheet.kind, row.key))

    def above(self, row: SheetRow) -> AnyEntity | None:
        """The thing in the row above one of its group; above the first row of a group, the last of the group before."""
        place = self._places[row]
        for at in range(place - 1, -1, -1):
            if self._rows[at].role is Role.THING:
                return self.entity(self._rows[at])
        return None

    # What rows become

    def begun(self, group: str, name: str, above: AnyEntity | None, taken: Iterable[str] = ()) -> AnyEntity:
        """A new thing at the end of a group, with the fields that it takes from the one above; nothing else is said.

        `taken` are keys that other new things have.
        """
        sheet, of = self.sheet, self.groups[group]
        given: dict[str, Any] = {sheet.name_field: name, **of.values, "order": self._order_after(of)}
        given |= {each: getattr(above, each) for each in sheet.from_above if above is not None}
        known = self.content.entities[sheet.kind]
        if sheet.kind is Kind.ECONOMY_ROW:
            table = f"{group}/"
            slugs = {key.removeprefix(table) for key in (*known, *taken) if key.startswith(table)}
            given["slug"] = proposed_key(name or _NAMELESS, slugs)
        else:
            given["key"] = proposed_key(name or _NAMELESS, {*known, *taken})
        return cast("AnyEntity", cast("Any", ENTITY_TYPES[sheet.kind])(**given))

    def _order_after(self, group: RowGroup) -> int:
        things = [cast("Any", self.content.entities[self.sheet.kind][key]) for key in group.keys]
        if things:
            return make_room(things, in_order(things)[-1])[0]
        orders: Iterable[int] = (each.order for each in cast("Any", self.content.entities[self.sheet.kind]).values())
        return max(orders, default=-1) + 1

    def new_group(self, name: str) -> AnyEntity | None:
        """The thing that a new group is; None where a group is only its name, which its things have."""
        kind = _GROUP_KINDS.get(self.sheet.grouping)
        if kind is None:
            return None
        known = self.content.entities[kind]
        order = max((each.order for each in cast("Any", known).values()), default=-1) + 1
        key = proposed_key(name, known)
        if kind is Kind.AREA:
            return Area(key=key, name=name, order=order)
        return EconomyTable(key=key, title=name, order=order)

    # Moving

    def moved(self, row: SheetRow, way: int) -> list[AnyEntity]:
        """What changes when a row goes one place up (−1) or down (1) within its group; nothing at the end of it."""
        thing = self.entity(row)
        if thing is None:
            return []
        return cast("list[AnyEntity]", moved(cast("Any", thing), way, cast("Any", self._beside(row))))

    def _beside(self, row: SheetRow) -> list[AnyEntity]:
        """The things among which one can change places: those of its group, in the tree those under the same goal."""
        keys = self.groups[row.group].keys
        if self.sheet.kind in STRUCTURE:
            tree = self.content.tree
            above = tree.parents.get(Reference(self.sheet.kind, row.key))
            keys = tuple(key for key in keys if tree.parents.get(Reference(self.sheet.kind, key)) == above)
        return [self.content.entities[self.sheet.kind][key] for key in keys]


_GROUP_KINDS = {Grouping.AREA: Kind.AREA, Grouping.TABLE: Kind.ECONOMY_TABLE}


def _groups(sheet: Sheet, content: PlanContent, begun: Iterable[str]) -> Iterator[RowGroup]:
    match sheet.grouping:
        case Grouping.NOTHING:
            yield RowGroup("", "", {}, _keys(sheet, content))
        case Grouping.AREA:
            yield from _areas(sheet, content)
        case Grouping.SECTION:
            yield from _sections(content, begun)
        case Grouping.TABLE:
            for table in in_order(list(content.active(EconomyTable))):
                rows = in_order([each for each in content.active(EconomyRow) if each.table == table.key])
                yield RowGroup(table.key, clean(table.title), {"table": table.key}, tuple(each.key for each in rows))


def _keys(sheet: Sheet, content: PlanContent) -> tuple[str, ...]:
    things = [each for each in content.entities[sheet.kind].values() if not each.retired]
    return tuple(each.key for each in sorted(things, key=lambda each: cast("Any", each).order))


def _areas(sheet: Sheet, content: PlanContent) -> Iterator[RowGroup]:
    """The areas in the order of the tree, those with nothing in them too; what stands in none comes first."""
    tree = content.tree
    things: dict[str, list[str]] = {}
    areas: list[Reference] = []
    for node in tree.below(ROOT):
        if node.kind is sheet.kind:
            things.setdefault(tree.area_of(node), []).append(node.key)
        elif node.kind is Kind.AREA:
            areas.append(node)
    if "" in things or not areas:
        yield RowGroup("", _("In no area"), {"area": ""}, tuple(things.get("", ())))
    for area in areas:
        depth = sum(1 for above in tree.ancestors(area) if above.kind is Kind.AREA)
        name = clean(content.all(Area)[area.key].name)
        yield RowGroup(area.key, name, {"area": area.key}, tuple(things.get(area.key, ())), depth)


def _sections(content: PlanContent, begun: Iterable[str]) -> Iterator[RowGroup]:
    checks = in_order(list(content.active(SelfCheck)))
    sections = dict.fromkeys(each.section for each in checks)
    if not sections:
        sections[""] = None
    for section in dict.fromkeys((*sections, *begun)):
        keys = tuple(each.key for each in checks if each.section == section)
        yield RowGroup(section, clean(section) or _("In no section"), {"section": section}, keys)
