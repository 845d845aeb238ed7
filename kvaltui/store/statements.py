"""What devices have signed, as this copy keeps it: the first key seen of each, its latest statement, and our own."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from peewee import SQL, Table

from kvaltui.store.database import Database
from kvaltui.store.device import Device
from kvaltui.store.entry import IN_TEXT, NO_CHAIN, chain_of_text, text_of
from kvaltui.store.errors import DatabaseError
from kvaltui.store.patience import DatabaseHeld
from kvaltui.store.rows import chunks
from kvaltui.store.signing import NOTHING_WRITTEN, Statement, can_sign, public_key, running_digest, sign

_REVISION, _DEVICE, _STATEMENT = Table("revision"), Table("device"), Table("statement")


def known_key(database: Database, device: str) -> str:
    """The key of a device: our own, or the first that was seen of another; "" where none was or ours cannot be made."""
    own = database.identity
    if device == own.name and own.secret is not None:
        return "" if not can_sign() else public_key(own.secret)
    query = _DEVICE.select(SQL('"public_key"')).where(SQL('"name"') == device)
    return "".join(str(key) for (key,) in database.execute(query))


def known_statements(database: Database, plan: str, devices: Iterable[str]) -> dict[str, Statement]:
    """The latest statements of some devices, by the device's name, each with the first key that was seen of it.

    Only within `database.reading()` or `writing()`.
    """
    columns = SQL('"device", "public_key", "revisions", "digest", "signature"')
    query = _STATEMENT.select(columns).join(_DEVICE, on=SQL('"name" = "device"'))
    rows: list[tuple[Any, ...]] = []
    for chunk in chunks(devices):
        rows += database.execute(query.where((SQL('"plan"') == plan) & SQL('"device"').in_(chunk)))
    return {row[0]: Statement(plan, *row) for row in rows}


def is_known(database: Database, statement: Statement) -> bool:
    """Whether a statement is the latest that is known of its device, by the first key that was seen of it."""
    return known_statements(database, statement.plan, [statement.device]).get(statement.device) == statement


def remember(database: Database, statements: Iterable[Statement]) -> None:
    """Keep statements, each in place of an earlier one of its device, and the keys of devices that are new.

    Only within `database.writing()`.
    """
    from kvaltui.store.tables import DeviceRow, StatementRow

    for each in statements:
        key = DeviceRow.insert(name=each.device, public_key=each.public_key)
        database.execute(key.on_conflict_ignore())
        said = StatementRow.insert(
            plan=each.plan,
            device=each.device,
            revisions=each.revisions,
            digest=each.digest,
            signature=each.signature,
        )
        fields = [StatementRow.revisions, StatementRow.digest, StatementRow.signature]
        database.execute(said.on_conflict(conflict_target=[StatementRow.plan, StatementRow.device], preserve=fields))


def sign_own(database: Database, plan: str) -> None:
    """Sign what this device has written in a plan, and keep it, unless that is done already.

    Where the device has no secret it is not done at all: others then cannot prove who wrote. Raises DatabaseError.
    """
    if database.is_read_only or database.identity.secret is None:
        return
    with database.reading():
        statement = own_statement(database, plan)
        if statement is None or is_known(database, statement):
            return
    with database.writing():
        remember(database, [statement])


def statements(database: Database, plan: str) -> tuple[Statement, ...]:
    """What a bundle of a plan says of who wrote it: our own statement, and the latest known of every other device.

    Only within `database.reading()`.
    """
    query = _REVISION.select(SQL('DISTINCT "device"')).where((SQL('"plan"') == plan) & (SQL('"number"') > 0))
    devices = [str(device) for (device,) in database.execute(query)]
    found = known_statements(database, plan, devices)
    own = own_statement(database, plan)
    if own is not None:
        found[own.device] = own
    return tuple(found[device] for device in sorted(found))


def own_statement(database: Database, plan: str) -> Statement | None:
    """This device's statement of all that it has written in a plan; None where it has written nothing, or cannot sign.

    What the journal says we wrote is signed only where our seal says so too: a journal that somebody has rewritten is
    signed up to the first such revision and not further. Only within `database.reading()`.
    """
    device = database.identity
    if device.secret is None or not can_sign():
        return None
    before = known_statements(database, plan, [device.name]).get(device.name)
    if before is not None and not (before.public_key == public_key(device.secret) and before.is_genuine):
        before = None
    number, digest = (before.revisions, before.digest) if before is not None else (0, NOTHING_WRITTEN)
    texts = _written_here(database, plan, device, number)
    number += len(texts)
    if not texts:
        return before
    return sign(device.secret, plan, device.name, number, running_digest(texts, digest))


def _written_here(database: Database, plan: str, device: Device, after: int) -> list[str]:
    """The texts of our own revisions after a number, one after the other, up to the first whose seal is not ours."""
    mark = database.mark
    sql = f"SELECT {_COLUMNS} FROM revision WHERE plan = {mark} AND device = {mark} AND proof = '' AND number > {mark}"
    rows = database.execute_sql(f"{sql} ORDER BY number", (plan, device.name, after))
    texts: list[str] = []
    for before, number, here_at, received_at, received_from, proof, chain, seal, *content in rows:
        text = text_of(*content, number)
        expected = chain_of_text(before or NO_CHAIN, text, here_at, received_at, received_from, proof)
        is_ours = chain == expected and seal == device.seal(chain) and not received_at
        if not is_ours or number != after + len(texts) + 1:
            break
        texts.append(text)
    return texts


_CHAIN_BEFORE = (
    "(SELECT chain FROM revision AS earlier WHERE earlier.sequence < revision.sequence"
    " ORDER BY earlier.sequence DESC LIMIT 1)"
)
_IN_ROW = ("number", "here_at", "received_at", "received_from", "proof", "chain", "seal")
_COLUMNS = ", ".join((_CHAIN_BEFORE, *(f'"{name}"' for name in (*_IN_ROW, *IN_TEXT))))


def keep_own_statement(database: Database, plan: str) -> None:
    """As `sign_own`, where it is no matter if it cannot be kept now."""
    with suppress(DatabaseError, DatabaseHeld):  # it is signed anew with the next bundle
        sign_own(database, plan)
