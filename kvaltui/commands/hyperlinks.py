"""Links in what is printed (OSC 8), where the terminal has them: to web pages that data names, and to files.

Nothing of a text becomes anything but the address of a page: it is checked, and written so that no terminal can take a
part of it for a command.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

from kvaltui.commands.output import printing, write
from kvaltui.model.clean import clean
from kvaltui.model.pattern import pattern
from kvaltui.server_address import without_secrets
from kvaltui.system.console import obeys_sequences
from kvaltui.terminal import is_terminal, refuses_colours

_MOST = 2000
"""Characters of an address; terminals take 2,083."""
_ADDRESS = pattern(r"(?i:https?)://[^\s<>\"“”’{}|\\^`\x00-\x20\x7f-\x9f\ufffd]+")
_AFTER_IT = ".,;:!?)]'…"
"""What ends a sentence or a parenthesis, and not the address before it."""
_SAFE = pattern(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?#][!#-;=?-\[\]_a-z~]*)?")
_INSIDE_ANOTHER = ("screen", "tmux")
_BY_NAME = frozenset({"alacritty", "contour", "foot", "foot-extra", "wezterm", "xterm-ghostty", "xterm-kitty"})
"""What such terminals call themselves (TERM)."""
_BY_VARIABLE = ("WT_SESSION", "DOMTERM", "KITTY_WINDOW_ID", "WEZTERM_PANE", "GHOSTTY_RESOURCES_DIR")
"""What their windows have in their surroundings."""
_SINCE: Mapping[str, tuple[int, ...]] = {
    "iTerm.app": (3, 1), "WezTerm": (20200620,), "vscode": (1, 72), "ghostty": (), "zed": (), "Hyper": (), "mintty": (),
    "rio": (), "Tabby": (),
}  # fmt: skip
"""The release from which a program has links, by its TERM_PROGRAM; () for all of them."""
_VTE_WITH_LINKS = 5001
_KONSOLE_WITH_LINKS = 201200


def has_links(stream: TextIO | None, environment: Mapping[str, str]) -> bool:
    """Whether the terminal at a stream is one that has links, or is said to be (FORCE_HYPERLINK; 0: no links).

    A terminal that is not known has none, for it might print them; nor has one within `screen` or `tmux`, which
    know better than what they have inherited of the terminal around them.
    """
    if stream is None or not is_terminal(stream) or not obeys_sequences(stream):
        return False
    if forced := environment.get("FORCE_HYPERLINK"):
        return forced not in ("0", "false")
    kind = environment.get("TERM", "")
    is_inside = "TMUX" in environment or "STY" in environment or kind.startswith(_INSIDE_ANOTHER)
    if is_inside or kind in ("dumb", "linux") or "CI" in environment or refuses_colours(environment):
        return False
    if kind in _BY_NAME or any(name in environment for name in _BY_VARIABLE):
        return True
    return _is_known_release(environment)


def _is_known_release(environment: Mapping[str, str]) -> bool:
    since = _SINCE.get(environment.get("TERM_PROGRAM", ""))
    if since is not None and _numbers(environment.get("TERM_PROGRAM_VERSION", "")) >= since:
        return True
    vte, konsole = environment.get("VTE_VERSION", ""), environment.get("KONSOLE_VERSION", "")
    return (vte.isdecimal() and int(vte) >= _VTE_WITH_LINKS) or (
        konsole.isdecimal() and int(konsole) >= _KONSOLE_WITH_LINKS
    )


def _numbers(version: str) -> tuple[int, ...]:
    head = version.partition("-")[0]
    return tuple(int(each) for each in head.split(".") if each.isdecimal())


def addresses_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Where web addresses stand in a text, and the address that each is in ASCII; what is none is passed over."""
    for found in _ADDRESS.finditer(text) if "://" in text else ():
        written = found[0].rstrip(_AFTER_IT)
        if found[0].count("(") and written.count("(") == found[0].count(")"):
            written = found[0]
        if address := _safe(written):
            yield found.start(), found.start() + len(written), address


def address_in(*texts: str) -> str:
    """The first web address in the first of the texts that has one; "" where none has."""
    return next((address for text in texts for _start, _end, address in addresses_in(text)), "")


def _safe(written: str) -> str:
    """An address as it may stand in a command to a terminal, in ASCII; "" for what is no ordinary address of a page."""
    from urllib.parse import quote

    scheme, separator, rest = written.partition("://")
    host, slash, path = rest.partition("/")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    address = f"{scheme.lower()}{separator}{host}{slash}{quote(path, safe=_KEPT)}"
    return address if len(address) <= _MOST and _SAFE.fullmatch(address) else ""


_KEPT = "%/?#[]@!$&()*+,;=:~._-"


def link_to_file(path: Path) -> str:
    """The address of a file or a folder on this computer; "" where the terminal's window is on another (ssh)."""
    if os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"):
        return ""
    try:
        address = path.absolute().as_uri()
    except (ValueError, OSError):
        return ""
    return address if len(address) <= _MOST else ""


def linked(text: str, address: str) -> str:
    """A text that has been cleaned, as a link to an address of this module."""
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\"


def write_with_file(text: str, path: Path) -> None:
    """Print a line that names a file, by `str(path)`, as a link to it where the terminal has links."""
    name, told = clean(str(path)), clean(without_secrets(text), multiline=True)
    address = link_to_file(path) if name in told and has_links(sys.stdout, os.environ) else ""
    if not address:
        write(text)
        return
    with printing():
        print(told.replace(name, linked(name, address), 1))
