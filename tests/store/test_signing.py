"""Who wrote what: what a device signs, and what another copy believes of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.store.bundle import Joined, UnprovedRevisions, add_revisions, revisions
from kvaltui.store.check import check
from kvaltui.store.database import Database
from kvaltui.store.dropping import only_tried
from kvaltui.store.entry import Entry
from kvaltui.store.history import history
from kvaltui.store.origin import origin_of
from kvaltui.store.signing import NOTHING_WRITTEN, Statement, Unproved, public_key, running_digest, sign
from kvaltui.store.state import canonical
from kvaltui.store.statements import known_statements, sign_own, statements
from kvaltui.store.writers import notices
from tests.properties import examples
from tests.store.plan import COORDINATOR, MANAGER, PLAN, as_device, change, new_copy, outcome, without_key

SECRET = b"s" * 32


def test_a_statement_is_of_all_that_it_says() -> None:
    said = sign(SECRET, "p", "d", 3, "a" * 64)
    assert said.is_genuine
    assert said == sign(SECRET, "p", "d", 3, "a" * 64), "nothing by chance: the same is signed in the same way"
    assert said.public_key == public_key(SECRET)
    others = [
        replace(said, plan="q"),
        replace(said, device="e"),
        replace(said, revisions=4),
        replace(said, digest="b" * 64),
        replace(said, public_key=public_key(b"t" * 32)),
        replace(said, signature=sign(b"t" * 32, "p", "d", 3, "a" * 64).signature),
        replace(said, signature="0" * 128),
        replace(said, public_key="0" * 64),
        replace(said, public_key="f" * 64),
        replace(said, public_key="no digits"),
        replace(said, signature="z" * 128),
        # What is a name for one may not be made into the number of another.
        replace(said, device='d","digest":"' + "a" * 64),
    ]
    assert not any(each.is_genuine for each in others)


@examples(40)
@given(st.lists(st.text(min_size=1), max_size=8), st.data())
def test_a_running_digest_is_of_every_text_in_its_place(texts: list[str], data: st.DataObject) -> None:
    whole = running_digest(texts)
    cut = data.draw(st.integers(0, len(texts)))
    assert running_digest(texts[cut:], running_digest(texts[:cut])) == whole
    assert running_digest([]) == NOTHING_WRITTEN
    if texts:
        at = data.draw(st.integers(0, len(texts) - 1))
        assert running_digest([*texts[:at], texts[at] + "x", *texts[at + 1 :]]) != whole
        assert running_digest([*texts[:at], *texts[at + 1 :]]) != whole


TEXTS = st.text()
PLAIN = st.one_of(TEXTS, st.integers(), st.booleans(), st.none(), st.lists(TEXTS))
ENTRIES = st.builds(
    Entry,
    **dict.fromkeys(("id", "plan", "kind", "key", "action", "account", "name", "device", "at", "reason"), TEXTS),
    origin=TEXTS.map(origin_of),
    parents=st.lists(TEXTS).map(tuple),
    changed=st.lists(TEXTS).map(tuple),
    state=st.dictionaries(TEXTS, PLAIN),
    number=st.integers(0, 99),
)


@examples(60)
@given(ENTRIES)
def test_the_text_that_is_signed_is_canonical_json(entry: Entry) -> None:
    assert entry.text() == canonical(entry.fields())


@pytest.fixture
def other(database: Database, tmp_path: Path) -> Iterator[Database]:
    """A colleague's copy, with a change of its own."""
    with as_device(new_copy(tmp_path / "other.db"), "colleague-1") as copy:
        add_revisions(copy, revisions(database, PLAN), received_from="first.kvb")
        change(copy, value="91 %", by=MANAGER)
        yield copy


def said_by(database: Database) -> tuple[Statement, ...]:
    with database.reading():
        return statements(database, PLAN)


def take_in(target: Database, source: Database, said: tuple[Statement, ...] | None = None, **options: bool) -> Joined:
    """What joining the source's revisions gives, with what it says of them or something else."""
    options = {"accepts_unproved": False, **options}
    found = said_by(source) if said is None else said
    return add_revisions(target, revisions(source, PLAN), received_from="b.kvb", statements=found, **options)


def reasons(joined: Joined) -> list[tuple[str, int, Unproved]]:
    return [(claim.device, claim.revisions, claim.why) for claim in joined.claims if claim.why is not None]


def test_what_is_signed_joins_and_its_device_is_known_from_then_on(database: Database, other: Database) -> None:
    joined = take_in(database, other)
    assert joined.new == 1
    assert [(claim.device, claim.people, claim.why) for claim in joined.claims] == [("colleague-1", ("Chefen",), None)]
    assert outcome(database).value == "91 %"
    assert history(database, PLAN, limit=1)[0].unproved is None
    change(other, note="Igen", by=MANAGER)
    assert take_in(database, other).claims == (), "it is no news the second time"
    assert check(database) == ()
    assert notices(database) == ()


def test_what_came_signed_is_carried_on_by_others(database: Database, other: Database, tmp_path: Path) -> None:
    take_in(database, other)
    change(database, value="92 %")
    with as_device(new_copy(tmp_path / "third.db"), "third-1") as third:
        with database.reading():
            said = statements(database, PLAN)
        assert {each.device for each in said} == {"colleague-1", database.device}
        joined = take_in(third, database, accepts_unproved=True)
        assert [device for device, _count, _why in reasons(joined)] == [_maker(database)]
        assert {each.device for each in history(third, PLAN) if each.unproved} == {_maker(database)}


def _maker(database: Database) -> str:
    """The device that made the plan, elsewhere and without signing it."""
    return history(database, PLAN)[-1].device


def forged(line: str, **changes: object) -> str:
    return canonical({**json.loads(line), **changes})


Wrong = Callable[[Database, list[str], Statement], tuple[list[str], tuple[Statement, ...]]]


def _last(lines: list[str]) -> int:
    return next(at for at, line in enumerate(lines) if '"device":"colleague-1"' in line)


def unsigned(_other: Database, lines: list[str], _said: Statement) -> tuple[list[str], tuple[Statement, ...]]:
    return lines, ()


def with_another_text(_other: Database, lines: list[str], said: Statement) -> tuple[list[str], tuple[Statement, ...]]:
    at = _last(lines)
    return [*lines[:at], forged(lines[at], name="Någon annan"), *lines[at + 1 :]], (said,)


def wrongly_signed(_other: Database, lines: list[str], said: Statement) -> tuple[list[str], tuple[Statement, ...]]:
    return lines, (replace(said, signature="0" * 128),)


def of_another_plan(other: Database, lines: list[str], said: Statement) -> tuple[list[str], tuple[Statement, ...]]:
    secret = other.identity.secret
    assert secret is not None
    return lines, (replace(sign(secret, "q", said.device, said.revisions, said.digest), plan=PLAN),)


def beyond_the_tip(_other: Database, lines: list[str], said: Statement) -> tuple[list[str], tuple[Statement, ...]]:
    at = _last(lines)
    parent = json.loads(lines[at])["id"]
    id_ = parent[:-4] + "abcd"
    more = forged(lines[at], id=id_, number=said.revisions + 1, parents=[parent], name="Någon annan")
    return [*lines, more], (said,)


def from_before_numbers(_other: Database, lines: list[str], said: Statement) -> tuple[list[str], tuple[Statement, ...]]:
    at = _last(lines)
    values = json.loads(lines[at])
    del values["number"]
    values["id"] = values["id"][:-4] + "abcd"
    return [*lines, canonical(values)], (said,)


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (unsigned, Unproved.UNSIGNED),
        (with_another_text, Unproved.WRONGLY_SIGNED),
        (wrongly_signed, Unproved.WRONGLY_SIGNED),
        (of_another_plan, Unproved.WRONGLY_SIGNED),
        (beyond_the_tip, Unproved.UNSIGNED),
        (from_before_numbers, Unproved.UNSIGNED),
    ],
)
def test_what_cannot_be_proved_joins_only_when_a_person_says_so(
    database: Database, other: Database, wrong: Wrong, expected: Unproved
) -> None:
    (said,) = said_by(other)
    lines, offered = wrong(other, list(revisions(other, PLAN)), said)
    before = revisions(database, PLAN)
    with only_tried(database):
        tried = add_revisions(database, lines, received_from="b.kvb", statements=offered)
    assert reasons(tried) == [("colleague-1", 1, expected)]
    with pytest.raises(UnprovedRevisions) as refused:
        add_revisions(database, lines, received_from="b.kvb", statements=offered, accepts_unproved=False)
    assert refused.value.claims == tried.claims
    assert revisions(database, PLAN) == before
    assert known_key_of(database, "colleague-1") is None, "nothing is remembered of what was not taken in"
    add_revisions(database, lines, received_from="b.kvb", statements=offered)
    assert [each.unproved for each in history(database, PLAN) if each.unproved] == [expected]
    assert check(database) == ()
    (notice,) = notices(database)
    assert "colleague-1" in str(notice)


def known_key_of(database: Database, device: str) -> str | None:
    with database.reading():
        found = known_statements(database, PLAN, [device]).get(device)
    return found.public_key if found is not None else None


@pytest.mark.thorough
def test_a_key_other_than_the_first_is_another_device_of_the_same_name(
    database: Database, other: Database, tmp_path: Path
) -> None:
    take_in(database, other)
    with as_device(new_copy(tmp_path / "impostor.db"), "colleague-1", b"i" * 32) as impostor:
        add_revisions(impostor, revisions(database, PLAN), received_from="x")
        change(impostor, value="13 %", by=MANAGER)
        with pytest.raises(UnprovedRevisions) as refused:
            take_in(database, impostor)
        assert [claim.why for claim in refused.value.claims] == [Unproved.ANOTHER_KEY]
        assert outcome(database).value == "91 %"
        take_in(database, impostor, accepts_unproved=True)
        assert history(database, PLAN, limit=1)[0].unproved is Unproved.ANOTHER_KEY
    assert known_key_of(database, "colleague-1") == public_key(other.identity.secret or b"")
    change(other, note="Den rätta", by=MANAGER)
    assert take_in(database, other).new == 1, "the true one goes on as before"
    assert outcome(database).note == "Den rätta"
    assert check(database) == ()


@pytest.mark.thorough
def test_a_device_that_denies_what_it_has_said_is_not_believed(
    database: Database, other: Database, tmp_path: Path
) -> None:
    """The same key, but one number for two revisions: the copy was put back, or somebody has the secret."""
    with as_device(new_copy(tmp_path / "twin.db"), "colleague-1") as twin:
        add_revisions(twin, revisions(database, PLAN), received_from="first.kvb")
        take_in(database, other)
        change(twin, value="13 %", by=MANAGER)
        with only_tried(database):
            tried = take_in(database, twin, accepts_unproved=True)
        assert reasons(tried) == [("colleague-1", 1, Unproved.DENIES_EARLIER)]
        with pytest.raises(UnprovedRevisions):
            take_in(database, twin)
        take_in(database, twin, accepts_unproved=True)
    assert [each.unproved for each in history(database, PLAN, limit=2)] == [Unproved.DENIES_EARLIER, None]
    assert check(database) == ()


def test_a_tip_that_says_less_is_old_and_one_that_says_otherwise_is_told(database: Database, other: Database) -> None:
    (old,) = said_by(other)
    change(other, note="Mer", by=MANAGER)
    take_in(database, other)
    assert take_in(database, other, (old,)).claims == ()
    assert known_statements_number(database) == old.revisions + 1, "the older one does not take the newer one's place"
    secret = other.identity.secret
    assert secret is not None
    otherwise = sign(secret, PLAN, "colleague-1", 1, "a" * 64)
    assert reasons(take_in(database, other, (otherwise,))) == [("colleague-1", 0, Unproved.DENIES_EARLIER)]
    more = sign(secret, PLAN, "colleague-1", 9, "a" * 64)
    assert reasons(take_in(database, other, (more,))) == [("colleague-1", 0, Unproved.WRONGLY_SIGNED)]
    assert known_statements_number(database) == old.revisions + 1


def known_statements_number(database: Database) -> int:
    with database.reading():
        return known_statements(database, PLAN, ["colleague-1"])["colleague-1"].revisions


def test_what_was_unsigned_is_proved_once_its_device_has_signed_it(database: Database, other: Database) -> None:
    take_in(database, other, (), accepts_unproved=True)
    assert history(database, PLAN, limit=1)[0].unproved is Unproved.UNSIGNED
    joined = take_in(database, other)
    assert (joined.new, reasons(joined)) == (0, [])
    assert history(database, PLAN, limit=1)[0].unproved is None
    assert notices(database) == ()
    assert check(database) == ()


def test_a_forged_one_that_was_accepted_does_not_keep_the_true_one_out(database: Database, other: Database) -> None:
    (said,) = said_by(other)
    lines = list(revisions(other, PLAN))
    at = _last(lines)
    forgery = forged(lines[at], id=json.loads(lines[at])["id"][:-4] + "abcd", name="Någon annan")
    add_revisions(database, [*lines[:at], forgery], received_from="b.kvb")
    joined = take_in(database, other, (said,))
    assert (joined.new, reasons(joined)) == (1, [])
    told = {each.author.name: each.unproved for each in history(database, PLAN, limit=2)}
    assert told == {"Chefen": None, "Någon annan": Unproved.UNSIGNED}
    assert check(database) == ()


def test_one_number_for_two_in_the_same_bundle_is_proved_of_neither(database: Database, other: Database) -> None:
    (said,) = said_by(other)
    lines = list(revisions(other, PLAN))
    at = _last(lines)
    forgery = forged(lines[at], id=json.loads(lines[at])["id"][:-4] + "abcd", name="Någon annan")
    with pytest.raises(UnprovedRevisions) as refused:
        add_revisions(database, [*lines, forgery], received_from="b.kvb", statements=(said,), accepts_unproved=False)
    (claim,) = refused.value.claims
    assert (claim.why, claim.revisions, claim.people) == (Unproved.DENIES_EARLIER, 2, ("Chefen", "Någon annan"))


def test_our_own_come_back_after_the_file_was_put_back_by_hand(database: Database, tmp_path: Path) -> None:
    """The device is the same and knows its own signature, and goes on from the number that it had come to."""
    with as_device(new_copy(tmp_path / "later.db"), database.device, database.identity.secret) as later:
        add_revisions(later, revisions(database, PLAN), received_from="x")
        change(later, value="91 %", by=COORDINATOR)
        joined = take_in(database, later)
        assert (joined.new, joined.claims) == (1, ())
    change(database, value="92 %")
    sign_own(database, PLAN)
    assert check(database) == ()
    assert known_numbers(database) == [1, 2]


def known_numbers(database: Database) -> list[int]:
    with database.reading():
        rows = database.fetch_sql("SELECT number FROM revision WHERE device = ? ORDER BY number", (database.device,))
    return [int(number) for (number,) in rows]


def test_a_device_without_a_secret_writes_and_signs_nothing(database: Database) -> None:
    without_key(database, "laptop-1")
    change(database, value="91 %")
    sign_own(database, PLAN)
    assert said_by(database) == ()
    assert check(database) == ()
    assert any("cannot be signed" in str(each) for each in notices(database))
