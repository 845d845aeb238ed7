"""Keys made from names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

_OTHER = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME_OF_KEY = 40


def slug(name: str, taken: Container[str] = ()) -> str:
    """A key for `name` that is not among those taken: "Äldreomsorg" gives `aldreomsorg`, and then `aldreomsorg-2`."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    base = _OTHER.sub("-", plain).strip("-") or "x"
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key


def proposed_key(name: str, taken: Container[str] = ()) -> str:
    """The key that is proposed for a new thing of that name: of a long one its first words."""
    words = " ".join(name.split())
    if len(words) > _LONGEST_NAME_OF_KEY:
        words = words[: _LONGEST_NAME_OF_KEY + 1].rpartition(" ")[0] or words[:_LONGEST_NAME_OF_KEY]
    return slug(words, taken) if words else ""
