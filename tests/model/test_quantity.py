"""Quantities: the quick way of reading them against the careful one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.model.clean import tidy
from kvaltui.model.quantity import Operator, Quantity, read_plainly, read_quantity
from kvaltui.model.scale import Scale
from tests.model.strategies import numbers, scales

PERCENTAGE = Scale("%")


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("86", Quantity(Decimal(86), Decimal(86))),
        (" 25,06 % ", Quantity(Decimal("25.06"), Decimal("25.06"))),
        ("−3 420", Quantity(Decimal(-3420), Decimal(-3420))),
        ("72–100 %", Quantity(Decimal(72), Decimal(100), Operator.INTERVAL)),
        (">98\N{NO-BREAK SPACE}%", Quantity(Decimal(98), None, Operator.GREATER)),
        ("≤ 5", Quantity(None, Decimal(5), Operator.AT_MOST)),
    ],
)
def test_what_is_written_most_is_read_quickly(text: str, quantity: Quantity) -> None:
    assert read_plainly(text, PERCENTAGE) == read_quantity(tidy(text), PERCENTAGE) == quantity


@pytest.mark.parametrize(
    "text", ["", "%", "ej mätt", "100–72", "72–", "8/10", "86 dagar", ">", ">=5", "5;6", "5\n6", "5 %–6 %", "1.000"]
)
def test_the_rest_is_left_to_the_careful_way(text: str) -> None:
    assert read_plainly(text, PERCENTAGE) is None


endings = st.sampled_from(("", "%", " % ", " dagar"))
built = st.tuples(
    st.sampled_from(("", *"<>≤≥–−-= ")),
    numbers(6).map(str),
    st.sampled_from(("", "–", " – ", "-", "–<")),
    st.just("") | numbers(6).map(lambda number: str(number).replace(".", ",")),
    endings,
).map("".join)


@given(built | st.text("0123456789 ,.–-−<>≥≤%/~\u00a0\n", max_size=14), scales())
def test_what_is_read_quickly_is_read_carefully_as_the_same(text: str, scale: Scale) -> None:
    quick = read_plainly(text, scale)
    if quick is not None:
        assert read_quantity(tidy(text), scale) == quick
