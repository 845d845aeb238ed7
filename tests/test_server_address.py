"""Addresses of database servers: every password is read as it was meant, and none is ever shown."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.server_address import (
    AddressError,
    read_address,
    shown_location,
    with_password_of,
    without_secrets,
)
from tests.properties import examples

ODD = "a1B@:/#%?&= åß'\"+;[]\\"
WORDS = st.text("abcdefgh0123", min_size=1, max_size=8)


def read(text: str) -> tuple[str, str, str, str, str]:
    found = read_address(text)
    return found.user, found.password, found.host, found.port, found.database


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("postgresql://anna@server/kval", ("anna", "", "server", "", "kval")),
        ("postgres://anna:hemligt@server:5433/kval", ("anna", "hemligt", "server", "5433", "kval")),
        ("postgresql:///kval", ("", "", "", "", "kval")),
        ("postgresql://server:5432/kval", ("", "", "server", "5432", "kval")),
        ("postgresql://anna:he@m:l/i#g%t?@server/kval", ("anna", "he@m:l/i#g%t?", "server", "", "kval")),
        ("postgresql://anna:50%@server/kval", ("anna", "50%", "server", "", "kval")),
        ("postgresql://anna:p%40ss%2F@[::1]:5432/kval", ("anna", "p@ss/", "::1", "5432", "kval")),
        ("postgresql://anna@server/kval?password=h#%/:e", ("anna", "h#%/:e", "server", "", "kval")),
        ("postgresql://server/kval?user=anna&password=a%26b", ("anna", "a&b", "server", "", "kval")),
        ("postgresql://anna:hemligt@server/kval?application_name=a@b", ("anna", "hemligt", "server", "", "kval")),
    ],
)
def test_an_address_is_taken_apart(text: str, parts: tuple[str, ...]) -> None:
    assert read(text) == parts
    if parts[1]:
        assert parts[1] not in shown_location(text)


@examples(300)
@given(WORDS, st.text(ODD, min_size=1, max_size=12), WORDS, WORDS, st.booleans())
def test_any_password_is_read_and_none_is_shown(
    user: str, password: str, host: str, database: str, is_quoted: bool
) -> None:
    is_quoted = is_quoted or "%" in password
    written = quote(password, safe="") if is_quoted else password
    address = f"postgresql://{user}:{written}@{host}/{database}"
    assert read(address) == (user, password, host, "", database)
    assert shown_location(address) == f"postgresql://{user}@{host}/{database}"


@examples(200)
@given(st.text(ODD, max_size=30))
def test_whatever_is_written_is_an_address_or_refused_in_words(text: str) -> None:
    refused = ""
    try:
        read_address(f"postgresql://{text}")
    except AddressError as error:
        refused = str(error)
    assert not refused or "postgresql://user@server/database" in refused


def test_a_changed_address_of_the_same_account_keeps_its_password() -> None:
    before = "postgresql://anna:h#m/l%25@server/kval"
    assert read(with_password_of("postgresql://anna@server/annan", before))[1:] == ("h#m/l%", "server", "", "annan")
    for other in ("postgresql://anna@annan/kval", "postgresql://bo@server/kval", "db/kvaltui.db"):
        assert with_password_of(other, before) == other
    assert with_password_of("postgresql://anna:ny@server/kval", before) == "postgresql://anna:ny@server/kval"


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://anna:hemligt@server/kval",
        "psotgresql://anna:hem#/ligt@server",
        "postgresql://anna:hemligt",
        "postgresql://anna:hemligt…",
        "foo://:hemligt@x",
        "”postgresql://anna:hem@:ligt@server/kval?sslpassword=hemligt&x=1” är ingen adress",
        "postgresql://server/kval?x=1&PASSWORD=hemligt",
        "--db=postgresql://anna:hemligt@server:5432/kval, --db postgresql://anna:hemligt@server",
    ],
)
def test_no_text_shows_a_password(text: str) -> None:
    told = without_secrets(text)
    assert "hem" not in told
    assert "ligt" not in told
    assert "server" not in text or "server" in told


@pytest.mark.parametrize(
    "text", ["https://example.org/a:b", "http://localhost:5432/x", "kl. 10:30 se https://example.org", "a:b@c"]
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert without_secrets(text) == text


@pytest.mark.parametrize("text", ["postgresql://anna:hemligt@server:fel/kval", "postgresql://anna:hemligt@server"])
def test_an_address_that_is_refused_is_shown_without_its_password(text: str) -> None:
    with pytest.raises(AddressError):
        read_address(text)
    shown = shown_location(text)
    assert "hemligt" not in shown
    assert "server" in shown
