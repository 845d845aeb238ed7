"""What is written for several parts at once: `BOU 121; VUX 49; LSS 130`, `BOU 121 VUX 49` and `79 % resp 84 %`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar

from kvaltui.model.clean import excerpt, tidy
from kvaltui.model.message import KvaltuiError, Message, UnreadableValue
from kvaltui.model.number_words import is_among_figures
from kvaltui.model.pattern import pattern

T = TypeVar("T")

_TWO = 2
_LETTERS = "abcdefghijklmnopqrstuvwxyzåäöéü"
_BEFORE_A_VALUE = "ca|ej|inte|ja|nej|delvis|minst|högst|max|över|under|inom|bedömd|öka|minska|bibehålla"
_A_VALUE = rf"[<>≤≥~]|[-−–]?[0-9]|[-−–](?:[\s;,/]|$)|\.\.|(?:{_BEFORE_A_VALUE})\b"
_SEMICOLON = pattern(r"\s*;\s*")
_RESPECTIVELY = pattern(r"[\s,;]+(?:resp\b\.?|respektive\b)\s*", re.IGNORECASE)
_PARENTHESIS = pattern(r"\([^()]*\)")
_AFTER_A_PART = pattern(r"[\s,;/]+(?:(?:och|samt|resp\.?|respektive)\s*)?$", re.IGNORECASE)
_NAME_AND_NUMBER = pattern(
    r"([^\W\d_][^\d;()<>≤≥=~:]*?)\s*[:=]?\s*[<>≤≥~]?\s*[-−–]?[0-9][0-9 .,]*\s*(?:%|[^\W\d_]+)?", re.IGNORECASE
)


class PartsError(UnreadableValue):
    """Parts that are not the indicator's, that stand twice, or whose values cannot be read."""


class PartsCountError(PartsError):
    """Another number of values around "resp" than there are parts."""


def read_parts(text: str, breakdown: tuple[str, ...], read: Callable[[str], T]) -> tuple[tuple[str, T], ...] | None:
    """Read each part's value, in the order of the breakdown; None where the text names none and has no "resp".

    Raises PartsError with the part's name and why, for a value that `read` refuses, for a part that stands twice, and
    PartsCountError for another number of values than parts around "resp".
    """
    parts = named_parts(text, breakdown)
    if parts is None:
        pieces = tuple(_cut(text, _RESPECTIVELY))
        if len(pieces) < 2 or ";" in _masked(text):
            return None
        return _read(_in_order(text, [piece for piece in pieces if piece], breakdown), breakdown, read)
    try:
        return _read(parts, breakdown, read)
    except PartsError:
        # Only a text that cannot be read otherwise is searched for names inside, since a name may be a word of a value.
        within = _scanned(text, breakdown)
        if within is None:
            raise
        return _read(within, breakdown, read)


def named_parts(text: str, breakdown: tuple[str, ...]) -> tuple[tuple[str, str], ...] | None:
    """Each part with its text, where every piece between semicolons begins with a known name; otherwise None."""
    pieces = _pieces(text)
    known = tuple(each for each in (_leading_name(piece, breakdown) for piece in pieces) if each)
    return known if known and len(known) == len(pieces) else None


def write_parts(parts: Iterable[tuple[str, str]], breakdown: tuple[str, ...]) -> str:
    """Write named values so that `read_parts` finds the same: `BOU 121; VUX 49`.

    A colon stands after a name that another one begins with, since "LSS 9 500" may be of LSS and of LSS 9.
    """
    return "; ".join(
        f"{name}{':' if any(other.startswith(name + ' ') for other in breakdown) else ''} {value}"
        for name, value in parts
    )


def foreign_name(text: str, breakdown: tuple[str, ...]) -> str:
    """The first unknown name in front of a number, as in `ABC 120` or `BOU 3; ABC 120`.

    "" where a piece is built like anything else, so that it is not about parts.
    """
    foreign = [piece for piece in _pieces(text) if not _leading_name(piece, breakdown)]
    found = [_NAME_AND_NUMBER.fullmatch(piece) for piece in foreign]
    return next((each[1].strip() for each in found if each), "") if all(found) else ""


def first_foreign(text: str, breakdown: tuple[str, ...]) -> str:
    """The unknown name that a piece between semicolons begins with, or the piece itself; "" where all are known."""
    pieces = _pieces(text)
    piece = next((piece for piece in pieces if not _leading_name(piece, breakdown)), "") if len(pieces) > 1 else ""
    return foreign_name(piece, breakdown) or piece


def complaint(name: str, breakdown: tuple[str, ...]) -> Message:
    """Why a part's name is refused, naming those that are known."""
    if not breakdown:
        return Message("“{name}”: the indicator has no parts, write one value", name=excerpt(name))
    return Message(
        "“{name}” is not one of the indicator’s parts: {parts}", name=excerpt(name), parts=_listed(breakdown)
    )


def _read(
    parts: Sequence[tuple[str, str]], breakdown: tuple[str, ...], read: Callable[[str], T]
) -> tuple[tuple[str, T], ...]:
    values: dict[str, T] = {}
    for name, text in parts:
        if name in values:
            raise PartsError(Message("“{part}” stands twice", part=name))
        try:
            values[name] = read(text)
        except KvaltuiError as error:
            raise PartsError(Message("{part}: {problem}", part=name, problem=error.message)) from error
    return tuple((name, values[name]) for name in breakdown if name in values)


def _in_order(text: str, pieces: Sequence[str], breakdown: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    if not breakdown:
        raise PartsError(complaint(text, breakdown))
    if len(pieces) != len(breakdown):
        raise PartsCountError(
            Message(
                "{count} values, but the parts are {number}: {parts}",
                count=len(pieces),
                number=len(breakdown),
                parts=_listed(breakdown),
            )
        )
    return tuple(zip(breakdown, pieces, strict=True))


def _scanned(text: str, breakdown: tuple[str, ...]) -> tuple[tuple[str, str], ...] | None:
    """Each part with its text, where only spaces, line ends or commas stand between them; None where it is one part."""
    starts = list(_names(breakdown).finditer(_masked(text)))
    if len(starts) < 2:
        return None
    ends = [found.start() for found in starts[1:]] + [len(text)]
    return tuple(
        (_spelling(found, breakdown), _AFTER_A_PART.sub("", text[found.end() : end]).strip())
        for found, end in zip(starts, ends, strict=True)
    )


def _pieces(text: str) -> list[str]:
    return [piece for piece in _cut(text, _SEMICOLON) if piece]


def _cut(text: str, separator: re.Pattern[str]) -> Iterator[str]:
    """The pieces between separators that stand outside parentheses."""
    start = 0
    for found in separator.finditer(_masked(text)):
        yield text[start : found.start()].strip()
        start = found.end()
    yield text[start:].strip()


def _masked(text: str) -> str:
    """The text with what is in parentheses made unreadable, at the same length."""
    return _PARENTHESIS.sub(lambda found: "(" * len(found[0]), text) if "(" in text else text


def _leading_name(piece: str, breakdown: tuple[str, ...]) -> tuple[str, str] | None:
    found = _names(breakdown).match(piece) if breakdown else None
    return (_spelling(found, breakdown), piece[found.end() :].strip()) if found else None


@lru_cache(maxsize=1024)
def _names(breakdown: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(_any_spacing(name) for name in sorted(breakdown, key=len, reverse=True) if tidy(name))
    beginnings = "|".join(sorted(map(re.escape, _beginnings(breakdown)), key=len, reverse=True))
    # A beginning is so short that it may be a word of prose: what follows it has to be a value.
    return re.compile(
        rf"(?<![^\s;,/])(?:({alternatives or '(?!)'})(?=[\s:=])\s*[:=]?\s*(?=\S)"
        rf"|({beginnings or '(?!)'})(?=[\s:=.])\.?\s*[:=]?\s*(?={_A_VALUE}))",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1024)
def _beginnings(breakdown: tuple[str, ...]) -> Mapping[str, str]:
    """The names by their beginnings (`Kv`, `M`) that begin no other name and are no words of the grammar."""
    found: dict[str, str] = {}
    folded = [tidy(name).casefold() for name in breakdown]
    for name, mine in zip(breakdown, folded, strict=True):
        others = [other for other in folded if other != mine]
        letters = len(mine) - len(mine.lstrip(_LETTERS)) if mine else 0
        for length in range(1, min(letters, len(mine) - 1) + 1):
            beginning = mine[:length]
            if not any(other.startswith(beginning) for other in others) and not is_among_figures(beginning):
                found.setdefault(beginning, name)
    return MappingProxyType({} if len(breakdown) < _TWO else found)


def _any_spacing(name: str) -> str:
    return r"\s+".join(re.escape(word) for word in tidy(name).split())


def _spelling(found: re.Match[str], breakdown: tuple[str, ...]) -> str:
    """The name as the breakdown spells it: the very same letters before the same letters in another case."""
    if found[1] is None:
        return _beginnings(breakdown)[found[2].casefold()]
    written = found[1]
    if written in breakdown:
        return written
    return next(name for name in breakdown if re.fullmatch(_any_spacing(name), written, re.IGNORECASE))


def _listed(breakdown: tuple[str, ...]) -> str:
    return excerpt(", ".join(breakdown), 200)
