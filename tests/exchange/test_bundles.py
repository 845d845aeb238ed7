"""Bundles and the shared folder: copies that were apart become one plan, and nothing that is wrong gets in."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.exchange.bundle_file import join, read_bundle, read_bundle_file, write_bundle
from kvaltui.exchange.file_error import FileError
from kvaltui.exchange.folder import sync
from kvaltui.exchange.importing import apply, preview
from kvaltui.exchange.meeting_folder import read_there, write_own
from kvaltui.exchange.plan_reader import read_document
from kvaltui.exchange.plan_writer import write_plan
from kvaltui.exchange.reading import MOST_OF_A_BUNDLE
from kvaltui.exchange.sealed_file import BundleFileError, seal, unseal
from kvaltui.exchange.writing import write_file
from kvaltui.i18n import say
from kvaltui.model.reporting import Outcome
from kvaltui.store.author import Author
from kvaltui.store.backup import backup
from kvaltui.store.bundle import digest, revisions
from kvaltui.store.check import check
from kvaltui.store.database import Database
from kvaltui.store.dropping import only_tried
from kvaltui.store.errors import UnknownPlan
from kvaltui.store.history import history
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from kvaltui.store.restore import restore
from tests.properties import examples

COORDINATOR = Author("coordinator", "Samordnaren")
PLAN = """format = 1
[plan]
key = "p"
title = "Plan åäö"
periods = ["2022"]
[[indicator]]
key = "i"
name = "I"
[[indicator.outcome]]
period = "2022"
value = "86 %"
[[indicator]]
key = "j"
name = "J"
"""


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[list[Database]]:
    """Three databases; the first holds the plan."""
    with ExitStack() as stack:
        found = [stack.enter_context(open_database(tmp_path / f"{name}.db", create=True)) for name in "abc"]
        apply(preview(read_document(PLAN, "p.toml"), found[0]), found[0], by=COORDINATOR)
        yield found


def enter(database: Database, indicator: str, value: str) -> None:
    content = load_plan(database, "p")
    key = f"{indicator}/2022/"
    outcome = content.get(Outcome, key) or Outcome(indicator=indicator, period=content.plan.periods[0])
    record(database, "p", [replace(outcome, value=value)], by=COORDINATOR, seen=content.position)


def carry(source: Database, target: Database, name: str = "b.kvb") -> None:
    join(read_bundle(write_bundle(source, "p"), name), target)


def test_a_new_copy_starts_from_a_bundle(copies: list[Database], tmp_path: Path) -> None:
    first, second, _ = copies
    path = tmp_path / "p.kvb"
    write_file(path, write_bundle(first, "p"))
    bundle = read_bundle_file(path)
    assert (bundle.plan, bundle.title, bundle.device) == ("p", "Plan åäö", first.device)
    with only_tried(second):
        tried = join(bundle, second)
    with pytest.raises(UnknownPlan):
        load_plan(second, "p")
    joined = join(bundle, second)
    assert (tried.new, tried.known) == (joined.new, joined.known) == (len(bundle.lines), 0)
    assert write_plan(load_plan(second, "p")) == write_plan(load_plan(first, "p"))
    assert {each.received_from for each in history(second, "p")} == {"p.kvb"}
    again = join(bundle, second)
    assert (again.new, again.known, again.changed) == (0, len(bundle.lines), ())


@pytest.mark.thorough
def test_figures_entered_apart_meet_and_one_entered_twice_is_contested(copies: list[Database]) -> None:
    first, second, _ = copies
    carry(first, second)
    enter(first, "j", "50 %")
    enter(first, "i", "87 %")
    enter(second, "i", "88 %")
    data = write_bundle(second, "p")
    carry(first, second)
    joined = join(read_bundle(data, "b.kvb"), first)
    assert [str(conflict.reference) for _plan, conflict in joined.conflicts] == ["outcome/i/2022/"]
    for database in (first, second):
        outcomes = load_plan(database, "p").all(Outcome)
        assert outcomes["j/2022/"].value == "50 %"
        assert outcomes["i/2022/"].contested == ("value",)
        assert not check(database)
    assert write_bundle(first, "p") == write_bundle(first, "p")
    assert digest(revisions(first, "p")) == digest(revisions(second, "p"))


@pytest.mark.thorough
@examples(12)
@given(
    st.lists(
        st.tuples(st.sampled_from(["enter", "carry"]), st.integers(0, 2), st.integers(0, 2), st.sampled_from("ij")),
        max_size=10,
    )
)
def test_every_order_of_exchanges_ends_in_the_same_plan(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int, str]]
) -> None:
    folder = tmp_path_factory.mktemp("copies")
    with ExitStack() as stack:
        found = [stack.enter_context(open_database(folder / f"{name}.db", create=True)) for name in "abc"]
        apply(preview(read_document(PLAN, "p.toml"), found[0]), found[0], by=COORDINATOR)
        carry(found[0], found[1])
        carry(found[0], found[2])
        for number, (what, here, there, indicator) in enumerate(steps):
            if what == "enter":
                enter(found[here], indicator, f"{number} %")
            elif here != there:
                carry(found[here], found[there])
        for here, there in ((0, 1), (1, 2), (2, 0), (0, 1)):
            carry(found[here], found[there])
        contents = [load_plan(database, "p") for database in found]
        assert len({digest(revisions(database, "p")) for database in found}) == 1
        assert len({write_plan(content) for content in contents}) == 1
        assert len({tuple(each.contested for each in content) for content in contents}) == 1


def altered(data: bytes, **changes: Any) -> bytes:
    """A bundle whose header is another, sealed as it should be."""
    header, *lines = unseal(data, "b.kvb")
    return seal([json.dumps({**json.loads(header), **changes}), *lines])


def test_a_bundle_that_is_altered_and_sealed_anew_is_refused(copies: list[Database]) -> None:
    first, second, third = copies
    carry(first, second)
    data = write_bundle(first, "p")
    header, *lines = unseal(data, "b.kvb")
    wrong = [
        altered(data, revisions=99),
        altered(data, revisions=True),
        altered(data, plan="q"),
        altered(data, more=1),
        seal([header, *lines[1:]]),
        seal([header, *[line.replace("86 %", "99 %") for line in lines]]),
        seal([header, *[line.replace('"key":"p"', '"key":"x"') for line in lines]]),
        seal([header, *[line.replace('"I"', '"\\u0049"') for line in lines]]),
        seal([header, *[line.replace('"plan":"p"', '"plan":"q"') for line in lines]]),
        seal([header, *["[]" for _ in lines]]),
        seal([header, *["x" for _ in lines]]),
        seal([]),
        seal([header]),
    ]
    for content in wrong:
        before = revisions(second, "p")
        with pytest.raises(BundleFileError, match=r"b\.kvb"):
            join(read_bundle(content, "b.kvb"), second)
        assert revisions(second, "p") == before
    only_last = seal([json.dumps({**json.loads(header), "revisions": 1}), lines[-1]])
    with pytest.raises(BundleFileError, match="lacks the beginning"):
        join(read_bundle(only_last, "b.kvb"), third)
    with pytest.raises(UnknownPlan):
        load_plan(third, "p")


@examples(40)
@given(st.data())
def test_a_bundle_tampered_with_anywhere_is_refused(data: st.DataObject) -> None:
    lines = ['{"device":"d","plan":"p","revisions":1,"title":"t"}', '{"id":"x","plan":"p"}']
    whole = seal(lines)
    place = data.draw(st.integers(0, len(whole) - 1))
    kind = data.draw(st.sampled_from(["cut", "change", "insert", "drop"]))
    byte = bytes([data.draw(st.integers(0, 255).filter(lambda value: value != whole[place]))])
    other = {
        "cut": whole[:place],
        "change": whole[:place] + byte + whole[place + 1 :],
        "insert": whole[:place] + byte + whole[place:],
        "drop": whole[:place] + whole[place + 1 :],
    }[kind]
    if other != whole:
        with pytest.raises(BundleFileError):
            read_bundle(other, "b.kvb")


def test_files_that_are_no_bundles(tmp_path: Path) -> None:
    path = tmp_path / "b.kvb"
    path.write_bytes(b"")
    with pytest.raises(BundleFileError, match=r"b\.kvb is not a bundle"):
        read_bundle_file(path)
    for wrong in (tmp_path, tmp_path / "none.kvb"):
        with pytest.raises(FileError, match="cannot be read"):
            read_bundle_file(wrong)
    content = zlib.compress(b'{"device":"d","plan":"p","revisions":0,"title":"\\u001b[31m"}\n')
    path.write_bytes(f"kvaltui bundle 1 sha256 {hashlib.sha256(content).hexdigest()}\n".encode() + content)
    assert "\x1b" not in read_bundle_file(path).title


@pytest.mark.thorough
def test_a_folder_joins_all_who_meet_in_it(copies: list[Database], tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o750)
    first, second, third = copies
    assert sync(first, "p", folder).taken == ()
    carry(first, second)
    carry(first, third)
    enter(second, "i", "88 %")
    enter(third, "j", "40 %")
    for database in (second, third, first, second):
        done = sync(database, "p", folder)
        assert done.passed == ()
        assert done.written.parent == folder
    assert len(list(folder.iterdir())) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o640}
    contents = [write_plan(load_plan(database, "p")) for database in copies]
    assert contents[0] == contents[1] == contents[2]
    assert "88 %" in contents[0]
    assert "40 %" in contents[0]
    assert all(not taken.joined.new for taken in sync(first, "p", folder).taken)


@pytest.mark.thorough
def test_a_copy_that_was_restored_gets_back_what_it_had_put_in_the_folder(
    copies: list[Database], tmp_path: Path
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    first = copies[0]
    saved = backup(first, tmp_path / "backup.db")
    enter(first, "i", "88 %")
    sync(first, "p", folder)
    first.close()
    restore(Path(first.place), saved, by=COORDINATOR)
    with open_database(Path(first.place)) as restored:
        assert load_plan(restored, "p").all(Outcome)["i/2022/"].value == "86 %"
        (taken,) = sync(restored, "p", folder).taken
        assert taken.joined.new == 1
        assert load_plan(restored, "p").all(Outcome)["i/2022/"].value == "88 %"


@pytest.mark.thorough
def test_what_is_wrong_in_a_folder_is_passed_by(copies: list[Database], tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    first, second, _ = copies
    carry(first, second)
    enter(second, "j", "40 %")
    sync(second, "p", folder)
    (folder / "cut.kvb").write_bytes(write_bundle(second, "p")[:-1])
    (folder / "empty.kvb").write_bytes(b"")
    (folder / "notes.txt").write_text("x")
    (folder / ".p-x.kvb").write_bytes(b"")
    (folder / "folder.kvb").mkdir()
    apply(preview(read_document(PLAN.replace('"p"', '"q"'), "q.toml"), second), second, by=COORDINATOR)
    sync(second, "q", folder)
    done = sync(first, "p", folder)
    assert [each.name for each in done.passed] == ["cut.kvb", "empty.kvb"]
    assert [taken.bundle.plan for taken in done.taken] == ["p"]
    assert load_plan(first, "p").all(Outcome)["j/2022/"].value == "40 %"


def test_a_bundle_that_is_too_large_is_passed_by(copies: list[Database], tmp_path: Path) -> None:
    with (tmp_path / "large.kvb").open("wb") as file:
        file.truncate(MOST_OF_A_BUNDLE + 1)
    (passed,) = sync(copies[0], "p", tmp_path).passed
    assert passed.name == "large.kvb"
    assert "är för stor: högst 200 MiB läses" in say(passed.problem)


def test_the_database_itself_under_the_name_of_a_bundle_is_passed_by_unopened(
    copies: list[Database], tmp_path: Path
) -> None:
    place = tmp_path / "möte"
    place.mkdir()
    os.link(tmp_path / "a.db", place / "a.kvb")
    with pytest.raises(FileError) as caught:
        read_there(place / "a.kvb", copies[0])
    assert say(caught.value.message) == "a.kvb är själva databasen"


def test_a_meeting_folder_that_goes_away_is_told(copies: list[Database], tmp_path: Path) -> None:
    for place in (tmp_path / "borta" / "a.kvb", tmp_path / "a.kvb"):
        with pytest.raises(FileError) as caught:
            read_there(place, copies[0])
        assert "kan inte läsas: den finns inte" in say(caught.value.message)
    with pytest.raises(FileError) as caught:
        write_own(tmp_path / "borta" / "a.kvb", copies[0], "p")
    assert "kan inte läsas: den finns inte" in say(caught.value.message)
    assert list(tmp_path.glob("*.kvb")) == []


@pytest.mark.parametrize(("times", "is_written"), [(1, True), (100, False)])
def test_a_bundle_that_changes_while_it_is_looked_at_is_tried_again(
    copies: list[Database], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, is_written: bool
) -> None:
    place = tmp_path / "own.kvb"
    write_own(place, copies[0], "p")
    enter(copies[0], "i", "55 %")
    before = place.read_bytes()
    system_stat, left = os.stat, list(range(times))

    def changed_after(path: Any, *, dir_fd: int | None = None, follow_symlinks: bool = True) -> os.stat_result:
        found = system_stat(path, dir_fd=dir_fd, follow_symlinks=follow_symlinks)
        if path == place.name and left:
            place.chmod(0o600 + left.pop() % 64)
        return found

    monkeypatch.setattr(os, "stat", changed_after)
    if is_written:
        write_own(place, copies[0], "p")
    else:
        with pytest.raises(FileError) as caught:
            write_own(place, copies[0], "p")
        assert "den kom dit alldeles nyss" in say(caught.value.message)
    assert (place.read_bytes() != before) == is_written


def test_a_folder_that_cannot_be_used(copies: list[Database], tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read: it does not exist"):
        sync(copies[0], "p", tmp_path / "none")
    with pytest.raises(UnknownPlan):
        sync(copies[1], "p", tmp_path)
