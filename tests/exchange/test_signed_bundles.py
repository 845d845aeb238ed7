"""Bundles say who wrote what, signed: what is believed of it, and what a person has to agree to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from kvaltui.exchange.bundle_file import UnprovedBundle, join, read_bundle, write_bundle
from kvaltui.exchange.folder import sync
from kvaltui.exchange.sealed_file import FORMAT, BundleFileError, seal, unseal
from kvaltui.exchange.writing import write_file
from kvaltui.store.database import Database
from kvaltui.store.dropping import only_tried
from kvaltui.store.history import history
from kvaltui.store.opening import open_database
from kvaltui.store.signing import Unproved
from tests.store.plan import MANAGER, PLAN, as_device, change, new_copy, outcome, without_key


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[list[Database]]:
    """Two copies of one plan, and an empty third; the second has changed something."""
    with ExitStack() as stack:
        first = stack.enter_context(new_copy(tmp_path / "first.db", with_plan=True))
        others = [stack.enter_context(as_device(new_copy(tmp_path / f"{n}.db"), f"device-{n}")) for n in "23"]
        join(read_bundle(write_bundle(first, PLAN), "first.kvb"), others[0])
        change(others[0], value="91 %", by=MANAGER)
        yield [first, *others]


def header_of(data: bytes) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(next(unseal(data, "b.kvb")))
    return values


def with_header(data: bytes, **changes: Any) -> bytes:
    header, *lines = unseal(data, "b.kvb")
    return seal([json.dumps({**json.loads(header), **changes}), *lines])


def unsigned(data: bytes) -> bytes:
    """As the first version of the program wrote it: nobody signs."""
    header, *lines = unseal(data, "b.kvb")
    values = {name: value for name, value in json.loads(header).items() if name != "statements"}
    return seal([json.dumps(values), *lines]).replace(b"bundle 2", b"bundle 1", 1)


@pytest.mark.thorough
def test_a_bundle_carries_what_each_device_has_signed(copies: list[Database]) -> None:
    first, second, third = copies
    assert FORMAT == 2
    bundle = read_bundle(write_bundle(second, PLAN), "b.kvb")
    assert {each.device for each in bundle.statements} == {first.device, "device-2"}
    assert all(each.is_genuine for each in bundle.statements)
    joined = join(bundle, third)
    assert joined.is_proved
    assert {claim.device for claim in joined.claims} == {first.device, "device-2"}
    assert not [each for each in history(third, PLAN) if each.unproved]
    assert write_bundle(second, PLAN) == write_bundle(second, PLAN), "the same content gives the same bytes"


@pytest.mark.thorough
def test_a_bundle_of_the_first_format_is_read_as_unsigned(copies: list[Database]) -> None:
    first, second, third = copies
    data = unsigned(write_bundle(second, PLAN))
    assert data.startswith(b"kvaltui bundle 1 ")
    bundle = read_bundle(data, "gammal.kvb")
    with pytest.raises(UnprovedBundle) as refused:
        join(bundle, first)
    assert str(refused.value.message).startswith("gammal.kvb was not taken in: 1 change says that it is by Chefen on")
    with only_tried(third):
        assert not join(bundle, third, accepts_unproved=True).is_proved
    assert history(third, PLAN) == ()
    join(bundle, first, accepts_unproved=True)
    assert history(first, PLAN, limit=1)[0].unproved is Unproved.UNSIGNED
    assert join(bundle, first).new == 0, "what is here already needs no more agreeing to"


def test_a_device_without_a_key_writes_an_unsigned_bundle(copies: list[Database]) -> None:
    first = copies[0]
    without_key(first, "laptop-1")
    change(first, value="92 %")
    bundle = read_bundle(write_bundle(first, PLAN), "b.kvb")
    assert "laptop-1" not in {each.device for each in bundle.statements}
    with pytest.raises(UnprovedBundle, match="laptop-1"):
        join(bundle, copies[1])


NOT_THAT: tuple[Any, ...] = (None, 0, True, "", "x" * 64, [], {}, -1, 2**40, 1.5)


@pytest.mark.thorough
def test_a_header_of_a_stranger_is_checked_by_type_and_size(copies: list[Database]) -> None:
    first, second, _third = copies
    data = write_bundle(second, PLAN)
    (said, *rest) = header_of(data)["statements"]
    wrong: list[Any] = [
        None,
        {},
        "x",
        [None],
        [[]],
        [{}],
        [{**said, "more": 1}],
        [{name: value for name, value in said.items() if name != "key"}],
        *([{**said, name: value}] for name in said for value in NOT_THAT),
        [{**said, "key": said["key"].upper() + " "}],
        [{**said, "key": "é" * 64}],
        [said, said],
        [said] * 10_000,
        [{**said, "device": f"device {number}"} for number in range(10_000)],
        [{**said, "device": "en annan"}, *rest],
        [{**said, "device": "x" * 10_000_000}],
        [{**said, "device": "\ud800"}],
    ]
    for statements in wrong:
        with pytest.raises(BundleFileError):
            join(read_bundle(with_header(data, statements=statements), "b.kvb"), first)
        assert outcome(first).value == "86 %"


@pytest.mark.thorough
def test_sync_passes_by_what_cannot_be_proved_and_takes_in_the_others(copies: list[Database], tmp_path: Path) -> None:
    first, second, third = copies
    folder = tmp_path / "shared"
    folder.mkdir()
    join(read_bundle(write_bundle(first, PLAN), "first.kvb"), third)
    change(third, note="Från den tredje", by=MANAGER)
    sync(third, PLAN, folder)
    write_file(folder / "a.kvb", unsigned(write_bundle(second, PLAN)))
    synced = sync(first, PLAN, folder)
    assert [(each.name, each.is_unproved) for each in synced.passed] == [("a.kvb", True)]
    assert [each.joined.new for each in synced.taken] == [1]
    assert (outcome(first).value, outcome(first).note) == ("86 %", "Från den tredje")
    accepted = sync(first, PLAN, folder, accepts_unproved=True)
    assert accepted.passed == ()
    assert outcome(first).value == "91 %"


@pytest.mark.thorough
def test_what_one_bundle_cannot_prove_another_in_the_folder_can(copies: list[Database], tmp_path: Path) -> None:
    first, second, _third = copies
    folder = tmp_path / "shared"
    folder.mkdir()
    write_file(folder / "a.kvb", unsigned(write_bundle(second, PLAN)))
    sync(second, PLAN, folder, accepts_unproved=True)
    synced = sync(first, PLAN, folder)
    assert synced.passed == ()
    assert [each.joined.new for each in synced.taken] == [1, 0]
    assert history(first, PLAN, limit=1)[0].unproved is None


@pytest.mark.thorough
def test_writing_a_bundle_needs_no_right_to_write_the_database(copies: list[Database]) -> None:
    first = copies[0]
    with open_database(first.place, read_only=True) as reader:
        bundle = read_bundle(write_bundle(reader, PLAN), "b.kvb")
    assert [each.device for each in bundle.statements] == [first.device]
