"""What a file would add to and change in the database, in words; and storing it, all or nothing. No widgets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kvaltui.exchange.bundle_file import Bundle, join, read_bundle_file
from kvaltui.exchange.folder import Taken
from kvaltui.exchange.importing import apply
from kvaltui.i18n import _, say
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Reference
from kvaltui.model.period import Period
from kvaltui.model.value import dataclass
from kvaltui.status_cells import status_cell
from kvaltui.store.bundle import Joined, what_lacks
from kvaltui.store.dropping import only_tried, writing_unless
from kvaltui.store.plans import content_of
from kvaltui.words import capitalised, field_word, word
from kvaltui.work.file_change import FileChange, is_bundle, read_file_change
from kvaltui.work.joined_words import MOST_SHOWN, joined_sections
from kvaltui.work.naming import kind_and_period, name_of
from kvaltui.work.reading_blocks import Heading, Pair, Prose, TextBlock
from kvaltui.work.value_words import called

if TYPE_CHECKING:
    from kvaltui.store.author import Author
    from kvaltui.store.database import Database

IsDropped = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class IntakeTarget:
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


def read_intake(path: Path, target: IntakeTarget) -> Intake:
    """Read a plan file, a table or a bundle, and find out what it would do. Raises FileError, DatabaseError."""
    if is_bundle(path):
        return _of_bundle(read_bundle_file(path), target)
    opened = (target.content, target.period)
    return _of_file(read_file_change(path, target.database, target.today, lambda: opened), target)


def _of_file(change: FileChange, target: IntakeTarget) -> Intake:
    shown = change.shown
    obstacle = ""
    if shown.refused:
        obstacle = _("Nothing can be stored: mend what is refused in the file and try again.")

    def store(is_dropped: IsDropped) -> None:
        with writing_unless(target.database, is_dropped):
            apply(shown, target.database, by=target.author)

    told = _("{added} added, {changed} changed", added=len(shown.added), changed=len(shown.changed))
    return Intake(
        file=clean(shown.origin),
        plan=shown.plan,
        blocks=tuple(_ChangeWords(change, target.is_ascii).blocks()),
        obstacle=obstacle,
        is_empty=shown.is_empty,
        summary=f"{told} {change.doubt}".rstrip(),
        store=store,
        doubt=change.doubt,
    )


@dataclass(frozen=True, slots=True)
class _ChangeWords:
    """Says what a plan file or a table would do."""

    change: FileChange
    is_ascii: bool

    def blocks(self) -> Iterator[TextBlock]:
        shown, after = self.change.shown, self.change.after
        if shown.before is None:
            yield Prose(_("A new plan: {plan}", plan=clean(after.plan.title)))
        if shown.refused:
            yield Heading(_("Refused ({count})", count=len(shown.refused)))
            for refusal in shown.refused[:MOST_SHOWN]:
                yield Pair(_thing(after, refusal.reference), clean(say(refusal.problem)))
            yield from _more(len(shown.refused))
        if shown.changed:
            yield Heading(_("Changed ({count})", count=len(shown.changed)))
            for reference in self._doubtful_first(shown.changed)[:MOST_SHOWN]:
                yield Prose(_thing(after, reference))
                for field, old, new in self.change.fields(reference):
                    yield Pair(f"  {capitalised(field_word(field))}", f"{clean(old)} → {clean(new)}")
                yield from self._consequence(reference)
            yield from _more(len(shown.changed))
        if shown.added:
            yield from self._added(shown.added, after)
        if shown.unchanged:
            yield Heading(_("Unchanged: {count}", count=len(shown.unchanged)))
        if shown.ignored:
            yield Prose(
                _("Columns that are not read: {columns}", columns=clean(", ".join(shown.ignored))), is_muted=True
            )

    def _added(self, added: Sequence[Reference], after: PlanContent) -> Iterator[TextBlock]:
        yield Heading(_("Added ({count})", count=len(added)))
        is_whole = len(added) <= MOST_SHOWN
        for reference in self._doubtful_first(added):
            if is_whole or self.change.is_doubtful(reference):
                name, value = name_of(after, reference), clean(self.change.value(reference))
                yield Pair(kind_and_period(after, reference), f"{name}: {value}" if value else name)
                yield from self._consequence(reference)
        if is_whole:
            return
        for kind, count in Counter(reference.kind for reference in added).items():
            yield Pair(capitalised(word(kind)), str(count))

    def _doubtful_first(self, references: Sequence[Reference]) -> list[Reference]:
        return sorted(references, key=lambda each: not self.change.is_doubtful(each))

    def _consequence(self, reference: Reference) -> Iterator[TextBlock]:
        """What a figure would mean, and what looks wrong about it."""
        found = self.change.found.get(reference)
        if found is None:
            return
        status = status_cell(found.status, ascii=self.is_ascii, expected=found.is_expected, is_short=False)
        yield Pair("  " + _("Status"), f"{status}: {clean(say(found.reason))}")
        for doubt in found.doubts:
            yield Pair("  !", _("Look again: {doubt}", doubt=word(doubt)))


def _thing(content: PlanContent, reference: Reference) -> str:
    """A thing with what sort it is, by its name where it has one here and otherwise by its key."""
    if content.find(reference) is None:
        return clean(called(reference))
    return f"{kind_and_period(content, reference)}: {name_of(content, reference)}"


def _more(count: int) -> Iterator[TextBlock]:
    if count > MOST_SHOWN:
        yield Prose(_("and {count} more", count=count - MOST_SHOWN), is_muted=True)


# Bundles


def tried(bundle: Bundle, database: Database) -> Taken:
    """What taking in a bundle would do, proved or not. Raises as `join` does; nothing is stored."""
    with only_tried(database):
        return Taken(
            bundle,
            join(bundle, database, accepts_unproved=True),
            what_lacks(database, bundle.plan, bundle.lines),
        )


def _of_bundle(bundle: Bundle, target: IntakeTarget) -> Intake:
    is_open = bundle.plan == target.content.plan.key
    before = target.content if is_open else content_of(target.database, bundle.plan)
    taken = tried(bundle, target.database)
    joined = taken.joined

    def store(is_dropped: IsDropped) -> None:
        with writing_unless(target.database, is_dropped):
            # What cannot be proved has been shown, and the person has said that it is to be taken in.
            join(bundle, target.database, accepts_unproved=not joined.is_proved)

    return Intake(
        file=clean(bundle.name),
        plan=bundle.plan,
        blocks=tuple(joined_in_words(taken, before)),
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


def joined_in_words(taken: Taken, content: PlanContent | None) -> Iterator[TextBlock]:
    """What joining adds, or would add, area by area, with the conflicts that come of it; and what its copy lacks."""
    bundle, joined = taken.bundle, taken.joined
    yield Prose(_("The plan “{plan}” from {device}", plan=bundle.title, device=bundle.device))
    yield Prose(_("New changes: {new}; known already: {known}", new=joined.new, known=joined.known))
    # Whose devices are new here, after what cannot be proved of who wrote what.
    for claim in sorted(joined.claims, key=lambda each: each.why is None):
        yield Prose(clean(say(claim.message)), is_muted=claim.why is None)
    if content is None:
        yield Prose(_("The plan is new here."))
    for section in joined_sections(taken, content):
        yield Heading(section.heading)
        yield from (Pair(*pair) for pair in section.pairs)
        yield from (Prose(line) for line in section.lines)
