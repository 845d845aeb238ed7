"""Units that are scales of one another, and those that are not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kvaltui.model.unit import converted


@pytest.mark.parametrize(
    ("written", "unit", "wanted"),
    [
        ("mnkr", "tkr", "12500"),
        ("tkr", "tkr", "12.5"),
        ("mnkr", "dagar", None),
        ("dagar", "tkr", None),
        ("x", "y", None),
    ],
)
def test_a_number_is_another_only_in_a_scale_of_the_same_unit(written: str, unit: str, wanted: str | None) -> None:
    assert converted(Decimal("12.5"), written, unit) == (Decimal(wanted) if wanted else None)
    assert converted(Decimal(0), written, unit) is None
