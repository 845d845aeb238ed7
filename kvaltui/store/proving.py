"""Whether the revisions of a bundle were written by the devices that they name, by what these have signed.

What proves a device is the first key that this copy has seen of it. What it has signed is the number of its revisions
in the plan and a digest over them: all up to that number, those that are here and those that come, must give it.
docs/store.md, Who wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from peewee import SQL, Table

from kvaltui.model.alphabet import swedish_order
from kvaltui.model.clean import clean
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass
from kvaltui.store import entry as journal_entry
from kvaltui.store.database import Database
from kvaltui.store.entry import Entry, Stored
from kvaltui.store.signing import NOTHING_WRITTEN, Statement, Unproved, can_sign, running_digest
from kvaltui.store.statements import is_known, known_key, known_statements

_REVISION = Table("revision")
_MOST_NAMED = 3

_MAY_BE_PROVED_LATER = frozenset({Unproved.UNSIGNED, Unproved.NOT_CHECKED})


@dataclass(frozen=True, slots=True)
class Claim:
    """What some new revisions say of who wrote them: the device, the people's names, and how many they are.

    `why` tells why that cannot be proved; None: it is proved, and the device is one that was never seen here before.
    Without any revisions it is what a device has signed that does not agree with what is here.
    """

    device: str
    people: tuple[str, ...]
    revisions: int
    why: Unproved | None

    @property
    def message(self) -> Message:
        """The claim in words."""
        who = ", ".join(self.people[:_MOST_NAMED]) + ("" if len(self.people) <= _MOST_NAMED else ", …")
        if self.why is None:
            return Message(
                "{device} is seen here for the first time; it says that it is {who}", device=self.device, who=who
            )
        if not self.revisions:
            return Message(
                "What {device} has signed is not true of what is here: {why}", device=self.device, why=self.why
            )
        return Message(
            "{count} change says that it is by {who} on {device}, which cannot be proved: {why}"
            if self.revisions == 1
            else "{count} changes say that they are by {who} on {device}, which cannot be proved: {why}",
            count=self.revisions,
            who=who,
            device=self.device,
            why=self.why,
        )


@dataclass(frozen=True, slots=True)
class Proved:
    """Of new revisions: by their ids why some are not proved, what statements were found true, and what to tell."""

    unproved: Mapping[str, Unproved]
    statements: tuple[Statement, ...]
    claims: tuple[Claim, ...]


def prove(database: Database, new: Sequence[Entry], offered: Iterable[Statement]) -> Proved:
    """Prove who wrote new revisions, with the statements that came with them.

    Only within `database.reading()` or `writing()`, before the revisions are stored.
    """
    said = {(each.plan, each.device): each for each in offered}
    of_devices: dict[tuple[str, str], list[Entry]] = {
        key: [] for key, each in said.items() if not is_known(database, each)
    }
    for entry in new:
        of_devices.setdefault((entry.plan, entry.device), []).append(entry)
    unproved: dict[str, Unproved] = {}
    found: list[Statement] = []
    claims: list[Claim] = []
    for (plan, device), entries in of_devices.items():
        judged = _Device(database, plan, device, entries, said.get((plan, device))).judge()
        unproved |= judged.unproved
        found += judged.statements
        claims += judged.claims
    return Proved(unproved, tuple(found), tuple(claims))


class _Device:
    """One device's revisions in a plan, those that are new and those that are here, and the statement that came."""

    def __init__(
        self, database: Database, plan: str, device: str, new: Sequence[Entry], offered: Statement | None
    ) -> None:
        self._device, self._new, self._offered = device, new, offered
        self._counted: dict[int, list[Entry]] = {}
        for entry in new:
            if entry.number:
                self._counted.setdefault(entry.number, []).append(entry)
        self._key = known_key(database, device)
        known = known_statements(database, plan, [device]).get(device)
        is_older = offered is None or (known is not None and offered.revisions < known.revisions)
        self._known = known
        self._start = None if is_older else known
        self._here: dict[int, list[Stored]] = {}
        first = min([self._start.revisions + 1 if self._start is not None else 1, *self._counted])
        mine = (SQL('"plan"') == plan) & (SQL('"device"') == device) & (SQL('"number"') >= first)
        for each in journal_entry.read(database, mine):
            self._here.setdefault(each.entry.number, []).append(each)

    def judge(self) -> Proved:
        """What is proved by the statement that came along, if one did."""
        why = self._obstacle()
        reasons = {entry.id: self._why_not(entry, why) for entry in self._new}
        unproved = {id_: reason for id_, reason in reasons.items() if reason is not None}
        offered, known = self._offered, self._known
        is_better = offered is not None and (known is None or known.revisions < offered.revisions)
        found = (offered,) if offered is not None and why is None and is_better else ()
        return Proved(unproved, found, tuple(self._claims(unproved, why)))

    def _why_not(self, entry: Entry, why: Unproved | None) -> Unproved | None:
        if why is not None and entry.number:
            return why
        is_covered = self._offered is not None and 0 < entry.number <= self._offered.revisions
        return None if is_covered else Unproved.UNSIGNED

    def _claims(self, unproved: Mapping[str, Unproved], why: Unproved | None) -> Iterable[Claim]:
        if not self._new and why is not None:
            yield Claim(clean(self._device), (), 0, why)
        for reason in (*Unproved, None):
            of_it = [entry for entry in self._new if unproved.get(entry.id) == reason]
            if of_it and (reason is not None or not self._key):
                people = tuple(sorted({clean(entry.name or entry.account) for entry in of_it}, key=swedish_order))
                yield Claim(clean(self._device), people, len(of_it), reason)

    def _obstacle(self) -> Unproved | None:
        """Why nothing of the device is proved by the statement; None where it is true of what is here and comes."""
        offered, start = self._offered, self._start
        if offered is not None and self._key and self._key != offered.public_key:
            return Unproved.ANOTHER_KEY
        if offered is not None and not can_sign():
            return Unproved.DENIES_EARLIER if self._is_denied() else Unproved.NOT_CHECKED
        if offered is not None and not offered.is_genuine:
            return Unproved.WRONGLY_SIGNED
        if self._is_denied():
            return Unproved.DENIES_EARLIER
        if offered is None:
            return Unproved.UNSIGNED
        number, digest = (start.revisions, start.digest) if start is not None else (0, NOTHING_WRITTEN)
        if running_digest(self._texts(number, offered.revisions), digest) != offered.digest:
            is_all_known = self._known is not None and offered.revisions <= self._known.revisions
            return Unproved.DENIES_EARLIER if is_all_known else Unproved.WRONGLY_SIGNED
        return None

    def _is_denied(self) -> bool:
        """Whether one number is given to two revisions, where the other is among the new ones or proved here."""
        return any(
            len(entries) > 1 or any(each.proof == "" for each in self._here.get(number, ()))
            for number, entries in self._counted.items()
        )

    def _texts(self, after: int, up_to: int) -> Iterable[str]:
        """The revisions after a number, as far as they are known without a gap: what comes, before what is here."""
        for number in range(after + 1, up_to + 1):
            entries = self._counted.get(number) or [
                each.entry for each in sorted(self._here.get(number, ()), key=lambda each: each.proof or "")
            ]
            if not entries:
                return
            yield entries[0].text()


def unproved_among(database: Database, plan: str, found: Sequence[Stored]) -> dict[str, Unproved]:
    """Of stored revisions, by their ids, why it cannot be proved who wrote some of them.

    One that was taken in unsigned, or unchecked, is proved after all once what its device has signed of it is known, as
    long as no other has its number. Only within `database.reading()` or `writing()`.
    """
    reasons = {each.entry.id: why for each in found if (why := Unproved.of(each.proof)) is not None}
    unsigned = {each.entry.id: each.entry for each in found if reasons.get(each.entry.id) in _MAY_BE_PROVED_LATER}
    if not unsigned:
        return reasons
    signed = known_statements(database, plan, {entry.device for entry in unsigned.values()})
    for device, statement in signed.items():
        mine = (SQL('"plan"') == plan) & (SQL('"device"') == device) & (SQL('"number"') > 0)
        counted = _REVISION.select(SQL('"number"')).where(mine & (SQL('"number"') <= statement.revisions))
        alone = {
            number for (number,) in database.execute(counted.group_by(SQL('"number"')).having(SQL("count(*) = 1")))
        }
        for id_, entry in unsigned.items():
            if entry.device == device and entry.number in alone:
                del reasons[id_]
    return reasons


def unproved_of(database: Database, plan: str, ids: Iterable[str]) -> dict[str, Unproved]:
    """As `unproved_among`, of the revisions with some ids. Raises DatabaseError."""
    with database.reading():
        return unproved_among(database, plan, journal_entry.by_ids(database, ids))
