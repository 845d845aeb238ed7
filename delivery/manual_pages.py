"""The manual pages that the wheel puts where `man` looks: one in each language, made of what is declared."""

from __future__ import annotations

from pathlib import Path

from kvaltui import i18n
from kvaltui.commands.manual_page import manual_page
from kvaltui.commands.parser import PROGRAM

PLACES: dict[i18n.Language, str] = {"en": "share/man/man1", "sv": "share/man/sv/man1"}
"""Where the page in a language lies, below the folder that the program is installed in."""


def manual_pages(folder: Path) -> list[tuple[str, list[str]]]:
    """Write the pages below a folder, and return where each is to lie."""
    placed = []
    for language, place in PLACES.items():
        i18n.install(language)
        page = folder / language / f"{PROGRAM}.1"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(manual_page(), encoding="ascii", newline="\n")
        placed.append((place, [str(page)]))
    return placed
