"""The words and symbols of the closed sets: none is missing, none is mistaken for another."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from typing import Any

import pytest

import kvaltui.model
from kvaltui.i18n import install
from kvaltui.model.entity import MARKS, Entity
from kvaltui.model.status import Status
from kvaltui.words import capitalised, field_word, status_symbol, status_word, word

for module in pkgutil.iter_modules(kvaltui.model.__path__):
    importlib.import_module(f"kvaltui.model.{module.name}")


def kinds_of(base: type[Any]) -> Iterator[type[Any]]:
    for each in base.__subclasses__():
        if each.__module__.startswith("kvaltui.model."):
            yield each
            yield from kinds_of(each)


# An operator is a symbol already.
SETS = [each for each in kinds_of(StrEnum) if each.__name__ != "Operator"]
FIELDS = sorted({field.name for kind in kinds_of(Entity) for field in fields(kind)} - MARKS)


@pytest.mark.parametrize("kind", SETS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_member_of_every_set_has_a_word_of_its_own(kind: type[StrEnum], language: str) -> None:
    install("sv" if language == "sv" else "en")
    words = [word(member) for member in kind]
    assert all(words)
    assert len(set(words)) == len(words)


def test_every_field_has_a_word() -> None:
    assert [name for name in FIELDS if not field_word(name)] == []


def test_the_same_identifier_in_two_sets_has_two_words() -> None:
    from kvaltui.model.absence import MissingReason

    assert (word(Status.NOT_APPLICABLE), word(MissingReason.NOT_APPLICABLE)) == ("berör ej", "ej tillämplig")


def test_statuses_read_as_expected_before_the_period_is_over() -> None:
    assert [status_word(status, expected=True) for status in Status] == [
        "förväntas uppnås",
        "förväntas delvis uppnås",
        "förväntas inte uppnås",
        "ej bedömt",
        "berör ej",
    ]
    assert [status_word(status, short=True) for status in Status] == [
        "uppnått",
        "delvis",
        "ej uppnått",
        "ej bedömt",
        "berör ej",
    ]


def test_every_status_has_a_symbol_of_its_own_one_cell_wide() -> None:
    assert [status_symbol(status) for status in Status] == ["✓", "▲", "✗", "–", "·"]
    assert [status_symbol(status, ascii=True) for status in Status] == ["+", "~", "x", "-", "."]


def test_capitals() -> None:
    assert [capitalised(text) for text in ("", "åtgärd", "ej Mätt")] == ["", "Åtgärd", "Ej Mätt"]
