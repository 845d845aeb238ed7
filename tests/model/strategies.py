"""Hypothesis strategies for scales, figures and targets: everything that the grammars can say, and nothing else.

`figures(scale)` and `targets(scale)` give values that `parse_figure` and `parse_target` can return for that scale.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from hypothesis import strategies as st

from kvaltui.model.absence import MissingReason
from kvaltui.model.figure import Answer, Figure
from kvaltui.model.period import Period
from kvaltui.model.quantity import Operator, ratio_value
from kvaltui.model.scale import Direction, Scale
from kvaltui.model.target_rule import BASED_RULES, NO_TARGET, Rule, Target

T = TypeVar("T")
LETTERS = string.ascii_letters + "åäöÅÄÖéü"
# Words of the grammars, which a part or a sentence that begins with them would be taken for.
GRAMMAR_WORDS = frozenset(
    (
        *("ja", "nej", "delvis", "resp", "respektive", "minst", "lägst", "min", "minimum", "högst", "max", "maximalt"),
        *("maximum", "inom", "över", "under", "mer", "mera", "fler", "flera", "mindre", "färre", "större", "lägre"),
        *("högre", "ca", "cirka", "circa", "omkring", "c", "bedömd", "bedömt", "bedöms", "beräknad", "beräknat"),
        *("beräknas", "uppskattad", "uppskattat", "uppskattas", "uppskattningsvis", "mellan", "och", "av", "till"),
        *("samt", "nan", "inf", "infinity", "öka", "ökar", "ökas", "minska", "minskar", "minskas", "bibehålla"),
        *("behålla", "bibehållen", "oförändrad", "ska", "skall", "ny", "nya", "nytt", "ej", "inte", "har", "kan"),
        *("kunnat", "mätt", "mäts", "mätas", "saknas", "uppgift", "uppgifter", "uppgiften", "värde", "utfall"),
        *("inga", "ingen", "data", "bortfall", "sekretess", "följs", "bedömning", "bedömningen", "från", "med"),
    )
)

directions = st.sampled_from(Direction)
units = st.sampled_from(("%", "antal", "dagar", "kr", "tkr", "index", "mån", "kr/invånare", "", "ja/nej", "text"))


def _is_safe_name(name: str) -> bool:
    return not GRAMMAR_WORDS & {word.casefold() for word in name.split()}


part_names = st.one_of(
    st.sampled_from(("BOU", "VUX", "LSS", "LSS barn", "Kvinnor", "Män", "0–12 år", "13–20", "LSS 9")),
    st.text(LETTERS + string.digits + " -–%.&", min_size=1, max_size=12)
    .map(lambda name: " ".join(name.split()))
    .filter(lambda name: name[:1].isalpha() and name[-1:].isalnum() and _is_safe_name(name)),
)


@st.composite
def scales(draw: st.DrawFn, unit: st.SearchStrategy[str] = units) -> Scale:
    breakdown = draw(st.lists(part_names, max_size=4, unique_by=str.casefold) | st.just([]))
    return Scale(draw(unit), draw(directions), tuple(breakdown))


@st.composite
def numbers(draw: st.DrawFn, digits: int = 30, *, is_signed: bool = True) -> Decimal:
    """Numbers of at most so many digits, most of them such as people report."""
    if draw(st.booleans()):
        number = Decimal(draw(st.integers(0, 100_000))).scaleb(-draw(st.integers(0, 3)))
    else:
        count = draw(st.integers(1, digits))
        number = Decimal(draw(st.text(string.digits, min_size=count, max_size=count)))
        number = Decimal((0, number.as_tuple().digits, -draw(st.integers(0, count))))
    return number.copy_negate() if is_signed and number and draw(st.booleans()) else number


sentences = (
    st.lists(st.text(LETTERS + ",-:/%+", min_size=1, max_size=10), min_size=1, max_size=6)
    .map(" ".join)
    .filter(lambda text: text[0].isalpha() and _is_safe_name(text.replace(",", " ").replace(":", " ")))
)
notes = sentences.filter(lambda note: not note.endswith("%"))
years = st.integers(1900, 2099)


@st.composite
def _ratios(draw: st.DrawFn, scale: Scale) -> Figure:
    numerator = Decimal(draw(st.integers(0, 10**12 - 1)))
    denominator = Decimal(draw(st.integers(1, 10**12 - 1)))
    value = ratio_value(numerator, denominator, scale)
    if not draw(st.booleans()):
        return Figure(value, value, numerator=numerator, denominator=denominator, is_value_stated=False)
    stated = draw(numbers())
    return Figure(stated, stated, numerator=numerator, denominator=denominator)


@st.composite
def _intervals(draw: st.DrawFn) -> Figure:
    low, high = sorted((draw(numbers()), draw(numbers())))
    return Figure(low, high, Operator.INTERVAL)


@st.composite
def _numeric(draw: st.DrawFn, scale: Scale) -> Figure:
    figure = draw(
        st.one_of(
            numbers().map(lambda number: Figure(number, number)),
            _intervals(),
            st.builds(Figure, numbers(), st.none(), st.sampled_from((Operator.GREATER, Operator.AT_LEAST))),
            st.builds(Figure, st.none(), numbers(), st.sampled_from((Operator.LESS, Operator.AT_MOST))),
            _ratios(scale),
        )
    )
    return replace(figure, is_estimated=draw(st.booleans()))


@st.composite
def _remarked(draw: st.DrawFn, figure: Figure) -> Figure:
    return replace(figure, note=draw(st.just("") | notes), reference_year=draw(st.none() | years))


@st.composite
def _parts(draw: st.DrawFn, scale: Scale, of: Callable[[Scale], st.SearchStrategy[T]]) -> tuple[tuple[str, T], ...]:
    chosen = draw(st.sets(st.sampled_from(scale.breakdown), min_size=1))
    single = replace(scale, breakdown=())
    return tuple((name, draw(of(single))) for name in scale.breakdown if name in chosen)


def figures(scale: Scale) -> st.SearchStrategy[Figure]:
    """Every kind of figure on a scale."""
    kinds = [st.sampled_from(MissingReason).map(lambda reason: Figure(missing=reason)).flatmap(_remarked)]
    if scale.is_yes_no or not scale.unit:
        kinds.append(st.sampled_from(Answer).map(lambda answer: Figure(answer=answer)).flatmap(_remarked))
    if scale.is_text:
        kinds.append(
            sentences.filter(lambda text: not _begins_with_a_part(text, scale)).map(lambda text: Figure(text=text))
        )
    elif not scale.is_yes_no:
        kinds.append(_numeric(scale).flatmap(_remarked))
    if scale.breakdown:
        kinds.append(_parts(scale, figures).map(lambda parts: Figure(parts=parts)))
    return st.one_of(kinds)


def _by_direction(number: Decimal, scale: Scale) -> Target:
    match scale.direction:
        case Direction.HIGHER:
            return Target(Rule.AT_LEAST, low=number)
        case Direction.LOWER:
            return Target(Rule.AT_MOST, high=number)
        case Direction.BAND:
            return Target(Rule.WITHIN, low=number, high=number)
        case Direction.NEUTRAL:
            return Target(Rule.NONE, reference=number)


_TRENDS = sorted(BASED_RULES - {Rule.ADD})


def _in_figures(scale: Scale) -> list[st.SearchStrategy[Target]]:
    bases = st.none() | numbers()
    base_periods = st.sampled_from(("2018", "2021-T3", "2022-H1", "2020-Q4", "2019-04")).map(Period.parse)
    return [
        numbers().map(lambda number: _by_direction(number, scale)),
        st.builds(Target, st.just(Rule.AT_LEAST), low=numbers(), is_strict=st.booleans()),
        st.builds(Target, st.just(Rule.AT_MOST), high=numbers(), is_strict=st.booleans()),
        _intervals().map(lambda interval: Target(Rule.WITHIN, low=interval.low, high=interval.high)),
        st.builds(Target, st.sampled_from(_TRENDS), base=bases),
        st.builds(Target, st.sampled_from((*_TRENDS, Rule.INCREASE)), base_period=base_periods),
        st.builds(Target, st.just(Rule.AT_LEAST), low=numbers(), horizon=horizons),
        st.builds(Target, st.sampled_from(_TRENDS), base=bases, horizon=horizons),
        st.builds(Target, st.just(Rule.ADD), amount=numbers(is_signed=False).filter(bool), base_period=base_periods),
        st.builds(Target, st.just(Rule.ADD), amount=numbers(is_signed=False).filter(bool), base=bases),
    ]


horizons = st.sampled_from(
    ("vid mandatperiodens slut", "senast 2026", "2026", "till 2026", "T2 2024", "på sikt", "vid årets slut", "2024-06")
)


def _begins_with_a_part(text: str, scale: Scale) -> bool:
    return any(text.casefold().startswith(name.casefold()) for name in scale.breakdown)


def targets(scale: Scale) -> st.SearchStrategy[Target]:
    """Every kind of target on a scale."""
    texts = sentences.filter(lambda text: not _begins_with_a_part(text, scale))
    qualitative = texts.map(lambda text: Target(Rule.QUALITATIVE, text=text))
    kinds: list[st.SearchStrategy[Target]] = [st.just(NO_TARGET), qualitative]
    if scale.is_yes_no or not scale.unit:
        kinds.append(st.just(Target(Rule.YES)))
    if not scale.is_yes_no and not scale.is_text:
        kinds += _in_figures(scale)
    if scale.breakdown:
        parts = _parts(scale, targets).map(lambda parts: Target(Rule.NONE, parts=parts))
        kinds.append(parts if scale.is_text else parts.filter(_is_not_only_prose))
    return st.one_of(kinds)


def _is_not_only_prose(target: Target) -> bool:
    return any(part.rule is not Rule.QUALITATIVE for _, part in target.parts)


scales_with_figures = scales().flatmap(lambda scale: st.tuples(st.just(scale), figures(scale)))
scales_with_targets = scales().flatmap(lambda scale: st.tuples(st.just(scale), targets(scale)))

# What a person may type, and what may come out of a file: characters of the grammar, its words, and anything at all.
_PIECES = (
    *(
        "86",
        "%",
        "12.500",
        "1 473",
        ",",
        ".",
        "-",
        "−",
        "–",
        "(",
        ")",
        ";",
        "/",
        "±",
        ">",
        "<",
        "≥",
        "≤",
        "~",
        "\n",
        "\t",
    ),
    *(
        " ",
        "\u00a0",
        "e5",
        "_",
        "0",
        "9",
        "2016",
        "BOU",
        "VUX",
        "dagar",
        "procent",
        "kr",
        "१",
        "\x1b[2J",
        "\u202e",
        "\ud800",
    ),
)
typed_texts = st.one_of(
    st.lists(st.sampled_from((*_PIECES, *sorted(GRAMMAR_WORDS))), max_size=12).map("".join),
    st.lists(st.sampled_from((*_PIECES, *sorted(GRAMMAR_WORDS))), max_size=12).map(" ".join),
    st.text(max_size=60),
    st.text(st.characters(categories=["Cc", "Cf", "Cs", "Mn", "Nd", "No", "Zs", "Zl", "Zp", "Lu"]), max_size=60),
)
