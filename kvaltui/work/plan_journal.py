"""What a person does to the plan that is open, and what its journal tells: written, taken back, decided, asked for.

What only that needs is imported when it is first needed: the start is to be quick.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Reference

if TYPE_CHECKING:
    from kvaltui.store.author import Author
    from kvaltui.store.conflicts import Decision
    from kvaltui.store.criteria import Criteria
    from kvaltui.store.database import Database
    from kvaltui.store.history import Revision
    from kvaltui.store.history_actions import HistoryAction
    from kvaltui.store.journal import Action
    from kvaltui.store.signing import Unproved


class PlanJournal(ABC):
    """The journal of the plan that is open. Whoever has it open says what comes before a change and after it."""

    database: Database
    author: Author
    content: PlanContent
    _restored_at: int

    @property
    def key(self) -> str:
        """The plan's key."""
        return self.content.plan.key

    @abstractmethod
    def _refuse_unseen_restoring(self) -> None:
        """Take in that a backup has been restored before anything is written that a person decided on without knowing.

        Raises Restored when that is so.
        """

    @abstractmethod
    def _done(self, action: Action) -> Action:
        """Take in what an action, and others meanwhile, have changed. It is stored, whether that succeeds or not."""

    def record(self, entities: Iterable[AnyEntity], *, seen: int | None = None, reason: str = "") -> Action:
        """Store entities as they shall be, and take in what that and others have changed meanwhile.

        `seen` is the content's position when the person began to edit; without it, now.
        """
        from kvaltui.store import journal

        self._refuse_unseen_restoring()
        position = self.content.position if seen is None else seen
        if position > self.content.position:
            position = self._restored_at  # a position in a journal that is gone
        return self._done(
            journal.record(self.database, self.key, tuple(entities), by=self.author, seen=position, reason=reason)
        )

    def undo(self) -> Action:
        """Take the latest change back. Raises a KvaltuiError when there is none."""
        from kvaltui.store import undo

        self._refuse_unseen_restoring()
        return self._done(undo.undo(self.database, self.key, by=self.author))

    def redo(self) -> Action:
        """Put back what was last taken back. Raises a KvaltuiError when there is nothing."""
        from kvaltui.store import undo

        self._refuse_unseen_restoring()
        return self._done(undo.redo(self.database, self.key, by=self.author))

    def take_back(self, revision: str, *, confirm: Collection[str] = ()) -> Action:
        """Take back any change by its revision's id, with those later ones that a person has agreed to, by their ids.

        Raises LaterChanges where there are others, or another KvaltuiError.
        """
        from kvaltui.store import undo

        self._refuse_unseen_restoring()
        return self._done(undo.undo(self.database, self.key, revision, by=self.author, confirm=confirm))

    def history(
        self, *, limit: int, offset: int = 0, about: Reference | None = None, only: Criteria | None = None
    ) -> tuple[Revision, ...]:
        """What has happened to the plan, or to one thing and what belongs to it, the newest first."""
        from kvaltui.store import history
        from kvaltui.store.criteria import EVERYTHING

        return history.history(
            self.database, self.key, about, limit=limit, offset=offset, only=only if only is not None else EVERYTHING
        )

    def history_actions(
        self, *, limit: int, before: int | None = None, only: Criteria | None = None
    ) -> tuple[HistoryAction, ...]:
        """What has happened to the plan by what was one action, the newest first; `before` a place in the journal."""
        from kvaltui.store import history_actions
        from kvaltui.store.criteria import EVERYTHING

        return history_actions.actions(
            self.database, self.key, limit=limit, before=before, only=only if only is not None else EVERYTHING
        )

    def changes_in(self, action: HistoryAction, only: Criteria) -> tuple[Revision, ...]:
        """The changes that an action is made of, of those that meet the criteria."""
        from kvaltui.store import history_actions

        return history_actions.changes_in(self.database, self.key, action, only=only)

    def along(self, revision: Revision, *, limit: int) -> tuple[Revision, ...]:
        """What else was changed in the action of a change, at most `limit` of it."""
        from kvaltui.store import history

        found = history.of_action(self.database, self.key, revision.action, limit=limit + 1)
        return tuple(each for each in found if each.id != revision.id)[:limit]

    def conflicts(self, about: Reference | None = None) -> tuple[Decision, ...]:
        """What waits for a decision between several sides, in the plan or in one thing."""
        return self.conflicts_seen(about)[0]

    def conflicts_seen(self, about: Reference | None = None) -> tuple[tuple[Decision, ...], int]:
        """The same, and the journal's position at that moment, which `resolve` asks for."""
        from kvaltui.store import conflicts

        with self.database.reading():
            return conflicts.decisions(self.database, self.key, about), self.database.position()

    def unproved(self, revisions: Collection[str]) -> Mapping[str, Unproved]:
        """Why it cannot be proved who wrote some of these revisions, by their ids."""
        from kvaltui.store import proving

        return proving.unproved_of(self.database, self.key, revisions)

    def resolve(self, decision: Decision, values: Mapping[str, Any], *, seen: int) -> Action:
        """Decide for plain values of its fields; `seen` is the position at which the person saw the sides.

        Raises RuleError for a value that may not be stored, DatabaseError.
        """
        from kvaltui.store import conflicts

        self._refuse_unseen_restoring()
        return self._done(
            conflicts.resolve(self.database, self.key, decision.reference, values, by=self.author, seen=seen)
        )
