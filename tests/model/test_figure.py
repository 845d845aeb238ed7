"""Outcomes as people write them; the tables of docs/rules.md are read by test_written_rules."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.i18n import say
from kvaltui.model.absence import MissingReason
from kvaltui.model.clean import clean
from kvaltui.model.figure import Answer, Figure, FigureError, parse_figure, write_figure
from kvaltui.model.quantity import Operator
from kvaltui.model.scale import Direction, Scale
from tests.model.strategies import scales, scales_with_figures, typed_texts
from tests.sampled import sampled

PERCENT = Scale("%")
COUNT = Scale("antal")
DAYS = Scale("dagar", Direction.LOWER)
THOUSANDS = Scale("tkr", Direction.NEUTRAL)
YES_NO = Scale("ja/nej")
TEXT = Scale("text")
BARE = Scale("")
UNITS = Scale("dagar", Direction.LOWER, ("BOU", "VUX", "LSS"))
AGES = Scale("%", Direction.HIGHER, ("0–12 år", "13–20 år"))
GENDERS = Scale("%", Direction.LOWER, ("Kvinnor", "Män"))
NESTED = Scale("antal", Direction.HIGHER, ("LSS", "LSS 9", "LSS barn"))


def read(text: str, scale: Scale) -> Figure | FigureError:
    try:
        return parse_figure(text, scale)
    except FigureError as error:
        return error


def number(text: str) -> Figure:
    return Figure(Decimal(text), Decimal(text))


def interval(low: str, high: str) -> Figure:
    return Figure(Decimal(low), Decimal(high), Operator.INTERVAL)


def open_interval(operator: Operator, end: str) -> Figure:
    upward = operator in (Operator.GREATER, Operator.AT_LEAST)
    return Figure(Decimal(end) if upward else None, None if upward else Decimal(end), operator)


def ratio(numerator: int, denominator: int, value: str, *, is_value_stated: bool = False) -> Figure:
    return Figure(
        Decimal(value),
        Decimal(value),
        numerator=Decimal(numerator),
        denominator=Decimal(denominator),
        is_value_stated=is_value_stated,
    )


def parts(**values: str) -> Figure:
    return Figure(parts=tuple((name, number(value)) for name, value in values.items()))


SHARE_271_OF_705 = "38.43971631205673758865248227"

NUMBERS = [
    (PERCENT, "86", number("86")),
    (PERCENT, "86 %", number("86")),
    (PERCENT, "86%", number("86")),
    (PERCENT, " 86\u00a0% ", number("86")),
    (PERCENT, "86 procent", number("86")),
    (PERCENT, "86 PROCENT", number("86")),
    (PERCENT, "25,06%", number("25.06")),
    (PERCENT, "5.1", number("5.1")),
    (PERCENT, "0,76", number("0.76")),
    (THOUSANDS, "-3 420", number("-3420")),
    (THOUSANDS, "−3 420", number("-3420")),
    (THOUSANDS, "–3 420", number("-3420")),
    (THOUSANDS, "1 473 495", number("1473495")),
    (THOUSANDS, "1\u00a0473\u202f495 tkr", number("1473495")),
    (Scale("kr"), "500 kronor", number("500")),
    (Scale("kr/invånare"), "500 kr/invånare", number("500")),
    (Scale("mån"), "3 månader", number("3")),
    (DAYS, "86 dgr", number("86")),
    (DAYS, "1 dag", number("1")),
    (DAYS, "86 Dagar.", number("86")),
    (COUNT, "86 st", number("86")),
    (COUNT, "86 st.", number("86")),
    (COUNT, "86 personer", number("86")),
    (Scale("antal ärenden"), "86 ärenden", number("86")),
    (Scale("kaffekoppar"), "3 Kaffekoppar", number("3")),
    (BARE, "86 %", number("86")),
]
INTERVALS = [
    (PERCENT, ">98 %", open_interval(Operator.GREATER, "98")),
    (PERCENT, "> 98%", open_interval(Operator.GREATER, "98")),
    (PERCENT, "över 98", open_interval(Operator.GREATER, "98")),
    (PERCENT, "Mer än 98 %", open_interval(Operator.GREATER, "98")),
    (PERCENT, "≥98", open_interval(Operator.AT_LEAST, "98")),
    (PERCENT, ">= 98", open_interval(Operator.AT_LEAST, "98")),
    (PERCENT, "minst 98", open_interval(Operator.AT_LEAST, "98")),
    (PERCENT, "MINST\u00a098 %", open_interval(Operator.AT_LEAST, "98")),
    (COUNT, "<5", open_interval(Operator.LESS, "5")),
    (COUNT, "under 5", open_interval(Operator.LESS, "5")),
    (COUNT, "färre än 5", open_interval(Operator.LESS, "5")),
    (DAYS, "≤14", open_interval(Operator.AT_MOST, "14")),
    (DAYS, "<= 14", open_interval(Operator.AT_MOST, "14")),
    (DAYS, "högst 14", open_interval(Operator.AT_MOST, "14")),
    (DAYS, "max 14", open_interval(Operator.AT_MOST, "14")),
    (DAYS, "max. 14 dagar", open_interval(Operator.AT_MOST, "14")),
    (DAYS, "inom 14 dgr", open_interval(Operator.AT_MOST, "14")),
    (DAYS, "Inom 14\ndgr", open_interval(Operator.AT_MOST, "14")),
    (PERCENT, "72–100 %", interval("72", "100")),
    (PERCENT, "72 - 100%", interval("72", "100")),
    (PERCENT, "72 % − 100 %", interval("72", "100")),
    (PERCENT, "72 –\n100 %", interval("72", "100")),
    (PERCENT, "72 till 100", interval("72", "100")),
    (PERCENT, "mellan 72 och 100", interval("72", "100")),
    (PERCENT, "72–72", interval("72", "72")),
    (THOUSANDS, "1 000–2 000 tkr", interval("1000", "2000")),
    (THOUSANDS, "−5–−3", interval("-5", "-3")),
    (THOUSANDS, "-5 - 3", interval("-5", "3")),
]
RATIOS = [
    (PERCENT, "271/705", ratio(271, 705, SHARE_271_OF_705)),
    (PERCENT, "271 av 705", ratio(271, 705, SHARE_271_OF_705)),
    (PERCENT, "271 av 705 svar", ratio(271, 705, SHARE_271_OF_705)),
    (PERCENT, "8/10", ratio(8, 10, "80")),
    (PERCENT, "0/5", ratio(0, 5, "0")),
    (PERCENT, "12/10", ratio(12, 10, "120")),
    (COUNT, "8/10", ratio(8, 10, "0.8")),
    (PERCENT, "1 473 / 2 000", ratio(1473, 2000, "73.65")),
    (PERCENT, "38 % (271 av 705)", ratio(271, 705, "38", is_value_stated=True)),
    (PERCENT, "38%(271/705)", ratio(271, 705, "38", is_value_stated=True)),
    (PERCENT, "40 (271/705)", ratio(271, 705, "40", is_value_stated=True)),
    (PERCENT, "271 av 705 (38 %)", ratio(271, 705, "38", is_value_stated=True)),
]
OTHERS = [
    (PERCENT, "bedömd 98 %", replace(number("98"), is_estimated=True)),
    (PERCENT, "Bedömd till 98%", replace(number("98"), is_estimated=True)),
    (PERCENT, "Bedömd 99%", replace(number("99"), is_estimated=True)),
    (PERCENT, "bedöms till 98", replace(number("98"), is_estimated=True)),
    (PERCENT, "ca 98", replace(number("98"), is_estimated=True)),
    (PERCENT, "ca. 98 %", replace(number("98"), is_estimated=True)),
    (PERCENT, "cirka 98", replace(number("98"), is_estimated=True)),
    (PERCENT, "~98", replace(number("98"), is_estimated=True)),
    (PERCENT, "ca 72–100 %", replace(interval("72", "100"), is_estimated=True)),
    (PERCENT, "98 % (bedömt)", replace(number("98"), is_estimated=True)),
    (YES_NO, "ja", Figure(answer=Answer.YES)),
    (YES_NO, "Ja", Figure(answer=Answer.YES)),
    (YES_NO, "JA.", Figure(answer=Answer.YES)),
    (YES_NO, "nej", Figure(answer=Answer.NO)),
    (YES_NO, "Delvis", Figure(answer=Answer.PARTLY)),
    (YES_NO, "ja (från mars)", Figure(answer=Answer.YES, note="från mars")),
    (BARE, "ja", Figure(answer=Answer.YES)),
    (COUNT, "1 (Malmslätt)", replace(number("1"), note="Malmslätt")),
    (COUNT, "1\n(Malms\n\nlätt)", replace(number("1"), note="Malms lätt")),
    (PERCENT, "25,06% (2016)", replace(number("25.06"), reference_year=2016)),
    (PERCENT, "25,06%(\n2016)", replace(number("25.06"), reference_year=2016)),
    (PERCENT, "86 % (2016) (enkät)", replace(number("86"), reference_year=2016, note="enkät")),
    (PERCENT, "86 % (våren 2016)", replace(number("86"), note="våren 2016")),
    (COUNT, "5 (3042)", replace(number("5"), note="3042")),
    (TEXT, "Pågår", Figure(text="Pågår")),
    (TEXT, "Arbete\npågår", Figure(text="Arbete pågår")),
    (TEXT, "86 % av kunderna", Figure(text="86 % av kunderna")),
    (TEXT, "ja", Figure(text="ja")),
    (TEXT, "98%/0/ behov", Figure(text="98%/0/ behov")),
]
PARTS = [
    (UNITS, "BOU 121; VUX 49; LSS 130", parts(BOU="121", VUX="49", LSS="130")),
    (UNITS, "LSS 130; BOU 121", parts(BOU="121", LSS="130")),
    (UNITS, "BOU 121 VUX 49 LSS 130", parts(BOU="121", VUX="49", LSS="130")),
    (UNITS, "bou: 121; vux = 49 dgr", parts(BOU="121", VUX="49")),
    (UNITS, "BOU 121 \n\nVUX 49\n\nLSS 130", parts(BOU="121", VUX="49", LSS="130")),
    (UNITS, "BOU \n119\nVUX 29\n\nLSS 167", parts(BOU="119", VUX="29", LSS="167")),
    (UNITS, "BOU 121, VUX 49 och LSS 130", parts(BOU="121", VUX="49", LSS="130")),
    (UNITS, "BOU 121 resp VUX 49", parts(BOU="121", VUX="49")),
    (UNITS, "BOU 121;", parts(BOU="121")),
    (UNITS, "BOU 1137 \n\nVUX  348\n\nLSS  1749", parts(BOU="1137", VUX="348", LSS="1749")),
    (UNITS, "VUX 25\n(31\nmars)", Figure(parts=(("VUX", replace(number("25"), note="31 mars")),))),
    (UNITS, "BOU -; VUX 3", Figure(parts=(("BOU", Figure(missing=MissingReason.NOT_MEASURED)), ("VUX", number("3"))))),
    (UNITS, "100", number("100")),
    (UNITS, "BOU 1 (som VUX 3; ungefär)", Figure(parts=(("BOU", replace(number("1"), note="som VUX 3; ungefär")),))),
    (AGES, "79 % resp 84 %", Figure(parts=(("0–12 år", number("79")), ("13–20 år", number("84"))))),
    (AGES, "79%\nresp.\n84%", Figure(parts=(("0–12 år", number("79")), ("13–20 år", number("84"))))),
    (AGES, "79 respektive 84", Figure(parts=(("0–12 år", number("79")), ("13–20 år", number("84"))))),
    (AGES, "0–12 år 79 %; 13–20 år 84 %", Figure(parts=(("0–12 år", number("79")), ("13–20 år", number("84"))))),
    (GENDERS, "kvinnor 5,1 män 5,0", Figure(parts=(("Kvinnor", number("5.1")), ("Män", number("5.0"))))),
    (GENDERS, "Ma\u0308n 5", Figure(parts=(("Män", number("5")),))),
    (NESTED, "LSS barn 3; LSS 4", Figure(parts=(("LSS", number("4")), ("LSS barn", number("3"))))),
    (NESTED, "LSS: 9 500", Figure(parts=(("LSS", number("9500")),))),
    (NESTED, "LSS 9 500", Figure(parts=(("LSS 9", number("500")),))),
    (NESTED, "LSS 9", Figure(parts=(("LSS", number("9")),))),
    (
        Scale("text", breakdown=("BOU", "VUX")),
        "BOU pågår; VUX klart",
        Figure(parts=(("BOU", Figure(text="pågår")), ("VUX", Figure(text="klart")))),
    ),
    (
        Scale("ja/nej", breakdown=("BOU", "VUX")),
        "BOU ja VUX nej",
        Figure(parts=(("BOU", Figure(answer=Answer.YES)), ("VUX", Figure(answer=Answer.NO)))),
    ),
    (Scale("%", breakdown=("ej", "ca")), "ej mätt", Figure(missing=MissingReason.NOT_MEASURED)),
    (Scale("%", breakdown=("ej", "ca")), "ej 5; ca 98", Figure(parts=(("ej", number("5")), ("ca", number("98"))))),
]
MISSING = [
    ("-", MissingReason.NOT_MEASURED),
    ("–", MissingReason.NOT_MEASURED),
    ("—", MissingReason.NOT_MEASURED),
    ("ej mätt", MissingReason.NOT_MEASURED),
    ("Ej\nmätt", MissingReason.NOT_MEASURED),
    ("inte mätt", MissingReason.NOT_MEASURED),
    ("ej mätbart", MissingReason.NOT_MEASURABLE),
    ("Ej \nmätbart", MissingReason.NOT_MEASURABLE),
    ("uppgift saknas", MissingReason.VALUE_MISSING),
    ("Uppgift \nsaknas i \n\nkolada", MissingReason.VALUE_MISSING),
    ("inga tillgängliga data", MissingReason.NO_DATA),
    ("Inga tillgängliga data", MissingReason.NO_DATA),
    ("bortfall", MissingReason.NONRESPONSE),
    ("sekretess", MissingReason.SUPPRESSED),
    ("..", MissingReason.SUPPRESSED),
    ("ej tillämplig", MissingReason.NOT_APPLICABLE),
    ("ej tillämpligt", MissingReason.NOT_APPLICABLE),
    (".", MissingReason.NOT_APPLICABLE),
    ("mäts årligen", MissingReason.DEFERRED),
    ("Mäts \nårligen", MissingReason.DEFERRED),
    ("följs upp efter augusti", MissingReason.DEFERRED),
    ("Följs \nupp \nefter \naugusti", MissingReason.DEFERRED),
    ("Bedömning sker vid årets slut", MissingReason.DEFERRED),
]


@pytest.mark.parametrize(("scale", "text", "figure"), NUMBERS + INTERVALS + RATIOS + OTHERS + PARTS)
def test_what_a_person_may_write(scale: Scale, text: str, figure: Figure) -> None:
    assert parse_figure(text, scale) == figure
    assert parse_figure(write_figure(figure, scale), scale) == figure


@pytest.mark.parametrize(("text", "reason"), MISSING)
@pytest.mark.parametrize("scale", sampled([PERCENT, COUNT, UNITS, YES_NO, TEXT, BARE]), ids=lambda scale: scale.unit)
def test_each_reason_why_there_is_no_figure(scale: Scale, text: str, reason: MissingReason) -> None:
    assert parse_figure(text, scale) == Figure(missing=reason)
    assert parse_figure(text.upper(), scale) == Figure(missing=reason)


PERCENTAGE = "skriv en andel som 86 %, 72–100 %, >98 % eller 271/705, eller varför värde saknas, till exempel ej mätt"
NUMBER = "skriv ett tal som 86, 72–100, >98 eller 8/10, eller varför värde saknas, till exempel ej mätt"
ANSWER = "skriv ja, delvis eller nej, eller varför svar saknas, till exempel ej mätt"


@pytest.mark.parametrize(
    ("scale", "text", "reason"),
    [
        (PERCENT, "12.500", "”12.500”: menar du 12\u00a0500 eller 12,5?"),
        (COUNT, "ca 12.500 st", "”12.500”: menar du 12\u00a0500 eller 12,5?"),
        (COUNT, "1–12.500", "”12.500”: menar du 12\u00a0500 eller 12,5?"),
        (THOUSANDS, "1.473.495", "”1.473.495”: skriv mellanslag mellan tusental. Menar du 1\u00a0473\u00a0495?"),
        (PERCENT, "12 34", "”12 34” kan vara flera tal: gruppera tusental tre och tre, som i 1\u00a0473\u00a0495"),
        (COUNT, "2 2 0 2", "”2 2 0 2” kan vara flera tal: gruppera tusental tre och tre, som i 1\u00a0473\u00a0495"),
        (PERCENT, "1e5", "”1e5”: skriv ut hela talet, utan exponent"),
        (PERCENT, "NaN", "”NaN” är inget tal att jämföra med: skriv talet med siffror"),
        (PERCENT, "inf", "”inf” är inget tal att jämföra med: skriv talet med siffror"),
        (COUNT, "1_000", "”1_000”: skriv mellanslag mellan tusental, som i 1\u00a0473\u00a0495"),
        (COUNT, "١٢", "”١٢”: skriv talet med siffrorna 0–9"),
        (PERCENT, "86 % 3", f"”86 % 3” går inte att läsa: {PERCENTAGE}"),
        (PERCENT, "86 dagar", "Indikatorn mäts i %, inte i ”dagar”"),
        (DAYS, "86 %", "Indikatorn mäts i dagar, inte i ”%”"),
        (THOUSANDS, "500 kr", "Indikatorn mäts i tkr, inte i ”kr”: menar du 0,5 tkr?"),
        (COUNT, "3 mån", "Indikatorn mäts i antal, inte i ”mån”"),
        (COUNT, "inom 14 dgr", "Indikatorn mäts i antal, inte i ”dgr”"),
        (PERCENT, "72 dagar – 100 dagar", "Indikatorn mäts i %, inte i ”dagar”"),
        (BARE, "3 äpplen", "”äpplen” är ingen känd enhet: skriv bara talet"),
        (PERCENT, "100–72", "Ett intervall skrivs med det lägre talet först: menar du 72–100?"),
        (PERCENT, "5/0", "En kvot är ett antal av ett antal större än 0, till exempel 271/705: inte 5 av 0"),
        (PERCENT, "-5/10", "En kvot är ett antal av ett antal större än 0, till exempel 271/705: inte −5 av 10"),
        (PERCENT, "1/" + "9" * 13, "Talen i en kvot har högst 12 siffror"),
        (PERCENT, "271/705 %", f"”271/705 %” går inte att läsa: {PERCENTAGE}"),
        (PERCENT, "271 av 705 dagar", f"”271 av 705 dagar” går inte att läsa: {PERCENTAGE}"),
        (PERCENT, "98%/58/6", f"”98%/58/6” går inte att läsa: {PERCENTAGE}"),
        (PERCENT, "", f"Inget är skrivet: {PERCENTAGE}"),
        (COUNT, " \u00a0\n", f"Inget är skrivet: {NUMBER}"),
        (PERCENT, "Pågår", f"”Pågår” går inte att läsa: {PERCENTAGE}"),
        (PERCENT, "ja", f"”ja” går inte att läsa: {PERCENTAGE}"),
        (COUNT, "- 5", "”- 5”: skriv minustecknet tätt intill talet"),
        (COUNT, "5 (a) (b)", "Skriv bara en anmärkning inom parentes: ”b” är en för mycket"),
        (COUNT, "5 ()", "Det står ingenting inom parentesen"),
        (COUNT, "5 (a (b))", f"”5 (a (b))” går inte att läsa: {NUMBER}"),
        (COUNT, "[/x] \x1b[31m", f"”[/x] �[31m” går inte att läsa: {NUMBER}"),
        (COUNT, "x" * 60, f"”{'x' * 39}…” går inte att läsa: {NUMBER}"),
        (COUNT, "9" * 31, f"”{'9' * 31}” har fler än 30 siffror"),
        (COUNT, "9" * 201, f"”{'9' * 39}…” är för långt: högst 200 tecken"),
        (COUNT, "9" * 10_000, f"”{'9' * 39}…” är för långt: högst 2\u00a0000 tecken"),
        (TEXT, "x" * 2001, f"”{'x' * 39}…” är för långt: högst 2\u00a0000 tecken"),
        (TEXT, "", "Inget är skrivet: skriv en text"),
        (YES_NO, "86", f"”86” går inte att läsa: {ANSWER}"),
        (YES_NO, "86 %", f"”86 %” går inte att läsa: {ANSWER}"),
        (YES_NO, "kanske", f"”kanske” går inte att läsa: {ANSWER}"),
        (UNITS, "ABC 121", "”ABC” är inte någon av indikatorns delar: BOU, VUX, LSS"),
        (UNITS, "BOU 121; ABC 49", "”ABC” är inte någon av indikatorns delar: BOU, VUX, LSS"),
        (UNITS, "121; 49; 130", "”121” är inte någon av indikatorns delar: BOU, VUX, LSS"),
        (UNITS, "BOU 1; BOU 2", "”BOU” står två gånger"),
        (UNITS, "BOU 12.500; VUX 3", "BOU: ”12.500”: menar du 12\u00a0500 eller 12,5?"),
        (UNITS, "BOU 86 %; VUX 3", "BOU: Indikatorn mäts i dagar, inte i ”%”"),
        (UNITS, "79 resp 84", "2 värden, men delarna är 3: BOU, VUX, LSS"),
        (UNITS, "BOU", f"”BOU” går inte att läsa: {NUMBER}"),
        (COUNT, "BOU 121; VUX 49", "”BOU”: indikatorn har inga delar, skriv ett enda värde"),
        (COUNT, "79 resp 84", "”79 resp 84”: indikatorn har inga delar, skriv ett enda värde"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_was_expected(scale: Scale, text: str, reason: str) -> None:
    with pytest.raises(FigureError) as refused:
        parse_figure(text, scale)
    assert say(refused.value.message) == reason
    assert refused.value.field == "value"


@pytest.mark.parametrize("scale", [PERCENT, UNITS, TEXT, YES_NO], ids=lambda scale: scale.unit)
@pytest.mark.parametrize(
    "text", ["9" * 1_000_000, "BOU " * 250_000, "(" * 1_000_000, "; " * 500_000, "\x1b" * 1_000_000]
)
def test_a_huge_text_is_refused_with_a_short_message(scale: Scale, text: str) -> None:
    with pytest.raises(FigureError) as refused:
        parse_figure(text, scale)
    assert len(say(refused.value.message)) < 100


@pytest.mark.parametrize(
    "piece", ["9 ", "BOU 1 ", "(", "()", "a(", "; ", ", ", "1-", "- ", "resp ", "ca ", "1 a ", "1/", "<"]
)
@pytest.mark.parametrize("scale", sampled([PERCENT, UNITS]), ids=lambda scale: scale.unit)
def test_a_long_text_is_refused_soon(scale: Scale, piece: str) -> None:
    for length in (199, 2000):
        with pytest.raises(FigureError):
            parse_figure((piece * 2000)[:length], scale)


def test_a_ratio_is_the_same_whatever_the_context_of_the_thread() -> None:
    with localcontext(prec=3):
        assert parse_figure("271 av 704", PERCENT).exact == Decimal("38.49431818181818181818181818")


def test_numbers_with_parts_are_written_as_they_are_typed() -> None:
    assert write_figure(parts(BOU="121", VUX="49"), UNITS) == "BOU 121; VUX 49"
    assert write_figure(replace(number("25.06"), reference_year=2016), PERCENT) == "25,06\u00a0% (2016)"
    assert write_figure(ratio(271, 705, "38", is_value_stated=True), PERCENT) == "38\u00a0% (271/705)"
    assert write_figure(open_interval(Operator.GREATER, "98"), PERCENT) == ">\u00a098\u00a0%"


REASONS = (
    *(
        "ej mätt",
        "mäts",
        "mäts ej",
        "följs upp",
        "redovisas i",
        "bortfall",
        "sekretess",
        "uppgift saknas",
        "underlag saknas",
    ),
    *("n/a", "u.s.", "ingen mätning", "resultat kommer i", "bedömning sker", "för få svar", "utgår", "gäller ej"),
)
FIGURES = st.one_of(
    st.integers(0, 10_000).filter(lambda each: not 1900 <= each <= 2099).map(str),
    st.decimals(0, 1000, places=1).map(lambda each: f"{each}".replace(".", ",")),
    st.tuples(st.integers(0, 99), st.integers(100, 999)).map(lambda pair: f"{pair[0]} av {pair[1]}"),
)


@given(
    st.sampled_from(REASONS),
    st.sampled_from((" ", ", ", ": ", " till ", " – ")),
    FIGURES,
    st.sampled_from(((PERCENT, " %"), (COUNT, " personer"))),
)
def test_no_figure_is_swallowed_by_a_word(reason: str, between: str, figure: str, measure: tuple[Scale, str]) -> None:
    scale, unit = measure
    for text in (
        f"{reason}{between}{figure}",
        f"{reason}{between}{figure}{unit}",
        f"{reason} 2023{between}{figure}{unit}",
    ):
        assert isinstance(read(text, scale), FigureError)


def digits_of(figure: Figure) -> str:
    """Every digit that a figure and its parts say."""
    if figure.parts:
        return "".join(name + digits_of(part) for name, part in figure.parts)
    numbers = [figure.numerator, figure.denominator]
    if figure.is_value_stated or not figure.is_number:
        numbers += [figure.low, figure.high]
    said = "".join(f"{number:f}" for number in numbers if number is not None)
    return said + figure.text + figure.note + str(figure.reference_year or "")


@given(scales(), typed_texts)
def test_every_digit_that_is_read_is_in_the_figure_or_in_a_time(scale: Scale, text: str) -> None:
    figure = read(text, scale)
    if isinstance(figure, FigureError) or figure.missing is not None:
        return
    written = [digit for digit in clean(text) if digit in "0123456789"]
    said = list(digits_of(figure))
    missed = [digit for digit in written if digit not in said]
    assert missed == []


@pytest.mark.thorough
@given(scales_with_figures, st.data())
def test_a_digit_more_is_another_figure_or_none(case: tuple[Scale, Figure], data: st.DataObject) -> None:
    scale, figure = case
    if figure.missing is not None or figure.answer is not None:
        return
    written = write_figure(figure, scale)
    digit, place = data.draw(st.sampled_from("123456789")), data.draw(st.integers(0, len(written)))
    assert read(f"{written[:place]}{digit}{written[place:]}", scale) != figure


@given(scales_with_figures)
def test_a_footnote_mark_changes_the_note_alone(case: tuple[Scale, Figure]) -> None:
    scale, figure = case
    if figure.text or figure.parts or figure.note.endswith((")", "*")) or scale.is_text:
        return
    for mark, said in (("*", "fotnot *"), (" 1)", "fotnot 1"), ("²", "fotnot 2"), (" [3]", "fotnot 3")):
        note = f"{figure.note}, {said}" if figure.note else said
        assert parse_figure(write_figure(figure, scale) + mark, scale) == replace(figure, note=note)


@given(scales_with_figures)
def test_a_figure_written_and_read_back_is_the_same(case: tuple[Scale, Figure]) -> None:
    scale, figure = case
    assert parse_figure(write_figure(figure, scale), scale) == figure


@given(scales(), typed_texts)
def test_any_text_is_a_figure_or_refused(scale: Scale, text: str) -> None:
    figure = read(text, scale)
    if isinstance(figure, FigureError):
        assert clean(say(figure.message)) == say(figure.message)
    else:
        assert (
            sum((figure.is_number, bool(figure.answer), bool(figure.missing), bool(figure.text), bool(figure.parts)))
            == 1
        )
        assert parse_figure(write_figure(figure, scale), scale) == figure


@given(scales_with_figures, st.sampled_from(("\u00a0", "\u2009", "\u202f", "  ")))
def test_case_and_spaces_do_not_matter(case: tuple[Scale, Figure], space: str) -> None:
    scale, figure = case
    written = write_figure(figure, scale)
    read = parse_figure(f"{space}{written.replace(' ', space)}{space}", scale)
    assert read == figure
    if not figure.text and not figure.note and not figure.parts:
        assert parse_figure(written.upper(), scale) == figure
