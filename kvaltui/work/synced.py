"""What a round through a shared folder did, in words."""

from __future__ import annotations

from collections.abc import Iterator

from kvaltui.exchange.folder import Synced, Taken
from kvaltui.i18n import _, say
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.work.intake import joined_in_words, summary_of
from kvaltui.work.reading_blocks import Heading, Prose, TextBlock


def in_turn(content: PlanContent, synced: Synced) -> Iterator[tuple[Taken, PlanContent]]:
    """Each bundle that was taken in, with the plan as it stood before that one; `content` is the plan before all."""
    for taken in synced.taken:
        yield taken, content
        content = content.with_entities(each.after for each in taken.joined.coming)


def synced_in_words(content: PlanContent, synced: Synced, *, is_done: bool = True) -> Iterator[TextBlock]:
    """What came from each of the other copies, what was passed by, and where this copy's own changes are.

    Not `is_done`: what would come, and what each of the other copies lacks. `content` is the plan before it.
    """
    if not synced.taken and not synced.passed:
        yield Prose(_("No other copy has put anything in the folder yet."))
    for passed in synced.passed:
        yield Heading(_("Passed by: {file}", file=clean(passed.name)))
        yield Prose(clean(say(passed.problem)))
        if passed.is_unproved:
            told = _("Ask those who are said to have written it. Import the file to see what it does and take it in.")
            yield Prose(told)
    for taken, before in in_turn(content, synced):
        yield Heading(f"{clean(taken.bundle.name)}: {summary_of(taken.joined)}")
        if taken.is_news:
            yield from joined_in_words(taken, before)
    yield Prose("")
    if is_done:
        yield Prose(_("This copy's changes are in {file}", file=clean(synced.written.name)), is_muted=True)
    else:
        yield Prose(_("This copy's changes go into {file}", file=clean(synced.written.name)), is_muted=True)
