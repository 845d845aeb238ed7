"""What is written in place of a character that an encoding lacks."""

from __future__ import annotations

from typing import Final

_NEAREST: Final = {
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "−": "-", "–": "-", "—": "-", "‐": "-", "…": "...", "“": '"', "”": '"',
    "„": '"', "’": "'", "‘": "'", "·": "-", "•": "-", "×": "x", "≥": ">=", "≤": "<=", "±": "+-", "≈": "~", "→": "->",
    "←": "<-", "↑": "^", "↓": "v", "›": ">", "▸": "+", "▾": "v", "█": "#", "▒": "=", "░": "-", "■": "#",
    "✓": "+", "▲": "~", "✗": "x", "‡": "!", "€": "EUR", "─": "-", "━": "=", "│": "|", "╭": "+", "╮": "+", "╰": "+",
    "╯": "+", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+", "┬": "+", "┴": "+", "┼": "+",
}  # fmt: skip


def nearest(character: str) -> str:
    """The nearest ASCII that there is for a character: a sign like it, the letter without its marks, or "?"."""
    if character in _NEAREST:
        return _NEAREST[character]
    from unicodedata import normalize

    return normalize("NFKD", character).encode("ascii", "ignore").decode("ascii") or "?"


def fitting(text: str, encoding: str) -> str:
    """The text as an encoding can write it; it may be longer."""
    if text.isascii():
        return text
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(each if _has(encoding, each) else nearest(each) for each in text)
    return text


def fitting_cell_by_cell(text: str, encoding: str) -> str:
    """The text as an encoding can write it, a character for each: for what has been laid out already."""
    if text.isascii():
        return text
    return "".join(each if _has(encoding, each) else nearest(each)[:1] for each in text)


def _has(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
