"""Bundles sealed and signed as they should be and wrong inside: refused in words, or joined and shown, nothing else.

Each is the plan's own revisions and one or two more of another device, in which a value of any field has been replaced
by one of its own type or another: too long, too large, empty, doubled, of a closed set that has it not, naming what is
not there, its own parent. Whoever made it has a key of their own and has signed what they made.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kvaltui.exchange.bundle_file import UnprovedBundle, join, read_bundle, write_bundle
from kvaltui.exchange.sealed_file import seal, unseal
from kvaltui.exchange.status_json import status_object
from kvaltui.i18n import say
from kvaltui.model.entity import Kind
from kvaltui.model.fulfilment import judge_plan
from kvaltui.model.message import KvaltuiError
from kvaltui.model.quality_work import Risk
from kvaltui.model.risk import band, level_of
from kvaltui.model.summary import summarise
from kvaltui.store.check import check
from kvaltui.store.conflicts import conflicts
from kvaltui.store.database import Database
from kvaltui.store.history import history
from kvaltui.store.plans import load_plan
from kvaltui.store.signing import running_digest, sign
from kvaltui.store.state import Codec, canonical
from kvaltui.store.uuid7 import uuid7
from tests.reliability.conftest import Size
from tests.store.plan import PLAN, new_copy

pytestmark = pytest.mark.reliability

TODAY = date(2023, 2, 1)
DEVICE = "annan-00000001"
TEXTS = (
    "", " ", "x", "skräp", "x" * 900_000, "n" * 1_001, "a\x00b", "\x1b[31m", "\u202e", "\ud800", "e" + "\u0301" * 400,
    "9" * 400_000, "86 %", "12.500", "omsorg", "hemtjanst", "stangd", "trygga", "trygghet", "dagar", "brist", "logg",
    "finns-inte", "2022", "2019", "2022-T1", "9999", "0000", "2022-13-01", "9999-12-31", "0001-01-01", "higher", "sum",
    "90", "120 %", "nära", "-1", "a;b", "Ä/ö", "../x", "=1+1",
)  # fmt: skip
NUMBERS = (-1, 0, 1, 2, 5, 6, 25, 26, 10, 1_001, 10**9, 10**9 + 1, 2_147_483_647, 2**53, 2**63, 10**40, 1.5, -(2**63))
OTHERS: tuple[Any, ...] = (None, True, False, [], {}, [[]], {"a": 1})


def mutated(chance: random.Random, value: Any) -> Any:
    """Another value, mostly of the same type."""
    if chance.random() < 0.15:
        return chance.choice((*TEXTS, *NUMBERS, *OTHERS))
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return chance.choice(NUMBERS)
    if isinstance(value, list):
        one = value or [chance.choice(TEXTS)]
        return chance.choice(
            ([], one * 2, one * 5_000, [*one, chance.choice(TEXTS)], [*one, None], [4, 9, 12], [9, 4], one[:1], [one])
        )
    if isinstance(value, dict):
        return chance.choice(({}, {**value, "ny": 1}, list(value)))
    return chance.choice((*TEXTS, f"{value}x", f"{value} "))


class Maker:
    """Makes revisions of another device that build on those of a plan."""

    def __init__(self, chance: random.Random, lines: tuple[str, ...]) -> None:
        self._chance = chance
        self.lines = lines
        found = [json.loads(line) for line in lines]
        superseded = {parent for each in found for parent in each["parents"]}
        self._last = [each for each in found if each["id"] not in superseded]
        self._number = 0

    def one(self) -> str:
        """One more revision, wrong somewhere."""
        base = dict(self._chance.choice(self._last))
        self._number += 1
        entry = base | {
            "id": uuid7(),
            "action": uuid7(),
            "parents": [base["id"]],
            "device": DEVICE,
            "number": self._number,
            "account": "annan",
            "name": "Någon annan",
            "origin": "",
        }
        state = Codec.of(Kind(base["kind"])).default_state | base["state"]
        if self._chance.random() < 0.15:
            entry |= {"parents": [], "key": base["key"]}
        if self._chance.random() < 0.8:
            field = self._chance.choice(sorted(state))
            entry["state"] = {**state, field: mutated(self._chance, state[field])}
            entry["changed"] = [field]
            if self._chance.random() < 0.2:
                entry["key"] = _key(entry["kind"], entry["state"], base["key"])
                entry["parents"] = [] if entry["key"] != base["key"] else entry["parents"]
        else:
            field = self._chance.choice(sorted(entry))
            entry[field] = mutated(self._chance, entry[field])
        return canonical(entry)


def _key(kind: str, state: dict[str, Any], key: str) -> str:
    try:
        return Codec.of(Kind(kind)).entity(state).key
    except (KeyError, TypeError, ValueError, AttributeError, KvaltuiError):
        return key


def sealed(whole: bytes, wrong: Sequence[str]) -> bytes:
    """The bundle that holds these lines as well, as their maker would have made it: signed by each device in them."""
    header, *lines = unseal(whole, "hel.kvb")
    values = json.loads(header)
    statements = [*values["statements"], *_signed(wrong, {each["device"] for each in values["statements"]})]
    lines += wrong
    return seal([json.dumps({**values, "revisions": len(lines), "statements": statements}), *lines])


def _signed(wrong: Sequence[str], others: set[str]) -> list[dict[str, Any]]:
    """What each of the devices says, as far as it can count; of another one's name there is no key to be had."""
    by_device: dict[str, dict[int, str]] = {}
    for line in wrong:
        entry = json.loads(line)
        if type(entry["device"]) is str and type(entry["number"]) is int and entry["device"] not in others:
            by_device.setdefault(entry["device"], {})[entry["number"]] = line
    found = []
    for device, texts in by_device.items():
        numbers = [number for place, number in enumerate(sorted(texts), 1) if number == place]
        secret = hashlib.sha256(device.encode()).digest()
        if numbers:
            said = sign(secret, PLAN, device, len(numbers), running_digest(texts[number] for number in numbers))
            found.append(
                {
                    "device": device,
                    "digest": said.digest,
                    "key": said.public_key,
                    "revisions": said.revisions,
                    "signature": said.signature,
                }
            )
    return found


def refusal(data: bytes, target: Database, *, accepts_unproved: bool = False) -> KvaltuiError | None:
    """Why a bundle is not joined; None where it is."""
    try:
        join(read_bundle(data, "annan.kvb"), target, accepts_unproved=accepts_unproved)
    except KvaltuiError as error:
        return error
    return None


def look(path: Path) -> None:
    """All that is drawn of a plan, and what `check` says of it, in words."""
    with new_copy(path) as database:
        found = load_plan(database, PLAN)
        assert found.plan.periods
        for period in found.plan.periods:
            result = judge_plan(found, period, TODAY)
            json.dumps(status_object(found, result, summarise(found, result, TODAY)))
        for risk in found.active(Risk):
            band(level_of(risk), found.plan.risk_bands)
        reached = set(found.tree.below(next(iter(found.tree.children)))) if found.tree.children else set()
        assert reached
        history(database, PLAN)
        conflicts(database, PLAN)
        for fault in check(database):
            assert not fault.is_damage, say(fault.what)
            say(fault.what), say(fault.advice)


def test_bundles_that_are_wrong_inside(tmp_path: Path, size: Size, tell: Callable[[str], None]) -> None:
    chance = random.Random(8)
    path, other = tmp_path / "whole.db", tmp_path / "other.db"
    with new_copy(path, with_plan=True) as database:
        whole = write_bundle(database, PLAN)
    shutil.copy(path, other)
    refused = unproved = joined = 0
    target = new_copy(other)
    for _ in range(size.wrong_bundles):
        maker = Maker(chance, tuple(unseal(whole, "hel.kvb"))[1:])
        try:
            data = sealed(whole, [maker.one() for _ in range(chance.choice((1, 1, 1, 2)))])
        except UnicodeEncodeError:
            continue  # half a character cannot be written to a file at all
        why = refusal(data, target)
        if isinstance(why, UnprovedBundle):
            unproved += 1
            why = refusal(data, target, accepts_unproved=True)
        if why is not None:
            assert say(why.message)
            refused += 1
            continue
        joined += 1
        target.close()
        look(other)
        shutil.copy(path, other)
        target = new_copy(other)
    target.close()
    tell(
        f"bundles sealed and signed, wrong inside: {refused} refused in words, {joined} joined and whole; "
        f"{unproved} first asked about, of whom it cannot be proved who wrote them"
    )
    assert refused
    assert joined
