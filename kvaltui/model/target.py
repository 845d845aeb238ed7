"""Text -> Target: the grammar of targets.

`target_rule` has what they mean, `target_figures` reads those in figures, `target_writing` writes them back.
"""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from typing import Final

from kvaltui.model.clean import excerpt, tidy
from kvaltui.model.footnote import without_mark
from kvaltui.model.horizon import is_horizon, only_year, split_horizon
from kvaltui.model.message import Message
from kvaltui.model.moment import has_figure
from kvaltui.model.number import DASHES, MAX_LENGTH, NumberError, too_long
from kvaltui.model.number_words import in_digits, is_among_figures, is_in_figures
from kvaltui.model.parts import PartsCountError, PartsError, complaint, foreign_name, named_parts, read_parts
from kvaltui.model.pattern import pattern
from kvaltui.model.quantity import read_plainly, refuse_cells
from kvaltui.model.scale import Scale
from kvaltui.model.target_figures import LESS, MORE, by_operator, read_numeric
from kvaltui.model.target_rule import NO_TARGET, Rule, Target, TargetError, TargetInWordsError, unreadable
from kvaltui.model.value import replace

MAX_TEXT: Final = 2000
"""Longest target, in characters: a qualitative one, or many parts. One in figures has at most `MAX_LENGTH`."""

_NOTHING: Final = pattern(
    rf"[{DASHES}—]{{0,3}}|(?:inget|ej|inte) mål(?:värde)?|(?:mål(?:et|värdet?)? )?"
    r"(?:saknas|(?:är )?(?:ej|inte) (?:fastställt|satt|bestämt|beslutat))\.?",
    re.IGNORECASE,
)
_NO_WORDS: Final = pattern(rf"^(?:och|samt|resp\w*)$|\b(?:{MORE}|{LESS})\b", re.IGNORECASE)
"""In what is said of one part: what says that another one is spoken of as well."""
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


def parse_target(text: str, scale: Scale) -> Target:
    """Read a target as a person writes it (docs/rules.md, Targets).

    Nothing, or a dash, is NO_TARGET; a text without a figure is a qualitative one. Raises TargetError for what is built
    like a target in figures but cannot be read, such as `12.500` or `86 dagar` for a percentage, TargetInWordsError for
    a sentence with a figure in it; nothing else, whatever the text.
    """
    if len(text) > MAX_TEXT:
        raise TargetError(too_long(text, MAX_TEXT).message)
    return _parse(text, scale)


@lru_cache(maxsize=65536)
def _parse(text: str, scale: Scale) -> Target:
    try:
        plain = read_plainly(text, scale) if "+" not in text else None
        if plain:
            return by_operator(plain, scale)
        tidied = tidy(text)
        if not scale.is_text:
            refuse_cells(text)
        if not tidied or _NOTHING.fullmatch(tidied):
            return NO_TARGET
        target = (_read_parts(tidied, scale) if scale.breakdown else None) or _read_one(tidied, scale)
    except (NumberError, PartsError) as error:
        raise TargetError(error.message) from error
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
        raise TargetInWordsError(unreadable(text, scale).message)
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
        raise TargetError(complaint(name, scale.breakdown))
    if is_in_figures(text):
        raise unreadable(text, scale)
    if has_figure(text):
        raise TargetInWordsError(unreadable(text, scale).message)
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
        raise TargetError(
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
        raise unreadable(text, scale)
    return None


def _read_figures(text: str, scale: Scale) -> Target | None:
    """A target in figures or a trend; None where the text is not built like one. Raises for a yes/no indicator."""
    if not scale.is_yes_no:
        return read_numeric(text, scale)
    try:
        is_numeric = read_numeric(text, replace(scale, unit="")) is not None
    except NumberError:
        is_numeric = True
    if is_numeric:
        raise unreadable(text, scale)
    return None
