"""What joining copies changes, in words: how much in each area, then each thing, from what to what and by whom.

One place for the window and the commands: a section is a heading, pairs of a name and a text, and lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kvaltui.exchange.folder import Taken
from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.rules import told_name
from kvaltui.model.standing import FIGURES
from kvaltui.model.structure import Area
from kvaltui.model.tree import ROOT
from kvaltui.model.value import dataclass
from kvaltui.model.where import area_of
from kvaltui.store.bundle import Joined
from kvaltui.store.changes import PlanChange
from kvaltui.words import field_word
from kvaltui.work.value_words import SAID_BY_THE_KEY, changes_between, named, said_of

MOST_SHOWN = 300
"""So many things of an area are told one by one; of the others it is said how many they are."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what is said in two columns below it, and what is said in lines."""

    heading: str
    pairs: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()


Naming = Callable[[PlanContent, Reference], str]
"""What a thing is called: by its names where it is read, by its key where a command would name it."""


def joined_sections(taken: Taken, content: PlanContent | None, naming: Naming = named) -> Iterator[Section]:
    """What a bundle changes here, in which conflicts it ends, and what its copy lacks; `content` is the plan before.

    None: the plan is new here, and its things are only counted.
    """
    bundle, joined, giving = taken.bundle, taken.joined, taken.giving
    coming = tuple(each for each in joined.coming if each.plan == bundle.plan)
    before = content if content is not None else PlanContent.of([])
    after = before.with_entities(each.after for each in coming)
    if coming:
        yield from _per_area(
            _("Changes here ({count})", count=len(coming)), after, coming, naming if content is not None else None
        )
    if joined.conflicts:
        heading = _("In conflict ({count}): you decide afterwards", count=len(joined.conflicts))
        yield Section(heading, lines=tuple(_conflicts(joined, after, naming)))
    if giving:
        heading = _("{device} lacks ({count})", device=clean(bundle.device), count=len(giving))
        yield from _per_area(heading, after.with_entities(each.after for each in giving), giving, naming)


def _conflicts(joined: Joined, content: PlanContent, naming: Naming) -> Iterator[str]:
    for _plan, conflict in joined.conflicts[:MOST_SHOWN]:
        values = " / ".join(
            clean(said_of(content, conflict.reference, conflict.field, side.value)) for side in conflict.sides
        )
        yield f"{clean(naming(content, conflict.reference))}, {field_word(conflict.field)}: {values}"
    yield from _more(len(joined.conflicts) - MOST_SHOWN)


def _per_area(
    heading: str, content: PlanContent, changes: Sequence[PlanChange], naming: Naming | None
) -> Iterator[Section]:
    """How much changes in each area; then what, unless it is only to be counted (no `naming`)."""
    by_area: dict[str, list[PlanChange]] = {key: [] for key in _areas(content)}
    for each in changes:
        by_area.setdefault(area_of(content, each.reference), []).append(each)
    names = {key: _area_name(content, key) for key, found in by_area.items() if found}
    yield Section(heading, tuple((name, _count(by_area[key])) for key, name in names.items()))
    if naming is None:
        return
    for key, name in names.items():
        lines = [_told(content, each, naming) for each in by_area[key][:MOST_SHOWN]]
        yield Section(name, lines=(*lines, *_more(len(by_area[key]) - MOST_SHOWN)))


def _areas(content: PlanContent) -> Iterator[str]:
    """The areas in the plan's order; what stands in none comes last."""
    if content.all(Area):
        yield from (each.key for each in content.tree.below(ROOT) if each.kind is Kind.AREA)


def _area_name(content: PlanContent, key: str) -> str:
    area = content.find(Reference(Kind.AREA, key))
    return clean(told_name(area)) if area is not None else _("The plan as a whole")


def _count(changes: Sequence[PlanChange]) -> str:
    """How many figures and how many other things: `12 uppgifter, 1 annan ändring`."""
    figures = sum(each.after.kind in FIGURES for each in changes)
    others = len(changes) - figures
    told = []
    if figures:
        told.append(_("{count} thing entered" if figures == 1 else "{count} things entered", count=figures))
    if others:
        told.append(_("{count} other change" if others == 1 else "{count} other changes", count=others))
    return ", ".join(told)


def _told(content: PlanContent, change: PlanChange, naming: Naming) -> str:
    """One thing, from what to what, and who changed it."""
    is_new = change.before is None
    left_out = SAID_BY_THE_KEY | {"name", "title"} if is_new else SAID_BY_THE_KEY
    changes = changes_between(content, change.before, change.after)
    told = [each.told for each in changes if each.field not in left_out]
    thing = naming(content, change.reference)
    new_mark = f" ({_('new')})" if is_new else ""
    by = ", ".join(author.shown_name for author in change.authors)
    text = f"{thing}{new_mark}" + (f": {'; '.join(told)}" if told else "") + (f" ({by})" if by else "")
    return clean(text).replace("\n", " ")


def _more(count: int) -> Iterator[str]:
    if count > 0:
        yield _("and {count} more", count=count)
