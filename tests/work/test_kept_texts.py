"""Texts that were typed and not stored when the program ended: kept, read again, and what is damaged passed by."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.work.kept_texts import ended_before, keep, kept
from kvaltui.work.remembered import state_folder
from kvaltui.work.unstored import Cell, Unstored

PLACE = "/srv/kvaltui.db"
TEXT = Unstored(Cell("plan", Period(2022), Reference(Kind.INDICATOR, "mat"), "value"), "Maten", "86 %", ended_before())


def kept_file() -> Path:
    assert keep(PLACE, [TEXT])
    (file,) = state_folder().iterdir()
    return file


def texts() -> list[tuple[Cell, str]]:
    return [(cell, each.text) for cell, each in kept(PLACE).items()]


def test_what_is_kept_is_read_again_until_it_is_dealt_with() -> None:
    file = kept_file()
    assert texts() == [(TEXT.cell, "86 %")]
    assert keep(PLACE, ())
    assert not file.exists()
    assert texts() == []


@pytest.mark.parametrize(
    "damage",
    [{"text": 86}, {"text": None}, {"kind": "okänd"}, {"period": "i år"}, {"key": ["mat"]}],
    ids=str,
)
def test_a_kept_text_that_is_damaged_is_passed_by(damage: dict[str, Any]) -> None:
    file = kept_file()
    (whole,) = json.loads(file.read_text())
    missing = {name: value for name, value in whole.items() if name != "text"}
    file.write_text(json.dumps([{**whole, **damage}, missing, "text", None, whole]))
    assert texts() == [(TEXT.cell, "86 %")]


@pytest.mark.parametrize("damage", ["", "[", "{}", "null", "[" * 100_000])
def test_a_file_of_kept_texts_that_is_damaged_holds_none(damage: str) -> None:
    kept_file().write_text(damage)
    assert texts() == []


def test_what_cannot_be_removed_is_told() -> None:
    file = kept_file()
    file.unlink()
    file.mkdir()
    assert not keep(PLACE, ())
    assert not keep(PLACE, [TEXT])
    assert file.is_dir()
