"""What goes out to the terminal: only the cells that differ from what it already shows.

Textual sends every cell of a region that it repaints, with the whole style before and a reset after each piece. Over
SSH that is most of what a key press costs. `Output` reads Textual's stream, remembers what the terminal shows, and lets
through only what changes it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len

_TOKEN = re.compile(
    r"\x1b\[(?P<sgr>[0-9;:]*)m"
    r"|\x1b\[(?P<row>\d+);(?P<column>\d+)H"
    r"|(?P<other>\x1b\[[0-?]*[ -/]*[@-~]"  # any other control sequence
    r"|\x1bPtmux;(?:[^\x1b]|\x1b\x1b)*\x1b\\"  # a command that tmux is to hand on
    r"|\x1b[\]PX^_][^\x1b\x07]*(?:\x1b\\|\x07)?"  # commands that hold a text of their own
    r"|\x1b.?|[\x00-\x1a\x1c-\x1f\x7f])"
    r"|(?P<text>[^\x00-\x1f\x7f]+)",
    re.DOTALL,
)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x1b\x07]*)?\Z")
"""The beginning of a command whose end is in the next piece: on Windows Textual writes 8192 characters at a time."""
_SYNCHRONISE = "\x1b[?2026h"
_RELEASE = "\x1b[?2026l"
_FORGETTING = re.compile(r"\x1b\[\?(?:1049|1047|47)[hl]|\x1bc|\x1b\[[0-9;]*[JKLMPSTX@]")
_UNKNOWN = "\x00"
"""Stands in the memory for a cell of which it is not known what it shows."""
_NEAR = 4
"""So many unchanged cells cost less than the command that jumps over them."""


class _Look(NamedTuple):
    """A style taken apart: its attributes (bold, reverse, …) and its two colours, each as SGR parameters."""

    attributes: frozenset[str]
    foreground: str
    background: str


@lru_cache(maxsize=4096)
def _look(style: str) -> _Look:
    attributes: set[str] = set()
    colours = {"3": "", "4": ""}
    parameters = iter(style.split(";")) if style else iter(())
    for parameter in parameters:
        if parameter in ("38", "48"):
            kind = next(parameters, "5")
            values = [next(parameters, "0") for _ in range(3 if kind == "2" else 1)]
            colours[parameter[0]] = ";".join((parameter, kind, *values))
        elif len(parameter) == 2 and parameter[0] in "39":
            colours["3"] = parameter
        elif (len(parameter) == 2 and parameter[0] == "4") or len(parameter) == 3:
            colours["4"] = parameter
        else:
            attributes.add(parameter)
    return _Look(frozenset(attributes), colours["3"], colours["4"])


_ENDS = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "8": "28", "9": "29", "21": "24"}
"""What ends each attribute, so that the rest of the style need not be sent again."""


@lru_cache(maxsize=4096)
def _transition(old: str, new: str) -> str:
    """The shortest command that turns one style into another."""
    if old == new:
        return ""
    if not new:
        return "\x1b[m"
    before, after = _look(old), _look(new)
    gone, kept = before.attributes - after.attributes, before.attributes & after.attributes
    whole = f"0;{new}" if old else new
    if not gone <= _ENDS.keys():
        return f"\x1b[{whole}m"
    ends = sorted({_ENDS[each] for each in gone})
    # 22 ends bold and dim alike: what else it ends is begun again.
    begun = sorted((after.attributes - kept) | {each for each in kept if _ENDS.get(each) in ends})
    changes = [*ends, *begun]
    if after.foreground != before.foreground:
        changes.append(after.foreground or "39")
    if after.background != before.background:
        changes.append(after.background or "49")
    shortest = min(";".join(changes), whole, key=len)
    return f"\x1b[{shortest}m"


_SEEN_ON_BLANKS = frozenset({"4", "7", "9", "21"})


@lru_cache(maxsize=4096)
def _on_blank(style: str) -> str:
    """What of a style shows where there is no text: the background, unless it is underlined or reversed."""
    look = _look(style)
    return style if look.attributes & _SEEN_ON_BLANKS else look.background


@lru_cache(maxsize=8192)
def _takes_one_cell_a_character(text: str) -> bool:
    return text.isascii() or all(cell_len(character) == 1 for character in text)


class Output:
    """Thins a stream of terminal output to what the terminal does not show already.

    `resize` when the terminal's size is known or changes, `thin` for each piece of output, `forget` when somebody else
    may have written on the screen.
    """

    def __init__(self) -> None:
        self._width = 0
        self._texts: list[list[str]] = []
        self._styles: list[list[str]] = []
        self._place = (0, 0)  # column and row that Textual writes at
        self._cursor: tuple[int, int] | None = None  # where the terminal's cursor is
        self._style = ""  # as Textual has set it
        self._shown_style: str | None = None  # as the terminal has it
        self._is_synchronised = False
        self.is_updating = False
        """Whether an update has been announced and not ended: what is sent of it can wait for the rest."""
        self._out: list[str] = []
        self._begun = ""  # of a command that the next piece ends

    def resize(self, width: int, height: int) -> None:
        """Take note of the terminal's size. When it is another, what the terminal shows is unknown."""
        if (width, height) != (self._width, len(self._texts)):
            self._begin(width, height)

    def forget(self) -> None:
        """Send everything anew next time: what the terminal shows is not known."""
        self._begin(self._width, len(self._texts))

    def _begin(self, width: int, height: int) -> None:
        self._width = width
        self._texts = [[_UNKNOWN] * width for _ in range(height)]
        self._styles = [[""] * width for _ in range(height)]
        self._cursor = None
        self._shown_style = None

    def thin(self, data: str) -> str:
        """What of `data` has to be sent. It may end within a command, which is sent with the rest of it."""
        data = self._begun + data
        last = data.rfind("\x1b")
        self._begun = data[last:] if last >= 0 and _UNFINISHED.match(data, last) else ""
        data = data[: len(data) - len(self._begun)]
        self._out = []
        token = None
        for token in _TOKEN.finditer(data):
            if token.lastgroup == "text":
                self._write(token["text"])
            elif token.lastgroup == "sgr":
                parameters = token["sgr"]
                self._style = "" if parameters == "0" else parameters
            elif token.lastgroup == "column":
                self._place = (int(token["column"]) - 1, int(token["row"]) - 1)
            else:
                self._pass_on(token["other"])
        if token is not None and token.lastgroup == "column":
            self._rest_cursor()
        sent = "".join(self._out)
        self._out = []
        return sent

    def rest(self) -> str:
        """What brings the terminal's style back to its own, before somebody else writes to it."""
        self._style, self._shown_style = "", None
        return "\x1b[m"

    def _pass_on(self, command: str) -> None:
        if command == "\n":  # every line that Textual writes begins with a place of its own
            return
        if command == _SYNCHRONISE:
            self._is_synchronised = self.is_updating = True
            return
        if command == _RELEASE:
            self.is_updating = False
            # Nothing has been written since: neither needs to be sent.
            if not self._is_synchronised:
                self._out.append(command)
            self._is_synchronised = False
            return
        if _FORGETTING.match(command):
            self.forget()
        self._send(command)

    def _rest_cursor(self) -> None:
        """Each update ends with the place where the work goes on, which Braille displays and input methods follow."""
        if self._cursor != self._place:
            column, row = self._cursor = self._place
            self._send(f"\x1b[{row + 1};{column + 1}H")

    def _send(self, text: str) -> None:
        if self._is_synchronised:
            self._out.append(_SYNCHRONISE)
            self._is_synchronised = False
        self._out.append(text)

    def _write(self, text: str) -> None:
        column, row = self._place
        if not 0 <= row < len(self._texts):
            return
        if not _takes_one_cell_a_character(text):
            self._write_whole(text, column, row)
            return
        self._place = (column + len(text), row)
        text = text[: max(0, self._width - column)]
        end = column + len(text)
        texts, styles, style = self._texts[row], self._styles[row], self._style
        blank = _on_blank(style)
        new_texts = list(text)
        new_styles = [style if each != " " else blank for each in text]
        if texts[column:end] == new_texts and styles[column:end] == new_styles:
            return
        start = last = -1
        for at in range(column, end):
            if texts[at] != new_texts[at - column] or styles[at] != new_styles[at - column]:
                if start >= 0 and at - last > _NEAR:
                    self._emit(text[start - column : last + 1 - column], start, row)
                    start = at
                elif start < 0:
                    start = at
                last = at
        self._emit(text[start - column : last + 1 - column], start, row)
        texts[column:end] = new_texts
        styles[column:end] = new_styles

    def _write_whole(self, text: str, column: int, row: int) -> None:
        """Text whose characters may take none or two cells is always sent, and the place after it set anew."""
        width = cell_len(text)
        self._emit(text, column, row)
        self._cursor = None
        self._place = (column + width, row)
        end = min(self._width, column + width)
        self._texts[row][column:end] = [_UNKNOWN] * max(0, end - column)

    def _emit(self, text: str, column: int, row: int) -> None:
        text_is_blank = not text.strip(" ")
        if self._cursor != (column, row):
            same_row = self._cursor is not None and self._cursor[1] == row
            self._send(f"\x1b[{column + 1}G" if same_row else f"\x1b[{row + 1};{column + 1}H")
        self._wear(_on_blank(self._style) if text_is_blank else self._style, is_blank=text_is_blank)
        self._send(text)
        after = column + len(text)
        # At the right edge terminals differ in where their cursor is.
        self._cursor = (after, row) if after < self._width else None

    def _wear(self, style: str, *, is_blank: bool) -> None:
        """Put the terminal in a style; for blanks any that looks the same on them will do."""
        shown = self._shown_style
        if shown is None:
            self._send(f"\x1b[0;{style}m" if style else "\x1b[m")
        elif is_blank and _on_blank(shown) == style:
            return
        else:
            self._send(_transition(shown, style))
        self._shown_style = style
