"""Served to a browser, by such packets and by a real server: it is the same program, and nothing is lost."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from shlex import join

import pytest
from aiohttp import ClientConnectionError, ClientSession, ClientWebSocketResponse, WSMsgType

from kvaltui.tui.terminal.browser import Packets
from tests.processes import LONGEST
from tests.terminal.browser import Page, Served, prepared
from tests.terminal.terminal import KEYS, surroundings
from tests.terminal.test_terminal_left_clean import ROW, entered

SERVER = "import sys; from textual_serve.server import Server; Server(sys.argv[1], port=int(sys.argv[2])).serve()"


def test_a_figure_is_entered_in_a_browser_and_the_program_is_left(tmp_path: Path) -> None:
    with Served(tmp_path) as served:
        served.wait_for("F1 Hjälp")
        served.press("f5")
        served.wait_for(ROW)
        served.press("9", "0")
        served.wait_for("90 % → ▲")
        served.press("enter")
        served.wait_for("Sparat")
        served.press("ctrl+q")
        assert served.wait_for_end() == 0
        assert served.told == [{"type": "exit"}]
        assert served.failure == ""
    assert entered(tmp_path) == "90"


@pytest.mark.thorough
def test_the_window_of_the_browser_changes_its_size(tmp_path: Path) -> None:
    with Served(tmp_path) as served:
        served.wait_for("F1 Hjälp")
        served.resize(40, 12)
        served.tell("resize", width=40, height=12)
        served.press("f5")
        served.wait_for("Indikatorer")
        served.resize(30, 8)
        served.tell("resize", width=30, height=8)
        served.wait_for("Fönstret är för litet")


@pytest.mark.thorough
@pytest.mark.parametrize("leaves", ["quit", "exit", ""])
def test_a_browser_that_is_closed_ends_the_program_and_what_was_typed_is_stored(tmp_path: Path, leaves: str) -> None:
    with Served(tmp_path) as served:
        served.wait_for("F1 Hjälp")
        served.press("f5")
        served.wait_for(ROW)
        served.press("9")
        served.wait_for("9 % →")
        if leaves:
            served.tell(leaves)
        else:
            served.close()
        served.wait_for_end()
        assert "Traceback" not in served.failure
    assert entered(tmp_path) == "9"


@pytest.mark.thorough
def test_packets_that_nobody_understands_end_nothing(tmp_path: Path) -> None:
    with Served(tmp_path) as served:
        served.wait_for("F1 Hjälp")
        for payload in (b"", b"[]", b"{", b'{"type": 3}', b'{"type": "resize", "width": -1, "height": "x"}', b"\xff"):
            served.send(b"M", payload)
        served.send(b"X", b"\x00" * 70_000)
        served.tell("blur")
        served.tell("focus")
        served.tell("deliver_chunk_request", key="none", size=1)
        served.press("f5")
        served.wait_for(ROW)


@pytest.mark.thorough
def test_a_browser_that_nobody_touches_is_sent_nothing_and_a_key_a_little(tmp_path: Path) -> None:
    with Served(tmp_path) as served:
        served.wait_for("F1 Hjälp")
        served.press("f5")
        served.wait_for(ROW)
        while not served.silent(1.5):
            served.take_in()
        before = served.bytes
        served.press("down")
        while not served.silent(0.5):
            served.take_in()
        assert 0 < served.bytes - before < 2500


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_packets_are_whole_however_the_stream_is_cut(size: int) -> None:
    stream = b"D\0\0\0\3abcM\0\0\0\2{}D\0\0\0\0D\0\0\1\0" + b"x" * 256
    packets = Packets()
    pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
    assert [packet for piece in pieces for packet in packets.feed(piece)] == [
        (b"D", b"abc"),
        (b"M", b"{}"),
        (b"D", b""),
        (b"D", b"x" * 256),
    ]


# With the server that people use


class InBrowser(Page):
    """What a browser shows that speaks with a server."""

    def __init__(self, socket_: ClientWebSocketResponse) -> None:
        super().__init__()
        self._socket = socket_

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self._socket.send_json(["stdin", KEYS.get(key, key)])

    async def tell_size(self, columns: int, lines: int) -> None:
        self.resize(columns, lines)
        await self._socket.send_json(["resize", {"width": columns, "height": lines}])

    async def wait_for(self, *texts: str) -> None:
        while not all(text in self.shown for text in texts):
            message = await self._socket.receive(LONGEST)
            assert message.type in (WSMsgType.BINARY, WSMsgType.TEXT), f"{message}\n{self.shown}"
            if message.type is WSMsgType.BINARY:
                self.show(message.data)


@asynccontextmanager
async def browser_of(folder: Path, *words: str) -> AsyncIterator[InBrowser]:
    """A browser at a server on this computer that shows the program; on leaving, the browser is closed."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = join([*prepared(folder), *words])
    server = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", SERVER, command, str(port)],
        cwd=folder,
        env=surroundings(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert server.stdout is not None
    try:
        while b"Press Ctrl+C" not in (line := server.stdout.readline()):
            assert line, "the server does not begin"
        async with ClientSession() as session:
            address = f"http://localhost:{port}/ws?width=80&height=24"
            while True:
                try:
                    opened = await session.ws_connect(address)
                    break
                except ClientConnectionError:
                    assert server.poll() is None
            async with opened:
                yield InBrowser(opened)
    finally:
        server.terminate()
        left = server.communicate(timeout=LONGEST)[0]
    assert b"Traceback" not in left


@pytest.mark.thorough
async def test_a_real_server_shows_the_program_and_what_is_typed_is_stored(tmp_path: Path) -> None:
    async with browser_of(tmp_path) as browser:
        await browser.wait_for("F1 Hjälp")
        await browser.press("f5")
        await browser.wait_for(ROW)
        await browser.press("9", "0", "enter")
        await browser.wait_for("Sparat")
        await browser.tell_size(60, 20)
        await browser.press("home", "down", "8")
        await browser.wait_for("8 % →")
    # The browser was closed in the middle of another figure, which the end of the program stores.
    assert entered(tmp_path) == "8"


@pytest.mark.thorough
async def test_a_real_server_shows_a_plan_that_can_only_be_read(tmp_path: Path) -> None:
    async with browser_of(tmp_path, "--read-only") as browser:
        await browser.wait_for("F1 Hjälp")
        await browser.press("f5")
        await browser.wait_for(ROW)
        await browser.press("9", "0", "enter")
        await browser.wait_for("bara för läsning")
    assert entered(tmp_path) != "90"
