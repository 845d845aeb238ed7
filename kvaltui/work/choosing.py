"""What a person means who types the words of a list: one rule for every field and dialog in which one chooses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

_SAME_SIGNS = str.maketrans("–—−\N{NON-BREAKING HYPHEN}”“’", '----""\'')
"""Signs that a keyboard has in one form only."""


def plain(text: str) -> str:
    """A text as it is compared: in small letters, one space for several and none before it; one after it stays."""
    words = " ".join(text.casefold().translate(_SAME_SIGNS).split())
    return f"{words} " if words and text[-1].isspace() else words


def fitting(names: Iterable[Sequence[str]], typed: str) -> list[int]:
    """The places of the names that have what is typed in them, the one that is most likely meant first.

    Each is what something is called, with longer forms of it after that. First comes what is called just so, then what
    begins so, then what has a word that begins so, then the others, each in the order in which they stand.
    """
    sought = plain(typed)
    ranked = [(rank, at) for at, each in enumerate(names) if (rank := _rank(each, sought)) is not None]
    return [at for _rank_, at in sorted(ranked)]


def is_called(name: str, typed: str) -> bool:
    """Whether what is typed is the whole name."""
    return plain_name(name) == plain(typed).strip()


@lru_cache(maxsize=20_000)
def plain_name(name: str) -> str:
    """A whole name as it is compared."""
    return plain(name).strip()


def _rank(names: Sequence[str], sought: str) -> int | None:
    forms = [plain_name(name) for name in names]
    if sought.strip() in forms:
        return 0
    if any(form.startswith(sought) for form in forms):
        return 1
    if any(f" {sought}" in form for form in forms):
        return 2
    return 3 if any(sought in form for form in forms) else None
