"""While another process holds the database, the window draws, says that it waits, keeps what is typed, and goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sampled import sampled
from tests.terminal.holding import held
from tests.terminal.terminal import Terminal
from tests.terminal.test_terminal_left_clean import ROW, entered, on_the_entry_table

WAITS = "Väntar på databasen …"
BUSY = "Ett annat program skriver"


@pytest.mark.thorough
@pytest.mark.parametrize("how", sampled(["BEGIN EXCLUSIVE", "BEGIN IMMEDIATE", "BEGIN"], keep=2))
def test_a_figure_is_stored_when_the_lock_goes(tmp_path: Path, how: str) -> None:
    """Held by a writer while it writes, by one that has begun, or by a reader, who keeps the commit waiting."""
    with on_the_entry_table(tmp_path) as terminal, held(tmp_path / "kvaltui.db", how) as holder:
        terminal.type("91\r")
        terminal.wait_for(WAITS)
        terminal.resize(100, 30)
        terminal.wait_until(lambda: len(terminal.lines) == 30 and WAITS in terminal.shown and ROW in terminal.shown)
        holder.let_go()
        terminal.wait_for("Sparat")
        assert WAITS not in terminal.shown
    assert entered(tmp_path) == "91"


@pytest.mark.thorough
def test_what_is_typed_meanwhile_is_used_in_its_order(tmp_path: Path) -> None:
    with on_the_entry_table(tmp_path) as terminal, held(tmp_path / "kvaltui.db") as holder:
        terminal.type("91\r")
        terminal.wait_for(WAITS)
        terminal.type("82\r")
        terminal.press("up", "up")
        terminal.type("73\r")
        terminal.take_in(0.3)
        assert "82" not in terminal.shown
        holder.let_go()
        terminal.wait_for("Sparat", "82 %", "73 %")
    assert entered(tmp_path) == "73"


@pytest.mark.thorough
def test_esc_gives_up_and_nothing_is_stored_behind_ones_back(tmp_path: Path) -> None:
    with on_the_entry_table(tmp_path) as terminal:
        with held(tmp_path / "kvaltui.db"):
            terminal.type("91\r")
            terminal.wait_for(WAITS)
            terminal.press("escape")
            terminal.wait_for(BUSY)
            terminal.wait_for_refusal("91")
        terminal.take_in(1.0)
        assert entered(tmp_path) == "86 %"
        terminal.press("enter")
        terminal.wait_for("Sparat")
    assert entered(tmp_path) == "91"


@pytest.mark.thorough
def test_what_was_typed_for_other_rows_is_for_them_when_one_is_given_up(tmp_path: Path) -> None:
    with on_the_entry_table(tmp_path) as terminal, held(tmp_path / "kvaltui.db") as holder:
        terminal.type("91\r")
        terminal.wait_for(WAITS)
        terminal.type("82\r")
        terminal.press("escape")
        terminal.wait_for("82", WAITS)
        holder.let_go()
        terminal.wait_for("Ej sparat: ”91”", "Spar", "82   %")
        assert "91" in terminal.line_with(ROW)
    assert entered(tmp_path) == "86 %"


@pytest.mark.thorough
@pytest.mark.parametrize("key", sampled(["f3", "f6"], keep=1))
def test_leaving_with_something_half_typed(tmp_path: Path, key: str) -> None:
    with on_the_entry_table(tmp_path) as terminal, held(tmp_path / "kvaltui.db") as holder:
        terminal.type("91")
        terminal.press(key)
        terminal.wait_for(WAITS)
        holder.let_go()
        terminal.wait_until(lambda: WAITS not in terminal.shown)
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    assert entered(tmp_path) == "91"


@pytest.mark.thorough
def test_quitting_with_something_half_typed(tmp_path: Path) -> None:
    with on_the_entry_table(tmp_path) as terminal, held(tmp_path / "kvaltui.db") as holder:
        terminal.type("91")
        terminal.press("ctrl+q")
        terminal.wait_for(WAITS)
        holder.let_go()
        assert terminal.wait_for_end() == 0
    assert entered(tmp_path) == "91"


@pytest.mark.thorough
@pytest.mark.parametrize("key", sampled(["escape", "ctrl+c"], keep=1))
def test_quitting_without_waiting(tmp_path: Path, key: str) -> None:
    with on_the_entry_table(tmp_path) as terminal, held(tmp_path / "kvaltui.db"):
        terminal.type("91")
        terminal.press("ctrl+q")
        terminal.wait_for(WAITS)
        terminal.press(key)
        terminal.wait_for("”91”", "Avsluta utan")
        terminal.press("down", "enter")
        assert terminal.wait_for_end() == 0
    assert entered(tmp_path) == "86 %"


def test_nothing_waits_where_nothing_is_stored(tmp_path: Path) -> None:
    with on_the_entry_table(tmp_path) as terminal, held(tmp_path / "kvaltui.db"):
        for key, shown in (("f3", "[Översikt]"), ("f5", "[Indikatorer]")):
            terminal.press(key)
            terminal.wait_for(shown)
            assert WAITS not in terminal.shown
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0


@pytest.mark.thorough
def test_long_work_waits_and_can_be_stopped(tmp_path: Path) -> None:
    """A backup behind a dialog: it says what it waits for, is stopped with Esc, and is made when the lock goes."""
    with on_the_entry_table(tmp_path) as terminal, held(tmp_path / "kvaltui.db") as holder:
        terminal.press("space", "a", "s")
        terminal.wait_for("Säkerhetskopiera", "kvaltui-")
        terminal.press("enter")
        terminal.wait_for(WAITS)
        terminal.press("escape")
        terminal.wait_for("Avbrutet: inget har ändrats")
        terminal.press("enter")
        terminal.wait_for(WAITS)
        holder.let_go()
        terminal.wait_for("Skrev")


@pytest.mark.thorough
def test_the_window_says_that_it_waits_as_it_starts(tmp_path: Path) -> None:
    with on_the_entry_table(tmp_path):
        pass
    with held(tmp_path / "kvaltui.db") as holder, Terminal("--db", str(tmp_path / "kvaltui.db"), folder=tmp_path) as it:
        it.wait_for(WAITS, "Ctrl+C avbryter")
        holder.let_go()
        it.wait_for("[Översikt]", "34 av 34 inlagda")
    with held(tmp_path / "kvaltui.db"), Terminal("--db", str(tmp_path / "kvaltui.db"), folder=tmp_path) as it:
        it.wait_for(WAITS)
        it.press("ctrl+c")
        assert it.wait_for_end() == 130
        assert "[Översikt]" not in it.raw.decode()


@pytest.mark.thorough
def test_what_is_read_is_waited_for_too(tmp_path: Path) -> None:
    """The history, which says why it is empty when that is given up, and is read when one comes back; the plans."""
    with on_the_entry_table(tmp_path) as terminal, held(tmp_path / "kvaltui.db") as holder:
        terminal.press("f9")
        terminal.wait_for(WAITS)
        terminal.press("escape")
        terminal.wait_for(BUSY)
        terminal.press("space", "o")
        terminal.wait_for(WAITS)
        holder.let_go()
        terminal.wait_for("Ny plan …")
        terminal.press("escape")
        terminal.wait_for("Samordnaren")


@pytest.mark.thorough
@pytest.mark.parametrize(
    "arguments", sampled([["enter", "sabo-trygghet", "91"], ["status"], ["show", "sabo-trygghet"]], keep=1)
)
def test_a_command_says_that_it_waits(tmp_path: Path, arguments: list[str]) -> None:
    with on_the_entry_table(tmp_path):
        pass
    with held(tmp_path / "kvaltui.db") as holder:
        with Terminal(*arguments, "--db", str(tmp_path / "kvaltui.db"), folder=tmp_path) as it:
            it.wait_for(WAITS)
            it.press("ctrl+c")
            assert it.wait_for_end() == 130
        with Terminal(*arguments, "--db", str(tmp_path / "kvaltui.db"), folder=tmp_path) as it:
            it.wait_for(WAITS)
            holder.let_go()
            assert it.wait_for_end() == 0
    assert entered(tmp_path) == ("91" if "91" in arguments else "86 %")
