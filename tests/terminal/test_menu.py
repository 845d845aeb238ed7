"""The menu over a slow line: it shows at once and costs little, and nobody who knows it waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.sampled import sampled
from tests.terminal.terminal import Terminal
from tests.terminal.test_appearance import opened

MOST_BYTES = 900
SCREENS = {
    "f3": "Översikt",
    "f4": "Områden",
    "f5": "Indikatorer",
    "f6": "Risker",
    "f7": "Egenkontroller",
    "f8": "Åtgärder",
    "f9": "Historik",
}
OPEN = "Sök bland allt"


def wait_for_tab(terminal: Terminal, shown: str) -> None:
    """Wait until a screen shows, by the name of its tab, which is the bold one."""

    def tab() -> str:
        first = terminal.screen.buffer[0]
        return "".join(first[at].data for at in range(80) if first[at].bold).strip("[] ")

    terminal.wait_until(lambda: tab() == shown)


def at_rest(terminal: Terminal) -> int:
    """How much has been written, when nothing more comes."""
    before = -1
    while before != len(terminal.raw):
        before = len(terminal.raw)
        terminal.take_in(0.3)
    return before


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("colours", "screens"), sampled([("truecolor", ("f5", "f6")), ("truecolor", tuple(SCREENS)), ("", tuple(SCREENS))])
)
def test_the_menu_costs_no_more_than_900_bytes_on_any_screen(
    tmp_path: Path, colours: str, screens: Sequence[str]
) -> None:
    with opened(tmp_path, TERM="xterm-256color", COLORTERM=colours) as terminal:
        terminal.wait_for("Översikt")
        costs = {}
        for key in screens:
            terminal.press(key)
            wait_for_tab(terminal, SCREENS[key])
            before = at_rest(terminal)
            terminal.press("space")
            terminal.wait_for(OPEN)
            costs[key] = at_rest(terminal) - before
            terminal.press("space")
            terminal.wait_until(lambda: OPEN not in terminal.shown)
        assert max(costs.values()) <= MOST_BYTES, costs


def test_a_command_is_typed_with_its_letter_in_one_go(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.wait_for("Översikt")
        terminal.press("f5")
        terminal.wait_for_line("›", "Särskilt boende")
        terminal.type(" nUr enkäten, 5 april\r")
        terminal.wait_for("Sparat")
        terminal.type(" gm")
        wait_for_tab(terminal, "Områden")
        terminal.type(" q")
        assert terminal.wait_for_end() == 0


@pytest.mark.thorough
def test_in_what_is_found_by_typing_a_key_costs_little(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.wait_for("Översikt")
        terminal.press("f4")
        wait_for_tab(terminal, "Områden")
        terminal.type("f")
        terminal.wait_for("Hitta: f")
        before = at_rest(terminal)
        terminal.type("a")
        terminal.wait_for("Hitta: fa")
        assert at_rest(terminal) - before <= MOST_BYTES
