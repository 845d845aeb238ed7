"""Text that a spreadsheet takes for text: what looks like a formula begins with an apostrophe instead."""

from __future__ import annotations

import re

# What a spreadsheet passes over on its way to a formula: spaces of every kind, and what nobody can see.
_BLANK = r"[\s\x00-\x20\x7f-\xa0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
_BLANK += r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
# The last four signs are the wide forms that East Asian spreadsheets take for the same. A tab or a carriage return at
# the beginning may end a cell before the text. A lone "-" (not measured) is no formula; a month such as 2022-04 would
# become a date.
_RISKY = re.compile(rf"'*(?:[\t\r]|{_BLANK}*(?:[=+@\uff1d\uff0b\uff0d\uff20]|-.)|[0-9]{{4}}-[0-9][0-9]$)", re.DOTALL)


def inert(text: str) -> str:
    """The text for a cell."""
    return f"'{text}" if _RISKY.match(text) else text


def meant(text: str) -> str:
    """The text that `inert` was given."""
    return text[1:] if text.startswith("'") and _RISKY.match(text, 1) else text
