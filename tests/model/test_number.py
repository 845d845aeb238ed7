"""Numbers: every way of writing one, and every way of writing something that only looks like one."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from hypothesis import given

from kvaltui.i18n import say
from kvaltui.model.clean import clean
from kvaltui.model.number import NumberError, parse_number, read_plain, write_number
from tests.model.strategies import numbers, typed_texts


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("86", "86"),
        (" 86 ", "86"),
        ("0", "0"),
        ("007", "7"),
        ("0,76", "0.76"),
        ("5.1", "5.1"),
        ("25,06", "25.06"),
        ("86,0", "86.0"),
        ("+3,4", "3.4"),
        ("-3 420", "-3420"),
        ("−3 420", "-3420"),
        ("–3\u00a0420", "-3420"),
        ("\u20113 420", "-3420"),
        ("1 473 495", "1473495"),
        ("1\u00a0473\u2009495", "1473495"),
        ("1\u202f473\u202f495,25", "1473495.25"),
        ("1 473.495", "1473.495"),
        ("12,500", "12.500"),
        ("1234.500", "1234.500"),
        ("0.125", "0.125"),
        ("12.5000", "12.5000"),
        ("9" * 30, "9" * 30),
        ("0," + "0" * 40 + "1", "0." + "0" * 40 + "1"),
    ],
)
def test_numbers(text: str, number: str) -> None:
    read = parse_number(text)
    assert read.as_tuple() == Decimal(number).as_tuple()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("12.500", "”12.500”: menar du 12\u00a0500 eller 12,5?"),
        ("-12.500", "”-12.500”: menar du −12\u00a0500 eller −12,5?"),
        ("1.473.495", "”1.473.495”: skriv mellanslag mellan tusental. Menar du 1\u00a0473\u00a0495?"),
        ("1.473,5", "”1.473,5”: skriv mellanslag mellan tusental. Menar du 1\u00a0473,5?"),
        ("1,473.5", "”1,473.5”: skriv mellanslag mellan tusental. Menar du 1\u00a0473,5?"),
        ("−1,473,495", "”−1,473,495”: skriv mellanslag mellan tusental. Menar du −1\u00a0473\u00a0495?"),
        ("12 34", "”12 34” kan vara flera tal: gruppera tusental tre och tre, som i 1\u00a0473\u00a0495"),
        ("1234 567", "”1234 567” kan vara flera tal: gruppera tusental tre och tre, som i 1\u00a0473\u00a0495"),
        ("12\n500", "”12 500” kan vara flera tal: gruppera tusental tre och tre, som i 1\u00a0473\u00a0495"),
        ("1e5", "”1e5”: skriv ut hela talet, utan exponent"),
        ("1E-5", "”1E-5”: skriv ut hela talet, utan exponent"),
        ("NaN", "”NaN” är inget tal att jämföra med: skriv talet med siffror"),
        ("-inf", "”-inf” är inget tal att jämföra med: skriv talet med siffror"),
        ("1_000", "”1_000”: skriv mellanslag mellan tusental, som i 1\u00a0473\u00a0495"),
        ("1'000", "”1'000”: skriv mellanslag mellan tusental, som i 1\u00a0473\u00a0495"),
        ("١٢", "”١٢”: skriv talet med siffrorna 0–9"),
        ("½", "”½” är inte ett tal: skriv till exempel 25,06"),
        ("²", "”²”: skriv talet med siffrorna 0–9"),
        ("- 5", "”- 5”: skriv minustecknet tätt intill talet"),
        ("", "Inget är skrivet: skriv ett tal, till exempel 25,06"),
        (" \u00a0", "Inget är skrivet: skriv ett tal, till exempel 25,06"),
        ("åtta", "”åtta” är inte ett tal: skriv till exempel 25,06"),
        (",5", "”,5” är inte ett tal: skriv till exempel 25,06"),
        ("5,", "”5,” är inte ett tal: skriv till exempel 25,06"),
        ("--5", "”--5” är inte ett tal: skriv till exempel 25,06"),
        ("5-", "”5-” är inte ett tal: skriv till exempel 25,06"),
        ("8\x1b[2J6", "”8�[2J6” är inte ett tal: skriv till exempel 25,06"),
        ("9" * 31, "”" + "9" * 31 + "” har fler än 30 siffror"),
        ("1" + ".000" * 12, "”" + ("1" + ".000" * 12)[:39] + "…” har fler än 30 siffror"),
    ],
)
def test_what_is_not_surely_a_number_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(NumberError) as refused:
        parse_number(text)
    assert say(refused.value.message) == reason
    assert refused.value.field == "value"


@pytest.mark.parametrize("text", ["9" * 10_000, "1 " * 500_000, "." * 1_000_000, "-" * 1_000_000, "\u0301" * 1_000_000])
def test_a_huge_text_is_refused_unread(text: str) -> None:
    with pytest.raises(NumberError) as refused:
        parse_number(text)
    assert "är för långt: högst 200 tecken" in say(refused.value.message)
    assert len(say(refused.value.message)) < 100


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("1473495", "1\u00a0473\u00a0495"),
        ("-3420", "−3\u00a0420"),
        ("0.76", "0,76"),
        ("86.0", "86,0"),
        ("1E+3", "1\u00a0000"),
        ("-0.0", "0,0"),
        ("0.0000000001", "0,0000000001"),
    ],
)
def test_numbers_are_written_with_every_digit(number: str, written: str) -> None:
    assert write_number(Decimal(number)) == written


def test_numbers_are_written_for_files_too() -> None:
    assert write_number(Decimal("-1473495.5"), decimal_mark=".", group="", minus="-") == "-1473495.5"


@given(numbers())
def test_a_number_written_and_read_back_is_the_same(number: Decimal) -> None:
    with localcontext(prec=5):  # exact whatever the thread's context is
        assert parse_number(write_number(number)) == number


@given(numbers())
def test_the_quick_way_reads_what_the_careful_one_reads(number: Decimal) -> None:
    assert read_plain(f" {write_number(number)}\N{NO-BREAK SPACE}") == number


@given(typed_texts)
def test_the_quick_way_never_reads_what_the_careful_one_refuses(text: str) -> None:
    try:
        plain = read_plain(text)
    except NumberError:
        plain = None
    if plain is not None:
        assert parse_number(text) == plain


@given(typed_texts)
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        number = parse_number(text)
    except NumberError as error:
        number = None
        said = say(error.message)
    assert number.is_finite() if number is not None else said == clean(said)
