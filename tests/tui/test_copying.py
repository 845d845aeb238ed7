"""On every screen with a list `Space c` copies the row, the table, the page; what is said of it is what is known."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from kvaltui.tui import copying
from kvaltui.tui.copying import COPIES, about_clipboard, remedy, told_of
from kvaltui.tui.modes import MODES
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.terminal import clipboard
from kvaltui.tui.terminal.clipboard import Handed, Reach
from kvaltui.tui.terminal.drawing import width_of
from kvaltui.tui.widgets.line_view import LineView
from tests.sampled import sampled
from tests.tui.work import HUDDINGE, LINKOPING, NARROW, Work, at_work, program

LISTS = [mode.name for mode in MODES if mode.name != "settings"]
ECONOMY_IN = {"economy": LINKOPING}
_WORDS = re.compile(r"[^\W_]{3,}")
_SENT = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\a")


@contextmanager
def clipboard_of(work: Work, monkeypatch: pytest.MonkeyPatch, **environment: str) -> Iterator[list[str]]:
    """What is sent to the terminal's clipboard."""
    sent: list[str] = []
    driver = work.app.driver
    assert driver is not None
    write = driver.write

    def note(data: str) -> None:
        sent.extend(base64.b64decode(each).decode() for each in _SENT.findall(data))
        write(data)

    for name in ("TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in ({"TERM": "xterm-256color"} | environment).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(driver, "write", note)
    yield sent


@pytest.mark.parametrize("mode", sampled(LISTS, keep=3))
async def test_every_list_is_copied_as_it_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    async with at_work(program(tmp_path, ECONOMY_IN.get(mode, HUDDINGE), mode=mode)) as work:
        screen = work.app.screen
        assert isinstance(screen, PlanScreen)
        view = screen.list_here
        assert isinstance(view, LineView)
        with clipboard_of(work, monkeypatch) as sent:
            await work.press("space")
            assert "c Kopiera …" in work.shown
            await work.press("c", "t")
            assert "Skickat till urklipp" in work.shown
            await work.press("space", "c", "r")
        table, row = sent
        lines = table.rstrip("\n").split("\n")
        headings = bool(view.as_table().headings and any(view.as_table().headings))
        shown = [at for at in range(view.row_count()) if any(view.table_cells(at))]
        assert len(lines) == len(shown) + headings
        assert len(shown) > 1
        assert len({line.count("\t") for line in lines}) == 1, "every line has every cell"
        assert row.rstrip("\n").split("\n")[-1].strip()
        assert len(row.splitlines()) == 1 + headings
        assert headings, "each column is named"


@pytest.mark.thorough
@pytest.mark.parametrize("mode", LISTS)
async def test_what_is_copied_of_a_row_has_all_that_the_row_shows(tmp_path: Path, mode: str) -> None:
    async with at_work(program(tmp_path, ECONOMY_IN.get(mode, HUDDINGE), mode=mode), (200, 50)) as work:
        assert isinstance(work.app.screen, PlanScreen)
        view = work.app.screen.list_here
        assert view is not None
        for at in range(min(view.row_count(), 30)):
            drawn = view.draw_row(at, view.size.width, is_here=False).text
            cells = " ".join(view.table_cells(at)).split()
            for word in _WORDS.findall(drawn):
                assert any(word in cell for cell in cells) or "…" in drawn or view.can_stand(at) is False, (word, cells)


async def test_the_page_about_the_row_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="indicators")) as work:
        with clipboard_of(work, monkeypatch) as sent:
            await work.press("home", "down", "space", "c", "s")
        assert "Skickat till urklipp: sidan" in work.shown
        assert isinstance(work.app.screen, PlanScreen)
        assert sent == [work.app.screen.page_as_text()]
        assert len(sent[0].splitlines()) > 1


async def test_what_to_do_is_told_once_and_can_be_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_work(program(tmp_path, HUDDINGE, mode="risks")) as work:
        with clipboard_of(work, monkeypatch):
            await work.press("space", "c", "r")
            assert "Syns det inte: Mellanslag c u" in work.shown
            await work.press("space", "c", "r")
            assert "Syns det inte" not in work.shown
            await work.press("space", "c", "u")
            assert "set -s set-clipboard on" in work.shown
            assert "kan inte veta" in work.shown.replace("programmet ", "")


async def test_within_another_computers_tmux_the_line_for_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_work(program(tmp_path, HUDDINGE, mode="risks")) as work:
        with clipboard_of(work, monkeypatch, TERM="tmux-256color") as sent:
            await work.press("space", "c", "t")
        assert "Syns det inte: set -s set-clipboard on" in work.shown
        assert len(sent) == 2, "as it is, and wrapped for a tmux that lets it pass"


@pytest.mark.thorough
async def test_a_text_that_is_too_long_is_told_and_offered_as_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(copying, "MOST_BYTES", 100)
    async with at_work(program(tmp_path, HUDDINGE, mode="risks", read_only=True)) as work:
        with clipboard_of(work, monkeypatch) as sent:
            await work.press("space", "c", "t")
            assert "För långt för urklipp" in work.shown
            assert sent == []
        await work.press("enter")
        assert "Skrev" in work.shown
    (written,) = tmp_path.glob("*risker*.csv")
    assert len(written.read_text(encoding="utf-8-sig").splitlines()) > 2


async def test_the_console_of_linux_says_that_it_has_no_clipboard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_work(program(tmp_path, HUDDINGE, mode="risks")) as work:
        with clipboard_of(work, monkeypatch, TERM="linux") as sent:
            await work.press("space", "c", "r")
        assert sent == []
        assert "har inget urklipp" in work.shown
        assert "c f sparar som fil" in work.shown


@pytest.mark.thorough
async def test_the_palette_finds_what_can_be_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_work(program(tmp_path, HUDDINGE, mode="risks")) as work:
        with clipboard_of(work, monkeypatch) as sent:
            await work.press("ctrl+p")
            await work.type("kopiera tabellen")
            await work.press("enter")
        assert len(sent) == 1


def test_each_has_a_letter_of_its_own() -> None:
    assert len({each.letter for each in COPIES}) == len(COPIES)


@pytest.mark.parametrize("reach", list(Reach))
def test_what_is_said_fits_and_claims_no_more_than_is_known(reach: Reach) -> None:
    handed = Handed(reach, "set -s set-clipboard on" if "TMUX" in reach.name and reach is not Reach.TMUX else "")
    told = told_of(handed, "1 234 rader")
    more = remedy(handed, "Mellanslag c", NARROW[0] - width_of(told) - 3)
    assert width_of(f"{told} {more}") <= NARROW[0] - 2
    assert ("Kopierat" in told) == (reach in (Reach.TMUX, Reach.ONLY_TMUX)), "only tmux says what it has"
    assert about_clipboard(handed)


def sent_as(environment: Mapping[str, str], text: str = "hej") -> list[str]:
    return list(clipboard._commands(text, environment))


def test_gnu_screen_hands_on_pieces_that_make_the_whole_command() -> None:
    pieces = sent_as({"STY": "1.x", "TERM": "screen"}, "åäö" * 1000)
    assert all(each.startswith("\x1bP") and each.endswith("\x1b\\") and len(each) < 500 for each in pieces)
    whole = "".join(each[2:-2] for each in pieces)
    assert base64.b64decode(whole.removeprefix("\x1b]52;c;").removesuffix("\a")).decode() == "åäö" * 1000


def test_a_screen_on_the_other_side_is_sent_nothing_that_it_would_show() -> None:
    assert sent_as({"TERM": "screen-256color"}) == ["\x1b]52;c;aGVq\a"]
