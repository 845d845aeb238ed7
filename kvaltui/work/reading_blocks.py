"""What is to be read in full, as data: headings, paragraphs, and terms with their meanings."""

from __future__ import annotations

from typing import TypeAlias

from kvaltui.model.value import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """What the following is about."""

    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph; an empty one is a blank line."""

    text: str
    is_muted: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A term, what it means, and something short about it at the right edge."""

    term: str
    text: str
    aside: str = ""


TextBlock: TypeAlias = Heading | Prose | Pair
