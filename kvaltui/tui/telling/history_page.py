"""The page of a change: who did what when, what the thing is now, and what else followed in the same action."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kvaltui.i18n import _, is_ahead, told_moment
from kvaltui.model.clean import clean
from kvaltui.model.entity import Kind
from kvaltui.store.history import Revision
from kvaltui.tui.telling.related_rows import heading_of, related_shelf
from kvaltui.tui.telling.teller import GAP, Teller
from kvaltui.tui.telling.typeset import paragraphs
from kvaltui.tui.widgets.page import Page, Paragraph
from kvaltui.tui.widgets.reading import Block, Shelf
from kvaltui.words import capitalised, field_word
from kvaltui.work.history_words import change_in_words, changed_thing, remarks, shown_changes
from kvaltui.work.naming import kind_and_period, name_of, shown_at
from kvaltui.work.reading_blocks import Heading
from kvaltui.work.relations import named_by
from kvaltui.work.value_words import said

MOST_TOLD = 12
"""So many other changes of an action are told one by one."""
_WITHOUT_ROW = frozenset({Kind.PLAN})


def history_page(teller: Teller, revision: Revision, along: Sequence[Revision]) -> Page:
    """The page of a change; `along` are the others of its action, as many of them as were read."""
    return _HistoryPage(teller, revision, along).page()


class _HistoryPage:
    def __init__(self, teller: Teller, revision: Revision, along: Sequence[Revision]) -> None:
        self.teller, self.revision, self.along = teller, revision, along
        self.content, self.paint = teller.content, teller.paint
        self.entity = self.content.find(revision.reference)
        self.changes = shown_changes(self.content, revision)

    def page(self) -> Page:
        """Title and head at once, the rest when it is asked for."""
        reference = self.revision.reference
        title = f"{kind_and_period(self.content, reference)}: {name_of(self.content, reference)}"
        return Page(title, tuple(self._head()), tuple(self._brief()), lambda: tuple(self._shelves()))

    def _head(self) -> Iterator[Paragraph]:
        revision, paint = self.revision, self.paint
        if len(self.changes) != 1:
            yield capitalised(change_in_words(self.content, revision)), paint.strong
        else:
            (each,) = self.changes
            yield f"{capitalised(field_word(each.field))}: {self._from_to(each.before, each.after)}", paint.strong
        who = clean(revision.author.shown_name)
        yield _("{when} by {who}", when=told_moment(revision.at), who=who), paint.text
        if revision.is_undone:
            yield capitalised(_("taken back")), paint.warning
        if revision.unproved is not None:
            yield f"! {capitalised(clean(next(remarks(revision))))}", paint.warning
        if is_ahead(revision.at):
            yield f"! {capitalised(_('the clock is ahead'))}", paint.warning

    def _from_to(self, before: str, after: str) -> str:
        arrow = "->" if self.teller.is_ascii else "→"
        return f"{before} {arrow} {after}" if before else after

    def _brief(self) -> Iterator[Paragraph]:
        if len(self.changes) > 1:
            for each in self.changes:
                told = f"{capitalised(field_word(each.field))}: {self._from_to(each.before, each.after)}"
                yield told, self.paint.text
        where = _("on {device}", device=clean(self.revision.device))
        yield GAP.join([where, *(clean(each) for each in remarks(self.revision))]), self.paint.muted

    # Shelf by shelf

    def _shelves(self) -> Iterator[Block]:
        teller = self.teller
        if len(self.changes) > 1:
            rows = (
                teller.labelled(capitalised(field_word(each.field)), self._from_to(each.before, each.after))
                for each in self.changes
            )
            yield Shelf((Heading(_("Changes")), *rows))
        revision = self.revision
        facts = [(_("Device"), clean(revision.device)), *((_("Remark"), clean(each)) for each in remarks(revision))]
        if revision.received_at:
            facts.append((_("Came here"), told_moment(revision.received_at)))
        yield Shelf(tuple(teller.labelled(label, text) for label, text in facts if text))
        yield from self._now()
        yield from self._along()

    def _now(self) -> Iterator[Block]:
        """What the thing is now: how it stands, and the changed fields where they have been changed since."""
        entity, teller = self.entity, self.teller
        if entity is None:
            return
        shown = shown_at(self.content, self.revision.reference)
        names = [shown] if shown.kind not in _WITHOUT_ROW else []
        names += [each for each in named_by(self.content, entity) if each not in names and each != shown]
        for kind in dict.fromkeys(each.kind for each in names):
            found = [each for each in names if each.kind is kind]
            yield related_shelf(teller, _("Now") if kind is shown.kind else heading_of(kind), found)
        since = []
        for each in self.changes:
            now = clean(said(self.content, entity, each.field)) or "–"
            if now != each.after:
                since.append(teller.labelled(capitalised(field_word(each.field)), now))
        if entity.retired:
            since.append(teller.labelled(_("Now"), _("Retired")))
        if since:
            yield Shelf((Heading(_("As it is now")), *since))

    def _along(self) -> Iterator[Block]:
        """What else was changed in the same action."""
        rows: list[Paragraph] = []
        for each in self.along[:MOST_TOLD]:
            told = f"{changed_thing(self.content, each.reference)}{GAP}{change_in_words(self.content, each)}"
            rows.append((told, self.paint.text))
        if len(self.along) > MOST_TOLD:
            rows.append((_("and more"), self.paint.muted))
        if rows:
            yield Shelf((Heading(_("In the same action")), paragraphs(rows)))
