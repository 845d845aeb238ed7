"""Text that a spreadsheet takes for text: what looks like a formula begins with an apostrophe instead."""

from __future__ import annotations

import re

# The last four are the wide forms that East Asian spreadsheets take for the same signs.
_RISKY = re.compile(r"'*(?:[=+@\t\r\uff1d\uff0b\uff0d\uff20]|-.|\d{4}-\d\d$)", re.ASCII)


def inert(text: str) -> str:
    """The text for a cell. A lone "-" (not measured) is no formula; a month such as 2022-04 would become a date."""
    return f"'{text}" if _RISKY.match(text) else text


def meant(text: str) -> str:
    """The text that `inert` was given."""
    return text[1:] if text.startswith("'") and _RISKY.match(text, 1) else text
