"""What a file would add to and change in the database, in words; and storing it, all or nothing. No widgets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from kvaltui.exchange.bundle_file import SUFFIX as BUNDLE_SUFFIX
from kvaltui.exchange.bundle_file import Bundle, join, read_bundle_file
from kvaltui.exchange.consequences import Consequences, consequences, what_looks_wrong
from kvaltui.exchange.folder import Taken
from kvaltui.exchange.importing import (
    PLAN_SUFFIXES,
    TABLE_SUFFIXES,
    apply,
    preview_plan_file,
    preview_table,
    unknown_suffix,
)
from kvaltui.exchange.preview import Preview
from kvaltui.i18n import _, say
from kvaltui.model.clean import clean
from kvaltui.model.content import AnyEntity, PlanContent
from kvaltui.model.entity import Reference
from kvaltui.model.period import Period
from kvaltui.model.value import dataclass
from kvaltui.store.author import Author
from kvaltui.store.bundle import Joined, what_lacks
from kvaltui.store.database import Database
from kvaltui.store.dropping import only_tried, writing_unless
from kvaltui.store.plans import content_of
from kvaltui.store.proving import Claim
from kvaltui.store.state import Codec
from kvaltui.words import capitalised, field_word, status_symbol, status_word, word
from kvaltui.work.joined_words import MOST_SHOWN, joined_sections
from kvaltui.work.naming import kind_and_period, name_of
from kvaltui.work.reading_blocks import Heading, Pair, Prose, TextBlock
from kvaltui.work.value_words import HIDDEN_FIELDS, NOTHING, called, said

SUFFIXES = (*PLAN_SUFFIXES, *TABLE_SUFFIXES, BUNDLE_SUFFIX)
"""The endings of the files that can be taken in."""

IsDropped = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Target:
    """What a file is taken into: the database, the plan that is open in it, the period that is looked at, and the day.

    `is_ascii`: the statuses have the symbols of a terminal without others.
    """

    database: Database
    content: PlanContent
    period: Period
    author: Author
    today: date
    is_ascii: bool = False


@dataclass(frozen=True, slots=True)
class Intake:
    """A file that has been read: what it would do, block by block, and how to have it done.

    `obstacle` says why it cannot be stored, "" where it can; `is_empty`: everything in it is here already. `store` does
    it, unless it is dropped before the commit, and raises a KvaltuiError where it cannot; `summary` says what was done,
    `doubt` how many figures look wrong, "" for none. `is_unproved`: it cannot be proved who wrote it, so that a person
    has to say that it is to be stored all the same.
    """

    file: str
    plan: str
    blocks: Sequence[TextBlock]
    obstacle: str
    is_empty: bool
    summary: str
    store: Callable[[IsDropped], None]
    doubt: str = ""
    is_unproved: bool = False


def read_intake(path: Path, target: Target) -> Intake:
    """Read a plan file, a table or a bundle, and find out what it would do. Raises FileError, DatabaseError."""
    suffix = path.suffix.casefold()
    if suffix == BUNDLE_SUFFIX:
        return _of_bundle(read_bundle_file(path), target)
    if suffix in PLAN_SUFFIXES:
        return _of_preview(preview_plan_file(path, target.database), target)
    if suffix in TABLE_SUFFIXES:
        return _of_preview(preview_table(path, target.content, target.period), target)
    raise unknown_suffix(path, SUFFIXES)


def _of_preview(shown: Preview, target: Target) -> Intake:
    added, changed = len(shown.added), len(shown.changed)
    obstacle = ""
    if shown.refused:
        obstacle = _("Nothing can be stored: mend what is refused in the file and try again.")

    def store(is_dropped: IsDropped) -> None:
        with writing_unless(target.database, is_dropped):
            apply(shown, target.database, by=target.author)

    before = _content_of(shown.plan, target)
    found = consequences(shown, before, target.today)
    doubt = what_looks_wrong(found)
    told = _("{added} added, {changed} changed", added=added, changed=changed)
    return Intake(
        file=clean(shown.origin),
        plan=shown.plan,
        blocks=tuple(_PreviewWords(shown, before, found, target.is_ascii).blocks()),
        obstacle=obstacle,
        is_empty=shown.is_empty,
        summary=f"{told} {doubt}".rstrip(),
        store=store,
        doubt=doubt,
    )


def _content_of(plan: str, target: Target) -> PlanContent | None:
    """A plan as it stands before, None where it is new."""
    return target.content if plan == target.content.plan.key else content_of(target.database, plan)


@dataclass(frozen=True, slots=True)
class _PreviewWords:
    """Says what a plan file or a table would do."""

    shown: Preview
    before: PlanContent | None
    found: Consequences
    is_ascii: bool

    def blocks(self) -> Iterator[TextBlock]:
        shown = self.shown
        after = self.before.with_entities(shown.entities) if self.before else PlanContent.of(shown.entities)
        if shown.is_new_plan:
            yield Prose(_("A new plan: {plan}", plan=clean(after.plan.title)))
        if shown.refused:
            yield Heading(_("Refused ({count})", count=len(shown.refused)))
            for refusal in shown.refused[:MOST_SHOWN]:
                yield Pair(_thing(after, refusal.reference), clean(say(refusal.problem)))
            yield from _more(len(shown.refused))
        if shown.changed:
            yield Heading(_("Changed ({count})", count=len(shown.changed)))
            entities = {Reference(each.kind, each.key): each for each in shown.entities}
            for change in sorted(shown.changed, key=lambda each: not self._is_doubtful(each.reference))[:MOST_SHOWN]:
                yield Prose(_thing(after, change.reference))
                yield from self._fields(after, entities[change.reference])
                yield from self._consequence(change.reference)
            yield from _more(len(shown.changed))
        if shown.added:
            yield from self._added(after)
        if shown.unchanged:
            yield Heading(_("Unchanged: {count}", count=len(shown.unchanged)))
        if shown.ignored:
            yield Prose(
                _("Columns that are not read: {columns}", columns=clean(", ".join(shown.ignored))), is_muted=True
            )

    def _added(self, after: PlanContent) -> Iterator[TextBlock]:
        added = self.shown.added
        yield Heading(_("Added ({count})", count=len(added)))
        is_whole = len(added) <= MOST_SHOWN
        for addition in sorted(added, key=lambda each: not self._is_doubtful(each.reference)):
            if is_whole or self._is_doubtful(addition.reference):
                name = name_of(after, addition.reference)
                value = clean(str(getattr(after.find(addition.reference), "value", "")))
                yield Pair(kind_and_period(after, addition.reference), f"{name}: {value}" if value else name)
                yield from self._consequence(addition.reference)
        if is_whole:
            return
        for kind, count in Counter(addition.reference.kind for addition in added).items():
            yield Pair(capitalised(word(kind)), str(count))

    def _is_doubtful(self, reference: Reference) -> bool:
        return reference in self.found and bool(self.found[reference].doubts)

    def _consequence(self, reference: Reference) -> Iterator[TextBlock]:
        """What a figure would mean, and what looks wrong about it."""
        found = self.found.get(reference)
        if found is None:
            return
        status = status_word(found.status, expected=found.is_expected)
        symbol = status_symbol(found.status, ascii=self.is_ascii)
        yield Pair("  " + _("Status"), f"{symbol} {capitalised(status)}: {clean(say(found.reason))}")
        for doubt in found.doubts:
            yield Pair("  !", _("Look again: {doubt}", doubt=word(doubt)))

    def _fields(self, after: PlanContent, entity: AnyEntity) -> Iterator[TextBlock]:
        """What changes in a thing, field by field."""
        reference = Reference(entity.kind, entity.key)
        before = self.before.find(reference) if self.before else None
        assert before is not None, "what is new is not told field by field"
        for field in Codec.of(entity.kind).names:
            if getattr(before, field) != getattr(entity, field) and field not in HIDDEN_FIELDS:
                texts = [clean(said(after, each, field)) or NOTHING for each in (before, entity)]
                yield Pair(f"  {capitalised(field_word(field))}", f"{texts[0]} → {texts[1]}")


def _thing(content: PlanContent, reference: Reference) -> str:
    """A thing with what sort it is, by its name where it has one here and otherwise by its key."""
    if content.find(reference) is None:
        return clean(called(reference))
    return f"{kind_and_period(content, reference)}: {name_of(content, reference)}"


def _more(count: int) -> Iterator[TextBlock]:
    if count > MOST_SHOWN:
        yield Prose(_("and {count} more", count=count - MOST_SHOWN), is_muted=True)


# Bundles


def _of_bundle(bundle: Bundle, target: Target) -> Intake:
    before = _content_of(bundle.plan, target)
    with only_tried(target.database):
        joined = join(bundle, target.database, accepts_unproved=True)
        giving = what_lacks(target.database, bundle.plan, bundle.lines)

    def store(is_dropped: IsDropped) -> None:
        with writing_unless(target.database, is_dropped):
            # What cannot be proved has been shown, and the person has said that it is to be taken in.
            join(bundle, target.database, accepts_unproved=not joined.is_proved)

    return Intake(
        file=clean(bundle.name),
        plan=bundle.plan,
        blocks=tuple(joined_in_words(Taken(bundle, joined, giving), before)),
        obstacle="",
        is_empty=not joined.new,
        summary=summary_of(joined),
        store=store,
        is_unproved=not joined.is_proved,
    )


def summary_of(joined: Joined) -> str:
    """What joining has done, in a few words."""
    told = _("{count} new change" if joined.new == 1 else "{count} new changes", count=joined.new)
    count = len(joined.conflicts)
    if not count:
        return told
    waiting = _("{count} conflict to decide" if count == 1 else "{count} conflicts to decide", count=count)
    return f"{told}, {waiting}"


def claims_in_words(claims: Sequence[Claim]) -> Iterator[TextBlock]:
    """Whose devices are new here, and what cannot be proved of who wrote what."""
    for claim in sorted(claims, key=lambda each: each.why is None):
        yield Prose(clean(say(claim.message)), is_muted=claim.why is None)


def joined_in_words(taken: Taken, content: PlanContent | None) -> Iterator[TextBlock]:
    """What joining adds, or would add, area by area, with the conflicts that come of it; and what its copy lacks."""
    bundle, joined = taken.bundle, taken.joined
    yield Prose(_("The plan “{plan}” from {device}", plan=bundle.title, device=bundle.device))
    yield Prose(_("New changes: {new}; known already: {known}", new=joined.new, known=joined.known))
    yield from claims_in_words(joined.claims)
    if content is None:
        yield Prose(_("The plan is new here."))
    for section in joined_sections(taken, content):
        yield Heading(section.heading)
        yield from (Pair(*pair) for pair in section.pairs)
        yield from (Prose(line) for line in section.lines)
