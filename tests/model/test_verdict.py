"""Judging: every row of docs/rules.md, Judging, and what holds whatever the figures are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kvaltui.i18n import say
from kvaltui.model.figure import Answer, Figure, parse_figure
from kvaltui.model.period import Period
from kvaltui.model.policy import Policy, PolicyError, parse_policy
from kvaltui.model.quantity import Operator
from kvaltui.model.scale import Direction, Scale
from kvaltui.model.status import Status
from kvaltui.model.target import parse_target
from kvaltui.model.target_rule import BASED_RULES, DOWNWARD_RULES, NO_TARGET, UPWARD_RULES, Rule, Target
from kvaltui.model.verdict import Verdict, combine, judge
from tests.model.strategies import figures, scales, targets

PERCENT = Scale("%")
PERCENT_LOW = Scale("%", Direction.LOWER)
COUNT = Scale("antal")
DAYS = Scale("dagar", Direction.LOWER)
BAND = Scale("%", Direction.BAND)
YES_NO = Scale("ja/nej")
TEXT = Scale("text")
NEUTRAL = Scale("tkr", Direction.NEUTRAL)
UNITS = Scale("dagar", Direction.LOWER, ("BOU", "VUX", "LSS"))
AGES = Scale("%", Direction.HIGHER, ("0–12 år", "13–20 år"))

STANDARD = parse_policy("80 %", "")
STRICT = parse_policy("", "")
NEAR = parse_policy("", "2")
EITHER = parse_policy("90 %", "5")

ACHIEVED, PARTLY, MISSED = Status.ACHIEVED, Status.PARTIALLY_ACHIEVED, Status.NOT_ACHIEVED
UNASSESSED, OUTSIDE = Status.NOT_ASSESSED, Status.NOT_APPLICABLE


def judged(
    outcome: str, target: str, scale: Scale = PERCENT, policy: Policy = STANDARD, previous: str = "", part: str = ""
) -> Verdict:
    return judge(
        parse_figure(outcome, scale) if outcome else None,
        parse_target(target, scale),
        previous=parse_figure(previous, scale) if previous else None,
        previous_period=Period(2021) if previous else None,
        policy=policy,
        scale=scale,
        part=part,
    )


@pytest.mark.parametrize(
    ("outcome", "target", "scale", "policy", "status"),
    [
        # at least
        ("100 %", "100 %", PERCENT, STANDARD, ACHIEVED),
        ("100,0 %", "100 %", PERCENT, STANDARD, ACHIEVED),
        ("80 %", "100 %", PERCENT, STANDARD, PARTLY),
        ("79,99 %", "100 %", PERCENT, STANDARD, MISSED),
        ("99,99 %", "100 %", PERCENT, STRICT, MISSED),
        ("98 %", "100 %", PERCENT, NEAR, PARTLY),
        ("97,9 %", "100 %", PERCENT, NEAR, MISSED),
        ("95 %", "100 %", PERCENT, EITHER, PARTLY),
        ("89 %", "100 %", PERCENT, EITHER, MISSED),
        ("5", "10", COUNT, EITHER, PARTLY),
        ("0", "0", COUNT, STANDARD, ACHIEVED),
        ("-1", "0", COUNT, STANDARD, MISSED),
        ("-1", "0", COUNT, NEAR, PARTLY),
        ("-11", "-10", COUNT, STANDARD, MISSED),
        ("-11", "-10", COUNT, NEAR, PARTLY),
        ("-9", "-10", COUNT, STANDARD, ACHIEVED),
        ("95 %", "> 95 %", PERCENT, STANDARD, PARTLY),
        ("95 %", "> 95 %", PERCENT, STRICT, MISSED),
        ("95,01 %", "> 95 %", PERCENT, STRICT, ACHIEVED),
        ("76 %", "> 95 %", PERCENT, STANDARD, PARTLY),
        ("8/10", "8/10", PERCENT, STRICT, ACHIEVED),
        ("271/705", "38,44 %", PERCENT, STRICT, MISSED),
        ("271/705", "38,43 %", PERCENT, STRICT, ACHIEVED),
        ("2/3", "2/3", PERCENT, STRICT, ACHIEVED),
        # at most
        ("120 dagar", "120", DAYS, STANDARD, ACHIEVED),
        ("150", "120", DAYS, STANDARD, PARTLY),
        ("150,1", "120", DAYS, STANDARD, MISSED),
        ("121", "120", DAYS, STRICT, MISSED),
        ("122", "120", DAYS, NEAR, PARTLY),
        ("123", "120", DAYS, NEAR, MISSED),
        ("1", "0", DAYS, STANDARD, MISSED),
        ("1", "0", DAYS, NEAR, PARTLY),
        ("-9", "-10", DAYS, STANDARD, MISSED),
        ("-9", "-10", DAYS, NEAR, PARTLY),
        ("5", "under 5", DAYS, STRICT, MISSED),
        ("4,9", "under 5", DAYS, STRICT, ACHIEVED),
        # within
        ("45 %", "45–55 %", BAND, STANDARD, ACHIEVED),
        ("55 %", "45–55 %", BAND, STANDARD, ACHIEVED),
        ("36 %", "45–55 %", BAND, STANDARD, PARTLY),
        ("35,9 %", "45–55 %", BAND, STANDARD, MISSED),
        ("68,75 %", "45–55 %", BAND, STANDARD, PARTLY),
        ("68,76 %", "45–55 %", BAND, STANDARD, MISSED),
        ("43 %", "50 ± 5 %", BAND, NEAR, PARTLY),
        ("57,1 %", "50 ± 5 %", BAND, NEAR, MISSED),
        ("1", "0–0", COUNT, STANDARD, MISSED),
        # increase and decrease with a base of their own
        ("751", "öka från 750", COUNT, STANDARD, ACHIEVED),
        ("750", "öka från 750", COUNT, STANDARD, PARTLY),
        ("750", "öka från 750", COUNT, STRICT, PARTLY),
        ("749", "öka från 750", COUNT, STANDARD, MISSED),
        ("749", "minska från 750", COUNT, STANDARD, ACHIEVED),
        ("750", "minska från 750", COUNT, STANDARD, PARTLY),
        ("751", "minska från 750", COUNT, STANDARD, MISSED),
        # maintain
        ("750", "bibehålla eller öka från 750", COUNT, STANDARD, ACHIEVED),
        ("600", "bibehålla eller öka från 750", COUNT, STANDARD, PARTLY),
        ("599", "bibehålla eller öka från 750", COUNT, STANDARD, MISSED),
        ("750", "bibehålla eller minska från 750", COUNT, STANDARD, ACHIEVED),
        ("937", "bibehålla eller minska från 750", COUNT, STANDARD, PARTLY),
        ("938", "bibehålla eller minska från 750", COUNT, STANDARD, MISSED),
        # yes
        ("ja", "ja", YES_NO, STANDARD, ACHIEVED),
        ("delvis", "ja", YES_NO, STANDARD, PARTLY),
        ("nej", "ja", YES_NO, STANDARD, MISSED),
        ("Ja", "-", YES_NO, STANDARD, ACHIEVED),
        ("nej", "", YES_NO, STANDARD, MISSED),
        # a person only
        ("Pågår", "Systematisk analys", TEXT, STANDARD, UNASSESSED),
        ("Pågår", "", TEXT, STANDARD, UNASSESSED),
        ("3", "Systematisk analys", COUNT, STANDARD, UNASSESSED),
        # no target, or one that is only compared with
        ("86 %", "-", PERCENT, STANDARD, UNASSESSED),
        ("200", "100", NEUTRAL, STANDARD, UNASSESSED),
        # missing
        ("", "80 %", PERCENT, STANDARD, UNASSESSED),
        ("ej mätt", "80 %", PERCENT, STANDARD, UNASSESSED),
        ("..", "80 %", PERCENT, STANDARD, UNASSESSED),
        ("ej tillämplig", "80 %", PERCENT, STANDARD, OUTSIDE),
        # intervals and operators
        ("72–100 %", "80 %", PERCENT, STANDARD, UNASSESSED),
        ("80–100 %", "80 %", PERCENT, STANDARD, ACHIEVED),
        ("64–79 %", "80 %", PERCENT, STANDARD, PARTLY),
        ("60–79 %", "80 %", PERCENT, STANDARD, UNASSESSED),
        ("60–79 %", "80 %", PERCENT, STRICT, MISSED),
        (">98 %", "98 %", PERCENT, STANDARD, ACHIEVED),
        (">98 %", "> 98 %", PERCENT, STRICT, ACHIEVED),
        ("≥98 %", "> 98 %", PERCENT, STRICT, UNASSESSED),
        (">98 %", "99 %", PERCENT, STANDARD, UNASSESSED),
        ("över 98 %", "högst 100 %", PERCENT, STANDARD, ACHIEVED),
        ("över 98 %", "högst 120 %", PERCENT, STANDARD, UNASSESSED),
        ("över 110 %", "högst 105 %", PERCENT, STRICT, MISSED),
        ("över 98", "högst 100", DAYS, STANDARD, UNASSESSED),
        ("<5", "5", DAYS, STANDARD, ACHIEVED),
        ("<5 %", "0–5 %", BAND, STANDARD, ACHIEVED),
        ("inom 14 dgr", "14 dgr", DAYS, STANDARD, ACHIEVED),
        ("40–60 %", "45–55 %", BAND, STRICT, UNASSESSED),
        ("46–54 %", "45–55 %", BAND, STRICT, ACHIEVED),
        ("30–40 %", "45–55 %", BAND, STRICT, MISSED),
        (">100 %", "101 %", PERCENT, STRICT, UNASSESSED),
    ],
)
def test_one_outcome_against_one_target(
    outcome: str, target: str, scale: Scale, policy: Policy, status: Status
) -> None:
    assert judged(outcome, target, scale, policy).status is status


@pytest.mark.parametrize(
    ("outcome", "target", "reason"),
    [
        (Figure(answer=Answer.YES), NO_TARGET, "det finns inget målvärde att bedöma mot"),
        (Figure(answer=Answer.YES), Target(Rule.AT_LEAST, low=Decimal(1)), "målet kräver ett tal: kan inte bedömas"),
        (Figure(answer=Answer.YES), Target(Rule.QUALITATIVE, text="Analys"), "bedöms bara av en människa"),
        (Figure(Decimal(3), Decimal(3)), Target(Rule.YES), "målet kräver ja, delvis eller nej: kan inte bedömas"),
        (Figure(text="Pågår"), Target(Rule.AT_LEAST, low=Decimal(1)), "bedöms bara av en människa"),
    ],
)
def test_outcomes_and_targets_that_do_not_fit(outcome: Figure, target: Target, reason: str) -> None:
    verdict = judge(outcome, target, policy=STANDARD, scale=COUNT)
    assert (verdict.status, verdict.rule, say(verdict.reason)) == (UNASSESSED, target.rule, reason)


@pytest.mark.parametrize(
    ("outcome", "target", "previous", "scale", "status"),
    [
        ("42", "öka", "41", COUNT, ACHIEVED),
        ("41", "öka", "41", COUNT, PARTLY),
        ("40", "öka", "41", COUNT, MISSED),
        ("40", "minska", "41", COUNT, ACHIEVED),
        ("40", "bibehålla", "41", COUNT, PARTLY),
        ("41", "bibehålla", "41", COUNT, ACHIEVED),
        ("42", "bibehålla", "41", DAYS, PARTLY),
        ("41", "bibehålla", "42", DAYS, ACHIEVED),
        ("2", "1 ny", "2", COUNT, MISSED),
        ("3", "1 ny", "2", COUNT, ACHIEVED),
        ("4", "2 nya", "2", COUNT, ACHIEVED),
        ("3", "2 nya", "2", COUNT, MISSED),
        ("42", "öka", "", COUNT, UNASSESSED),
        ("42", "öka", "ej mätt", COUNT, UNASSESSED),
        ("99 %", "öka", ">98 %", PERCENT, UNASSESSED),
        ("98 %", "öka", ">98 %", PERCENT, MISSED),
        (">98 %", "öka", "98 %", PERCENT, ACHIEVED),
        ("72–100 %", "öka", "70 %", PERCENT, ACHIEVED),
        ("72–100 %", "öka", "80 %", PERCENT, UNASSESSED),
    ],
)
def test_one_outcome_against_the_previous_one(
    outcome: str, target: str, previous: str, scale: Scale, status: Status
) -> None:
    assert judged(outcome, target, scale, STANDARD, previous).status is status


@pytest.mark.parametrize(
    ("outcome", "target", "scale", "rule"),
    [
        ("86 %", "100 %", PERCENT, Rule.AT_LEAST),
        ("ej mätt", "100 %", PERCENT, Rule.AT_LEAST),
        ("", "högst 3 %", PERCENT, Rule.AT_MOST),
        ("86 %", "-", PERCENT, Rule.NONE),
        ("Ja", "-", YES_NO, Rule.YES),
        ("3", "1 ny", COUNT, Rule.ADD),
        ("Pågår", "Systematisk analys", TEXT, Rule.QUALITATIVE),
        ("BOU 119; VUX 29; LSS 167", "Max 120", UNITS, Rule.AT_MOST),
        ("79 % resp 84 %", "90 % resp 85 %", AGES, Rule.AT_LEAST),
    ],
)
def test_the_rule_is_named(outcome: str, target: str, scale: Scale, rule: Rule) -> None:
    assert judged(outcome, target, scale).rule is rule


@pytest.mark.parametrize(
    ("outcome", "target", "scale", "whole", "parts"),
    [
        ("BOU 119; VUX 29; LSS 167", "Max 120", UNITS, PARTLY, (ACHIEVED, ACHIEVED, MISSED)),
        ("BOU 119; VUX 29; LSS 130", "Max 120", UNITS, PARTLY, (ACHIEVED, ACHIEVED, PARTLY)),
        ("BOU 119; VUX 29; LSS 20", "Max 120", UNITS, ACHIEVED, (ACHIEVED, ACHIEVED, ACHIEVED)),
        ("BOU 219; VUX 290; LSS 167", "Max 120", UNITS, MISSED, (MISSED, MISSED, MISSED)),
        ("BOU 219; VUX 290; LSS 130", "Max 120", UNITS, PARTLY, (MISSED, MISSED, PARTLY)),
        ("BOU 119; VUX -; LSS 20", "Max 120", UNITS, ACHIEVED, (ACHIEVED, UNASSESSED, ACHIEVED)),
        ("BOU -; VUX -; LSS -", "Max 120", UNITS, UNASSESSED, (UNASSESSED, UNASSESSED, UNASSESSED)),
        ("BOU .; VUX .; LSS .", "Max 120", UNITS, OUTSIDE, (OUTSIDE, OUTSIDE, OUTSIDE)),
        ("BOU 219; VUX .; LSS -", "Max 120", UNITS, MISSED, (MISSED, OUTSIDE, UNASSESSED)),
        ("BOU 119; VUX 29; LSS 167", "BOU 120; VUX 20; LSS 170", UNITS, PARTLY, (ACHIEVED, MISSED, ACHIEVED)),
        ("90 % resp 85 %", "90 % resp 85 %", AGES, ACHIEVED, (ACHIEVED, ACHIEVED)),
        ("79 % resp 84 %", "90 % resp 85 %", AGES, PARTLY, (PARTLY, PARTLY)),
        ("BOU 119; VUX 29; LSS 167", "-", UNITS, UNASSESSED, (UNASSESSED, UNASSESSED, UNASSESSED)),
    ],
)
def test_parts(outcome: str, target: str, scale: Scale, whole: Status, parts: tuple[Status, ...]) -> None:
    verdict = judged(outcome, target, scale)
    assert (verdict.status, tuple(part.status for _, part in verdict.parts)) == (whole, parts)
    assert tuple(name for name, _ in verdict.parts) == scale.breakdown


def test_parts_increase_from_their_own_earlier_figures() -> None:
    verdict = judged("BOU 2; VUX 2; LSS 2", "öka", UNITS, previous="BOU 1; VUX 2; LSS 3")
    assert [part.status for _, part in verdict.parts] == [ACHIEVED, PARTLY, MISSED]


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        (
            judged("86 %", "100 %"),
            "86 % mot minst 100 %: 14 procentenheter under målet; 86 % av målet, delvis från 80 %",
        ),
        (judged("72–100 %", "80 %"), "72–100 % spänner över målet 80 %: kan inte bedömas"),
        (judged("167 dagar", "Max 120", DAYS, part="LSS"), "167 dagar mot högst 120: 47 dagar över (LSS)"),
        (judged("119", "Max 120", DAYS, part="BOU"), "119 dagar mot högst 120: 1 dag under (BOU)"),
        (judged("100 %", "90 %"), "100 % mot minst 90 %: 10 procentenheter över målet"),
        (judged("90,0 %", "90 %"), "90,0 % mot minst 90 %: precis på målet"),
        (
            judged("95 %", "> 95 %"),
            "95 % mot mer än 95 %: precis på gränsen, vilket inte räcker; 100 % av målet, delvis från 80 %",
        ),
        (judged("79,99 %", "100 %", policy=STRICT), "79,99 % mot minst 100 %: 20,01 procentenheter under målet"),
        (
            judged("79,96 %", "100 %"),
            "79,96 % mot minst 100 %: 20,04 procentenheter under målet; 79,96 % av målet, delvis från 80 %",
        ),
        (
            judged("99 %", "100 %", policy=EITHER),
            "99 % mot minst 100 %: 1 procentenhet under målet; 99 % av målet, delvis från 90 %; "
            "delvis inom 5 procentenheter",
        ),
        (
            judged("271/705", "80 %"),
            "38,4 % (271 av 705) mot minst 80 %: 41,6 procentenheter under målet; 48 % av målet, delvis från 80 %",
        ),
        (
            judged("1 473 495", "högst 1 400 000", COUNT),
            "1 473 495 mot högst 1 400 000: 73 495 över målet; målet är 95 % av utfallet, delvis från 80 %",
        ),
        (judged("bedömd 98 %", "98 %"), "bedömd 98 % mot minst 98 %: precis på målet"),
        (judged("50 %", "45–55 %", BAND), "50 % mot 45–55 %: inom målet"),
        (
            judged("40 %", "45–55 %", BAND),
            "40 % mot 45–55 %: 5 procentenheter under målet; 89 % av målet, delvis från 80 %",
        ),
        (judged("inom 14 dgr", "14 dgr", DAYS), "≤14 dagar mot högst 14: hela intervallet når målet"),
        (judged("60–79 %", "80 %"), "60–79 % mot 80 % spänner över gränsen för delvis uppnått: kan inte bedömas"),
        (judged("2", "1 ny", COUNT, previous="2"), "2 mot minst 3: 1 under målet; målet är 1 fler än 2 (2021)"),
        (judged("42", "öka", COUNT, previous="40"), "42 mot 40 (2021): 2 högre; målet är att öka"),
        (judged("750", "minska från 750", COUNT), "750 mot 750: oförändrat; målet är att minska"),
        (
            judged("600", "bibehålla eller öka", COUNT, previous="750"),
            "600 mot 750 (2021): 150 lägre; målet är att bibehålla eller öka; 80 % av målet, delvis från 80 %",
        ),
        (judged("42", "öka", COUNT), "det finns inget tidigare utfall att jämföra med"),
        (judged("ja", "ja", YES_NO), "svaret är ja"),
        (judged("ej mätt", "80 %"), "ej mätt: kan inte bedömas"),
        (judged("ej tillämplig", "80 %"), "ej tillämpligt för perioden"),
        (judged("", "80 %"), "inget utfall är inlagt för perioden"),
        (judged("86 %", "-"), "det finns inget målvärde att bedöma mot"),
        (judged("Pågår", "Systematisk analys", TEXT), "bedöms bara av en människa"),
        (judged("200", "100", NEUTRAL), "200 tkr bredvid 100: jämförs bara, bedöms inte"),
        (
            judged("BOU 119; VUX 29; LSS 167", "Max 120", UNITS),
            "2 av 3 delar når målet; 167 dagar mot högst 120: 47 dagar över (LSS)",
        ),
        (judged("90 % resp 85 %", "90 % resp 85 %", AGES), "båda delarna når målet"),
        (judged("BOU 1; VUX 1; LSS 1", "Max 120", UNITS), "alla 3 delar når målet"),
        (judged("BOU 1; VUX 1; LSS -", "Max 120", UNITS), "2 av 3 delar når målet; 2 av 3 delar bedömda"),
    ],
)
def test_reasons_in_swedish(verdict: Verdict, sentence: str) -> None:
    assert say(verdict.reason).replace("\N{NO-BREAK SPACE}", " ") == sentence


def test_reasons_in_english() -> None:
    assert str(judged("86 %", "100 %").reason) == (
        "86 % against at least 100 %: 14 percentage points below the target; 86 % of the target, partial from 80 %"
    )


def test_only_a_few_of_many_parts_are_named() -> None:
    parts = tuple(f"d{number}" for number in range(9))
    scale = Scale("dagar", Direction.LOWER, parts)
    sentence = say(judged("; ".join(f"{part} 500" for part in parts), "Max 120", scale).reason)
    assert sentence.startswith("0 av 9 delar når målet; 500 dagar mot högst 120: 380 dagar över (d0); ")
    assert sentence.endswith("(d2); ytterligare 6 når inte målet")


@pytest.mark.parametrize(
    ("partial_from", "partial_within", "policy"),
    [
        ("80 %", "", Policy(Decimal("0.8"))),
        ("", "", Policy()),
        ("82,5%", "2", Policy(Decimal("0.825"), Decimal(2))),
        ("100 %", "0,5 %", Policy(Decimal(1), Decimal("0.5"))),
        ("", "5 dagar", Policy(None, Decimal(5))),
    ],
)
def test_policies(partial_from: str, partial_within: str, policy: Policy) -> None:
    assert parse_policy(partial_from, partial_within) == policy


@pytest.mark.parametrize(
    ("partial_from", "partial_within", "field"),
    [
        ("80", "", "partial_from"),
        ("0 %", "", "partial_from"),
        ("101 %", "", "partial_from"),
        ("-5 %", "", "partial_from"),
        ("åttio %", "", "partial_from"),
        ("80 %", "-1", "partial_within"),
        ("80 %", "nära", "partial_within"),
        ("80 %", "5 6 7 dagar", "partial_within"),
    ],
)
def test_policies_that_cannot_be_read(partial_from: str, partial_within: str, field: str) -> None:
    with pytest.raises(PolicyError) as caught:
        parse_policy(partial_from, partial_within)
    assert caught.value.field == field
    assert say(caught.value.message)


numbers = st.decimals(-10_000, 10_000, allow_nan=False, allow_infinity=False, places=2)
positive = st.decimals(Decimal("0.01"), 10_000, places=2)
policies = st.builds(
    Policy,
    st.none() | st.decimals(Decimal("0.01"), 1, places=2),
    st.none() | st.decimals(0, 100, places=1),
)
ORDER = {MISSED: 0, PARTLY: 1, ACHIEVED: 2}


def exact(number: Decimal) -> Figure:
    return Figure(number, number)


def status_of(figure: Figure, target: Target, policy: Policy, previous: Decimal | None = None) -> Status:
    base = exact(previous) if previous is not None else None
    return judge(figure, target, previous=base, policy=policy, scale=COUNT).status


@given(numbers, numbers, numbers, st.booleans(), policies)
def test_a_better_outcome_never_gives_a_worse_status(
    first: Decimal, second: Decimal, limit: Decimal, is_strict: bool, policy: Policy
) -> None:
    low, high = sorted((first, second))
    at_least = Target(Rule.AT_LEAST, low=limit, is_strict=is_strict)
    at_most = Target(Rule.AT_MOST, high=limit, is_strict=is_strict)
    assert ORDER[status_of(exact(low), at_least, policy)] <= ORDER[status_of(exact(high), at_least, policy)]
    assert ORDER[status_of(exact(low), at_most, policy)] >= ORDER[status_of(exact(high), at_most, policy)]


@given(numbers, numbers, numbers, policies)
def test_trends_are_monotone(first: Decimal, second: Decimal, base: Decimal, policy: Policy) -> None:
    low, high = sorted((first, second))
    trends = BASED_RULES - {Rule.ADD}
    for rule in trends & UPWARD_RULES:
        worse, better = (status_of(exact(each), Target(rule), policy, base) for each in (low, high))
        assert ORDER[worse] <= ORDER[better]
    for rule in trends & DOWNWARD_RULES:
        worse, better = (status_of(exact(each), Target(rule), policy, base) for each in (high, low))
        assert ORDER[worse] <= ORDER[better]


@given(numbers, numbers, numbers, policies)
def test_a_looser_limit_never_gives_a_worse_status(
    outcome: Decimal, first: Decimal, second: Decimal, policy: Policy
) -> None:
    assume(policy.partial_from is None or min(first, second) > 0)
    low, high = sorted((first, second))
    harder, easier = (status_of(exact(outcome), Target(Rule.AT_LEAST, low=limit), policy) for limit in (high, low))
    assert ORDER[harder] <= ORDER[easier]


limits = st.one_of(
    st.builds(lambda limit: Target(Rule.AT_LEAST, low=limit), numbers),
    st.builds(lambda limit: Target(Rule.AT_MOST, high=limit), numbers),
    st.builds(lambda ends: Target(Rule.WITHIN, low=min(ends), high=max(ends)), st.tuples(numbers, numbers)),
    st.builds(lambda base: Target(Rule.INCREASE, base=base), numbers),
    st.builds(lambda base: Target(Rule.DECREASE, base=base), numbers),
    st.builds(lambda base: Target(Rule.MAINTAIN_OR_INCREASE, base=base), numbers),
    st.builds(lambda base, amount: Target(Rule.ADD, base=base, amount=amount), numbers, positive),
)


@given(numbers, numbers, st.decimals(0, 1, places=3), limits, policies)
def test_an_interval_agrees_with_its_ends_and_with_all_between(
    first: Decimal, second: Decimal, where: Decimal, target: Target, policy: Policy
) -> None:
    low, high = sorted((first, second))
    whole = status_of(Figure(low, high, Operator.INTERVAL), target, policy)
    ends = {status_of(exact(low), target, policy), status_of(exact(high), target, policy)}
    if whole is UNASSESSED:
        assert len(ends) > 1 or target.rule is Rule.WITHIN
    else:
        assert {whole} == ends
        assert status_of(exact(low + where * (high - low)), target, policy) is whole


@given(numbers, st.sampled_from(Operator), positive, limits, policies)
def test_an_open_interval_agrees_with_all_that_it_may_be(
    end: Decimal, operator: Operator, away: Decimal, target: Target, policy: Policy
) -> None:
    assume(operator not in (Operator.EXACT, Operator.INTERVAL))
    is_upward = operator in (Operator.GREATER, Operator.AT_LEAST)
    figure = Figure(end, None, operator) if is_upward else Figure(None, end, operator)
    whole = status_of(figure, target, policy)
    if whole is not UNASSESSED:
        assert status_of(exact(end + away if is_upward else end - away), target, policy) is whole


@given(positive, positive, st.decimals(Decimal("0.01"), 1, places=2))
def test_shares_are_exact(outcome: Decimal, limit: Decimal, share: Decimal) -> None:
    assume(outcome < limit)
    partly = status_of(exact(outcome), Target(Rule.AT_LEAST, low=limit), Policy(share)) is PARTLY
    over, under = outcome.as_integer_ratio(), limit.as_integer_ratio()
    part, whole = share.as_integer_ratio()
    assert partly == (over[0] * under[1] * whole >= part * over[1] * under[0])


cases = scales().flatmap(
    lambda scale: st.tuples(st.just(scale), st.none() | figures(scale), targets(scale), st.none() | figures(scale))
)


@given(cases, policies, st.sampled_from(("", "BOU")))
def test_whatever_can_be_written_is_judged_with_a_reason(
    case: tuple[Scale, Figure | None, Target, Figure | None], policy: Policy, part: str
) -> None:
    scale, figure, target, previous = case
    verdict = judge(
        figure, target, previous=previous, previous_period=Period(2020), policy=policy, scale=scale, part=part
    )
    assert say(verdict.reason)
    for _, each in verdict.parts:
        assert say(each.reason)


@given(st.lists(st.sampled_from(Status), max_size=6))
def test_parts_together(statuses: list[Status]) -> None:
    parts = [(str(place), Verdict(status, Rule.AT_LEAST, NOTHING)) for place, status in enumerate(statuses)]
    whole = combine(parts).status
    assessed = [status for status in statuses if status in ORDER]
    if not assessed:
        assert whole is (OUTSIDE if statuses and set(statuses) == {OUTSIDE} else UNASSESSED)
    elif set(assessed) == {ACHIEVED}:
        assert whole is ACHIEVED
    elif set(assessed) == {MISSED}:
        assert whole is MISSED
    else:
        assert whole is PARTLY


NOTHING = judged("", "").reason
