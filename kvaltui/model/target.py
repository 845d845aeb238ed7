"""Text -> Target: the grammar of targets. `target_writing` writes them back."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Context, Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final

from kvaltui.model.clean import excerpt, tidy
from kvaltui.model.footnote import without_mark
from kvaltui.model.horizon import is_horizon, only_year, split_base_period, split_horizon
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.moment import has_figure
from kvaltui.model.number import DASHES, MAX_LENGTH, NumberError, too_long
from kvaltui.model.number_words import in_digits, is_among_figures, is_in_figures
from kvaltui.model.parts import (
    PartsCountError,
    PartsError,
    complaint,
    foreign_name,
    named_parts,
    read_parts,
)
from kvaltui.model.pattern import pattern
from kvaltui.model.period import Period
from kvaltui.model.quantity import (
    LOOSE_NUMBER,
    UNIT,
    Operator,
    Quantity,
    UnitError,
    read_amount,
    read_plainly,
    read_quantity,
    refuse_cells,
)
from kvaltui.model.scale import Direction, Scale
from kvaltui.model.unit import is_known, is_money, is_percentage_points
from kvaltui.model.value import dataclass, replace


class Rule(StrEnum):
    """The rule that an outcome is judged by (`rule` in `status --json`)."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    WITHIN = "within"
    INCREASE = "increase"
    DECREASE = "decrease"
    MAINTAIN_OR_INCREASE = "maintain_or_increase"
    MAINTAIN_OR_DECREASE = "maintain_or_decrease"
    ADD = "add"
    YES = "yes"
    QUALITATIVE = "qualitative"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Target:
    """What a written target means.

    AT_LEAST has `low`, AT_MOST has `high`, WITHIN both; where `is_strict` (`> 95 %`), the end itself does not fulfil
    it. INCREASE, DECREASE, the maintaining rules and ADD have `base` where one was written, otherwise the outcome of
    `base_period` is the base, or the previous one where no period was named. ADD has `amount`. QUALITATIVE has `text`.
    NONE with `reference` is a number to compare with, but not to judge by (a neutral indicator). `parts` holds one
    target per named part; the rule of the whole is then NONE. `horizon` says from when the target holds, where its
    text does: "vid mandatperiodens slut".
    """

    rule: Rule
    low: Decimal | None = None
    high: Decimal | None = None
    base: Decimal | None = None
    amount: Decimal | None = None
    reference: Decimal | None = None
    text: str = ""
    parts: tuple[tuple[str, Target], ...] = ()
    is_strict: bool = False
    base_period: Period | None = None
    horizon: str = ""


NO_TARGET = Target(Rule.NONE)

MAX_TEXT: Final = 2000
"""Longest target, in characters: a qualitative one, or many parts. One in figures has at most `MAX_LENGTH`."""

_NOTHING: Final = pattern(
    rf"[{DASHES}—]{{0,3}}|(?:inget|ej|inte) mål(?:värde)?|(?:mål(?:et|värdet?)? )?"
    r"(?:saknas|(?:är )?(?:ej|inte) (?:fastställt|satt|bestämt|beslutat))\.?",
    re.IGNORECASE,
)
_TOLERANCE: Final = pattern(
    rf"({LOOSE_NUMBER})\s*({UNIT})?\s*(?:±|\+\s?/?\s?-)\s*({LOOSE_NUMBER})\s*({UNIT})?", re.IGNORECASE
)
_BETTER: Final = r"(?:förbättra[st]?|förbättring|bli bättre|bättre)"
_MORE: Final = r"(?:öka[rst]?|ökning|ökande)"
_LESS: Final = r"(?:minska[rst]?|minskning|minskande)"
_TREND: Final = pattern(
    r"(?:ska(?:ll)? )?"
    r"(?:(?P<keep>(?:bi)?behålla?s?|(?:bi)?behållen(?: nivå)?|oförändra[dt]|(?:på )?samma nivå|(?:inte|ej) försämras?)"
    rf"(?: eller (?:(?P<more>{_MORE})|(?P<less>{_LESS})))?"
    r"|(?P<least>(?P<level>minst samma nivå)|(?:inte|ej) minska)|(?P<most>högst samma nivå|(?:inte|ej) öka)"
    rf"|(?P<better>{_BETTER})"
    rf"|(?P<up>{_MORE}|högre|fler)|(?P<down>{_LESS}|lägre|färre))"
    r"(?: (?:jämfört med|i förhållande till|mot|från|sedan|som|än) (?:föregående|förra|tidigare) "
    r"(?:års?|tertial|kvartal|halvår|månad|mätning)"
    rf"| (?P<how>från|till|med) (?P<number>{LOOSE_NUMBER})(?P<unit>{UNIT})?)?",
    re.IGNORECASE,
)
_NO_WORDS: Final = pattern(rf"^(?:och|samt|resp\w*)$|\b(?:{_MORE}|{_LESS})\b", re.IGNORECASE)
"""In what is said of one part: what says that another one is spoken of as well."""
_TO_A_LIMIT: Final = pattern(
    rf"(?:ska(?:ll)? )?(?:{_MORE}|{_LESS}) till (?=(?:minst|lägst|högst|max|under|över|mellan|mer|mindre)\b)",
    re.IGNORECASE,
)
_NEW: Final = pattern(
    rf"(?:minst )?({LOOSE_NUMBER})(?:ny|nya|nytt|fler)(?: (?!från)[^\W\d_]+)?(?: från ({LOOSE_NUMBER})({UNIT})?)?",
    re.IGNORECASE,
)
_REMARK: Final = pattern(r"([^()]*[^()\s])\s*\(\s*([^()]*?)\s*\)")
_LEAD: Final = pattern(
    r"(?:mål(?:et|värde|nivå)?\s*:?\s+)?"
    r"(?:(?:ska|skall|bör)\s+(?:vara\s+|uppgå till\s+|ligga på\s+)?|(?:vara|får)\s+)?",
    re.IGNORECASE,
)
_OF_WHOM: Final = pattern(
    r"(.*(?:%|\bprocent))\s+av\s+(?!målet|budget|plan)[^\W\d_]+(?:[\s-][^\W\d_]+)*\.?", re.IGNORECASE
)
_NEGATION: Final = pattern(
    r"\b(?:inte|ej|utan|ingen|inga|inget|högst|minst|färre|mindre|minska\w*|resp\w*)\b", re.IGNORECASE
)
_REFERENCE: Final = pattern(r"§+\s?\d+|\b(?:dnr|bilaga|punkt|sidan?)\s[\w/:.-]+", re.IGNORECASE)
_EXACT: Final = Context(prec=100)
_BASED: Final = frozenset(
    {Rule.INCREASE, Rule.DECREASE, Rule.MAINTAIN_OR_INCREASE, Rule.MAINTAIN_OR_DECREASE, Rule.ADD}
)


class TargetError(KvaltuiError):
    """A text that is built like a target in figures, but that cannot be read, or not in one way only."""


class TargetInWordsError(TargetError):
    """A sentence with a figure in it that no rule can be read from.

    Refused when it is typed. From a file or the database it stands as it was written, judged by a person and doubted.
    """


def parse_target(text: str, scale: Scale) -> Target:
    """Read a target as a person writes it (docs/rules.md, Targets).

    Nothing, or a dash, is NO_TARGET; a text without a figure is a qualitative one. Raises TargetError for what is built
    like a target in figures but cannot be read, such as `12.500` or `86 dagar` for a percentage, TargetInWordsError for
    a sentence with a figure in it; nothing else, whatever the text.
    """
    if len(text) > MAX_TEXT:
        raise _refusal(too_long(text, MAX_TEXT).message)
    return _parse(text, scale)


@lru_cache(maxsize=65536)
def _parse(text: str, scale: Scale) -> Target:
    try:
        plain = read_plainly(text, scale) if "+" not in text else None
        if plain:
            return _by_operator(plain, scale)
        tidied = tidy(text)
        if not scale.is_text:
            refuse_cells(text)
        if not tidied or _NOTHING.fullmatch(tidied):
            return NO_TARGET
        target = (_read_parts(tidied, scale) if scale.breakdown else None) or _read_one(tidied, scale)
    except (NumberError, PartsError) as error:
        raise _refusal(error.message) from error
    # Line ends part numbers, but not prose: what is prose is read again as the one line that it is kept as.
    return parse_target(target.text, scale) if target.rule is Rule.QUALITATIVE and "\n" in tidied else target


def _read_parts(text: str, scale: Scale) -> Target | None:
    """A target per part, None where the text is about something else."""
    if scale.is_text and not named_parts(text, scale.breakdown):
        return None
    try:
        parts = read_parts(text, scale.breakdown, lambda piece: _parse_part(piece, replace(scale, breakdown=())))
    except PartsError as error:
        # A part's name may also be a word of the grammar, or begin a sentence, and "resp" may stand in one.
        is_prose = isinstance(error, PartsCountError) or isinstance(error.__cause__, TargetInWordsError)
        try:
            whole = _read_one(text, scale)
        except TargetInWordsError:
            if isinstance(error.__cause__, TargetInWordsError):
                raise
        except (TargetError, NumberError):
            pass
        else:
            if whole.rule is not Rule.QUALITATIVE or is_prose:
                return whole
        raise error from None
    if parts and (scale.is_text or any(part.rule is not Rule.QUALITATIVE for _, part in parts)):
        return Target(Rule.NONE, parts=parts if ";" in text else _share_horizon(parts))
    return None


def _share_horizon(parts: tuple[tuple[str, Target], ...]) -> tuple[tuple[str, Target], ...]:
    """`90 % resp 85 % vid mandatperiodens slut` says of both when they hold."""
    horizons = [part.horizon for _, part in parts if part.horizon]
    return tuple((name, replace(part, horizon=horizons[0])) for name, part in parts) if len(horizons) == 1 else parts


def _parse_part(text: str, scale: Scale) -> Target:
    target = parse_target(text, scale)
    if (
        target.rule is Rule.QUALITATIVE
        and not scale.is_text
        and (any(map(str.isdigit, text)) or _NO_WORDS.search(text))
    ):
        raise TargetInWordsError(_unreadable(text, scale).message, field="value")
    return target


def _read_one(text: str, scale: Scale) -> Target:
    flat = " ".join(text.split())
    if scale.is_text:
        return Target(Rule.QUALITATIVE, text=flat)
    body, _mark = without_mark(text, scale.unit)
    horizon = ""
    remark = _REMARK.fullmatch(body)
    if remark and not has_figure(_REFERENCE.sub("", remark[2])):
        body, _mark = without_mark(remark[1], scale.unit)
        horizon = " ".join(remark[2].split()) if is_horizon(remark[2]) else ""
    if len(body) <= MAX_LENGTH:
        found = _read_with_horizon(body, scale) if not horizon else _read_without_horizon(body, scale)
        if found:
            return replace(found, horizon=horizon) if horizon else found
    name = foreign_name(flat, scale.breakdown) if scale.breakdown or ";" in text else ""
    if name and not is_among_figures(name.lower()):
        raise _refusal(complaint(name, scale.breakdown))
    if is_in_figures(text):
        raise _unreadable(text, scale)
    if has_figure(text):
        raise TargetInWordsError(_unreadable(text, scale).message, field="value")
    return Target(Rule.QUALITATIVE, text=flat)


def _read_with_horizon(text: str, scale: Scale) -> Target | None:
    """A target that may say from when it holds. Raises TargetError where that may be a level as well."""
    body, horizon = split_horizon(text)
    if not horizon:
        return _read_without_horizon(text, scale)
    found = _read_without_horizon(body, scale)
    if found is None:
        return _read_without_horizon(text, scale)
    if not scale.is_percentage and (year := only_year(horizon)) and _is_level(text, scale):
        raise _refusal(
            Message(
                "“{text}”: do you mean the level {level}, or “{body} (år {year})”?",
                text=excerpt(text),
                level=Decimal(year),
                body=excerpt(body),
                year=year,
            )
        )
    return replace(found, horizon=horizon)


def _is_level(text: str, scale: Scale) -> bool:
    with suppress(TargetError, NumberError):
        return _read_without_horizon(text, scale) is not None
    return False


def _read_without_horizon(text: str, scale: Scale) -> Target | None:
    of_whom = _OF_WHOM.fullmatch(text) if scale.is_percentage else None
    if of_whom and not _NEGATION.search(text, of_whom.end(1)):
        text = of_whom[1]
    lead = _LEAD.match(text)
    body = text[lead.end() :] if lead else text
    found = _read_answer(text, scale) or _read_figures(in_digits(text), scale)
    if found is None and body != text:
        found = _read_figures(in_digits(body), scale)
    return found


def _read_answer(text: str, scale: Scale) -> Target | None:
    answer = text.lower().rstrip(".")
    if answer == "ja" and (scale.is_yes_no or not scale.unit):
        return Target(Rule.YES)
    if answer in ("ja", "nej", "delvis"):
        raise _unreadable(text, scale)
    return None


def _read_figures(text: str, scale: Scale) -> Target | None:
    """A target in figures or a trend; None where the text is not built like one. Raises for a yes/no indicator."""
    if not scale.is_yes_no:
        return _read_numeric(text, scale)
    try:
        is_numeric = _read_numeric(text, replace(scale, unit="")) is not None
    except NumberError:
        is_numeric = True
    if is_numeric:
        raise _unreadable(text, scale)
    return None


def _read_numeric(text: str, scale: Scale) -> Target | None:
    flat = " ".join(text.split())
    to_a_limit = _TO_A_LIMIT.match(flat)
    if to_a_limit:
        return _read_numeric(flat[to_a_limit.end() :], scale)
    of_period = split_base_period(flat)
    if of_period:
        _refuse_a_level(flat, of_period[1], scale)
        found = _read_numeric(of_period[0], scale)
        return (
            replace(found, base_period=of_period[1]) if found and found.rule in _BASED and found.base is None else None
        )
    new = _NEW.fullmatch(flat)
    if new:
        return _add(new[1], "", _number(new[2], new[3], scale), scale)
    trend = _TREND.fullmatch(flat)
    if trend:
        return _read_trend(trend, scale)
    tolerance = _TOLERANCE.fullmatch(text)
    if tolerance:
        return _read_tolerance(tolerance, scale)
    try:
        quantity = read_quantity(text, scale)
        if quantity and text.startswith("+") and quantity.low and not is_money(scale.unit):
            raise _level_or(text, quantity.low, f"öka med {text[1:].strip()}")
    except UnitError as error:
        # "3 enskilda möten per barn" is prose that begins with a number; "86 dagar" is a number in another unit.
        if " " in error.written and not is_known(error.written):
            return None
        raise
    return _by_operator(quantity, scale) if quantity else None


def _refuse_a_level(text: str, period: Period, scale: Scale) -> None:
    """Raise TargetError for `fler än 2022` where that may be more than 2 022 as well as more than in 2022."""
    quantity = None if scale.is_percentage else read_quantity(text, scale)
    if quantity is None or quantity.operator is Operator.EXACT:
        return
    word = "öka" if quantity.operator.is_upward else "minska"
    raise _level_or(text, quantity.low or quantity.high or Decimal(0), f"{word} från {period}")


def _level_or(text: str, level: Decimal, otherwise: str) -> TargetError:
    return _refusal(
        Message(
            "“{text}”: do you mean the level {level}, or “{body}”?", text=excerpt(text), level=level, body=otherwise
        )
    )


def _by_operator(quantity: Quantity, scale: Scale) -> Target:
    is_strict = quantity.operator in (Operator.GREATER, Operator.LESS)
    match quantity.operator:
        case Operator.EXACT:
            return _by_direction(quantity.low, scale)
        case Operator.INTERVAL:
            return Target(Rule.WITHIN, low=quantity.low, high=quantity.high)
        case Operator.GREATER | Operator.AT_LEAST:
            return Target(Rule.AT_LEAST, low=quantity.low, is_strict=is_strict)
        case Operator.LESS | Operator.AT_MOST:
            return Target(Rule.AT_MOST, high=quantity.high, is_strict=is_strict)


def _by_direction(number: Decimal | None, scale: Scale) -> Target:
    match scale.direction:
        case Direction.HIGHER:
            return Target(Rule.AT_LEAST, low=number)
        case Direction.LOWER:
            return Target(Rule.AT_MOST, high=number)
        case Direction.BAND:
            return Target(Rule.WITHIN, low=number, high=number)
        case Direction.NEUTRAL:
            return Target(Rule.NONE, reference=number)


def _read_tolerance(found: re.Match[str], scale: Scale) -> Target:
    middle = read_amount(found[1], found[2] or "", scale)
    unit = "" if scale.is_percentage and is_percentage_points(found[4] or "") else found[4] or ""
    distance = read_amount(found[3], unit, scale)
    if distance < 0:
        raise _unreadable(found[0], scale)
    return Target(Rule.WITHIN, low=_EXACT.subtract(middle, distance), high=_EXACT.add(middle, distance))


def _read_trend(found: re.Match[str], scale: Scale) -> Target:
    rule = _trend_rule(found, scale)
    how = (found["how"] or "").lower()
    if how == "med":
        return _read_step(found, scale)
    number = _number(found["number"], found["unit"], scale)
    if how != "till":
        return Target(rule, base=number)
    if rule is Rule.INCREASE:
        return Target(Rule.AT_LEAST, low=number)
    if rule is Rule.DECREASE:
        return Target(Rule.AT_MOST, high=number)
    raise _unreadable(found[0], scale)


def _trend_rule(found: re.Match[str], scale: Scale) -> Rule:
    if found["up"]:
        return Rule.INCREASE
    if found["down"]:
        return Rule.DECREASE
    if found["better"] and scale.direction in (Direction.HIGHER, Direction.LOWER):
        return Rule.INCREASE if scale.direction is Direction.HIGHER else Rule.DECREASE
    if found["level"] and scale.direction is Direction.LOWER:
        return Rule.MAINTAIN_OR_DECREASE
    if found["least"] or found["most"]:
        return Rule.MAINTAIN_OR_INCREASE if found["least"] else Rule.MAINTAIN_OR_DECREASE
    if found["more"] or (not found["less"] and scale.direction is Direction.HIGHER):
        return Rule.MAINTAIN_OR_INCREASE
    if found["less"] or scale.direction is Direction.LOWER:
        return Rule.MAINTAIN_OR_DECREASE
    raise _refusal(
        Message(
            "“{text}” does not say which way is good: write bibehålla eller öka, or bibehålla eller minska",
            text=excerpt(found[0]),
        )
    )


def _read_step(found: re.Match[str], scale: Scale) -> Target:
    """`öka med 2`: the previous outcome and that many more. A step in % may mean two things, and down is no rule."""
    unit = (found["unit"] or "").strip()
    if scale.is_percentage and is_percentage_points(unit):
        unit = ""
    elif unit == "%" or not found["up"]:
        raise _refusal(
            Message("“{text}” can be understood in several ways: write the level to reach", text=excerpt(found[0]))
        )
    return _add(found["number"], unit, None, scale)


def _add(number: str, unit: str, base: Decimal | None, scale: Scale) -> Target:
    amount = read_amount(number, unit, scale)
    if amount <= 0:
        raise _refusal(Message("“{text}”: a number of new ones is above 0", text=excerpt(number)))
    return Target(Rule.ADD, amount=amount, base=base)


def _number(number: str | None, unit: str | None, scale: Scale) -> Decimal | None:
    return read_amount(number, (unit or "").strip(), scale) if number else None


def _unreadable(text: str, scale: Scale) -> TargetError:
    if scale.is_yes_no:
        expected = Message("ja, or - where there is no target")
    elif scale.is_percentage:
        expected = Message("a target such as 95 %, högst 5 %, 45–55 % or öka")
    else:
        expected = Message("a target such as 95, högst 120, 45–55 or öka")
    return _refusal(Message("“{text}” cannot be read: write {expected}", text=excerpt(text), expected=expected))


def _refusal(message: Message) -> TargetError:
    return TargetError(message, field="value")
