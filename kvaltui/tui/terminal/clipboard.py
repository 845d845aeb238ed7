"""Texts for the clipboard of the person's own computer, and what can be known of where they have gone.

A terminal takes a text for its clipboard by a command (OSC 52) that it never answers: whether it has taken one cannot
be known. tmux passes such commands by unless it is told otherwise (`set-clipboard external`, `allow-passthrough off`),
but hands on what it is given by its own command line, and says whether it can. docs/decisions/clipboard.md has the
rest.
"""

from __future__ import annotations

import asyncio
import subprocess
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from enum import Enum, auto
from typing import Final

from kvaltui.model.value import dataclass
from kvaltui.tui.terminal.browser import is_in_browser

MOST_BYTES: Final = 74_994
"""So much is taken by all terminals that take anything but by very old ones: 100,000 characters as base64."""
_PIECE: Final = 250
"""What GNU screen hands on at a time is no longer than this with what stands around it."""
_PATIENCE: Final = 2.0
"""Seconds that tmux, which runs on the same computer, has for an answer."""


class Reach(Enum):
    """Where a text has been sent, as far as the program can know."""

    TERMINAL = auto()
    """To the terminal, which may have no clipboard, or not let programs write to it."""
    BROWSER = auto()
    """To a terminal in a browser, which lets pages write only over https and on the same computer."""
    TMUX = auto()
    """Into tmux, which has it, and has sent it to its terminal."""
    ONLY_TMUX = auto()
    """Into tmux, which has it and does not send it on: as it is told, or because it knows of no clipboard there."""
    PERHAPS_TMUX = auto()
    """To a tmux that is too old to be asked, or on the other side of an SSH connection: it may pass it by."""
    NOWHERE = auto()
    """The terminal is one that has no clipboard."""


@dataclass(frozen=True, slots=True)
class Handed:
    """Where a text has been sent, and the line of `~/.tmux.conf` that lets tmux send it on where it does not."""

    reach: Reach
    setting: str = ""


async def hand_over(text: str, write: Callable[[str], None], environment: Mapping[str, str]) -> Handed:
    """Send a text to the clipboard of a person's terminal, by `write` or by tmux; `environment` says what it is."""
    if is_in_browser():
        write(_command(text))
        return Handed(Reach.BROWSER)
    if environment.get("TMUX"):
        handed = await asyncio.to_thread(_by_tmux, text, environment)
        if handed is not None:
            return handed
    for command in _commands(text, environment):
        write(command)
    return _expected(environment)


def _commands(text: str, environment: Mapping[str, str]) -> Iterator[str]:
    """What is written to the terminal: as it is, and as what stands in between hands it on."""
    kind, command = environment.get("TERM", ""), _command(text)
    if environment.get("STY"):
        yield from (f"\x1bP{command[at : at + _PIECE]}\x1b\\" for at in range(0, len(command), _PIECE))
        return
    if _has_no_clipboard(environment):
        return
    yield command
    if environment.get("TMUX") or kind.startswith("tmux"):
        yield "\x1bPtmux;" + command.replace("\x1b", "\x1b\x1b") + "\x1b\\"


def _command(text: str) -> str:
    return f"\x1b]52;c;{b64encode(text.encode(errors='replace')).decode()}\a"


def _has_no_clipboard(environment: Mapping[str, str]) -> bool:
    return environment.get("TERM", "") == "linux"


def _expected(environment: Mapping[str, str]) -> Handed:
    kind = environment.get("TERM", "")
    if environment.get("TMUX") or kind.startswith("tmux") or (kind.startswith("screen") and not environment.get("STY")):
        return Handed(Reach.PERHAPS_TMUX, "set -s set-clipboard on")
    return Handed(Reach.NOWHERE if _has_no_clipboard(environment) else Reach.TERMINAL)


def _by_tmux(text: str, environment: Mapping[str, str]) -> Handed | None:
    """Hand a text to the tmux around the program, and ask what it does with it; None where it cannot be asked."""
    told = "#{client_termfeatures} #{client_termname}"
    command = ["tmux", "load-buffer", "-w", "-", ";", "display-message", "-p", told, ";", "show-options", "-sv"]
    try:
        done = subprocess.run(
            [*command, "set-clipboard"],
            input=text.encode(errors="replace"),
            env=dict(environment),
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    client, _line, option = done.stdout.decode(errors="replace").strip().partition("\n")
    features, _space, terminal = client.partition(" ")
    if option.strip() == "off":
        return Handed(Reach.ONLY_TMUX, "set -s set-clipboard external")
    if "clipboard" not in features.split(","):
        return Handed(Reach.ONLY_TMUX, f"set -as terminal-features ',{terminal or '*'}:clipboard'")
    return Handed(Reach.TMUX)
