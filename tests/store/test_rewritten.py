"""A journal that somebody has rewritten, its chain computed anew with the program's own functions: `check` finds it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from peewee import SQL

from kvaltui.exchange.bundle_file import join, read_bundle, write_bundle
from kvaltui.store import device as devices
from kvaltui.store import entry as journal_entry
from kvaltui.store.backup import backup
from kvaltui.store.check import check
from kvaltui.store.database import Database
from kvaltui.store.entry import NO_CHAIN, chain
from kvaltui.store.opening import open_database
from kvaltui.store.rebuilding import rebuild_rows
from kvaltui.store.restore import restore
from kvaltui.store.signing import running_digest, sign
from kvaltui.store.statements import keep_own_statement
from kvaltui.store.writers import keep_tip
from tests.sampled import sampled
from tests.store.plan import COORDINATOR, MANAGER, PLAN, as_device, change, new_copy

Attack = Callable[[sqlite3.Connection], object]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The database of a person who has worked alone and with a colleague, and who has changed something last."""
    path = tmp_path / "own.db"
    with new_copy(path, with_plan=True) as own, as_device(new_copy(tmp_path / "other.db"), "colleague-1") as other:
        change(own, value="87 %", by=COORDINATOR)
        carry(own, other)
        for number in range(3):
            change(other, note=f"Notering {number}", by=MANAGER)
        carry(other, own)
        change(own, value="88 %", by=COORDINATOR)
        assert check(own) == ()
    return path


@pytest.fixture
def path_with_news(path: Path, tmp_path: Path) -> Path:
    """The same, when the colleague's changes were the last to come."""
    with new_copy(path) as own, as_device(new_copy(tmp_path / "other.db"), "colleague-1") as other:
        carry(own, other)
        change(other, source="Kollegans källa", by=MANAGER)
        carry(other, own)
        assert check(own) == ()
    return path


def carry(source: Database, target: Database) -> None:
    join(read_bundle(write_bundle(source, PLAN), "b.kvb"), target)


def rewrite(path: Path, attack: Attack) -> None:
    """Change the journal behind the program's back, and make everything else fit it again."""
    raw = sqlite3.connect(path)
    triggers = [sql for (sql,) in raw.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
    for (name,) in list(raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")):
        raw.execute(f"DROP TRIGGER {name}")
    attack(raw)
    raw.commit()
    with new_copy(path) as database, database.writing():
        previous = NO_CHAIN
        for row in list(database.execute(journal_entry.select().order_by(SQL('"sequence"')))):
            each = journal_entry.stored(row)
            previous = chain(previous, each.entry, each.received_at, each.received_from, each.proof)
            database.execute_sql("UPDATE revision SET chain = ? WHERE sequence = ?", (previous, each.sequence))
        rebuild_rows(database)
    for sql in triggers:
        raw.execute(sql)
    last = raw.execute("SELECT max(sequence) FROM revision").fetchone()[0]
    raw.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'revision'", (last,))
    raw.commit()
    raw.close()


def found(path: Path) -> list[str]:
    with new_copy(path) as database:
        return [str(fault.what) for fault in check(database)]


OWN = "device <> 'colleague-1'"
COLLEAGUE = "device = 'colleague-1'"
NEWEST = "sequence = (SELECT max(sequence) FROM revision WHERE {})"
OLDEST = "sequence = (SELECT min(sequence) FROM revision WHERE {} AND kind = 'outcome')"
FIGURE = "state = json_set(state, '$.value', '99 %')"


def sql(*texts: str) -> Attack:
    return lambda raw: [raw.execute(text) for text in texts]


def close_up(raw: sqlite3.Connection) -> None:
    """Number all revisions one after the other again, as if nothing had been taken out."""
    for number, (id_,) in enumerate(list(raw.execute("SELECT id FROM revision ORDER BY sequence")), 1):
        raw.execute("UPDATE revision SET sequence = ? WHERE id = ?", (number, id_))
    counts: dict[str, int] = {}
    for id_, device in list(raw.execute("SELECT id, device FROM revision ORDER BY sequence")):
        counts[device] = counts.get(device, 0) + 1
        raw.execute("UPDATE revision SET number = ? WHERE id = ?", (counts[device], id_))


def without(condition: str) -> Attack:
    def attack(raw: sqlite3.Connection) -> None:
        raw.execute(f"DELETE FROM revision WHERE {condition}")
        close_up(raw)

    return attack


def forget_statements(raw: sqlite3.Connection) -> object:
    raw.execute("DELETE FROM statement")
    return raw.execute("DELETE FROM device")


ATTACKS: dict[str, Attack] = {
    "an own figure": sql(f"UPDATE revision SET {FIGURE} WHERE {NEWEST.format(OWN)}"),
    "an own figure of long ago": sql(f"UPDATE revision SET {FIGURE} WHERE {OLDEST.format(OWN)}"),
    "an own author": sql(f"UPDATE revision SET name = 'Någon annan', account = 'annan' WHERE {NEWEST.format(OWN)}"),
    "an own time": sql(f"UPDATE revision SET at = '2020-01-01T00:00:00.000Z' WHERE {NEWEST.format(OWN)}"),
    "an own reason": sql(f"UPDATE revision SET reason = 'För att' WHERE {NEWEST.format(OWN)}"),
    "an own device": sql(f"UPDATE revision SET device = 'annan-1' WHERE {NEWEST.format(OWN)}"),
    "two devices swapped": sql(
        "UPDATE revision SET device = 'x' WHERE device = 'colleague-1'",
        "UPDATE revision SET device = 'colleague-1' WHERE device <> 'x'",
        "UPDATE revision SET device = (SELECT name FROM device WHERE name <> 'colleague-1') WHERE device = 'x'",
    ),
    "an own seal taken away": sql(f"UPDATE revision SET seal = '', {FIGURE} WHERE {NEWEST.format(OWN)}"),
    "all seals taken away": sql("UPDATE revision SET seal = ''"),
    "an own number": sql(f"UPDATE revision SET number = number + 1 WHERE {NEWEST.format(OWN)}"),
    "own ones that seem to have come": sql(
        f"UPDATE revision SET seal = '', {FIGURE}, received_at = at, received_from = 'b.kvb' WHERE {NEWEST.format(OWN)}"
    ),
    "own ones that seem to be from before": sql(
        f"UPDATE revision SET proof = NULL, seal = '', number = 0, {FIGURE} WHERE {NEWEST.format(OWN)}"
    ),
    "all that seem to be from before": sql("UPDATE revision SET proof = NULL, seal = '', number = 0"),
    "a colleague's figure": sql(f"UPDATE revision SET {FIGURE} WHERE {NEWEST.format(COLLEAGUE)}"),
    "a colleague's author": sql(f"UPDATE revision SET name = 'Någon annan' WHERE {NEWEST.format(COLLEAGUE)}"),
    "when a colleague's came": sql(
        f"UPDATE revision SET received_at = '2020-01-01T00:00:00.000Z' WHERE {NEWEST.format(COLLEAGUE)}"
    ),
    "a colleague's that is gone": without(NEWEST.format(COLLEAGUE)),
    "an own one in between that is gone": without(OLDEST.format(OWN)),
    "a colleague's and all that was signed": lambda raw: (
        forget_statements(raw),
        raw.execute(f"UPDATE revision SET {FIGURE} WHERE {NEWEST.format(COLLEAGUE)}"),
    ),
}


@pytest.mark.thorough
@pytest.mark.parametrize("name", sampled(ATTACKS, 5))
def test_what_is_rewritten_is_found_on_the_copy_that_wrote_last(path: Path, name: str) -> None:
    rewrite(path, ATTACKS[name])
    assert found(path)


NEWS: dict[str, Attack] = {
    "a colleague's figure": ATTACKS["a colleague's figure"],
    "a colleague's author": ATTACKS["a colleague's author"],
    "a colleague's that is gone": ATTACKS["a colleague's that is gone"],
    "a colleague's that seems to be another's": sql(
        f"UPDATE revision SET device = 'annan-1', number = 1 WHERE {NEWEST.format(COLLEAGUE)}"
    ),
    "a colleague's and all that was signed": ATTACKS["a colleague's and all that was signed"],
    "a colleague's number": sql(f"UPDATE revision SET number = number + 1 WHERE {NEWEST.format(COLLEAGUE)}"),
    "a colleague's that seems to be written here": sql(
        f"UPDATE revision SET received_at = '', received_from = '', {FIGURE} WHERE {NEWEST.format(COLLEAGUE)}"
    ),
}


@pytest.mark.thorough
@pytest.mark.parametrize("name", sampled(NEWS, 2))
def test_what_came_last_is_found_by_what_its_device_signed(path_with_news: Path, name: str) -> None:
    rewrite(path_with_news, NEWS[name])
    assert found(path_with_news)


def signed_by_the_forger(raw: sqlite3.Connection) -> None:
    """A colleague's figure is another, and another key has signed it, as if that were the colleague's."""
    raw.execute(f"UPDATE revision SET {FIGURE} WHERE {NEWEST.format(COLLEAGUE)}")
    raw.row_factory = sqlite3.Row
    columns = ", ".join((*journal_entry.NAMES, "sequence", *journal_entry._LOCAL))
    rows = raw.execute(f"SELECT {columns} FROM revision WHERE {COLLEAGUE} ORDER BY number").fetchall()
    texts = [journal_entry.stored(tuple(row)).entry.text() for row in rows]
    forged = sign(b"f" * 32, PLAN, "colleague-1", len(texts), running_digest(texts))
    raw.execute("UPDATE device SET public_key = ? WHERE name = 'colleague-1'", (forged.public_key,))
    raw.execute(
        "UPDATE statement SET digest = ?, signature = ?, revisions = ? WHERE device = 'colleague-1'",
        (forged.digest, forged.signature, forged.revisions),
    )
    raw.row_factory = None


def test_a_forged_key_is_found_where_the_copy_has_written_after_it(path: Path) -> None:
    rewrite(path, signed_by_the_forger)
    assert found(path)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "attack",
    sampled(
        [
            signed_by_the_forger,
            without(NEWEST.format(COLLEAGUE)),
            without(NEWEST.format("sequence > 0")),
            ATTACKS["a colleague's and all that was signed"],
            sql(
                f"UPDATE revision SET {FIGURE}, device = 'annan-1' WHERE kind = 'outcome'",
                "DELETE FROM statement",
                "DELETE FROM device",
            ),
            lambda raw: (raw.execute("DELETE FROM revision WHERE sequence > 21"), forget_statements(raw)),
        ],
        2,
    ),
)
def test_what_was_there_at_the_last_look_is_found_whatever_is_rewritten(path_with_news: Path, attack: Attack) -> None:
    """How far the journal reached is kept beside the secret, where whoever may write the database cannot write."""
    with new_copy(path_with_news) as database:
        keep_tip(database)
    rewrite(path_with_news, attack)
    assert found(path_with_news)
    with new_copy(path_with_news) as database:
        keep_tip(database)
    assert found(path_with_news), "what was known of it is not written over"


@pytest.mark.thorough
def test_what_is_written_on_after_a_look_is_whole(path: Path) -> None:
    with new_copy(path) as database:
        keep_tip(database)
        change(database, value="91 %")
        assert check(database) == ()
        keep_tip(database)
        assert devices.known_tip(database.place) == (database.position(), journal_entry.end(database).chain)
        assert check(database) == ()


@pytest.mark.thorough
def test_an_edited_history_is_not_signed(path: Path, tmp_path: Path) -> None:
    """What a seal denies is not put under our signature by the next bundle either."""
    rewrite(path, ATTACKS["an own figure"])
    with new_copy(path) as own, new_copy(tmp_path / "third.db") as third:
        joined = join(read_bundle(write_bundle(own, PLAN), "b.kvb"), third, accepts_unproved=True)
        assert [(claim.revisions, claim.why) for claim in joined.claims if claim.why] == [(1, "unsigned")]


@pytest.fixture
def copied(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the file on another computer, which has no seals of its own to go by."""
    with new_copy(path) as database:
        keep_own_statement(database, PLAN)
    monkeypatch.setattr(devices, "computer_id", lambda: "another")
    assert found(path) == []
    return path


@pytest.mark.thorough
@pytest.mark.parametrize(
    "name",
    sampled(
        [
            name
            for name in ATTACKS
            if name not in ("all that seem to be from before", "when a colleague's came")
            and "all that was signed" not in name
            and "all seals" not in name
        ],
        3,
    ),
)
def test_on_another_computer_the_signatures_find_it(copied: Path, name: str) -> None:
    rewrite(copied, ATTACKS[name])
    assert found(copied)


@pytest.mark.thorough
def test_a_restored_database_is_looked_after_by_the_device_that_it_has_now(tmp_path: Path) -> None:
    """In whatever process: the former device's last look is not held against what was restored."""
    path = tmp_path / "restored" / "kvaltui.db"
    with new_copy(path, with_plan=True) as database:
        source = backup(database)
        change(database, value="90 %")
        keep_tip(database)
    restore(path, source, by=COORDINATOR)
    with open_database(path) as restored:
        change(restored, value="91 %")
        keep_tip(restored)
    with open_database(path) as looked:
        assert check(looked) == ()
        assert looked.known_identity == looked.identity
    rewrite(path, sql(f"UPDATE revision SET {FIGURE} WHERE kind = 'outcome'", "DELETE FROM statement"))
    with open_database(path) as looked:
        assert check(looked)
