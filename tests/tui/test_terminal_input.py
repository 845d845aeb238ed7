"""Any bytes that a terminal sends are survived, and only what a person types becomes text."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.message import Message

from kvaltui.system.console import ConsoleInput
from kvaltui.tui.terminal.input import MOST_PASTED, PasteTooLong, TerminalInput, as_text
from kvaltui.tui.terminal.threads import TerminalReader

ANSWERS = (
    b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    b"\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
    b"\x1b]4;1;rgb:ff/00/00\x1b\\",
    b"\x1b]52;c;aGVq\x07",
    b"\x1b]lett namn\x1b\\",
    b"\x1bP>|XTerm(380)\x1b\\",
    b"\x1bP1$r0m\x1b\\",
    b"\x1bP!|00000000\x1b\\",
    b"\x1bP0+r\x1b\\",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b^privat\x1b\\",
    b"\x1bXtext\x1b\\",
    b"\x1b[?62;1;4;22c",
    b"\x1b[>41;380;0c",
    b"\x1b[=1c",
    b"\x1b[0n",
    b"\x1b[12;40R",
    b"\x1b[1;1R",
    b"\x1b[?12;40R",
    b"\x1b[?2026;2$y",
    b"\x1b[?9999;0$y",
    b"\x1b[4;1$y",
    b"\x1b[?1u",
    b"\x1b[?31u",
    b"\x1b[8;24;80t",
    b"\x1b[48;24;80;480;1280t",
    b"\x1b[48;24:1;80:2;480:3;1280:4t",
    b"\x1b[I",
    b"\x1b[O",
    b"\x1b[<0;3;4M",
    b"\x1b[<0;3;4m",
    b"\x1b[<35;0;0M",
    b"\x1b[<0;-3;-4M",
    b"\x1b[<99999999999999999999;3;4M",
    b"\x1b[<0;99999;99999M",
    b"\x1b[<64;1;1M",
    b"\x1b[<;;M",
    b"\x1b[M !!",
    b"\x1b[M\xff\xff\xff",
    b"\x1b[32;3;4M",
    b"\x1b[1;1:3A",
    b"\x1b[97;1:3u",
    b"\x1b[97;1:3;97u",
    b"\x1b[57441;2u",
    b"\x1b[57358u",
    b"\x1b[57441;2:3u",
    b"\x1b[1114112u",
    b"\x1b[99999999999999999999u",
    b"\x1b[55296u",
    b"\x1b[97;5;1114112u",
    b"\x1b[0;0;0u",
    b"\x1b[::;::;::u",
    b"\x1b[1;99999999999999A",
    b"\x1b[?25;1;2;3;4;5;6;7;8;9h",
    b"\x1b[" + b"1;" * 5000 + b"m",
    b"\x1b[" + b"9" * 100_000 + b"~",
    b"\x1b[ q",
    b"\x1b[1 D",
    b"\x1b[201~",
    b"\x1b[38:2::1:2:3m",
    b"\x9b12;40R",
    b"\x90>|vt(1)\x9c",
    b"\x9d11;rgb:1/2/3\x07",
    b"\xc2\x9b12;40R",
    b"\x00",
    b"\xc2\x85",
    b"\x81\x8d",
    b"\x1bOz",
    b"\x1bO5z",
)
"""What terminals send that nobody has typed, and what no terminal should send."""

KEYS = {
    b"\x1b[A": "up",
    b"\x1bOA": "up",
    b"\x1b[1;5A": "ctrl+up",
    b"\x1b[1;1:1A": "up",
    b"\x1b[1;1:2A": "up",
    b"\x1b[1;129A": "up",
    b"\x1b[3~": "delete",
    b"\x1b[3;5~": "ctrl+delete",
    b"\x1b[7~": "home",
    b"\x1b[H": "home",
    b"\x1b[1~": "home",
    b"\x1bOP": "f1",
    b"\x1b[11~": "f1",
    b"\x1b[[A": "f1",
    b"\x1b[P": "f1",
    b"\x1b[15~": "f5",
    b"\x1b[13~": "f3",
    b"\x1b[Z": "shift+tab",
    b"\x1b[9;2u": "shift+tab",
    b"\x1b[27u": "escape",
    b"\x1b[13u": "enter",
    b"\x1b[13;2u": "enter",
    b"\x1b[127u": "backspace",
    b"\x1b[127;2u": "backspace",
    b"\x1b[97;5u": "ctrl+a",
    b"\x1b[27;5;97~": "ctrl+a",
    b"\x1b[27;5;9~": "ctrl+tab",
    b"\x1b[97:65;6u": "ctrl+shift+a",
    b"\x1b[106;5u": "enter",
    b"\x1b[57414u": "enter",
    b"\x1bOM": "enter",
    b"\x1b[57417u": "left",
    b"\x1b[57426u": "delete",
    b"\x01": "ctrl+a",
    b"\x1a": "ctrl+z",
    b"\x7f": "backspace",
    b"\x08": "backspace",
    b"\n": "enter",
    b"\r": "enter",
    b"\t": "tab",
    b"\x1b": "escape",
}
TYPED = {
    b"\x1b[53;1:1;53u": "5",
    b"\x1b[97u": "a",
    b"\x1b[97;2u": "A",
    b"\x1b[97;65u": "A",
    b"\x1b[97;66u": "a",
    b"\x1b[229u": "å",
    b"\x1b[229;2u": "Å",
    b"\x1b[50:34;2u": '"',
    b"\x1b[97;;229u": "å",
    b"\x1b[0;;229u": "å",
    b"\x1b[97;2;97:98u": "ab",
    b"\x1b[55;7;64u": "@",  # AltGr as some terminals for Windows tell of it
    b"\x1b[32u": " ",
    b"\x1b[32;2u": " ",
    b"\x1b[27;2;65~": "A",
    b"\x1b[94u": "^",
    b"\x1b[168u": "¨",
    b"\x1b[168:94;2u": "^",
    b"\x1b[180u": "´",
    b"\x1b[96u": "`",
    b"\x1b[126u": "~",
    b"\x1b[57409u": ",",
    b"\x1b[57409;129u": ",",
    b"\x1b[57409;;44u": ",",
    b"\x1b[57409;;46u": ".",
    b"\x1b[57416u": ",",
    **{f"\x1b[{57399 + digit}u".encode(): str(digit) for digit in range(10)},
    **{f"\x1bO{chr(ord('p') + digit)}".encode(): str(digit) for digit in range(10)},
    **{f"\x1b[{code}u".encode(): sign for code, sign in zip(range(57410, 57414), "/*-+", strict=True)},
    **{f"\x1bO{letter}".encode(): sign for letter, sign in zip("ljkmnoX", ",*+-./=", strict=True)},
    "åäö§€😀".encode(): "åäö§€😀",
    b"\xe5": "å",
    b"\xe5\xe4\xf6": "åäö",
    b"r\xe5d 86 %": "råd 86 %",
    b"\xe5rsmedel": "årsmedel",
    b"\x96 \x80": "– €",
    b"Sm\xe5 \xc3\xa5": "Små å",
}


def understood(chunks: Iterable[bytes], bound: frozenset[str] = frozenset()) -> list[Message]:
    """The messages for bytes that come in these chunks, and then no more."""
    meaning = TerminalInput(bound.__contains__)
    messages = [message for chunk in chunks for message in meaning.feed(chunk)]
    while meaning.patience is not None:
        messages += meaning.give_up()
    return messages


def keys(messages: Iterable[Message]) -> list[str]:
    return [message.key for message in messages if isinstance(message, events.Key)]


def text(messages: Iterable[Message]) -> str:
    """What is typed or pasted."""
    return "".join(
        message.text if isinstance(message, events.Paste) else message.character or ""
        for message in messages
        if isinstance(message, events.Paste) or (isinstance(message, events.Key) and message.is_printable)
    )


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: repr(answer[:24]))
def test_what_nobody_typed_is_no_text(answer: bytes) -> None:
    assert text(understood([b"1", answer, b"2"])) == "12"
    assert text(understood([b"1" + answer + b"2"])) == "12"


@pytest.mark.parametrize("answer", [each for each in ANSWERS if len(each) < 100], ids=repr)
def test_nor_is_it_when_it_comes_in_pieces(answer: bytes) -> None:
    for cut in range(1, len(answer)):
        assert text(understood([b"1" + answer[:cut], answer[cut:] + b"2"])) == "12", answer[:cut]


@pytest.mark.parametrize(
    "cut_short", [b"\x1b[", b"\x1b[1;", b"\x1b[<0;3", b"\x1b]11;rgb", b"\x1bP1$r", b"\x1b[M!", b"\x9b1"]
)
def test_a_sequence_that_never_ends_is_given_up(cut_short: bytes) -> None:
    meaning = TerminalInput()
    assert text(meaning.feed(b"1" + cut_short)) == "1"
    assert text(meaning.give_up()) == ""
    assert text(meaning.feed(b"2")) == "2"


@pytest.mark.parametrize(("sent", "key"), KEYS.items(), ids=repr)
def test_keys_as_terminals_send_them(sent: bytes, key: str) -> None:
    assert keys(understood([sent])) == [key]
    assert text(understood([sent])) == ""


@pytest.mark.parametrize(("sent", "typed"), TYPED.items(), ids=repr)
def test_text_as_terminals_send_it(sent: bytes, typed: str) -> None:
    assert text(understood([sent])) == typed
    for cut in range(1, len(sent)):
        assert text(understood([sent[:cut], sent[cut:]])) == typed


def test_the_ends_of_unbracketed_lines_are_enter_once_each() -> None:
    assert keys(understood([b"1\r2\n3\r\n4\n\n5"])) == [
        *"1",
        "enter",
        *"2",
        "enter",
        *"3",
        "enter",
        *"4",
        "enter",
        "enter",
        "5",
    ]


def test_esc_and_a_character_at_once_are_alt_only_where_that_is_somebodys_key() -> None:
    assert keys(understood([b"\x1b8"])) == ["escape", "8"]
    assert keys(understood(["\x1bå".encode()])) == ["escape", "å"]
    assert keys(understood([b"\x1bk"], frozenset({"alt+k"}))) == ["alt+k"]
    assert text(understood([b"\x1bk"], frozenset({"alt+k"}))) == ""


@pytest.mark.parametrize(
    ("chunks", "pasted"),
    [
        ([b"\x1b[200~12\r13\x1b[201~"], "12\r13"),
        ([b"\x1b[200~12", b"\x1b[2", b"01~"], "12"),
        ([b"\x1b[200~12 %"], "12 %"),  # the end never comes
        ([b"12\x1b[201~"], "12"),  # the beginning never came
        ([b"\x1b[200~1\x1b[A2\x1b[200~3\x1b]0;x\x074\x00\x1b[201~"], "1[A2[200~3]0;x4"),
        ([b"\x1b[200~r\xe5d\x1b[201~"], "råd"),
        ([b"\x1b[200~\x1b[201~"], ""),
        ([b"\x1b[200~1\x1b[201\x1b[201~"], "1[201"),
    ],
)
def test_pastes_whole_and_broken(chunks: list[bytes], pasted: str) -> None:
    assert text(understood(chunks)) == pasted
    assert text(understood([*chunks, b"9"])).replace("\x00", "").endswith("9")


def test_a_paste_that_is_too_long_is_refused_whole() -> None:
    piece = b"12\r" * 1365
    meaning = TerminalInput()
    messages = list(meaning.feed(b"\x1b[200~"))
    for _ in range(MOST_PASTED // len(piece) + 10):
        messages += meaning.feed(piece)
    messages += meaning.feed(b"\x1b[201~7")
    assert [type(message) for message in messages] == [PasteTooLong, events.Key]
    assert text(messages) == "7"


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_any_bytes_are_survived_and_what_is_typed_afterwards_arrives(chunks: list[bytes]) -> None:
    meaning = TerminalInput()
    for chunk in chunks:
        meaning.feed(chunk)
    while meaning.patience is not None:
        meaning.give_up()
    assert text(meaning.feed("86,5 % åäö".encode())) == "86,5 % åäö"


@given(st.data())
def test_text_among_sequences_arrives_exactly(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.text("abcåäö 0123456789,.%–€<>-", min_size=1), max_size=8))
    stream, typed = b"", ""
    for word in words:
        stream += data.draw(st.sampled_from((*ANSWERS, *KEYS))) + word.encode()
        typed += word
    # Esc alone is told from what follows by time only; here all comes at once.
    meaning = TerminalInput()
    size = data.draw(st.integers(1, 64))
    found = [message for at in range(0, len(stream), size) for message in meaning.feed(stream[at : at + size])]
    assert text(found) == typed


@given(st.text())
def test_utf_8_is_read_as_what_it_is(written: str) -> None:
    assert as_text(written.encode("utf-8", "ignore")) == "".join(
        each for each in written if not 0x80 <= ord(each) < 0xA0 and not 0xD800 <= ord(each) < 0xE000
    )


def test_a_line_that_is_cut_is_a_terminal_that_is_gone() -> None:
    line, terminal = socket.socketpair()
    line.send(b"drawn, and never read")
    terminal.close()
    delivered: list[Message] = []
    is_gone = Event()
    with line:
        reader = TerminalReader(
            ConsoleInput(line.fileno()), TerminalInput(), delivered.extend, lambda: False, is_gone.set
        )
        assert is_gone.wait(20)
        reader.stop()
    assert delivered == []
