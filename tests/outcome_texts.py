"""What people write as outcomes, and what they nearly write: one table for every place that takes an outcome."""

from __future__ import annotations

import string
from typing import Final

from hypothesis import strategies as st

OUTCOME_TEXTS: Final = (
    # Numbers
    *("86", "86 %", "25,06%", "5.1", "-3 420", "−3 420", "–5", "1 473 495", "1\N{NO-BREAK SPACE}473 495", "0,76", "0"),
    *("100 %", "3 500", "86,0", ",5", "86,", "+4", "007"),
    # Never guessed
    *("12.500", "1.473.495", "1,034", "12,500", "12 34", "1e5", "NaN", "inf", "1_000", "١٢", "86 % 3", "86 dagar"),
    *("84/86", "ja (delvis)", "12 | 500", "½", "²"),
    # Intervals and operators
    *(
        ">98 %",
        "över 98",
        "≥98",
        "minst 98",
        "<5",
        "under 5",
        "≤14",
        "högst 14",
        "max 14",
        "inom 14 dgr",
        ">=98",
        "<=5",
    ),
    *("72–100 %", "72 - 100%", "72 till 100", "100–72", "mellan 72 och 100"),
    # Ratios
    *("271/705", "271 av 705", "8/10", "38 % (271 av 705)", "38 % (271 av 305)", "1/0", "3,5/10", "8/"),
    # Estimates
    *("bedömd 98 %", "bedömd till 98%", "ca 98", "~98", "cirka 98", "ca", "~"),
    # Answers
    *("ja", "nej", "delvis", "JA", "Nej.", "kanske", "j", "n", "Ja nej"),
    # Parts
    *("BOU 121; VUX 49; LSS 130", "79 % resp 84 %", "kvinnor 84; män 86", "BOU 121; ABC 3", "kvinnor 84", "84; 86"),
    # Notes
    *("1 (Malmslätt)", "25,06% (2016)", "86 (a) (b)", "86 ()", "86 (", "86 %*", "86 % 1)", "86¹"),
    # Why there is none
    *("-", "–", "---", "ej mätt", "inte mätt", "ej mätbart", "uppgift saknas", "inga tillgängliga data", "bortfall"),
    *(
        "sekretess",
        "..",
        "ej tillämplig",
        ".",
        "mäts årligen",
        "följs upp efter sommaren",
        "bedömning sker i T2",
        "n/a",
    ),
    *("u.s.", "E/T", "ingen mätning", "mäts ej 2023", "underlag saknas", "redovisas i T2", "redovisas vid helår", "…"),
    *("mäts till 86 %", "ej", "mätt", "saknas 3"),
    # The unit's words around the figure
    *("90 % eller mer", "78 NKI", "NKI 78", "3,5 dagar i snitt", "3 av 4 enheter", "10 000:-", "12 500 kkr", "14 dgr"),
    # Words, and what commands were once
    *(
        "Bra år",
        "n",
        "e",
        "k",
        "s 5",
        "f",
        "v",
        "x",
        "q",
        "p",
        "g",
        "a",
        "m",
        "t",
        "+",
        "P",
        "h",
        "c",
        "j",
        "?",
        "!",
        ":w",
    ),
    *(
        "Trygga kunder [/x] åäö",
        "[bold]86[/bold]",
        "\\",
        "'; drop table",
        '"86"',
        "86\\n",
        "{86}",
        "%",
        "%86",
        "=86",
        "#",
    ),
)
"""Texts that are outcomes of some unit, and near misses; none begins with a blank or a slash."""

_WORDS = sorted({word for text in OUTCOME_TEXTS for word in text.split()})
_FRAGMENTS = st.sampled_from(
    [*_WORDS, *string.digits, " ", "  ", ",", ".", "%", " %", "–", "-", "<", ">", "(", ")", "/"]
)
_CHARACTERS = st.characters(codec="latin-1", exclude_categories=("C", "Zl", "Zp")) | st.sampled_from("–−≥≤≈~…”’“²¹٣१")

typed_texts = st.one_of(
    st.lists(_FRAGMENTS, min_size=1, max_size=5).map("".join),
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).map(" ".join),
    st.text(_CHARACTERS, min_size=1, max_size=20),
).filter(
    lambda text: text[0] not in " /\N{NO-BREAK SPACE}\N{SOFT HYPHEN}" and text.isprintable() and bool(text.strip())
)
"""Texts as a person may type them in a cell: much like outcomes, or anything that is printable."""
