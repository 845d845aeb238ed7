"""TOML text from values: one key a line, lists in one line, prose over several lines as it was written.

tomli_w, which writes config.toml, sets every list over several lines and quotes prose into one; in a plan file, which
people read and compare, it is the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable
from json.encoder import encode_basestring

from kvaltui.exchange.plan_notation import TomlValue


def key_line(key: str, value: TomlValue) -> str:
    """A key and its value, without the end of the line."""
    return f"{key} = {_value(value)}"


def _value(value: TomlValue) -> str:
    if isinstance(value, str):
        return _prose(value) if "\n" in value else _string(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return f"[{_joined(value)}]"


def _joined(values: Iterable[str] | Iterable[int]) -> str:
    return ", ".join(_string(each) if isinstance(each, str) else str(each) for each in values)


def _string(text: str) -> str:
    # A basic string of TOML is escaped as a string of JSON; only DEL is allowed there and not here.
    return encode_basestring(text).replace("\x7f", "\\u007f")


def _prose(text: str) -> str:
    lines = (_string(line)[1:-1] for line in text.split("\n"))
    return '"""\n' + "\n".join(lines) + '"""'
