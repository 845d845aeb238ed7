"""The plan's policy, which an indicator may override: docs/rules.md, When a shortfall is partial (yellow)."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.number import NumberError, parse_number
from kvaltui.model.value import dataclass

_WHOLE = Decimal(100)
_IN_NUMBERS = "0123456789.,+-\N{MINUS SIGN} \N{NO-BREAK SPACE}"


class PolicyError(KvaltuiError):
    """A `partial_from` or `partial_within` that cannot be read; `field` says which."""


@dataclass(frozen=True, slots=True)
class Policy:
    """When a shortfall is partial: a share of the target (0.8 for "80 %"; None = no share) or a distance."""

    partial_from: Decimal | None = None
    partial_within: Decimal | None = None


@lru_cache(maxsize=256)
def parse_policy(partial_from: str, partial_within: str) -> Policy:
    """Read the two settings as written: `partial_from` a share such as "80 %", `partial_within` a distance such as "2"
    or "2 dagar" in the indicator's unit; "" for none.

    Raises PolicyError for a share outside 0–100 %, a negative distance or a text that is neither.
    """
    return Policy(_share(partial_from.strip()), _distance(partial_within.strip()))


def _share(text: str) -> Decimal | None:
    if not text:
        return None
    percent = _number(text.removesuffix("%")) if text.endswith("%") else None
    if percent is None or not 0 < percent <= _WHOLE:
        raise PolicyError(
            Message("“{text}” is not a share of the target: write it like 80 %, or leave it empty", text=text),
            field="partial_from",
        )
    return percent / _WHOLE


def _distance(text: str) -> Decimal | None:
    if not text:
        return None
    unit = text.lstrip(_IN_NUMBERS)
    is_unit = not unit or unit == "%" or unit.isalpha()
    distance = _number(text.removesuffix(unit)) if is_unit else None
    if distance is None or distance < 0:
        raise PolicyError(
            Message("“{text}” is not a distance in the indicator's unit: write a number, or leave it empty", text=text),
            field="partial_within",
        )
    return distance


def _number(text: str) -> Decimal | None:
    try:
        return parse_number(text)
    except NumberError:
        return None
