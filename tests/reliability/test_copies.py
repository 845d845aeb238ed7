"""Copies that meet in any order, again and again, end as one plan; altered bundles are refused (promise 4)."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from kvaltui.exchange.bundle_file import join, read_bundle, write_bundle
from kvaltui.model.message import KvaltuiError
from kvaltui.store.author import Author
from kvaltui.store.bundle import digest, revisions
from kvaltui.store.check import check
from kvaltui.store.conflicts import conflicts
from kvaltui.store.database import Database
from tests.reliability.conftest import Size
from tests.reliability.sample import PLAN, enter, make, open_copy

pytestmark = pytest.mark.reliability


def state(database: Database) -> tuple[str, tuple[object, ...]]:
    """The digest of the journal's revisions, and every conflict with both its sides."""
    found = sorted(conflicts(database, PLAN), key=lambda each: (each.reference, each.field))
    return digest(revisions(database, PLAN)), tuple((each.reference, each.field, each.sides) for each in found)


def meet(one: Database, other: Database) -> None:
    join(read_bundle(write_bundle(other, PLAN), "other.kvb"), one)


@pytest.mark.thorough
def test_every_order_of_meetings_ends_in_the_same_plan(tmp_path: Path, size: Size, tell: Callable[[str], None]) -> None:
    chance = random.Random(4)
    contested = 0
    for number in range(size.exchanges):
        folder = tmp_path / str(number)
        folder.mkdir()
        copies = []
        for name in range(chance.randint(3, 5)):
            make(folder / f"{name}.db", indicators=4)
            copies.append(open_copy(folder / f"{name}.db"))
        for _ in range(chance.randint(5, 20)):
            place = chance.randrange(len(copies))
            if chance.random() < 0.6:
                by = Author(f"konto{place}", f"Samordnare {place}")
                enter(copies[place], f"i{chance.randrange(4)}", str(chance.randrange(3)), by)
            else:
                meet(copies[place], copies[chance.randrange(len(copies))])
        order = [(one, other) for one in copies for other in copies if one is not other]
        for _ in range(len(copies)):
            chance.shuffle(order)
            for one, other in order:
                meet(one, other)
        states = {repr(state(copy)) for copy in copies}
        assert len(states) == 1
        contested += len(conflicts(copies[0], PLAN))
        assert all(check(copy) == () for copy in copies)
        for copy in copies:
            copy.close()
    tell(f"3–5 copies exchanging at random × {size.exchanges}: one digest each time, {contested} fields left to decide")


def test_an_altered_or_cut_bundle_is_refused_and_changes_nothing(
    folder: Path, size: Size, tell: Callable[[str], None]
) -> None:
    chance = random.Random(5)
    make(folder / "a.db", indicators=4)
    make(folder / "b.db", indicators=4)
    refused = 0
    with open_copy(folder / "a.db") as one, open_copy(folder / "b.db") as other:
        enter(other, "i1", "7")
        whole = write_bundle(other, PLAN)
        before = state(one)
        for _ in range(size.fuzz_inputs // 100):
            spoiled = bytearray(whole)
            if chance.random() < 0.3:
                del spoiled[chance.randrange(len(spoiled)) :]
            else:
                spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
            with pytest.raises(KvaltuiError):
                join(read_bundle(bytes(spoiled), "spoiled.kvb"), one)
            refused += 1
        assert state(one) == before
    tell(f"altered or cut bundles: {refused} of {refused} refused, nothing changed")
