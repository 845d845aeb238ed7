"""The one cleaning of text from outside, at input and again at display (docs/store.md, What comes from outside)."""

from __future__ import annotations

import unicodedata

from kvaltui.model.pattern import pattern

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_LINE_END = pattern("\r\n|[\r\u2028\u2029]")
_BREAK = pattern("[\n\t]")
# C0 but for newline, DEL and C1, surrogates, the marks that turn or hide the direction of text, and the code points
# that XML (and so .xlsx and .docx) refuses or that carry text which nobody can see.
_UNSAFE = pattern(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_SPACES = pattern("(?:[^\\S\n]|[\u200b\u2060\ufeff])+")  # the last three come along from web pages
_AROUND_NEWLINE = pattern(r" ?\n\s*")
# As many as Unicode's stream-safe format allows. A tower of marks would hide the lines around it, and the time that
# composing takes grows with its square.
_MARKS_IN_A_ROW = 30


def clean(text: str, *, multiline: bool = False) -> str:
    """Text that is safe to store and to show: composed (NFC), with what is unsafe shown as U+FFFD.

    Unsafe are control characters, surrogates, marks that turn the direction of text, and code points that files
    cannot hold. A tab becomes a space; so does a newline unless `multiline`, which writes every kind of line end as
    "\\n". What has been cleaned stays as it is when it is cleaned again.
    """
    if _is_clean(text, "\n\N{NO-BREAK SPACE}" if multiline else "\N{NO-BREAK SPACE}"):
        return text
    text = _LINE_END.sub("\n", text)
    text = text.replace("\t", " ") if multiline else _BREAK.sub(" ", text)
    text = _UNSAFE.sub(REPLACEMENT, text)
    return text if text.isascii() else _composed(text)


def tidy(text: str) -> str:
    """Text to be read by a grammar: cleaned, every kind and run of spaces as one space, nothing around it.

    Line ends stay, as "\\n", since digits on two lines are never one number.
    """
    if _is_clean(text, "\N{NO-BREAK SPACE}"):
        return " ".join(text.split())
    return _AROUND_NEWLINE.sub("\n", _SPACES.sub(" ", clean(text, multiline=True))).strip()


def excerpt(text: str, length: int = 40) -> str:
    """What a person typed, on one line and short enough to be repeated in a message."""
    line = " ".join(clean(text[: 4 * length]).split())
    return line if len(line) <= length and len(text) <= 4 * length else line[: length - 1].rstrip() + "…"


def _is_clean(text: str, also: str) -> bool:
    """Whether a text surely needs no cleaning. What is printable is safe and more, but for the characters in `also`."""
    for character in also:
        text = text.replace(character, "")
    if text.isascii():
        return text.isprintable()
    return text.isprintable() and unicodedata.is_normalized("NFC", text) and not any(map(unicodedata.combining, text))


def _composed(text: str) -> str:
    while True:
        # Composing can lengthen a row of marks, so it is done until nothing changes.
        composed = unicodedata.normalize("NFC", _without_towers(text))
        if composed == text:
            return text
        text = composed


def _without_towers(text: str) -> str:
    row = 0
    kept: list[str] = []
    for character in text:
        row = row + 1 if unicodedata.combining(character) else 0
        kept.append(character if row <= _MARKS_IN_A_ROW else REPLACEMENT)
        if row > _MARKS_IN_A_ROW:
            row = 0
    return "".join(kept)
