"""The address of a database server: taken apart for the driver, and shown without what is secret in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.pattern import pattern
from kvaltui.model.value import dataclass, field

EXAMPLE = "postgresql://user@server/database"
_SCHEMES = ("postgresql", "postgres")
_MARK = "://"

_PLACE = pattern(
    r"(?P<host>[\w.%-]*|\[[0-9A-Fa-f:.]+\])(?::(?P<port>\d{1,5}))?(?:/(?P<database>[^/?#@]*))?(?:\?(?P<options>.*))?",
    re.ASCII | re.DOTALL,
)
# With a password, or with what may be one: after the colon behind a user's name, up to the last @; where the @ has been
# forgotten or cut off, all that is no port.
_PASSWORD = pattern(r"(://[^\s:/@]*):(?:\S*@|(?!\d+(?:[/?\s]|$))[^\s@”“\"']+)", re.ASCII)
_PASSWORD_OPTION = pattern(r"(\b\w*(?:pass|secret)\w*=)[^&\s”“\"']+", re.ASCII | re.IGNORECASE)
_USER = pattern(r"[^:/@?]*")
_HIDDEN = "…"


class AddressError(KvaltuiError):
    """A text that is the address of no database server."""


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where a database lies on a server, and as whom one goes there; what is "" is left to the driver."""

    host: str
    port: str
    user: str
    password: str
    database: str
    options: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """As it is shown: without the password, and without the options, which may hold one too."""
        user = f"{self.user}@" if self.user else ""
        port = f":{self.port}" if self.port else ""
        return f"{_SCHEMES[0]}{_MARK}{user}{self.host}{port}/{self.database}"


def is_address(location: str) -> bool:
    """Whether a database's place is an address, of whatever kind, and not the path of a file."""
    return _MARK in location


def read_address(text: str) -> ServerAddress:
    """Take an address apart. Raises AddressError, which says how one is written and shows nothing secret.

    What is written as %40 is the character that it stands for; what a password holds may also stand there as it is,
    even `@ : / # ? %`: it ends at the last @ that a server and a database follow.
    """
    from urllib.parse import unquote

    scheme, _mark, rest = text.partition(_MARK)
    if scheme.casefold() in _SCHEMES:
        for user, password, place in _parted(rest):
            found = _PLACE.fullmatch(place)
            if found and found["database"] and int(found["port"] or 1) in range(1, 65536):
                options = dict(_options(found["options"] or ""))
                return ServerAddress(
                    host=unquote(found["host"].strip("[]")),
                    port=found["port"] or "",
                    user=options.pop("user", unquote(user)),
                    password=options.pop("password", unquote(password)),
                    database=unquote(found["database"]),
                    options=options,
                )
    raise AddressError(
        Message(
            "“{address}” is no address of a database: write it as {example}",
            address=without_secrets(text),
            example=EXAMPLE,
        )
    )


def _parted(rest: str) -> Iterator[tuple[str, str, str]]:
    """User, password and place, in every way in which an address may be meant; the likeliest first."""
    begins = _USER.match(rest)
    assert begins is not None
    user, after = begins[0], rest[begins.end() :]
    if after.startswith(":"):
        ends = [at for at, character in enumerate(after) if character == "@"]
        yield from ((user, after[1:at], after[at + 1 :]) for at in reversed(ends))
    if after.startswith("@"):
        yield user, "", after[1:]
    yield "", "", rest


def _options(text: str) -> Iterator[tuple[str, str]]:
    from urllib.parse import unquote

    for each in text.split("&"):
        name, equals, value = each.partition("=")
        if equals:
            yield unquote(name), unquote(value)


def shown_location(location: str) -> str:
    """A database's place as it may be shown to anybody: the path of a file, or an address without its password."""
    if not is_address(location):
        return location
    try:
        return str(read_address(location))
    except AddressError:
        return without_secrets(location)


def with_password_of(text: str, before: str) -> str:
    """An address that was changed where its password was not shown: with that password, if the account is the same."""
    from urllib.parse import quote

    try:
        new, old = read_address(text), read_address(before)
    except AddressError:
        return text
    is_same = (new.host, new.port, new.user) == (old.host, old.port, old.user)
    if not is_same or new.password or not old.password:
        return text
    scheme, mark, rest = text.partition(_MARK)
    user, _at, place = rest.rpartition("@")
    return f"{scheme}{mark}{user}:{quote(old.password, safe='')}@{place}"


def without_secrets(text: str) -> str:
    """A text in which no address shows a password. For what is printed, wherever somebody may have put an address."""
    if _MARK not in text:
        return text
    return _PASSWORD_OPTION.sub(rf"\1{_HIDDEN}", _PASSWORD.sub(rf"\1:{_HIDDEN}@", text))
