"""What comes in from the terminal: bytes, taken apart into keys, pastes, the mouse and what is nobody's typing.

Any bytes are survived, in time that grows with their number and in bounded memory. What is no UTF-8 is read as the
Latin-1 (cp1252) that it most likely is. Sequences that are no key's are passed over, whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum, auto
from typing import Final

from textual import events
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from kvaltui.tui.terminal.key_codes import key_with_alt, keys_of, keys_typing

MOST_PASTED: Final = 1_000_000
"""Bytes of the longest paste that is taken: half of a longer one would be another text, so it is not taken at all."""
_LONGEST_SEQUENCE: Final = 256
_PASTE_BEGINS: Final = b"\x1b[200~"
_PASTE_ENDS: Final = b"\x1b[201~"
_IN_A_KEY: Final = 0.1
"""Seconds within which what follows an Esc has come, where the two are one key."""
_IN_A_SEQUENCE: Final = 0.5
"""Seconds within which the rest of a sequence has come that a terminal began, on a slow line too."""
_IN_A_PASTE: Final = 2.0

_WIDE = (  # UTF-8 beyond ASCII, without the control characters of Latin-1 (Unicode 15, table 3-7)
    rb"\xc2[\xa0-\xbf]|[\xc3-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]"
    rb"|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}"
    rb"|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_WHOLE = rb"[\x20-\x7e]|" + _WIDE
_BEGUN = (  # the beginning of a character whose end may still come
    rb"[\xc2-\xdf]|\xe0[\xa0-\xbf]?|[\xe1-\xec\xee\xef][\x80-\xbf]?|\xed[\x80-\x9f]?"
    rb"|\xf0(?:[\x90-\xbf][\x80-\xbf]?)?|[\xf1-\xf3][\x80-\xbf]{0,2}|\xf4(?:[\x80-\x8f][\x80-\xbf]?)?"
)
_CSI = rb"(?:\x1b\[|\xc2?\x9b)"
_TOKEN: Final = re.compile(
    rb"(?P<text>(?:" + _WHOLE + rb")+)"
    rb"|(?P<mouse>" + _CSI + rb"M[^\x1b]{3})"  # the mouse as terminals told of it before 1996
    rb"|(?P<sequence>"
    + _CSI
    + rb"(?:\[[A-E]|<[-0-9;]{0,64}[Mm]|[2-9][0-9]?\$(?![ -~])|[0-?]{0,%d}[ -/]{0,4}[@-LN-Z\\-~]" % _LONGEST_SEQUENCE
    + rb"|[0-?]{1,%d}M)" % _LONGEST_SEQUENCE
    + rb"|\x1bO[0-9;]{0,8}[ -/@-~])"
    rb"|(?P<command>\x1b(?:[\]X^_]|P(?=[0-9;<=>?!$+]))|\xc2?[\x90\x9d])"  # commands that hold a text of their own
    rb"|(?P<escaped>\x1b(?:[\x20-\x4e\x51-\x57\x59\x5a\x5c\x60-\x7e]|P(?=[^0-9;<=>?!$+])|" + _WIDE + rb"))"
    rb"|(?P<begun>(?:" + _BEGUN + rb"|\x1b|\x1bP|\x1bO[0-9;]{0,8}|" + _CSI + rb"(?:\[|M[^\x1b]{0,2})?"
    rb"|" + _CSI + rb"(?:<[-0-9;]{0,64}|[0-?]{0,%d}[ -/]{0,4})|\x1b(?:" % _LONGEST_SEQUENCE + _BEGUN + rb"))\Z)"
    rb"|(?P<endless>" + _CSI + rb"[0-?]{%d,})" % _LONGEST_SEQUENCE + rb"|(?P<broken>" + _CSI + rb"[0-?]*[ -/]*|\x1b)"
    rb"|(?P<nothing>\xc2[\x80-\x9f])|(?P<control>[\x00-\x1a\x1c-\x1f\x7f])"
    rb"|(?P<other>[\x80-\xff])",
    re.DOTALL,
)
_END_OF_COMMAND: Final = re.compile(rb"\x07|\x9c|(?=[\x00-\x06\x08-\x1f])")
_END_OF_ENDLESS: Final = re.compile(rb"[@-~]|(?=[^0-?])")
_NO_TEXT: Final = {code: None for code in range(32) if chr(code) not in "\t\n\v\f\r"}
"""What a paste is rid of."""

_MOUSE: Final = re.compile(r"\x1b\[<(\d{1,4});(\d{1,5});(\d{1,5})([Mm])")
_SYNCHRONISED: Final = re.compile(r"\x1b\[\?2026;[1-4]\$y")


class PasteTooLong(Message):
    """A paste was longer than any that is taken; nothing of it was."""


class _Within(Enum):
    """What has begun and not ended."""

    NOTHING = auto()
    PASTE = auto()
    COMMAND = auto()
    ENDLESS = auto()


class TerminalInput:
    """Makes messages for the app of the bytes that the terminal sends.

    `feed` takes bytes as they come. When none has come for `patience` seconds, `give_up` makes the best of what has
    begun and not ended. `is_bound` says whether a key has a command: Esc and a character that come at once are one
    key (Alt) only where that key has one, since over a slow line keys that follow each other come at once as well.
    """

    def __init__(self, is_bound: Callable[[str], bool] = lambda _key: False) -> None:
        self._is_bound = is_bound
        self._rest = b""
        self._within = _Within.NOTHING
        self._pasted: list[bytes] = []
        self._pasted_size = 0
        self._follows_return = False
        self._mouse_at = (0, 0)

    @property
    def patience(self) -> float | None:
        """Seconds to wait for more before `give_up`; None when there is nothing to give up."""
        if self._within is _Within.PASTE:
            return _IN_A_PASTE
        if self._within is not _Within.NOTHING:
            return _IN_A_SEQUENCE
        if not self._rest:
            return None
        return _IN_A_KEY if self._rest in (b"\x1b", b"\x1bO", b"\x1bP") else _IN_A_SEQUENCE

    def feed(self, data: bytes) -> list[Message]:
        """What the bytes mean, with those that came before."""
        found: list[Message] = []
        data, self._rest = self._rest + data, b""
        at = 0
        while at < len(data):
            at = self._step(data, at, found)
        return found

    def give_up(self) -> list[Message]:
        """What it meant that has begun and does not go on."""
        rest, self._rest = self._rest, b""
        within, self._within = self._within, _Within.NOTHING
        if within is _Within.PASTE:
            self._pasted.append(rest)
            return [self._paste()]
        if within is not _Within.NOTHING:
            return []
        if rest[:1] != b"\x1b":
            return list(keys_typing(as_text(rest))) if rest[:1] != b"\x9b" else []
        if rest in (b"\x1b", b"\x1bO", b"\x1bP"):
            return list(keys_typing(rest.decode()))
        return list(keys_of(rest.decode("latin-1")))

    def forget(self) -> None:
        """Drop what has begun: something unforeseen was in it."""
        self._rest, self._within, self._pasted, self._pasted_size = b"", _Within.NOTHING, [], 0

    def _step(self, data: bytes, at: int, found: list[Message]) -> int:
        """Take the next piece of the bytes, and return where the one after it begins."""
        match self._within:
            case _Within.PASTE:
                return self._go_on_pasting(data, at, found)
            case _Within.COMMAND | _Within.ENDLESS:
                pattern = _END_OF_COMMAND if self._within is _Within.COMMAND else _END_OF_ENDLESS
                end = pattern.search(data, at)
                if end is None:
                    return len(data)
                if data.endswith(b"\x1b") and end.end() == len(data) - 1:
                    self._rest = b"\x1b"  # of which the other half may still come
                    return len(data)
                self._within = _Within.NOTHING
                # The command's own end (ESC and a backslash) is taken with it.
                return end.end() + (2 if data.startswith(b"\x1b\\", end.end()) else 0)
        token = _TOKEN.match(data, at)
        if token is None:
            return at + 1
        follows_return, self._follows_return = self._follows_return, False
        self._take(token, found, follows_return=follows_return)
        return token.end()

    def _take(self, token: re.Match[bytes], found: list[Message], *, follows_return: bool) -> None:
        piece = token[0]
        match token.lastgroup:
            case "text":
                found += keys_typing(piece.decode())
            case "sequence":
                found += self._meaning(b"\x1b[" + piece.lstrip(b"\xc2")[1:] if piece[0] >= 0x80 else piece)
            case "command":
                self._within = _Within.COMMAND
            case "endless":
                self._within = _Within.ENDLESS
            case "begun":
                self._rest = piece
            case "escaped":
                found += self._escaped(piece[1:].decode())
            case "control":
                self._follows_return = piece == b"\r"
                if not (follows_return and piece == b"\n"):
                    found += keys_typing(piece.decode())
            case "other":
                found += keys_typing(as_text(piece))
            case "broken" if piece == b"\x1b":
                found += keys_typing("\x1b")

    def _meaning(self, sequence: bytes) -> Iterable[Message]:
        if sequence == _PASTE_BEGINS:
            self._within, self._pasted, self._pasted_size = _Within.PASTE, [], 0
            return ()
        text = sequence.decode("latin-1")
        if text in ("\x1b[I", "\x1b[O"):
            return (events.AppFocus() if text[-1] == "I" else events.AppBlur(),)
        if _SYNCHRONISED.fullmatch(text):
            return (TerminalSupportsSynchronizedOutput(),)
        if mouse := _MOUSE.fullmatch(text):
            return self._mouse(*map(int, mouse.groups()[:3]), is_down=mouse[4] == "M")
        return keys_of(text)

    def _escaped(self, character: str) -> Iterator[Message]:
        """Esc and a character that came at once."""
        alt = key_with_alt(character)
        if self._is_bound(alt.key):
            yield alt
        else:
            yield from keys_typing("\x1b" + character)

    def _mouse(self, code: int, column: int, line: int, *, is_down: bool) -> Iterable[Message]:
        x, y = column - 1, line - 1
        if x < 0 or y < 0:
            return ()
        moved = (x - self._mouse_at[0], y - self._mouse_at[1])
        self._mouse_at = (x, y)
        kind: type[events.MouseEvent]
        if code & 64:
            wheel = (events.MouseScrollUp, events.MouseScrollDown, events.MouseScrollLeft, events.MouseScrollRight)
            button, kind = 0, wheel[code & 3]
        else:
            button = (code + 1) & 3
            kind = events.MouseDown if is_down else events.MouseUp
            if code & 32 or button == 0:
                kind = events.MouseMove
        held = (bool(code & 4), bool(code & 8), bool(code & 16))
        return (kind(None, x, y, *moved, button, *held, screen_x=x, screen_y=y),)

    # Pastes

    def _go_on_pasting(self, data: bytes, at: int, found: list[Message]) -> int:
        end = data.find(_PASTE_ENDS, at)
        if end < 0:
            # The mark of the end may have come in part.
            kept = next((size for size in range(len(_PASTE_ENDS) - 1, 0, -1) if data.endswith(_PASTE_ENDS[:size])), 0)
            kept = min(kept, len(data) - at)
            self._keep(data[at : len(data) - kept])
            self._rest = data[len(data) - kept :]
            return len(data)
        self._keep(data[at:end])
        self._within = _Within.NOTHING
        found.append(self._paste())
        return end + len(_PASTE_ENDS)

    def _keep(self, piece: bytes) -> None:
        self._pasted_size += len(piece)
        if self._pasted_size <= MOST_PASTED:
            self._pasted.append(piece)
        else:
            self._pasted = []

    def _paste(self) -> Message:
        pasted, self._pasted = b"".join(self._pasted), []
        size, self._pasted_size = self._pasted_size, 0
        return PasteTooLong() if size > MOST_PASTED else events.Paste(as_text(pasted).translate(_NO_TEXT))


_PIECE: Final = re.compile(rb"(?:[\x00-\x1f\x7f]|" + _WHOLE + rb")+|(?P<c1>\xc2[\x80-\x9f])|(?P<other>[\x80-\xff])")


def as_text(data: bytes) -> str:
    """Bytes as text: what is no UTF-8 is read as cp1252; what is no character there either is left out."""
    return "".join(
        piece[0].decode() if piece.lastgroup is None else piece[0].decode("cp1252", "ignore") if piece["other"] else ""
        for piece in _PIECE.finditer(data)
    )
