"""Targets as people write them; the tables of docs/rules.md are read by test_written_rules."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.i18n import say
from kvaltui.model.clean import clean
from kvaltui.model.moment import has_figure
from kvaltui.model.scale import Direction, Scale
from kvaltui.model.target import parse_target
from kvaltui.model.target_rule import (
    BASED_RULES,
    DOWNWARD_RULES,
    NO_TARGET,
    UPWARD_RULES,
    Rule,
    Target,
    TargetError,
    TargetInWordsError,
)
from kvaltui.model.target_writing import write_target
from tests.model.strategies import scales, scales_with_targets, typed_texts

PERCENT = Scale("%")
LOWER = Scale("%", Direction.LOWER)
BAND = Scale("%", Direction.BAND)
NEUTRAL = Scale("%", Direction.NEUTRAL)
COUNT = Scale("antal")
DAYS = Scale("dagar", Direction.LOWER)
YES_NO = Scale("ja/nej")
TEXT = Scale("text")
BARE = Scale("")
UNITS = Scale("dagar", Direction.LOWER, ("BOU", "VUX", "LSS"))
AGES = Scale("%", Direction.HIGHER, ("0–12 år", "13–20 år"))


def read(text: str, scale: Scale) -> Target | TargetError:
    try:
        return parse_target(text, scale)
    except TargetError as error:
        return error


def at_least(number: str, *, is_strict: bool = False) -> Target:
    return Target(Rule.AT_LEAST, low=Decimal(number), is_strict=is_strict)


def at_most(number: str, *, is_strict: bool = False) -> Target:
    return Target(Rule.AT_MOST, high=Decimal(number), is_strict=is_strict)


def within(low: str, high: str) -> Target:
    return Target(Rule.WITHIN, low=Decimal(low), high=Decimal(high))


def trend(rule: Rule, base: str | None = None) -> Target:
    return Target(rule, base=None if base is None else Decimal(base))


def add(amount: int, base: str | None = None) -> Target:
    return Target(Rule.ADD, amount=Decimal(amount), base=None if base is None else Decimal(base))


def prose(text: str) -> Target:
    return Target(Rule.QUALITATIVE, text=text)


def parts(*targets: tuple[str, Target]) -> Target:
    return Target(Rule.NONE, parts=targets)


LIMITS = [
    (PERCENT, "100 %", at_least("100")),
    (PERCENT, "100", at_least("100")),
    (PERCENT, "100 procent", at_least("100")),
    (LOWER, "5,3", at_most("5.3")),
    (BAND, "50 %", within("50", "50")),
    (NEUTRAL, "50 %", Target(Rule.NONE, reference=Decimal(50))),
    (NEUTRAL, "minst 50 %", at_least("50")),
    (COUNT, "8000", at_least("8000")),
    (COUNT, "8 000 st", at_least("8000")),
    (PERCENT, "≥ 95 %", at_least("95")),
    (LOWER, "minst 95 %", at_least("95")),
    (PERCENT, "Minst\u00a095", at_least("95")),
    (PERCENT, "≤ 5,3", at_most("5.3")),
    (PERCENT, "högst 5,3", at_most("5.3")),
    (COUNT, "max 120", at_most("120")),
    (DAYS, "Max\n120", at_most("120")),
    (DAYS, "inom 14 dgr", at_most("14")),
    (DAYS, "Inom 14 dgr", at_most("14")),
    (Scale("mån", Direction.LOWER), "Inom 3 mån", at_most("3")),
    (PERCENT, "> 95 %", at_least("95", is_strict=True)),
    (PERCENT, "över 95", at_least("95", is_strict=True)),
    (COUNT, "under 5", at_most("5", is_strict=True)),
    (PERCENT, "45–55 %", within("45", "55")),
    (PERCENT, "45 - 55", within("45", "55")),
    (PERCENT, "50 ± 5 %", within("45", "55")),
    (PERCENT, "50 % ±5 procentenheter", within("45", "55")),
    (PERCENT, "50 +/- 5", within("45", "55")),
    (PERCENT, "50,5 ± 0,25", within("50.25", "50.75")),
    (PERCENT, "8/10", at_least("80")),
    (PERCENT, "8 av 10", at_least("80")),
    (PERCENT, "åtta av tio", at_least("80")),
    (PERCENT, "Minst nio av tio", at_least("90")),
    (PERCENT, "åtta av tio kunder", at_least("80")),
    (LOWER, "en av tio", at_most("10")),
    (COUNT, "minst två", at_least("2")),
    (PERCENT, "95 % (enligt avtal)", at_least("95")),
]
TRENDS = [
    (COUNT, "öka", trend(Rule.INCREASE)),
    (COUNT, "Ska öka", trend(Rule.INCREASE)),
    (COUNT, "ökning", trend(Rule.INCREASE)),
    (COUNT, "minska", trend(Rule.DECREASE)),
    (COUNT, "ska minskas", trend(Rule.DECREASE)),
    (COUNT, "öka jämfört med föregående år", trend(Rule.INCREASE)),
    (COUNT, "bibehålla", trend(Rule.MAINTAIN_OR_INCREASE)),
    (DAYS, "bibehålla", trend(Rule.MAINTAIN_OR_DECREASE)),
    (COUNT, "bibehålla eller öka", trend(Rule.MAINTAIN_OR_INCREASE)),
    (DAYS, "ska bibehållas eller öka", trend(Rule.MAINTAIN_OR_INCREASE)),
    (COUNT, "bibehålla eller minska", trend(Rule.MAINTAIN_OR_DECREASE)),
    (COUNT, "öka från 750", trend(Rule.INCREASE, "750")),
    (COUNT, "Öka från 1 750 st", trend(Rule.INCREASE, "1750")),
    (PERCENT, "minska från 7,5 %", trend(Rule.DECREASE, "7.5")),
    (PERCENT, "bibehålla eller öka från 50 %", trend(Rule.MAINTAIN_OR_INCREASE, "50")),
    (PERCENT, "öka till 50 %", at_least("50")),
    (PERCENT, "minska till 5 %", at_most("5")),
    (COUNT, "öka med 2", add(2)),
    (PERCENT, "öka med 5 procentenheter", add(5)),
    (COUNT, "1 ny", add(1)),
    (COUNT, "1\nny", add(1)),
    (COUNT, "2 nya", add(2)),
    (COUNT, "en ny", add(1)),
    (COUNT, "två nya", add(2)),
    (COUNT, "1 ny stadsdel", add(1)),
    (COUNT, "2 nya från 3", add(2, "3")),
]
OTHERS = [
    (YES_NO, "ja", Target(Rule.YES)),
    (YES_NO, "Ja.", Target(Rule.YES)),
    (BARE, "ja", Target(Rule.YES)),
    (YES_NO, "-", NO_TARGET),
    (PERCENT, "-", NO_TARGET),
    (PERCENT, "–", NO_TARGET),
    (PERCENT, "", NO_TARGET),
    (PERCENT, " \u00a0\n", NO_TARGET),
    (TEXT, "-", NO_TARGET),
    (UNITS, "-", NO_TARGET),
    (PERCENT, "Månatlig uppföljning", prose("Månatlig uppföljning")),
    (PERCENT, "Systematisk\n\nanalys", prose("Systematisk analys")),
    (COUNT, "Tre enskilda möten per barn per utredning", prose("Tre enskilda möten per barn per utredning")),
    (PERCENT, "100 % av alla barn ska ha en plan", at_least("100")),
    (PERCENT, "100 % vid mandatperiodens slut", replace(at_least("100"), horizon="vid mandatperiodens slut")),
    (COUNT, "Klart senast 2026", prose("Klart senast 2026")),
    (YES_NO, "Antalet fall ska minska", prose("Antalet fall ska minska")),
    (TEXT, "86 %", prose("86 %")),
    (TEXT, "öka", prose("öka")),
]
PARTS = [
    (AGES, "90 % resp 85 %", parts(("0–12 år", at_least("90")), ("13–20 år", at_least("85")))),
    (AGES, "90%\nresp\n85%", parts(("0–12 år", at_least("90")), ("13–20 år", at_least("85")))),
    (AGES, "0–12 år öka; 13–20 år ≥ 85 %", parts(("0–12 år", trend(Rule.INCREASE)), ("13–20 år", at_least("85")))),
    (UNITS, "BOU 120; VUX 120", parts(("BOU", at_most("120")), ("VUX", at_most("120")))),
    (UNITS, "BOU 120 VUX 110", parts(("BOU", at_most("120")), ("VUX", at_most("110")))),
    (UNITS, "BOU -; VUX max 120 dgr", parts(("BOU", NO_TARGET), ("VUX", at_most("120")))),
    (UNITS, "BOU enligt plan; VUX 120", parts(("BOU", prose("enligt plan")), ("VUX", at_most("120")))),
    (UNITS, "Max 120", at_most("120")),
    (UNITS, "120", at_most("120")),
    (UNITS, "BOU ska gå före", prose("BOU ska gå före")),
    (UNITS, "BOU senast 2024", prose("BOU senast 2024")),
    (AGES, "barn respektive ungdomar", prose("barn respektive ungdomar")),
    (UNITS, "barn respektive ungdomar", prose("barn respektive ungdomar")),
    (AGES, "plan resp plan; klart", prose("plan resp plan; klart")),
    (Scale("%", breakdown=("öka", "max")), "öka från 75 %", trend(Rule.INCREASE, "75")),
]


@pytest.mark.parametrize(("scale", "text", "target"), LIMITS + TRENDS + OTHERS + PARTS)
def test_what_a_person_may_write(scale: Scale, text: str, target: Target) -> None:
    assert parse_target(text, scale) == target
    assert parse_target(write_target(target, scale), scale) == target


PERCENTAGE = "skriv ett målvärde som 95 %, högst 5 %, 45–55 % eller öka"
NUMBER = "skriv ett målvärde som 95, högst 120, 45–55 eller öka"
ANSWER = "skriv ja, eller - om målvärde saknas"


@pytest.mark.parametrize(
    ("scale", "text", "reason"),
    [
        (PERCENT, "12.500", "”12.500”: menar du 12\u00a0500 eller 12,5?"),
        (COUNT, "öka från 12.500", "”12.500”: menar du 12\u00a0500 eller 12,5?"),
        (COUNT, "minst 1.473.495", "”1.473.495”: skriv mellanslag mellan tusental. Menar du 1\u00a0473\u00a0495?"),
        (PERCENT, "12 34", "”12 34” kan vara flera tal: gruppera tusental tre och tre, som i 1\u00a0473\u00a0495"),
        (PERCENT, "1e5", "”1e5”: skriv ut hela talet, utan exponent"),
        (PERCENT, "NaN", "”NaN” är inget tal att jämföra med: skriv talet med siffror"),
        (COUNT, "1_000", "”1_000”: skriv mellanslag mellan tusental, som i 1\u00a0473\u00a0495"),
        (COUNT, "١٢", "”١٢”: skriv talet med siffrorna 0–9"),
        (PERCENT, "86 % 3", f"”86 % 3” går inte att läsa: {PERCENTAGE}"),
        (PERCENT, "..", f"”..” går inte att läsa: {PERCENTAGE}"),
        (PERCENT, "86 dagar", "Indikatorn mäts i %, inte i ”dagar”"),
        (PERCENT, "inom 14 dgr", "Indikatorn mäts i %, inte i ”dgr”"),
        (PERCENT, "86 äpplen", "Indikatorn mäts i %, inte i ”äpplen”"),
        (PERCENT, "55–45", "Ett intervall skrivs med det lägre talet först: menar du 45–55?"),
        (PERCENT, "50 ± -5", f"”50 ± -5” går inte att läsa: {PERCENTAGE}"),
        (PERCENT, "öka 50 %", f"”öka 50 %” går inte att läsa: {PERCENTAGE}"),
        (PERCENT, "öka med 5 %", "”öka med 5 %” kan förstås på flera sätt: skriv vilken nivå som ska nås"),
        (COUNT, "minska med 5", "”minska med 5” kan förstås på flera sätt: skriv vilken nivå som ska nås"),
        (PERCENT, "bibehålla till 5 %", f"”bibehålla till 5 %” går inte att läsa: {PERCENTAGE}"),
        (PERCENT, "ca 50 %", f"”ca 50 %” går inte att läsa: {PERCENTAGE}"),
        (PERCENT, "98%/58/6", f"”98%/58/6” går inte att läsa: {PERCENTAGE}"),
        (COUNT, "0 nya", "”0”: antalet nya måste vara större än 0"),
        (COUNT, "ja", f"”ja” går inte att läsa: {NUMBER}"),
        (
            BAND,
            "bibehålla",
            "”bibehålla” säger inte åt vilket håll som är bra: skriv bibehålla eller öka, eller bibehålla eller minska",
        ),
        (YES_NO, "86", f"”86” går inte att läsa: {ANSWER}"),
        (YES_NO, "86 %", f"”86 %” går inte att läsa: {ANSWER}"),
        (YES_NO, "12.500", f"”12.500” går inte att läsa: {ANSWER}"),
        (YES_NO, "öka", f"”öka” går inte att läsa: {ANSWER}"),
        (YES_NO, "nej", f"”nej” går inte att läsa: {ANSWER}"),
        (COUNT, "79 resp 84", f"”79 resp 84” går inte att läsa: {NUMBER}"),
        (COUNT, "Kvinnor 90; män 85", "”Kvinnor”: indikatorn har inga delar, skriv ett enda värde"),
        (UNITS, "ABC 120", "”ABC” är inte någon av indikatorns delar: BOU, VUX, LSS"),
        (UNITS, "BOU 120; ABC 120", "”ABC” är inte någon av indikatorns delar: BOU, VUX, LSS"),
        (UNITS, "BOU 120; BOU 110", "”BOU” står två gånger"),
        (UNITS, "BOU 12.500; VUX 120", "BOU: ”12.500”: menar du 12\u00a0500 eller 12,5?"),
        (UNITS, "90 resp 85", "2 värden, men delarna är 3: BOU, VUX, LSS"),
        (UNITS, "ej 5,5\n.", "”ej” är inte någon av indikatorns delar: BOU, VUX, LSS"),
        (COUNT, "9" * 31, f"”{'9' * 31}” har fler än 30 siffror"),
        (COUNT, "9" * 201, f"”{'9' * 39}…” går inte att läsa: {NUMBER}"),
        (COUNT, "x" * 2001, f"”{'x' * 39}…” är för långt: högst 2\u00a0000 tecken"),
        (COUNT, "9" * 1_000_000, f"”{'9' * 39}…” är för långt: högst 2\u00a0000 tecken"),
    ],
)
def test_what_is_nearly_a_target_in_figures_is_refused(scale: Scale, text: str, reason: str) -> None:
    with pytest.raises(TargetError) as refused:
        parse_target(text, scale)
    assert say(refused.value.message) == reason
    assert refused.value.field == "value"


@pytest.mark.parametrize(
    "piece", ["9 ", "BOU 1 ", "a(", "; ", ", ", "1-", "- ", "resp ", "en ", "1 a ", "1/", "<", "öka "]
)
@pytest.mark.parametrize("scale", [PERCENT, UNITS], ids=lambda scale: scale.unit)
def test_a_long_text_is_told_soon(scale: Scale, piece: str) -> None:
    for length in (199, 2000):
        target = read((piece * 2000)[:length], scale)
        if isinstance(target, TargetError):
            assert len(say(target.message)) < 200
        else:
            assert target.rule is Rule.QUALITATIVE


def test_targets_are_written_as_in_a_plan() -> None:
    assert write_target(at_least("100"), PERCENT) == "100\u00a0%"
    assert write_target(at_least("100"), LOWER) == "≥\u00a0100\u00a0%"
    assert write_target(at_most("14"), DAYS) == "14"
    assert write_target(trend(Rule.INCREASE, "750"), COUNT) == "öka från 750"
    assert write_target(parts(("BOU", NO_TARGET), ("VUX", at_most("120"))), UNITS) == "BOU -; VUX 120"
    assert write_target(NO_TARGET, PERCENT) == ""


SENTENCES = (
    *("3 enskilda möten per barn", "98%/0/ behov", "90 % (85 % för män)", "Tidsgräns: inom 3 mån", "minst 1 per månad"),
    *("Alla 12 enheter har en plan", "Möten med 3 kommuner senast 2026", "2 utbildningar och 1 konferens"),
)


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize("scale", [PERCENT, COUNT, DAYS, UNITS, YES_NO], ids=lambda scale: scale.unit)
def test_a_sentence_with_a_figure_is_never_a_target_in_words(text: str, scale: Scale) -> None:
    assert isinstance(read(text, scale), TargetError)
    assert read(text, TEXT) == prose(text)


@pytest.mark.parametrize("text", SENTENCES[:-1])
def test_it_is_told_from_a_figure_that_is_nearly_right(text: str) -> None:
    assert isinstance(read(text, COUNT), TargetInWordsError)
    assert not isinstance(read("12.500", COUNT), TargetInWordsError)


@pytest.mark.thorough
@given(scales(), typed_texts)
def test_a_target_in_words_has_no_figure(scale: Scale, text: str) -> None:
    target = read(text, scale)
    if isinstance(target, TargetError) or scale.is_text:
        return
    for _, each in (*target.parts, ("", target)):
        assert each.rule is not Rule.QUALITATIVE or not has_figure(each.text)


@given(scales_with_targets, st.data())
def test_a_digit_more_is_another_target_or_none(case: tuple[Scale, Target], data: st.DataObject) -> None:
    scale, target = case
    written = write_target(target, scale)
    digit, place = data.draw(st.sampled_from("123456789")), data.draw(st.integers(0, len(written)))
    assert read(f"{written[:place]}{digit}{written[place:]}", scale) != target or not written


@pytest.mark.thorough
@given(scales_with_targets)
def test_a_target_written_and_read_back_is_the_same(case: tuple[Scale, Target]) -> None:
    scale, target = case
    assert parse_target(write_target(target, scale), scale) == target


@given(scales(), typed_texts)
def test_any_text_is_a_target_or_refused(scale: Scale, text: str) -> None:
    target = read(text, scale)
    if isinstance(target, TargetError):
        assert clean(say(target.message)) == say(target.message)
    else:
        assert parse_target(write_target(target, scale), scale) == target


@pytest.mark.parametrize(
    "text", ["högst 14 till 2026", "85 dagar till och med 2026", "85 till och med 2026", "85 dagar 2026"]
)
def test_a_year_that_can_only_be_a_year_is_asked_about_by_nobody(text: str) -> None:
    """Only where the text says a level too (“från 85 till 2026”) could it be meant."""
    found = parse_target(text, DAYS)
    assert found.horizon.endswith("2026")
    assert {found.low, found.high} - {None} in ({Decimal(14)}, {Decimal(85)})


def test_every_rule_in_figures_goes_up_or_down_or_stays_within() -> None:
    judged_otherwise = {Rule.WITHIN, Rule.YES, Rule.QUALITATIVE, Rule.NONE}
    assert sorted([*UPWARD_RULES, *DOWNWARD_RULES, *judged_otherwise]) == sorted(Rule)
    assert BASED_RULES < UPWARD_RULES | DOWNWARD_RULES
