"""Proving who wrote what is in a journal: the numbers of each device, and what it has signed; for `check`.

Only what cannot be seen in the journal's own chain, which anybody who may write the file can compute anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peewee import SQL, Table

from kvaltui.model.clean import clean
from kvaltui.model.message import Message
from kvaltui.store import device as devices
from kvaltui.store import entry as journal_entry
from kvaltui.store.database import Database
from kvaltui.store.device import Device
from kvaltui.store.entry import Stored
from kvaltui.store.proving import unproved_among
from kvaltui.store.signing import CANNOT_SIGN, Statement, Unproved, can_sign, public_key, running_digest

_REVISION, _STATEMENT, _DEVICE = Table("revision"), Table("statement"), Table("device")


def is_sealed(each: Stored, device: Device) -> bool:
    """Whether the seal of a revision is as it must be on this device: only what it has written here itself can tell."""
    is_own = each.entry.device == device.name and each.is_from_here and each.proof is not None
    return not is_own or device.secret is None or device.seal(each.chain) == each.seal


def wrong(database: Database) -> Iterator[Message]:
    """What is wrong about who wrote what. Only within `database.reading()`, of a journal that can be read."""
    yield from _tip(database)
    since = _REVISION.select(SQL('min("sequence")')).where(SQL('"proof" IS NOT NULL'))
    late = _REVISION.select(SQL("count(*)")).where(SQL('"proof" IS NULL') & (SQL('"sequence"') > since))
    if any(count for (count,) in database.execute(late)):
        yield Message("Revisions that came after the upgrade of the database seem to be from before it")
    signed = _statements(database)
    query = _REVISION.select(SQL('DISTINCT "plan", "device"')).where(SQL('"number"') > 0)
    written = {(str(plan), str(device)) for plan, device in database.execute(query)}
    for plan, device in sorted(written | signed.keys()):
        yield from _of_device(database, plan, device, signed.get((plan, device)))


def _tip(database: Database) -> Iterator[Message]:
    """Whether the journal still has what it had when this device last looked."""
    known = devices.known_tip(database.device_place)
    if known is None:
        return
    query = _REVISION.select(SQL('"chain"')).where(SQL('"sequence"') == known[0])
    if [chain for (chain,) in database.execute(query)] != [known[1]]:
        yield Message(
            "The journal up to revision {sequence} is not the one that this device last found here", sequence=known[0]
        )


def keep_tip(database: Database) -> None:
    """Remember how far the journal reaches, unless it is another than the one that this device last found here."""
    if database.path is None:
        return
    with database.reading():
        if any(_tip(database)):
            return
        end = journal_entry.end(database)
    if end.sequence and devices.known_tip(database.device_place) != (end.sequence, end.chain):
        devices.keep_tip(database.device_place, end.sequence, end.chain)


def _statements(database: Database) -> dict[tuple[str, str], Statement]:
    columns = SQL('"plan", "device", "revisions", "digest", "signature"')
    keys = {str(name): str(key) for name, key in database.execute(_DEVICE.select(SQL('"name", "public_key"')))}
    return {
        (plan, device): Statement(plan, device, keys.get(device, ""), revisions, digest, signature)
        for plan, device, revisions, digest, signature in database.execute(_STATEMENT.select(columns))
    }


def _of_device(database: Database, plan: str, device: str, signed: Statement | None) -> Iterator[Message]:
    revisions = _counted(database, plan, device)
    name = {"device": clean(device), "plan": clean(plan)}
    proved = [each for each in revisions if each.proof == ""]
    if [each.entry.number for each in proved] != list(range(1, len(proved) + 1)):
        yield Message("The revisions of {device} in the plan {plan} are not numbered one after the other", **name)
    covered = signed.revisions if signed is not None else 0
    if any(not each.is_from_here and each.entry.number > covered for each in proved):
        yield Message("Revisions of {device} in the plan {plan} are kept as proved, and it has not signed them", **name)
    if signed is None:
        return
    own = database.known_identity
    if can_sign() and (_is_anothers(own, device, signed) or not signed.is_genuine):
        yield Message("What {device} is said to have signed in the plan {plan}, it has not signed", **name)
    elif not _agrees(revisions, signed):
        yield Message("The revisions of {device} in the plan {plan} are not those that it has signed", **name)


def _is_anothers(own: Device, device: str, signed: Statement) -> bool:
    """Whether what is said to be signed by our own device bears the key of another."""
    return own.name == device and own.secret is not None and public_key(own.secret) != signed.public_key


def _counted(database: Database, plan: str, device: str) -> list[Stored]:
    mine = (SQL('"plan"') == plan) & (SQL('"device"') == device) & (SQL('"number"') > 0)
    return list(journal_entry.read(database, mine, "number", "sequence"))


def _agrees(revisions: Sequence[Stored], signed: Statement) -> bool:
    """Whether the revisions up to the signed number give the signed digest, those that are proved before others."""
    texts: dict[int, str] = {}
    for each in sorted(revisions, key=lambda each: each.proof != ""):
        texts.setdefault(each.entry.number, each.entry.text())
    wanted = range(1, signed.revisions + 1)
    is_whole = len(texts) >= signed.revisions and all(number in texts for number in wanted)
    return is_whole and running_digest(texts[number] for number in wanted) == signed.digest


def notices(database: Database) -> tuple[Message, ...]:
    """What there is to know of who wrote what, that a person has agreed to or that cannot be helped here.

    Raises DatabaseError.
    """
    found = []
    own = database.known_identity
    with database.reading():
        written = _REVISION.select(SQL("count(*)")).where((SQL('"device"') == own.name) & (SQL('"proof"') == ""))
        ((count,),) = database.execute(written)
        if own.secret is None and count:
            found.append(devices.NO_KEY)
        elif count and not can_sign():
            found.append(CANNOT_SIGN)
        if own.secret is None and _has_written_before_it_was_restored(database):
            found.append(
                Message(
                    "Somebody else has restored a backup here since you last wrote: what was here before is no longer "
                    "watched for changes. The history tells who"
                )
            )
        query = _REVISION.select(SQL('DISTINCT "plan"')).where(SQL('"proof"') != "")
        for (plan,) in list(database.execute(query)):
            of_plan = (SQL('"plan"') == plan) & (SQL('"proof"') != "")
            revisions = list(journal_entry.read(database, of_plan, "sequence"))
            unproved = unproved_among(database, plan, revisions)
            counts: dict[tuple[str, Unproved], int] = {}
            for each in revisions:
                if each.entry.id in unproved:
                    key = (each.entry.device, unproved[each.entry.id])
                    counts[key] = counts.get(key, 0) + 1
            for (device, why), count in counts.items():
                found.append(_notice(clean(plan), clean(device), why, count))
    return tuple(found)


def _has_written_before_it_was_restored(database: Database) -> bool:
    """Whether this account has a device here, of the time before the last restoring."""
    place = database.place
    return database.device_place != place and devices.device_at(place, is_made=False).secret is not None


def _notice(plan: str, device: str, why: Unproved, count: int) -> Message:
    return Message(
        "{count} change in the plan {plan} says that it is by {device}, which cannot be proved: {why}"
        if count == 1
        else "{count} changes in the plan {plan} say that they are by {device}, which cannot be proved: {why}",
        count=count,
        plan=plan,
        device=device,
        why=why,
    )
