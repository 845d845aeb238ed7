"""The password of a database server is in the settings of its owner, and nowhere else that anybody could look."""

from __future__ import annotations

import pytest

from kvaltui.commands.declarations import COMMANDS
from kvaltui.work.user_guide import guide_text
from tests.commands.conftest import Folder
from tests.commands.test_any_words import NEEDED
from tests.sampled import sampled

ADDRESSES = (
    "postgresql://anna:hemligt@127.0.0.1:1/kval",
    "postgresql://anna:hem#/ligt%@127.0.0.1:1/kval",
    "postgresql://127.0.0.1:1/kval?user=anna&password=hemligt",
    "postgresql://anna:hemligt@127.0.0.1",
    "foo://anna:hemligt@bar",
)


def words_of(name: str) -> list[str]:
    words = name.split()
    for each in COMMANDS[name].arguments:
        if each.is_required:
            words += [each.name, NEEDED[each.name]]
        elif not each.is_option and not each.may_be_left_out:
            words.append(NEEDED[each.name])
    return words


@pytest.mark.parametrize("name", sampled((name for name in COMMANDS if name != "demo"), 5))
def test_no_command_shows_it(empty: Folder, capsys: pytest.CaptureFixture[str], name: str) -> None:
    from kvaltui.cli import main

    for address in ADDRESSES:
        (empty.path / "config.toml").write_text(f"[database]\npath = '{address}'\n", encoding="utf-8")
        given: list[list[str]] = [[], ["--debug"], ["--db", address, "--debug"]]
        if name == "status":
            given += [["--db", address, "--config", "ingen.toml"], [f"--dbb={address}"]]
        for options in given:
            capsys.readouterr()
            code = main([*words_of(name), *options])
            printed = capsys.readouterr()
            assert code in (0, 1, 2, 3)
            told = (printed.out + printed.err).replace(guide_text().strip(), "")
            assert "hem" not in told, options
            assert "ligt" not in told, options
            assert "oförutsett" not in printed.err, options
    log = empty.path / "db" / "kvaltui.log"
    assert not log.exists() or "hem" not in log.read_text(encoding="utf-8")


def test_locate_shows_where_the_server_is(empty: Folder) -> None:
    (empty.path / "config.toml").write_text(f"[database]\npath = '{ADDRESSES[0]}'\n", encoding="utf-8")
    assert empty("locate", "--json").json["database"] == "postgresql://anna@127.0.0.1:1/kval"
