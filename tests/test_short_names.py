"""Names that do not fit: whole where they fit, and no two that differ look the same."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.short_names import ShortNames, short_names
from kvaltui.text_width import width_of

ANY = st.text(st.characters(blacklist_categories=("Cc", "Cs")), max_size=40)
ALIKE = st.text(st.sampled_from("ab –-.…2"), max_size=30)
"""Names that begin and end alike, with all that a shortened name may have in it itself."""
IN_PIECES = st.lists(
    st.sampled_from(["Särskilt boende", " – andel", " - andel", " kunder som", " är trygga", " är nöjda", " A", " B"]),
    min_size=1,
    max_size=6,
).map("".join)
LISTS = st.lists(st.one_of(ANY, ALIKE, IN_PIECES), max_size=20)


@given(LISTS, st.integers(0, 45))
def test_a_name_is_never_wider_than_its_room_and_whole_where_it_fits(names: list[str], width: int) -> None:
    for name, shown in zip(names, short_names(names, width), strict=True):
        assert width_of(shown) <= width
        assert shown == name or width_of(name) > width


@given(LISTS, st.integers(5, 45))
def test_different_names_never_look_the_same(names: list[str], width: int) -> None:
    shown = dict(zip(names, short_names(names, width), strict=True))
    assert len(set(shown.values())) == len(shown)


@given(st.lists(IN_PIECES, max_size=12), st.sampled_from(["…", ".."]), st.integers(0, 2**32))
def test_names_of_rows_that_stand_deeper_are_told_apart_too(names: list[str], ellipsis: str, seed: int) -> None:
    known, chosen = ShortNames(names, ellipsis), random.Random(seed)
    shown = {name: known.short(name, chosen.choice((26, 28, 30))) for name in names}
    numbered = [text for text in shown.values() if text[-1:].isdigit()]
    assert len(set(shown.values())) == len(shown) or numbered


@given(LISTS, st.integers(0, 45), st.randoms(use_true_random=False))
def test_a_name_looks_the_same_whatever_was_asked_before(names: list[str], width: int, chosen: random.Random) -> None:
    shown = dict(zip(names, short_names(names, width), strict=True))
    others = [*names, *names]
    chosen.shuffle(others)
    known = ShortNames(others)
    assert all(known.short(each, width) == shown[each] for each in others)


@given(LISTS, ANY, st.integers(5, 45))
def test_a_name_that_is_new_is_told_from_those_that_were_there(names: list[str], new: str, width: int) -> None:
    known = ShortNames(names)
    if new not in names:
        text = known.short(new, width)
        assert text not in {known.short(each, width) for each in names}


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (
            ["Måltiden är en trevlig stund på dagen", "Maten smakar bra"],
            ["Måltiden är en trevlig stund…", "Maten smakar bra"],
        ),
        (
            ["Kontinuitet i hemtjänsten, personer på 14 dagar", "Kontinuitet i särskilt boende, personer på 14 dagar"],
            ["Kontinuitet i hemtjänsten, pe…", "Kontinuitet i särskilt boende…"],
        ),
        (
            [
                "Särskilt boende – andel kunder som känner sig trygga",
                "Särskilt boende – andel kunder som anser att maten smakar bra",
            ],
            ["Särskilt boe…känner sig trygga", "Särskilt boen…maten smakar bra"],
        ),
        (
            [
                "Särskilt boende – andel kunder som känner sig trygga",
                "Särskilt boende – andel kunder i vård som har haft närvaro vid dödsögonblicket",
                "Särskilt boende – andel kunder i vård som har haft närvaro och sällskap",
            ],
            ["Särskilt boe…känner sig trygga", "Särskilt boend…dödsögonblicket", "Särskilt boende…och sällskap"],
        ),
        (
            # A dash that is another and a letter that is large tell nobody anything.
            [
                "Särskilt boende - Andel kunder som känner sig trygga",
                "Särskilt boende – andel kunder som anser att maten smakar bra",
            ],
            ["Särskilt boe…känner sig trygga", "Särskilt boen…maten smakar bra"],
        ),
        (
            [
                "Egen brukarundersökning barn- och ungdomsvård IFO vårdnadshavare - förbättrad situation, andel (%)",
                "Egen brukarundersökning barn- och ungdomsvård IFO - förbättrad situation, andel (%)",
            ],
            ["Egen brukar…vårdnadshavare -…", "Egen brukar…- förbättrad situ…"],
        ),
    ],
)
def test_a_name_is_shortened_where_it_tells_least(names: list[str], shown: list[str]) -> None:
    assert short_names(names, 30) == shown


def test_as_many_as_a_large_plan_has_are_told_apart() -> None:
    names = [
        f"Verksamhet {at % 70:03} – andel brukare som är nöjda med insatsen i område {at:04}" for at in range(5000)
    ]
    assert len(set(short_names(names, 30))) == 5000
