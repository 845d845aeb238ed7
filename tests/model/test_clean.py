"""Cleaning of text from outside: nothing that a terminal or a file obeys comes through, and nothing else is changed."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.model.clean import clean, excerpt, tidy

anything = st.text(st.characters(), max_size=80) | st.text(
    st.characters(categories=["Cc", "Cf", "Cs", "Mn", "Zl", "Zp", "Zs", "Lu"]), max_size=80
)
# Composing of these makes more marks of one.
marks = st.text("a\u0301\u0316\u0344\u0958\u1e69\u0323", max_size=120)


def _is_unsafe(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
        or unicodedata.bidirectional(character) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
        or character in "\u061c\u200e\u200f\ufffe\uffff"
    )


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Målvärde 86 %", "Målvärde 86 %"),
        ("[/x] åäö 1,5", "[/x] åäö 1,5"),
        ("A\u030angstro\u0308m", "Ångström"),
        ("\x1b[2J", "�[2J"),
        ("\x1b]52;c;aGVq\x07", "�]52;c;aGVq�"),
        ("a\x00b\x7fc\x9bd", "a�b�c�d"),
        ("\u202e86\u202c", "�86�"),
        ("\u2066a\u2069\u200f", "�a��"),
        ("a\ud83db", "a�b"),
        ("\ufffe\uffff", "��"),
        ("a\tb\nc\r\nd\re\u2028f", "a b c d e f"),
        ("en\u00a0rad\u202f", "en\u00a0rad\u202f"),
        ("🧑‍🦽 följd", "🧑‍🦽 följd"),
        ("", ""),
    ],
)
def test_cleaning(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_several_lines_keep_their_ends() -> None:
    assert clean("a\r\nb\rc\u2029d\te\x0b", multiline=True) == "a\nb\nc\nd e�"


@given(anything | marks, st.booleans())
def test_what_is_cleaned_stays_as_it_is(text: str, multiline: bool) -> None:
    cleaned = clean(text, multiline=multiline)
    assert clean(cleaned, multiline=multiline) == cleaned


@given(anything | marks, st.booleans())
def test_what_needs_no_cleaning_is_told_surely(text: str, multiline: bool) -> None:
    alone, beside = clean(text, multiline=multiline), clean(f"{text}|\0", multiline=multiline)
    assert beside == alone + "|\N{REPLACEMENT CHARACTER}"


@given(anything | marks)
def test_nothing_unsafe_comes_through(text: str) -> None:
    assert not any(map(_is_unsafe, clean(text)))
    assert not any(map(_is_unsafe, clean(text, multiline=True).replace("\n", "")))
    assert unicodedata.is_normalized("NFC", clean(text))


@given(st.text(st.characters(categories=["Lu", "Ll", "Nd", "Po", "Sm", "Sc"]), max_size=80))
def test_ordinary_text_is_only_composed(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


@pytest.mark.thorough
@pytest.mark.parametrize("text", ["\u0301\u0316" * 250_000, "a" * 1_000_000, "\x1b" * 1_000_000, "é\n" * 300_000])
def test_a_huge_text_is_cleaned_in_reasonable_time(text: str) -> None:
    began = time.process_time()
    clean(text)
    assert time.process_time() - began < 10  # the square of the marks would take minutes


@given(anything)
def test_tidied_text_has_single_spaces_and_nothing_around_it(text: str) -> None:
    tidied = tidy(text)
    assert tidied == tidied.strip()
    assert tidy(tidied) == tidied
    assert "  " not in tidied
    assert "\n " not in tidied
    assert " \n" not in tidied


def test_every_kind_of_space_is_a_space_to_a_grammar() -> None:
    assert tidy("\ufeff 1\u00a0473\u202f495\u2009\u200b% \n\r\n (2016)\t") == "1 473 495 %\n(2016)"


@given(anything, st.integers(2, 60))
def test_an_excerpt_is_short_and_on_one_line(text: str, length: int) -> None:
    shown = excerpt(text, length)
    assert len(shown) <= length
    assert not any(map(_is_unsafe, shown))


def test_an_excerpt_says_that_it_is_one() -> None:
    assert excerpt("a" * 41) == "a" * 39 + "…"
    assert excerpt("a" * 40) == "a" * 40
    assert excerpt(" en\nrad ") == "en rad"
    assert excerpt(" " * 1_000_000) == "…"
